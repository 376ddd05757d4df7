// The specification as it stands in spec/, for the tests of this folder.
#ifndef PENDULUM_TESTS_SPEC_THE_SPECIFICATION_H_
#define PENDULUM_TESTS_SPEC_THE_SPECIFICATION_H_

#include "harness/oracle/specification.h"

namespace pendulum::oracle {

// Loaded at the first call; ends the program with the reason when it cannot be.
const Specification& TheSpecification();

}  // namespace pendulum::oracle

#endif  // PENDULUM_TESTS_SPEC_THE_SPECIFICATION_H_

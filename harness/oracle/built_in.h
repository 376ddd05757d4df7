// The texts of spec/*.json as they were when the program was built (embed_specification.cmake).
#ifndef PENDULUM_ORACLE_BUILT_IN_H_
#define PENDULUM_ORACLE_BUILT_IN_H_

#include <span>

#include "harness/oracle/specification.h"

namespace pendulum::oracle {

// In the order of their names.
std::span<const SpecificationText> BuiltInTexts();

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_BUILT_IN_H_

// A specification of a few clauses in three files, for the tests of the formats, and what two
// made-up verifications found out about them.
#ifndef PENDULUM_TESTS_REPORT_SAMPLE_SPECIFICATION_H_
#define PENDULUM_TESTS_REPORT_SAMPLE_SPECIFICATION_H_

#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/oracle/verdict.h"

namespace pendulum::report {

const oracle::Specification& SampleSpecification();

// Of runs without a fault.
std::vector<oracle::ClauseVerdict> CleanVerdicts();
// Every verdict occurs, and a module that relies on a reading.
std::vector<oracle::ClauseVerdict> MixedVerdicts();

}  // namespace pendulum::report

#endif  // PENDULUM_TESTS_REPORT_SAMPLE_SPECIFICATION_H_

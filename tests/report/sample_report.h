// A hand-made report for the tests of the formats: two findings and a warning.
#ifndef PENDULUM_TESTS_REPORT_SAMPLE_REPORT_H_
#define PENDULUM_TESTS_REPORT_SAMPLE_REPORT_H_

#include <string>
#include <vector>

#include "harness/explore/finding.h"

namespace pendulum::report {

// The run in which a handler returns while its read is pending: the last event is the violation.
std::vector<explore::TracedEvent> SampleTrace(const std::string& file);

// `folder` is where sample_module.cpp lies, the source of the findings.
explore::Report SampleReport(const std::string& folder);

// The same with nothing found.
explore::Report CleanReport();

}  // namespace pendulum::report

#endif  // PENDULUM_TESTS_REPORT_SAMPLE_REPORT_H_

// A report in one of its formats. Each format is a file of its own that makes a Reporter.
#ifndef PENDULUM_REPORT_REPORTER_H_
#define PENDULUM_REPORT_REPORTER_H_

#include <memory>
#include <string>

#include "harness/explore/finding.h"
#include "harness/report/text.h"

namespace pendulum::report {

class Reporter {
 public:
  virtual ~Reporter() = default;
  // The whole report as text that ends in a newline. The same report gives the same text, but for
  // the elapsed time.
  virtual std::string Write(const explore::Report& report) const = 0;
};

struct ConsoleOptions {
  Style style;
  bool quiet = false;  // the summary line, and one line a finding
};

// For people: a summary line, then one block a finding.
std::unique_ptr<Reporter> MakeConsoleReporter(const ConsoleOptions& options);

// For programs: `pendulum-report/1`, described in harness/report/README.md.
std::unique_ptr<Reporter> MakeJsonReporter();

// For servers that run tests (JUnit's XML) and those that show findings in the code (SARIF 2.1.0):
// the report as WriteNightJunit and WriteNightSarif have it (night_reports.h).
std::unique_ptr<Reporter> MakeJunitReporter();
std::unique_ptr<Reporter> MakeSarifReporter();

// Whether the findings of a report make it fail: a rule that must be kept was broken. What only
// should be kept is a warning.
bool HasViolation(const explore::Report& report);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_REPORTER_H_

// The conformance report: every clause of a specification with its verdict and how often it was
// reached, whatever it was that judged by it: a verification, or one recorded trace.
#ifndef PENDULUM_REPORT_CONFORMANCE_H_
#define PENDULUM_REPORT_CONFORMANCE_H_

#include <optional>
#include <span>
#include <string>

#include "harness/oracle/specification.h"
#include "harness/oracle/verdict.h"
#include "harness/report/text.h"

namespace pendulum::report {

struct ConformanceOptions {
  Style style;
  // The verdict on everything, where more is known than the clauses' verdicts tell.
  std::optional<oracle::Verdict> overall;
};

// The clauses by group (Clause::group), each with its verdict, how often its guard was reached in
// each timing, and what was seen of its readings; a summary of each group and of all. `verdicts`
// are by clause index. The text ends in a newline.
std::string Conformance(const oracle::Specification& specification,
                        std::span<const oracle::ClauseVerdict> verdicts,
                        const ConformanceOptions& options);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CONFORMANCE_H_

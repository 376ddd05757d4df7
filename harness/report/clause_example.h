// A trace that shows how a clause is broken, event by event.
#ifndef PENDULUM_REPORT_CLAUSE_EXAMPLE_H_
#define PENDULUM_REPORT_CLAUSE_EXAMPLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/trace/json_lines.h"

namespace pendulum::report {

struct ClauseExample {
  std::vector<std::string> lines;  // one an event, in a few words
  size_t broken = 0;               // the line that breaks the clause
  std::string message;  // what the clause says there; empty when the trace breaks nothing
};

// What `trace` shows of a clause (its index in the specification).
ClauseExample ExampleOf(const oracle::Specification& specification, int clause,
                        const trace::TraceFile& trace);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CLAUSE_EXAMPLE_H_

// Judges a recorded trace, as one from a real server, by the specification. The account and the
// clauses are those of the oracle (oracle.h); what the recorder has not seen makes the clauses that
// need it inconclusive, and never stands for a value. Where everything is known, the judgement is
// the oracle's: a test compares them.
#ifndef PENDULUM_ORACLE_TRACE_JUDGE_H_
#define PENDULUM_ORACLE_TRACE_JUDGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/oracle/verdict.h"
#include "harness/platform/result.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {

// A clause that an event of the trace broke.
struct TraceFinding {
  uint16_t clause = 0;
  uint32_t event = 0;          // its index in the trace
  uint32_t started_event = 0;  // that of the call of the operation concerned, or `event`
  uint8_t request = trace::kNone8;
  uint8_t module = trace::kNone8;
  uint16_t operation = trace::kNone16;
  std::string message;  // of the clause, with the trace's numbers; "(not recorded)" for others
};

struct TraceJudgement {
  std::vector<ClauseVerdict> clauses;  // by clause index, with the verdict decided
  // In the order of the events; the same clause once for the same operation, or, where none is
  // concerned, for the same module in the same request.
  std::vector<TraceFinding> findings;
};

class TraceJudge {
 public:
  // `specification` is borrowed for the judge's life.
  explicit TraceJudge(const Specification& specification);
  ~TraceJudge();

  // `name` is the trace's in errors: one in which requests begin twice, or which has more of them,
  // of operations or of deliveries than the oracle keeps account of, cannot be judged.
  platform::Result<TraceJudgement> Judge(const trace::TraceFile& trace, const std::string& name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_TRACE_JUDGE_H_

// Runs a trace that somebody wrote or recorded through an oracle: witness traces of clauses, and
// traces of a real server.
#ifndef PENDULUM_ORACLE_WITNESS_H_
#define PENDULUM_ORACLE_WITNESS_H_

#include <string>
#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/platform/result.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {

struct WitnessResult {
  std::vector<bool> reached;          // by clause index
  std::vector<Violation> violations;  // as Oracle::violations gives them
  std::vector<std::string> messages;  // of each violation, with its clause's id in front
  bool Violates(int clause) const;
};

// Judges a trace by the specification.
WitnessResult JudgeTrace(const Specification& specification, const trace::TraceFile& trace);

// What is wrong with the witness pair of a clause (its index), or nothing: the trace `meets` must
// reach the clause (unless its requirement is FALSE: then it must not) and break no clause of the
// same subject that is a must; `breaks` must break it. For a clause that is a may, `breaks` must
// not reach it.
platform::Status CheckWitnessPair(const Specification& specification, int clause,
                                  const trace::TraceFile& meets, const trace::TraceFile& breaks);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_WITNESS_H_

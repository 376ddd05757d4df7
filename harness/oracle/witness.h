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
  std::vector<uint64_t> readings;     // by reading (Specification::readings): how often it held
  std::vector<uint64_t> unread;       // by clause index: how often met by none of its readings
  std::vector<Violation> violations;  // as Oracle::violations gives them
  std::vector<std::string> messages;  // of each violation, with its clause's id in front
  bool Violates(int clause) const;
};

// Judges a trace by the specification.
WitnessResult JudgeTrace(const Specification& specification, const trace::TraceFile& trace);

// What is wrong with the witness pair of a clause (its index), or nothing: the trace `meets` must
// reach the clause (unless its requirement is FALSE: then it must not) and break no clause of the
// same subject that is a must; `breaks` must break it. For a clause that is a may, `meets` must
// reach it whatever it requires, and `breaks` must not. Wherever `meets` reaches a clause with
// readings, one of them must hold.
platform::Status CheckWitnessPair(const Specification& specification, int clause,
                                  const trace::TraceFile& meets, const trace::TraceFile& breaks);

// What is wrong with the witness of a reading (its index in Clause::readings), or nothing: the
// trace must record this reading and none other of the clause, and break nothing, as `meets` above.
platform::Status CheckReadingWitness(const Specification& specification, int clause, int reading,
                                     const trace::TraceFile& shows);

// The name of the file that witnesses something of a clause, without its folder:
// "READ-07.meets.jsonl", "READ-07.breaks.jsonl", "READ-07.reading-1.jsonl" (for index 0).
std::string MeetsFileName(const Clause& clause);
std::string BreaksFileName(const Clause& clause);
std::string ReadingFileName(const Clause& clause, int reading);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_WITNESS_H_

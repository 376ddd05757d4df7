// Runs the witnesses of all clauses: each clause has a trace that meets it and one that breaks it,
// and one for each of its readings. A check that can't fail is not a check.
#ifndef PENDULUM_ORACLE_SELFTEST_H_
#define PENDULUM_ORACLE_SELFTEST_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::oracle {

struct SelfTest {
  size_t clauses = 0;                   // whose witnesses were looked for
  size_t witnesses = 0;                 // files that were read
  std::vector<platform::Error> faults;  // place: the clause, or the file that belongs to none
};

// Looks for each clause's witnesses in `folders` (the first that has a file counts) by the names
// that witness.h gives. A fault is a witness that is missing or can't be read, one that does not
// show what it should (witness.h), and a *.jsonl file below `folders` that belongs to no clause. An
// error is a folder that can't be read. Clauses before the index `first` are left out.
platform::Result<SelfTest> TestWitnesses(const Specification& specification,
                                         std::span<const std::string> folders, size_t first = 0);

// The faults of one clause's witnesses. The number of files read is added to *witnesses.
std::vector<platform::Error> TestClauseWitnesses(const Specification& specification, int clause,
                                                 std::span<const std::string> folders,
                                                 size_t* witnesses);

// The files below `folders` that belong to no clause and no reading, each with a suggestion.
platform::Result<std::vector<platform::Error>> OrphanWitnesses(
    const Specification& specification, std::span<const std::string> folders);

// The *.jsonl files below a folder by their paths relative to it ("READ-07.meets.jsonl"), sorted.
platform::Result<std::vector<std::string>> WitnessFiles(const std::string& folder);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_SELFTEST_H_

// Runs by the readings of the specification that they saw (oracle::Reading), and what follows from
// them: that a module keeps to the specification in one reading alone.
#ifndef PENDULUM_EXPLORE_READING_RUNS_H_
#define PENDULUM_EXPLORE_READING_RUNS_H_

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"

namespace pendulum::explore {

// How many runs saw a reading, and how many saw another reading of its clause and not this one; the
// rest never reached the clause. Index 1: the module broke a rule or did not survive; 0: neither.
struct ReadingRuns {
  uint64_t seen[2] = {};
  uint64_t other[2] = {};

  void Add(const ReadingRuns& more);
  bool operator==(const ReadingRuns&) const = default;
};

// Whether a module that breaks this clause fails: it binds modules, and it is a must.
bool IsFailure(const oracle::Clause& clause);

// For each reading of a specification a bit for each of the other readings of its clause.
using OtherReadings = std::array<oracle::ReadingSet, oracle::kMaxReadings>;
OtherReadings OtherReadingsOf(const oracle::Specification& specification);

// Counts a run that saw the readings `seen` in `table`, which is by reading.
void NoteReadings(oracle::ReadingSet seen, bool failed, const OtherReadings& others,
                  ReadingRuns* table);

// By reading.
using ReadingTable = std::array<ReadingRuns, oracle::kMaxReadings>;

// What is known of the runs in which something was found.
struct FailingRuns {
  std::map<size_t, uint64_t> count_by_scenario;
  oracle::ReadingSet readings_in_all = ~oracle::ReadingSet{0};  // those that all of them saw
};

// That a module fails with one reading, and passes with others of the same clause.
struct Reliance {
  size_t clause = 0;
  size_t failing_reading = 0;            // index in Clause::readings
  std::vector<size_t> passing_readings;  // the same; at least one
  uint64_t failing_runs = 0;             // all of them saw that reading
  uint64_t passing_runs = 0;             // of the same scenarios, which saw only others
};

// What the runs in which something was found have in common, when it can't be chance: every one saw
// a reading, and in the same scenarios other runs saw only other readings of that clause and broke
// no rule. `tables` are by scenario.
std::vector<Reliance> RelianceOf(const FailingRuns& failing, std::span<const ReadingTable> tables,
                                 const oracle::Specification& specification);

// The texts of these readings of a clause: "the end of the body arrives inline, or …".
std::string ReadingTexts(const oracle::Clause& clause, std::span<const size_t> readings);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_READING_RUNS_H_

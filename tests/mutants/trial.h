// The runs that a host is tried with: every probe in every scenario under random schedules, judged
// by the clauses that bind the host.
#ifndef PENDULUM_TESTS_MUTANTS_TRIAL_H_
#define PENDULUM_TESTS_MUTANTS_TRIAL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/oracle/specification.h"

namespace pendulum::mutants {

struct TrialPlan {
  uint64_t runs = 400;         // of each probe in each scenario
  bool goes_on = false;        // after the first violation that counts
  bool counts_should = false;  // a clause of the level should counts as well
  std::vector<bool> ignored;   // by clause: what the host as it is breaks proves nothing
};

inline constexpr int kMostClauses = 1024;
inline constexpr int kTextBytes = 240;

// A violation and where it was seen. `clause` is its index plus one; 0: none.
struct Seen {
  uint32_t clause = 0;
  uint32_t probe = 0;
  uint32_t scenario = 0;
  uint64_t run = 0;
  char text[kTextBytes] = {};
};

// What came of a trial. Lies in memory that its process shares with whoever started it; zeroed
// memory is a valid one.
struct TrialState {
  uint64_t position;  // the visit that takes place; after a crash the next one is tried
  uint64_t runs_done;
  uint64_t visits;  // of the mutant's place
  uint32_t finished;
  Seen first;         // the first violation that counts
  Seen first_should;  // the first of a clause of the level should
  // By clause.
  uint32_t broken[kMostClauses];  // runs that broke it: of clauses that bind the host and modules
  uint64_t reached[kMostClauses];
  struct {
    uint32_t probe, scenario;
    uint64_t run;
  } last[kMostClauses];  // where it was broken the last time
};

// Does the plan's visits from `state->position` on, in this process.
void RunTrial(const oracle::Specification& specification, const TrialPlan& plan, TrialState* state);

// The trace of one run of the host as it is chosen in this process, as a file of JSON lines, with
// the clauses that it breaks in its note.
std::string TraceOf(const oracle::Specification& specification, uint32_t probe, uint32_t scenario,
                    uint64_t run);

// The names of the scenarios, in the order of Seen::scenario.
std::vector<std::string_view> ScenarioNames();

}  // namespace pendulum::mutants

#endif  // PENDULUM_TESTS_MUTANTS_TRIAL_H_

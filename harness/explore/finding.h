// What exploration yields: findings and the summary of a verification. Plain data for reports.
#ifndef PENDULUM_EXPLORE_FINDING_H_
#define PENDULUM_EXPLORE_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/arm.h"
#include "harness/explore/decision_key.h"
#include "harness/explore/reading_runs.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"
#include "harness/oracle/verdict.h"
#include "harness/sched/schedule.h"
#include "harness/trace/event.h"

namespace pendulum::explore {

// An event of a finding's run, with where in the module it came from.
struct TracedEvent {
  trace::Event event;
  module::Location location;  // line 0: not known
};

// That a module fails with one reading of a clause and passes with another: all runs with the
// finding saw the first, and those of the same scenarios that saw only the other broke no rule.
struct RelianceText {
  std::string clause;   // with the readings: "READ-31"
  std::string passing;  // texts of readings, which complete "passes only if"
  std::string failing;
  uint64_t failing_runs = 0;
  uint64_t passing_runs = 0;
};

// What was left out of the run of a finding, and what could not be: without any one of the
// decisions that are left the run does not break the rule at this place.
struct Reduction {
  size_t decisions_before = 0;        // those of the run as found that were not the plainest
  size_t decisions = 0;               // those of the finding's schedule
  uint64_t runs = 0;                  // that were tried
  bool is_minimal = false;            // false: the budget ended first
  std::vector<std::string> scenario;  // what is plainer in the scenario, one phrase each
  std::vector<std::string> rest;      // the decisions that are left in words, one sentence each
  // MODULE-SCHEDULE-DEPENDENT: the decision that separates two schedules of which one gives this
  // response and the other that of the plainest schedule. Empty: not known.
  std::string separating;
};

// A clause violated, a crash or a hang: everything needed to report and to repeat it.
struct Finding {
  std::string clause;                // "MODULE-LEFT-PENDING": the id as users know it
  std::string title;                 // the clause's
  std::string level;                 // "must", "should"
  std::string message;               // one sentence with real numbers
  std::string fix;                   // the clause's, may be empty
  std::vector<std::string> details;  // what more there is to say of this one, one line each
  std::vector<RelianceText> reliance;
  std::vector<oracle::Source> sources;
  std::string module;    // path
  std::string scenario;  // name
  std::string strategy;  // of the arm that found it first
  uint64_t seed = 0;
  uint64_t run = 0;    // number of that run among those of the scenario and the arm
  uint64_t count = 0;  // runs in which it was found
  Variant variant = Variant::kNone;
  sched::Schedule schedule;
  std::vector<NotedDecision> notes;    // the decisions of `schedule` that are not the plainest
  std::optional<Reduction> reduction;  // nothing: it was not tried
  uint64_t trace_hash = 0;
  module::Location location;          // where it broke
  module::Location started_location;  // where the operation concerned was started, if elsewhere
  std::vector<std::string> stack;     // for crashes: frames of the module, innermost first
  std::vector<TracedEvent> trace;     // of the run that is reported
  uint32_t event = 0;                 // index in `trace` of the event that broke it
  uint32_t started_event =
      0;  // index of the event that started the operation concerned, or `event`
  uint8_t request = trace::kNone8;  // the request concerned
  std::string replay;               // path of the replay file, empty if none was written
};

// How far an exhaustive search of a scenario's schedules came.
struct SearchSummary {
  bool complete = false;
  std::string why_open;  // if not complete: a phrase
  uint64_t runs = 0;     // schedules run to their end
  uint64_t pruned = 0;   // given up on the way, since they led to nothing new
  // Guessed before it began, by random runs; 0: not known. All schedules within the bound, and how
  // many of them differ in more than the order of what commutes (0 for a bounded search).
  double estimated_schedules = 0;
  double estimated_orders = 0;
  std::string proof;  // what is proved, when it is complete and nothing was found
};

struct ScenarioSummary {
  std::string name;
  std::string title;
  uint64_t runs = 0;
  uint64_t limited = 0;                 // runs that ended at a limit
  std::optional<SearchSummary> search;  // with an exhaustive strategy
};

// What a strategy promises of each of its runs: to hit a bug that takes `depth` orders of events,
// in a module whose runs have no more agents and steps than these, at least with this probability.
struct Guarantee {
  uint32_t depth = 0;  // 0: it promises nothing
  uint32_t agents = 0;
  uint32_t steps = 0;
  double probability = 0;
};

struct ArmSummary {
  Arm arm;
  uint64_t runs = 0;
  uint64_t findings = 0;     // which it found first
  uint64_t first_cells = 0;  // clause and timing cells that it was the first to reach
  Guarantee guarantee;
};

struct Report {
  std::vector<std::string> modules;
  std::string strategy;
  uint64_t seed = 0;
  std::vector<ScenarioSummary> scenarios;
  std::vector<ArmSummary> arms;
  uint64_t runs = 0;
  uint64_t decisions = 0;         // decisions asked in all runs
  uint64_t operations = 0;        // operations that modules started in all runs
  uint64_t completions = 0;       // completions delivered in all runs
  std::vector<Finding> findings;  // by level, then in the order of scenario and run
  // What the clauses are, borrowed; as given to Verify.
  const oracle::Specification* specification = nullptr;
  std::vector<oracle::ClauseVerdict> clauses;  // by clause index; violations count runs
  std::vector<ReadingRuns> reading_runs;       // by oracle::Specification::readings
  // On all of it. kNotExercised as well when clauses were reached but nothing of the module was.
  oracle::Verdict verdict = oracle::Verdict::kNotExercised;
  std::vector<std::string> missing;  // what was asked for and not done, one phrase each
  double elapsed_seconds = 0;        // wall time: reported, never decided upon
  std::vector<std::string> notes;    // one line each: names that are never called, captured log …
  bool nothing_checked = false;      // no clause of a module was reached: exit status 3
  bool diverged = false;             // a run did not repeat itself: exit status 4
  std::string divergence;            // which run, and where it first differed
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_FINDING_H_

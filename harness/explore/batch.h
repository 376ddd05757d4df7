// A batch: consecutive runs of one scenario and arm, done by one process. What it finds is written
// to memory that it shares with whoever watches it, so that it survives a crash of the module.
#ifndef PENDULUM_EXPLORE_BATCH_H_
#define PENDULUM_EXPLORE_BATCH_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/explore/arm.h"
#include "harness/explore/keyed_strategy.h"
#include "harness/explore/module_builds.h"
#include "harness/explore/reading_runs.h"
#include "harness/explore/response_reference.h"
#include "harness/host/scenario.h"
#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"
#include "harness/sched/schedule.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

// What all batches of one verification or replay have in common.
struct Setup {
  ModuleBuilds modules;
  const oracle::Specification* specification = nullptr;
  std::vector<Arm> arms = {Arm()};  // at least one
  uint64_t seed = 1;
  bool check_determinism = false;
  uint64_t watchdog_ms = 5000;
  uint64_t memory_bytes = 512u << 20;
  size_t stack_bytes = sched::kDefaultStackBytes;
};

// What is done before the first run of a batch, by runs that don't count.
struct Rehearsal {
  // Learn where the modules share memory, if they were compiled to tell of it.
  bool learns_accesses = true;
  // Take the profile of the scenario's runs, if the strategy learns by it.
  bool takes_profile = true;
  // Take the response of the plainest schedule, and compare with it from then on.
  bool compares_responses = true;

  // Guess how large an exhaustive search will be.
  bool estimates = true;

  // Leaves out what the module did not survive. `phase`: BatchState::phase when it ended; false
  // when that was no rehearsal.
  bool LeaveOut(uint32_t phase);
};

// The same violation, as often as it was seen in a batch: the clause, the kind of operation and the
// place in the module are the same. The runs are numbered within the batch's scenario and arm.
struct Sighting {
  uint16_t clause = 0;
  uint8_t operation_kind = trace::kNone8;
  trace::Site site;
  uint64_t first_run = 0;
  uint64_t last_run = 0;
  uint64_t count = 0;                                           // runs
  oracle::ReadingSet readings_in_all = ~oracle::ReadingSet{0};  // those that all these runs saw
};

// A run to try out: decisions by name in a scenario, borrowed, that need not be the batch's.
struct Trial {
  const host::Scenario* scenario = nullptr;
  std::vector<KeyedAnswer> answers;
};

class ScenarioSearch;

struct Batch {
  const host::Scenario* scenario = nullptr;
  size_t arm = 0;  // index in Setup::arms; with the scenario and the number it identifies a run
  uint64_t first_run = 0;
  uint64_t runs = 1;
  const sched::Schedule* schedule = nullptr;  // repeat this one instead of asking the strategy
  // With an exhaustive strategy, unless a schedule is repeated: the search to go on with.
  ScenarioSearch* search = nullptr;
  // Do one run for each of these instead, numbered by their index: `first_run` says with which to
  // begin, and `runs` is not looked at.
  const std::vector<Trial>* trials = nullptr;
  // End after the first run that has this violation.
  const Sighting* wanted = nullptr;
  bool wanted_is_hosts_fault = false;  // … as oracle::IsHostsFault
  Rehearsal rehearsal;
  uint32_t memory_phase = 0;  // as sched::Scheduler::ShiftMemory
  // With a schedule or trials: how many races of the run to pass over, if it has more. Other runs
  // do so by their number.
  uint32_t races_passed = 0;
};
// A run reports one race, for which its process ends. Were it always the first, one that comes
// after another in the module's code would never be seen: runs take turns in passing over so many.
inline constexpr uint32_t kRaceTurns = 4;

// How the module ended the process.
enum class CrashKind : uint8_t {
  kNone,
  kSignal,
  kStackOverflow,
  kOutOfMemory,
  kAbort,
  kTerminate,      // std::terminate
  kHeapMisuse,     // freed twice, freed what is no block, wrote beyond the end of a block
  kSanitizer,      // AddressSanitizer or UndefinedBehaviorSanitizer reported something
  kPendingMemory,  // … in memory that a pending operation uses
  kEndedMemory,    // … in memory of a request that has ended
  kRace,           // ThreadSanitizer reported a data race
  kExit,           // the process ended without saying why: exit() or a signal from outside
};

inline constexpr int kMostFrames = 32;
inline constexpr int kMostReportFrames = 6;
struct CrashRecord {
  CrashKind kind = CrashKind::kNone;
  uint8_t worker = trace::kNone8;
  uint8_t request = trace::kNone8;
  uint8_t module = trace::kNone8;
  uint16_t operation = trace::kNone16;  // whose memory it is, for kPendingMemory
  bool in_module = false;               // the module's own code ran, not the harness
  int32_t signal = 0;
  uint64_t fault_address = 0;
  bool touched_freed_memory = false;  // a register holds what freed memory is filled with
  bool touched_new_memory = false;    // … what new memory is filled with
  uint32_t frame_count = 0;
  trace::Site frames[kMostFrames];
  char text[256] = {};  // more about it, in words
  // Further stacks of a sanitizer's report, offset 0 after the last frame.
  trace::Site allocated[kMostReportFrames];
  trace::Site freed[kMostReportFrames];
  trace::Site other[kMostReportFrames];  // the access on the other side of a race
  // With a race, after which the run may have gone on: what had been recorded by then.
  uint32_t events = 0;
  uint32_t decisions = 0;
  uint32_t notes = 0;
  uint32_t earlier_races = 0;  // of the run, that were passed over
};

inline constexpr int kMostSightings = 512;
inline constexpr int kMostClauses = 2048;
inline constexpr int kMostCoverage = kMostClauses * oracle::Oracle::kTimingClasses;
// Different lines that the module wrote (OutputDebugString, ReportEvent) or that were written about
// it (calls that are not simulated).
inline constexpr int kMostLines = 32;
inline constexpr int kLineBytes = 160;

inline constexpr uint32_t kMostKeptDecisions = 256 * 1024;
struct KeptSchedule {
  uint64_t run;
  uint32_t first;  // of BatchState::kept_decisions
  uint32_t count;
};

// Zeroed memory is a valid BatchState.
struct BatchState {
  enum Phase : uint32_t {
    kStarting,
    kLoading,
    kLearningAccesses,  // the runs of a rehearsal take place, which are none of the batch's
    kTakingProfile,     // the same
    kTakingReference,   // the same
    kEstimating,        // the same
    kRunning,
    kDone,
    kFailed,
  };
  std::atomic<uint32_t> phase;
  std::atomic<uint64_t> run;   // the one that is taking place
  std::atomic<uint32_t> stop;  // set from outside: end after this run
  uint32_t races_passed;       // of this run, as Batch has them
  uint32_t memory_phase;

  // What the strategy has learnt; 0: nothing.
  uint32_t profile_steps;
  uint32_t profile_agents;

  uint64_t runs_done;
  uint64_t limited;
  uint64_t decisions;
  uint64_t operations;
  uint64_t completions;
  uint64_t notifications;

  uint32_t sighting_count;
  uint32_t sightings_dropped;
  Sighting sightings[kMostSightings];
  // With a search, whose runs can't be repeated by their number: the schedules of the sightings'
  // first runs, as far as there is room.
  uint32_t kept_count;
  uint32_t kept_decision_count;
  KeptSchedule kept[kMostSightings];
  sched::Decision kept_decisions[kMostKeptDecisions];

  uint32_t line_count;
  char lines[kMostLines][kLineBytes];

  uint64_t coverage[kMostCoverage];
  uint64_t broken_runs[kMostClauses];             // by clause: runs that broke it
  uint64_t reading_counts[oracle::kMaxReadings];  // as oracle::Oracle::reading_counts
  uint64_t unread_counts[kMostClauses];           // as oracle::Oracle::unread_counts
  ReadingRuns reading_runs[oracle::kMaxReadings];

  // kFailed: why.
  char error[8192];
  char error_place[1024];
  char error_remedy[512];
  // A run that did not repeat itself: what differed. Empty: none.
  char divergence[1024];
  uint64_t diverged_run;
  uint64_t decisions_used;  // of Batch::schedule, by the last run
  bool has_wanted;          // the last run has Batch::wanted

  // Of the last run with another response than the plainest schedule's.
  ResponseExcerpt reference;
  ResponseExcerpt received;

  CrashRecord crash;
  sched::Scheduler::DecisionLog log;
  sched::Decision recorded[sched::kLongestSchedule];
  DecisionNotes notes;  // of the last run of a batch with a schedule or trials
  trace::TraceBuffer trace;
};

// Prepares `state` for a batch: forgets what an earlier one left.
void ResetBatchState(BatchState* state);

// Does the batch in this process, and returns when it is done or can't be done; what came of it is
// in `state`. A crash of the module ends the process, unless `in_process`: then it ends the batch,
// with the crash in `state`, and nothing more can be simulated in this process.
void RunBatch(const Setup& setup, const Batch& batch, bool in_process, BatchState* state);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_BATCH_H_

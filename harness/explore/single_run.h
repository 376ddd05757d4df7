// One run as a value: what is left of it when its process is gone.
#ifndef PENDULUM_EXPLORE_SINGLE_RUN_H_
#define PENDULUM_EXPLORE_SINGLE_RUN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/batch.h"
#include "harness/explore/incident.h"
#include "harness/explore/supervisor.h"
#include "harness/oracle/oracle.h"
#include "harness/platform/result.h"
#include "harness/sched/schedule.h"
#include "harness/trace/event.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

struct SingleRun {
  size_t arm = 0;  // index in Setup::arms
  BatchEnd end = BatchEnd::kDone;
  Variant variant = Variant::kNone;  // the arm's
  uint32_t races_passed = 0;         // as Batch has them
  uint32_t memory_phase = 0;
  std::string divergence;     // from the schedule that it should have repeated; empty: none
  size_t decisions_used = 0;  // of that schedule
  sched::Schedule schedule;   // as recorded
  // Of a run that repeated a schedule or followed decisions by name: its decisions that are not the
  // plainest; and of those to follow, as DecisionNotes has it.
  std::vector<NotedDecision> notes;
  size_t given = 0;
  size_t refused = 0;
  std::vector<trace::Event> events;
  std::vector<trace::Site> sites;
  uint64_t trace_hash = 0;
  std::vector<oracle::Violation> violations;
  std::vector<std::string> messages;         // one for each of `violations`
  uint32_t first_module_fault = UINT32_MAX;  // as oracle::FirstModuleFault
  oracle::ReadingSet readings_seen = 0;      // as oracle::Oracle::readings_seen
  std::optional<Incident> incident;
  // Of a run that hung, whose process could not tell: as oracle::Oracle::coverage and
  // reading_counts.
  std::vector<uint64_t> coverage;
  std::vector<uint64_t> reading_counts;
  std::vector<std::string> responses;  // how the response differed from the plainest schedule's
};

// The last run of a batch of `arm` that has ended (kDone, kCrashed or kHung). Appends to its trace
// how a run ended that the module did not survive.
SingleRun CaptureRun(const Setup& setup, size_t arm, BatchEnd end, BatchState* state);

// Does a batch of one run in slot 0, which must be free. Errors: it could not be done.
platform::Result<SingleRun> RunSingle(const Setup& setup, const Batch& batch,
                                      Supervisor* supervisor);

// The same, which for ThreadSanitizer may take several: of many accesses to a place it remembers a
// few, and which these are hangs on what went on before the run. Tries the same ones in the same
// order until `is_wanted` accepts the run; gives the first run when it accepts none.
platform::Result<SingleRun> RunSingleUntil(const Setup& setup, const Batch& batch,
                                           Supervisor* supervisor,
                                           const std::function<bool(const SingleRun&)>& is_wanted);

// What of the rehearsal of a batch its module survives, tried in a child process: in this process a
// batch can't begin anew without what the module did not survive. Errors: it could not be done.
platform::Result<Rehearsal> SurvivedRehearsal(const Setup& setup, const Batch& batch);

// What an oracle that has seen nothing yet says to a trace.
std::vector<oracle::Violation> Judge(oracle::Oracle* oracle, const trace::TraceBuffer& trace);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SINGLE_RUN_H_

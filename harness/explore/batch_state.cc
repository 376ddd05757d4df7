#include <algorithm>
#include <iterator>

#include "harness/explore/batch.h"

namespace pendulum::explore {

bool Rehearsal::LeaveOut(uint32_t phase) {
  if (phase == BatchState::kLearningAccesses) learns_accesses = false;
  if (phase == BatchState::kTakingProfile) takes_profile = false;
  if (phase == BatchState::kTakingReference) compares_responses = false;
  if (phase == BatchState::kEstimating) estimates = false;
  return phase == BatchState::kLearningAccesses || phase == BatchState::kTakingProfile ||
         phase == BatchState::kTakingReference || phase == BatchState::kEstimating;
}

void ResetBatchState(BatchState* state) {
  // Not the arrays: their pages cost nothing until they are used.
  state->phase = BatchState::kStarting;
  state->races_passed = state->memory_phase = 0;
  state->run = 0;
  state->stop = 0;
  state->profile_steps = state->profile_agents = 0;
  state->runs_done = state->limited = state->decisions = 0;
  state->operations = state->completions = state->notifications = 0;
  state->sighting_count = state->sightings_dropped = 0;
  state->kept_count = state->kept_decision_count = 0;
  state->line_count = 0;
  std::fill(std::begin(state->coverage), std::end(state->coverage), 0);
  std::fill(std::begin(state->broken_runs), std::end(state->broken_runs), 0);
  std::fill(std::begin(state->reading_counts), std::end(state->reading_counts), 0);
  std::fill(std::begin(state->unread_counts), std::end(state->unread_counts), 0);
  std::fill(std::begin(state->reading_runs), std::end(state->reading_runs), ReadingRuns{});
  state->error[0] = state->error_place[0] = state->error_remedy[0] = state->divergence[0] = '\0';
  state->diverged_run = state->decisions_used = 0;
  state->has_wanted = false;
  state->notes.count = state->notes.given = state->notes.refused = 0;
  state->crash = CrashRecord{};
  state->log = sched::Scheduler::DecisionLog{};
  state->trace.count = state->trace.dropped = 0;
}

}  // namespace pendulum::explore

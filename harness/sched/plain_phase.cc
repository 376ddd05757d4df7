// The end of a long run, in which nothing is decided any more.
#include <cassert>

#include "harness/sched/scheduler.h"

namespace pendulum::sched {

// Mostly 0. The turns go round, so that each of the others is taken in the end.
uint32_t Scheduler::FairAnswer(uint32_t answers) {
  constexpr uint32_t kDecisionsOfATurn = 32;
  const uint32_t number = ++plain_decisions_;
  if (number % kDecisionsOfATurn != 0) return 0;
  return 1 + number / kDecisionsOfATurn % (answers - 1);
}

void Scheduler::Pause() {
  paused_ = true;
  step_gate_ = 0;
}

void Scheduler::GoOnPlainly(uint32_t transitions) {
  assert(current_ == kNoWorker && strategy_ != nullptr);
  paused_ = false;
  plain_ = true;
  limits_.transitions = transitions;
  // Further decisions are answered 0, and not recorded.
  most_decisions_ = log_->count;
  touch_listener_ = nullptr;
}

}  // namespace pendulum::sched

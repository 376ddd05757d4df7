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

void Scheduler::Stop() {
  stopped_ = true;
  Pause();
}

void Scheduler::Pause() { step_limit_ = step_gate_ = 0; }

void Scheduler::GoOnPlainly(uint32_t transitions) {
  assert(current_ == kNoWorker && strategy_ != nullptr);
  plain_ = true;
  if (!stopped_) step_limit_ = transitions;
  // Further decisions are answered 0, and not recorded.
  most_decisions_ = log_->count;
  SetTouchListener(nullptr);
}

}  // namespace pendulum::sched

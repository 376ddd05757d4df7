#include "harness/sched/pos_strategy.h"

#include "harness/sched/draw.h"

namespace pendulum::sched {

void PosStrategy::BeginRun(uint64_t run) {
  prng_ = Prng(seed_, run);
  agents_.BeginRun();
}

uint32_t PosStrategy::Answer(const Ask& ask) {
  if (ask.question != Question::kTransition) return Draw(&prng_, ask);
  uint32_t answer = 0;
  for (uint32_t i = 0; i < ask.answers; ++i) {
    const uint8_t id = ask.candidates[i];
    if (agents_.Meet(id, ask.keys[id])) priorities_[id] = prng_.Next();
    if (priorities_[id] > priorities_[ask.candidates[answer]]) answer = i;
  }
  agents_.Forget(ask.candidates[answer]);
  return answer;
}

}  // namespace pendulum::sched

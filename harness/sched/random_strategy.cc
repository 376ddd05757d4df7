#include "harness/sched/random_strategy.h"

#include "harness/sched/draw.h"

namespace pendulum::sched {

void RandomStrategy::BeginRun(uint64_t run) { prng_ = Prng(seed_, run); }

uint32_t RandomStrategy::Answer(const Ask& ask) { return Draw(&prng_, ask); }

}  // namespace pendulum::sched

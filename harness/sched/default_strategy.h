// The strategy that always gives the plainest answer.
#ifndef PENDULUM_SCHED_DEFAULT_STRATEGY_H_
#define PENDULUM_SCHED_DEFAULT_STRATEGY_H_

#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Zeros: the happy path.
class DefaultStrategy final : public Strategy {
 public:
  void BeginRun(uint64_t) override {}
  uint32_t Answer(const Ask&) override { return 0; }
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_DEFAULT_STRATEGY_H_

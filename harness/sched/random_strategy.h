// The strategy that gives each answer with the same probability.
#ifndef PENDULUM_SCHED_RANDOM_STRATEGY_H_
#define PENDULUM_SCHED_RANDOM_STRATEGY_H_

#include <cstdint>

#include "harness/sched/prng.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Uniform at each question (so not uniform over schedules). Run k of a seed is the same whether or
// not the runs before it took place.
class RandomStrategy final : public Strategy {
 public:
  explicit RandomStrategy(uint64_t seed) : seed_(seed) {}

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

 private:
  uint64_t seed_;
  Prng prng_;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_RANDOM_STRATEGY_H_

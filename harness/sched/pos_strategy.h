// Partial order sampling (Yuan, Yang, Gu 2018), in its basic form.
#ifndef PENDULUM_SCHED_POS_STRATEGY_H_
#define PENDULUM_SCHED_POS_STRATEGY_H_

#include <array>
#include <cstdint>

#include "harness/sched/agents.h"
#include "harness/sched/prng.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Each event draws a priority when it becomes possible and keeps it until it happens; the highest
// one happens next. An agent's next step is another event, so its priority is drawn anew with each
// step. In the full form events that race with what has happened draw again; which ones do is not
// known before they happen, so here none does. The other questions are answered by draws.
class PosStrategy final : public Strategy {
 public:
  explicit PosStrategy(uint64_t seed) : seed_(seed) {}

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

 private:
  uint64_t seed_;
  Prng prng_;
  AgentTable agents_;
  std::array<uint32_t, kCandidateCount> priorities_ = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_POS_STRATEGY_H_

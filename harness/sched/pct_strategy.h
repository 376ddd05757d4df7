// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte 2010).
#ifndef PENDULUM_SCHED_PCT_STRATEGY_H_
#define PENDULUM_SCHED_PCT_STRATEGY_H_

#include <array>
#include <cstdint>

#include "harness/sched/agents.h"
#include "harness/sched/prng.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// The chance with which each run of PCT finds a bug of this depth at least, in a program of at most
// `agents` agents and `steps` steps. Depth: how many orders between two events it takes.
double PctBound(uint32_t agents, uint32_t steps, uint32_t depth);

// Each agent draws a priority, and the agent with the highest one goes on. At depth - 1 steps,
// drawn from as many as the profile shows, whoever would go on gets a low priority instead. Steps
// are kTransition questions: where nothing else could happen, no change of priority matters. The
// other questions are answered by draws.
//
// One that goes on for longer than a whole run of the profile spins: it gets the lowest priority.
class PctStrategy final : public Strategy {
 public:
  static constexpr uint32_t kMostDepth = 8;

  PctStrategy(uint64_t seed, uint32_t depth);

  bool Learns() const override { return true; }
  void Learn(const Profile& profile) override;
  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

 private:
  // As many as can be lowered in a run; more spin than any sound program does.
  static constexpr uint32_t kMostLowered = 64;
  struct Lowered {
    uint32_t agent;
    uint32_t priority;
  };

  uint64_t PriorityOf(uint32_t agent) const;
  uint32_t Highest(const Ask& ask) const;
  void Lower(uint32_t agent, uint32_t priority);
  // Whether a change of priority is due at this step; if so, gives its priority.
  bool TakeChange(uint32_t* priority);
  bool Spins(uint32_t agent);

  uint64_t seed_;
  uint32_t changes_;
  uint32_t steps_of_a_run_;
  Prng prng_;
  uint64_t salt_ = 0;
  uint32_t step_ = 0;
  uint32_t next_change_ = 0;  // the earliest step that is left in change_steps_
  std::array<uint32_t, kMostDepth> change_steps_ = {};
  uint32_t last_agent_ = 0;
  uint32_t steps_in_a_row_ = 0;
  uint32_t spins_ = 0;
  uint32_t lowered_count_ = 0;
  std::array<Lowered, kMostLowered> lowered_ = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_PCT_STRATEGY_H_

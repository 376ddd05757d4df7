// Agents: who takes the steps of a run, in terms that hold from run to run. A worker is an agent
// for as long as its job lasts, a pending transition is one of a single step.
#ifndef PENDULUM_SCHED_AGENTS_H_
#define PENDULUM_SCHED_AGENTS_H_

#include <array>
#include <cstdint>

#include "harness/sched/strategy.h"

namespace pendulum::sched {

// A number for the agent with this key, other than 0.
constexpr uint32_t AgentOf(Key key) {
  return 0x1000000u | static_cast<uint32_t>(key.request) << 16 | key.operation;
}

// Which agent stands behind a candidate's id, so that a strategy can keep what it knows of agents
// by id. Ids are slots, used again within a run.
class AgentTable {
 public:
  // In constant time.
  void BeginRun() { ++epoch_; }

  // Notes who stands behind `id`. Returns whether it is another agent than before, or the first.
  bool Meet(uint8_t id, Key key) {
    const uint64_t agent = epoch_ << 32 | AgentOf(key);
    if (agents_[id] == agent) return false;
    agents_[id] = agent;
    return true;
  }
  // The agent behind `id` is met anew the next time.
  void Forget(uint8_t id) { agents_[id] = 0; }

 private:
  uint64_t epoch_ = 0;
  std::array<uint64_t, kCandidateCount> agents_ = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_AGENTS_H_

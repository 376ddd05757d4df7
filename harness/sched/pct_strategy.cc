#include "harness/sched/pct_strategy.h"

#include <algorithm>
#include <cassert>

#include "harness/sched/draw.h"
#include "harness/sched/profile.h"

namespace pendulum::sched {
namespace {

// Without a profile: what a scenario of one request comes to.
constexpr uint32_t kUsualSteps = 40;
// No agent is taken for one that spins before so many steps in a row, and each is after the other
// number, which lies below Scheduler::kMostPointsInARow.
constexpr uint32_t kFewestStepsOfASpin = 64;
constexpr uint32_t kMostStepsOfASpin = 400;

// Priorities: drawn ones have the highest bit; below stand the changes, and below these the spins.
constexpr uint64_t kDrawn = uint64_t{1} << 63;
constexpr uint32_t kChange = 1u << 20;
constexpr uint32_t kNever = ~uint32_t{0};

}  // namespace

double PctBound(uint32_t agents, uint32_t steps, uint32_t depth) {
  double bound = 1.0 / std::max(agents, 1u);
  for (uint32_t i = 1; i < depth; ++i) bound /= std::max(steps, 1u);
  return bound;
}

PctStrategy::PctStrategy(uint64_t seed, uint32_t depth)
    : seed_(seed), changes_(depth - 1), steps_of_a_run_(kUsualSteps) {
  assert(depth >= 1 && depth <= kMostDepth);
}

void PctStrategy::Learn(const Profile& profile) { steps_of_a_run_ = std::max(profile.steps, 1u); }

void PctStrategy::BeginRun(uint64_t run) {
  prng_ = Prng(seed_, run);
  salt_ = uint64_t{prng_.Next()} << 32;
  salt_ |= prng_.Next();
  // Not in order: which of the changes comes first is part of what is drawn.
  next_change_ = kNever;
  for (uint32_t i = 0; i < changes_; ++i) {
    change_steps_[i] = 1 + prng_.Below(steps_of_a_run_);
    next_change_ = std::min(next_change_, change_steps_[i]);
  }
  step_ = 0;
  last_agent_ = 0;
  steps_in_a_row_ = 0;
  spins_ = 0;
  lowered_count_ = 0;
}

uint64_t PctStrategy::PriorityOf(uint32_t agent) const {
  for (uint32_t i = 0; i < lowered_count_; ++i) {
    if (lowered_[i].agent == agent) return lowered_[i].priority;
  }
  return MixBits(salt_ ^ agent) | kDrawn;
}

uint32_t PctStrategy::Highest(const Ask& ask) const {
  uint32_t highest = 0;
  uint64_t priority = 0;
  for (uint32_t i = 0; i < ask.answers; ++i) {
    const uint64_t other = PriorityOf(AgentOf(ask.KeyOf(i)));
    if (other > priority) {
      priority = other;
      highest = i;
    }
  }
  return highest;
}

void PctStrategy::Lower(uint32_t agent, uint32_t priority) {
  uint32_t place = 0;
  while (place < lowered_count_ && lowered_[place].agent != agent) ++place;
  if (place == kMostLowered) return;
  lowered_[place] = {agent, priority};
  lowered_count_ = std::max(lowered_count_, place + 1);
}

bool PctStrategy::TakeChange(uint32_t* priority) {
  if (step_ < next_change_) return false;
  const uint32_t due = next_change_;
  next_change_ = kNever;
  for (uint32_t i = 0; i < changes_; ++i) {
    if (change_steps_[i] == due) {
      change_steps_[i] = kNever;
      *priority = kChange + i;
    }
    next_change_ = std::min(next_change_, change_steps_[i]);
  }
  return true;
}

bool PctStrategy::Spins(uint32_t agent) {
  steps_in_a_row_ = agent == last_agent_ ? steps_in_a_row_ + 1 : 1;
  last_agent_ = agent;
  const uint32_t most = std::clamp(steps_of_a_run_, kFewestStepsOfASpin, kMostStepsOfASpin);
  if (steps_in_a_row_ <= most) return false;
  steps_in_a_row_ = 0;
  return true;
}

uint32_t PctStrategy::Answer(const Ask& ask) {
  if (ask.question != Question::kTransition) return Draw(&prng_, ask);
  ++step_;
  uint32_t answer = Highest(ask);
  uint32_t priority = 0;
  if (TakeChange(&priority)) {
    Lower(AgentOf(ask.KeyOf(answer)), priority);
    answer = Highest(ask);
  }
  if (Spins(AgentOf(ask.KeyOf(answer)))) {
    Lower(AgentOf(ask.KeyOf(answer)), kChange - 1 - ++spins_);
    answer = Highest(ask);
  }
  return answer;
}

}  // namespace pendulum::sched

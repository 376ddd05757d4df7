// A strategy's answers, bent towards what breaks modules.
#ifndef PENDULUM_SCHED_BIASED_STRATEGY_H_
#define PENDULUM_SCHED_BIASED_STRATEGY_H_

#include <cstdint>
#include <memory>

#include "harness/sched/prng.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

struct Bias {
  bool early = false;    // operations complete asynchronously, and before the caller goes on
  bool pending = false;  // operations complete asynchronously
  bool partial = false;  // reads and writes move part of the bytes
  // In each run a random half of the kinds of questions, other than transitions, is answered 0:
  // what needs one kind of deviation without another is seen sooner.
  bool swarm = false;

  bool any() const { return early || pending || partial || swarm; }
};

// What a bias asks for comes three or seven times out of eight; otherwise the inner strategy
// answers, so that nothing becomes impossible.
class BiasedStrategy final : public Strategy {
 public:
  BiasedStrategy(std::unique_ptr<Strategy> inner, const Bias& bias, uint64_t seed)
      : inner_(std::move(inner)), bias_(bias), seed_(seed) {}

  bool Learns() const override { return inner_->Learns(); }
  void Learn(const Profile& profile) override { inner_->Learn(profile); }
  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

 private:
  bool IsSwitchedOff(const Ask& ask) const;
  // Something other than the first candidate and timers, where there is such a thing.
  uint32_t Overtake(const Ask& ask, uint32_t inner_answer);

  std::unique_ptr<Strategy> inner_;
  Bias bias_;
  uint64_t seed_;
  Prng prng_;
  uint64_t salt_ = 0;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_BIASED_STRATEGY_H_

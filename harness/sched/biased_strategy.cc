#include "harness/sched/biased_strategy.h"

namespace pendulum::sched {
namespace {

// Apart from what the inner strategy draws with the same seed.
constexpr uint64_t kOwnDraws = 0x42494153;
constexpr uint32_t kOutOf = 8;
constexpr uint32_t kMostly = 7;
constexpr uint32_t kOften = 3;

bool IsTimer(const Ask& ask, uint32_t answer) {
  const Key key = ask.KeyOf(answer);
  return key.request == kNoRequest && key.operation == kNoOperation;
}

}  // namespace

void BiasedStrategy::BeginRun(uint64_t run) {
  prng_ = Prng(seed_ ^ kOwnDraws, run);
  salt_ = uint64_t{prng_.Next()} << 32;
  inner_->BeginRun(run);
}

bool BiasedStrategy::IsSwitchedOff(const Ask& ask) const {
  if (!bias_.swarm || ask.question == Question::kTransition) return false;
  // Settings are not told apart otherwise.
  const uint64_t kind = uint64_t{ask.answers} << 8 | static_cast<uint64_t>(ask.question);
  return (MixBits(salt_ + kind) & 1) != 0;
}

uint32_t BiasedStrategy::Overtake(const Ask& ask, uint32_t inner_answer) {
  const uint32_t last = ask.answers - (IsTimer(ask, ask.answers - 1u) ? 1u : 0u);
  if (last < 2) return inner_answer;
  return 1 + prng_.Below(last - 1);
}

uint32_t BiasedStrategy::Answer(const Ask& ask) {
  if (IsSwitchedOff(ask)) return 0;
  const uint32_t answer = inner_->Answer(ask);
  if (ask.question == Question::kTransition) {
    return bias_.early && prng_.Below(kOutOf) < kOften ? Overtake(ask, answer) : answer;
  }
  if (ask.question == Question::kTiming && (bias_.early || bias_.pending)) {
    return prng_.Below(kOutOf) < kMostly ? 1 : answer;
  }
  if (ask.question == Question::kBytes && bias_.partial && prng_.Below(kOutOf) < kMostly) {
    return 1 + prng_.Below(ask.answers - 1u);
  }
  return answer;
}

}  // namespace pendulum::sched

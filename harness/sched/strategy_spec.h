// Strategies in one line of text: "pct:depth=3,prefer=early".
#ifndef PENDULUM_SCHED_STRATEGY_SPEC_H_
#define PENDULUM_SCHED_STRATEGY_SPEC_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/platform/result.h"
#include "harness/sched/biased_strategy.h"

namespace pendulum::sched {

enum class StrategyKind : uint8_t { kDefault, kRandom, kPct, kPos, kSurw };

struct StrategySpec {
  StrategyKind kind = StrategyKind::kDefault;
  uint32_t depth = 3;  // of pct
  Bias bias;
};

// Reads a name and, after a colon or comma, options with commas between them. Errors name what is
// wrong in the text and what there is instead.
platform::Result<StrategySpec> ParseStrategySpec(std::string_view text);

struct StrategyWords {
  std::string_view name;  // as it is written, with the place of options: "pct[:depth=D]"
  std::string_view does;  // one phrase
};
// The strategies, and the options that all of them take; for help texts.
std::span<const StrategyWords> StrategyNames();
std::span<const StrategyWords> StrategyOptions();

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_STRATEGY_SPEC_H_

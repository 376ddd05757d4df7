// Strategies by their text.
#ifndef PENDULUM_SCHED_STRATEGY_FACTORY_H_
#define PENDULUM_SCHED_STRATEGY_FACTORY_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "harness/platform/result.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// The strategy that `spec` describes (strategy_spec.h), one of those of this folder that need no
// more than a seed; or the answers themselves (answers_strategy.h). The error says what is wrong
// with the text.
platform::Result<std::unique_ptr<Strategy>> MakeStrategy(std::string_view spec, uint64_t seed);

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_STRATEGY_FACTORY_H_

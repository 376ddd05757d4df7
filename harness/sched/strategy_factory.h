// Strategies by name.
#ifndef PENDULUM_SCHED_STRATEGY_FACTORY_H_
#define PENDULUM_SCHED_STRATEGY_FACTORY_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "harness/platform/result.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// The strategy `name`, one of those of this folder that need no more than a seed: "default" or
// "random". Any other name is an error that says which there are.
platform::Result<std::unique_ptr<Strategy>> MakeStrategy(std::string_view name, uint64_t seed);

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_STRATEGY_FACTORY_H_

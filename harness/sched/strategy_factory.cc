#include "harness/sched/strategy_factory.h"

#include <string>

#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"

namespace pendulum::sched {

platform::Result<std::unique_ptr<Strategy>> MakeStrategy(std::string_view name, uint64_t seed) {
  if (name == "default") return {std::make_unique<DefaultStrategy>()};
  if (name == "random") return {std::make_unique<RandomStrategy>(seed)};
  if (name == "replay") {
    return platform::Error{"the strategy \"replay\" needs a recorded schedule", "",
                           "replay a file that was written for a finding"};
  }
  return platform::Error{"there is no strategy \"" + std::string(name) + "\"", "",
                         "the strategies made from a seed are \"default\" and \"random\""};
}

}  // namespace pendulum::sched

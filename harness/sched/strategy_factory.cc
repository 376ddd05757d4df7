#include "harness/sched/strategy_factory.h"

#include <utility>

#include "harness/sched/answers_strategy.h"
#include "harness/sched/biased_strategy.h"
#include "harness/sched/default_strategy.h"
#include "harness/sched/pct_strategy.h"
#include "harness/sched/pos_strategy.h"
#include "harness/sched/random_strategy.h"
#include "harness/sched/strategy_spec.h"
#include "harness/sched/surw_strategy.h"

namespace pendulum::sched {
namespace {

std::unique_ptr<Strategy> Make(const StrategySpec& spec, uint64_t seed) {
  switch (spec.kind) {
    case StrategyKind::kDefault:
      break;
    case StrategyKind::kRandom:
      return std::make_unique<RandomStrategy>(seed);
    case StrategyKind::kPct:
      return std::make_unique<PctStrategy>(seed, spec.depth);
    case StrategyKind::kPos:
      return std::make_unique<PosStrategy>(seed);
    case StrategyKind::kSurw:
      return std::make_unique<SurwStrategy>(seed);
  }
  return std::make_unique<DefaultStrategy>();
}

}  // namespace

platform::Result<std::unique_ptr<Strategy>> MakeStrategy(std::string_view spec, uint64_t seed) {
  if (spec.starts_with(kAnswersPrefix)) {
    auto answers = ParseAnswers(spec);
    if (!answers.ok()) return answers.error();
    return std::unique_ptr<Strategy>(std::make_unique<AnswersStrategy>(std::move(answers).value()));
  }
  const auto parsed = ParseStrategySpec(spec);
  if (!parsed.ok()) return parsed.error();
  std::unique_ptr<Strategy> strategy = Make(*parsed, seed);
  if (parsed->bias.any()) {
    strategy = std::make_unique<BiasedStrategy>(std::move(strategy), parsed->bias, seed);
  }
  return strategy;
}

}  // namespace pendulum::sched

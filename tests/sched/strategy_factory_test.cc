#include "harness/sched/strategy_factory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace pendulum::sched {
namespace {

using testing::Each;
using testing::HasSubstr;

std::vector<uint32_t> Draw(Strategy* strategy, uint64_t run) {
  strategy->BeginRun(run);
  const Ask ask = {.question = Question::kBytes,
                   .request = 0,
                   .operation = 0,
                   .answers = 1000,
                   .candidates = {}};
  std::vector<uint32_t> answers;
  for (int i = 0; i < 20; ++i) answers.push_back(strategy->Answer(ask));
  return answers;
}

TEST(StrategyFactoryTest, DefaultIsZeros) {
  auto strategy = MakeStrategy("default", 5);
  ASSERT_TRUE(strategy.ok());
  EXPECT_THAT(Draw(strategy->get(), 3), Each(0u));
}

TEST(StrategyFactoryTest, RandomFollowsFromSeedAndRunAlone) {
  auto strategy = MakeStrategy("random", 5);
  auto same = MakeStrategy("random", 5);
  auto other = MakeStrategy("random", 6);
  ASSERT_TRUE(strategy.ok() && same.ok() && other.ok());
  const std::vector<uint32_t> run3 = Draw(strategy->get(), 3);
  const std::vector<uint32_t> run4 = Draw(strategy->get(), 4);
  EXPECT_NE(run3, run4);
  EXPECT_EQ(Draw(same->get(), 4), run4);
  EXPECT_EQ(Draw(same->get(), 3), run3);
  EXPECT_NE(Draw(other->get(), 3), run3);
}

TEST(StrategyFactoryTest, OtherNamesAreErrorsThatHelp) {
  const auto unknown = MakeStrategy("randon", 0);
  ASSERT_FALSE(unknown.ok());
  EXPECT_THAT(unknown.error().Text(), HasSubstr("\"randon\""));
  EXPECT_THAT(unknown.error().Text(), HasSubstr("\"random\""));
  const auto replay = MakeStrategy("replay", 0);
  ASSERT_FALSE(replay.ok());
  EXPECT_THAT(replay.error().message, HasSubstr("recorded schedule"));
}

}  // namespace
}  // namespace pendulum::sched

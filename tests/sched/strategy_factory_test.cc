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
  std::vector<uint32_t> answers;
  for (uint16_t i = 0; i < 20; ++i) {
    const Ask ask = {.question = Question::kBytes,
                     .request = 0,
                     .operation = 0,
                     .answers = static_cast<uint16_t>(1000 + i),
                     .candidates = {}};
    answers.push_back(strategy->Answer(ask));
  }
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

TEST(StrategyFactoryTest, EachFollowsFromSeedAndRunAlone) {
  for (const char* spec : {"random", "pct", "pct:depth=5", "pos", "surw", "random,swarm",
                           "pct:depth=2,prefer=early", "surw,prefer=partial,prefer=pending"}) {
    auto strategy = MakeStrategy(spec, 5);
    auto same = MakeStrategy(spec, 5);
    auto other = MakeStrategy(spec, 6);
    ASSERT_TRUE(strategy.ok() && same.ok() && other.ok()) << spec;
    const std::vector<uint32_t> run2 = Draw(strategy->get(), 2);
    const std::vector<uint32_t> run3 = Draw(strategy->get(), 3);
    EXPECT_NE(run2, run3) << spec;
    EXPECT_EQ(Draw(same->get(), 3), run3) << spec;
    EXPECT_EQ(Draw(same->get(), 2), run2) << spec;
    EXPECT_NE(Draw(other->get(), 3), run3) << spec;
  }
}

TEST(StrategyFactoryTest, MistakesInTheTextAreNamed) {
  const auto error = [](const char* spec) {
    const auto made = MakeStrategy(spec, 0);
    return made.ok() ? std::string("none") : made.error().Text();
  };
  EXPECT_EQ(error("pct:depth=2,swarm"), "none");
  EXPECT_EQ(error("randon"), "there is no strategy \"randon\" (did you mean 'random'?)");
  EXPECT_THAT(error(""), HasSubstr("there are default, random, pct, pos and surw"));
  EXPECT_EQ(error("pct:depht=2"), "a strategy has no option \"depht\" (did you mean 'depth'?)");
  EXPECT_THAT(error("pct:depth"), HasSubstr("\"depth\" needs a value"));
  EXPECT_EQ(error("pct:depth=9"), "the depth of \"pct\" is a number from 1 to 8, not \"9\"");
  EXPECT_EQ(error("pct:depth=0"), "the depth of \"pct\" is a number from 1 to 8, not \"0\"");
  EXPECT_EQ(error("pct:depth=2x"), "the depth of \"pct\" is a number from 1 to 8, not \"2x\"");
  EXPECT_EQ(error("random:depth=2"), "only the strategy \"pct\" has a depth");
  EXPECT_EQ(error("pos,prefer=earl"), "a strategy can't prefer \"earl\" (did you mean 'early'?)");
  EXPECT_EQ(error("pos,swarm=1"), "the option \"swarm\" takes no value");
  EXPECT_THAT(error("pos,"), HasSubstr("a strategy has no option \"\""));
  EXPECT_THAT(error("default,swarm"), HasSubstr("takes no options"));
}

TEST(StrategyFactoryTest, OtherNamesAreErrorsThatHelp) {
  const auto unknown = MakeStrategy("randon", 0);
  ASSERT_FALSE(unknown.ok());
  EXPECT_THAT(unknown.error().Text(), HasSubstr("\"randon\""));
  EXPECT_THAT(unknown.error().Text(), HasSubstr("'random'"));
  const auto replay = MakeStrategy("replay", 0);
  ASSERT_FALSE(replay.ok());
  EXPECT_THAT(replay.error().message, HasSubstr("recorded schedule"));
}

}  // namespace
}  // namespace pendulum::sched

#include "harness/sched/replay_strategy.h"

#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

using testing::HasSubstr;

class ReplayStrategyTest : public SchedulerFixture {
 protected:
  // Three workers and two operations; `operation` numbers the first one.
  void RunModel(Strategy* strategy, uint64_t run, uint16_t operation = 0) {
    Begin(strategy, run);
    for (const char* letter : {"a", "b", "c"}) Start(Steps(letter, 3));
    Post([this] { Log("x" + std::to_string(scheduler_.Choose(Question::kBytes, 4, 0, 9))); }, 0,
         operation);
    Post([this] { Log("y"); }, 0, static_cast<uint16_t>(operation + 1));
    scheduler_.Run();
    End();
  }
};

TEST_F(ReplayStrategyTest, RepeatsRecordedRuns) {
  RandomStrategy random(5);
  for (uint64_t run = 0; run < 100; ++run) {
    RunModel(&random, run);
    const Schedule schedule = Decisions();
    const std::string events = events_;
    ReplayStrategy replay(schedule);
    RunModel(&replay, 0);
    EXPECT_EQ(events_, events);
    EXPECT_EQ(Decisions(), schedule);
    EXPECT_FALSE(replay.diverged());
    EXPECT_EQ(replay.used(), schedule.size());
  }
}

TEST_F(ReplayStrategyTest, AnswersZeroAfterTheEnd) {
  ReplayStrategy empty;
  RunModel(&empty, 0);
  EXPECT_EQ(events_, "aaabbbcccx0y");
  EXPECT_FALSE(empty.diverged());

  ReplayStrategy one(Schedule{{Question::kTransition, kWorkerGoesOn, 3, 5, 2}});
  RunModel(&one, 0);
  EXPECT_EQ(events_, "cccaaabbbx0y");
  EXPECT_FALSE(one.diverged());
  EXPECT_EQ(one.used(), 1u);
}

TEST_F(ReplayStrategyTest, CanBeGivenAnotherSchedule) {
  ReplayStrategy replay(Schedule{{Question::kTransition, kWorkerGoesOn, 3, 5, 2}});
  const Schedule second = {{Question::kTransition, kWorkerGoesOn, 2, 5, 1}};
  replay.SetSchedule(second);
  EXPECT_EQ(replay.schedule(), second);
  RunModel(&replay, 0);
  EXPECT_EQ(events_, "bbbaaacccx0y");
}

TEST_F(ReplayStrategyTest, NoticesEachKindOfDifference) {
  RandomStrategy random(5);
  RunModel(&random, 1);
  const Schedule schedule = Decisions();
  ASSERT_GT(schedule.size(), 6u);
  const size_t position = 5;
  const Decision good = schedule[position];
  const Decision changes[] = {
      {Question::kStatus, good.request, good.operation, good.answers, good.answer},
      {good.question, 7, good.operation, good.answers, good.answer},
      {good.question, good.request, 77, good.answers, good.answer},
      {good.question, good.request, good.operation, 60, good.answer},
      {good.question, good.request, good.operation, 60, 59},
  };
  for (const Decision& change : changes) {
    Schedule changed = schedule;
    changed[position] = change;
    ReplayStrategy replay(changed);
    RunModel(&replay, 0);
    ASSERT_TRUE(replay.diverged()) << Describe(change);
    EXPECT_EQ(replay.divergence().position, position);
    EXPECT_EQ(replay.divergence().expected, change);
    EXPECT_EQ(replay.divergence().got.question, good.question);
    EXPECT_EQ(replay.divergence().got.answers, good.answers);
    EXPECT_EQ(replay.used(), position);
    for (size_t i = 0; i < log_.count; ++i) {
      if (i < position) EXPECT_EQ(decisions_[i], schedule[i]);
      if (i >= position) EXPECT_EQ(decisions_[i].answer, 0) << "zeros from there on";
    }
  }
}

// The same question with as many answers, but another operation is behind the answer.
TEST_F(ReplayStrategyTest, NoticesAnotherCandidateBehindTheAnswer) {
  ScriptedStrategy scripted({3});
  RunModel(&scripted, 0);
  const Schedule schedule = Decisions();
  ReplayStrategy replay(schedule);
  RunModel(&replay, 0, 4);
  ASSERT_TRUE(replay.diverged());
  EXPECT_EQ(replay.divergence().position, 0u);
  EXPECT_EQ(replay.divergence().got.operation, 4);
  EXPECT_EQ(replay.divergence().Text(),
            "decision 0 was recorded as \"transition: operation 0 of request 0 comes next (3 of "
            "5)\", but the run came to \"transition: operation 4 of request 0 comes next (3 of "
            "5)\"");
}

TEST_F(ReplayStrategyTest, ForgetsADivergenceAtTheNextRun) {
  ScriptedStrategy scripted({3});
  RunModel(&scripted, 0);
  ReplayStrategy replay(Decisions());
  RunModel(&replay, 0, 4);
  EXPECT_TRUE(replay.diverged());
  RunModel(&replay, 0);
  EXPECT_FALSE(replay.diverged());
}

}  // namespace
}  // namespace pendulum::sched

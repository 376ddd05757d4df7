#include "harness/sched/answers_strategy.h"

#include <gtest/gtest.h>

#include "harness/sched/strategy_factory.h"

namespace pendulum::sched {
namespace {

Ask AskOf(Question question, uint16_t answers) {
  Ask ask = {};
  ask.question = question;
  ask.request = kNoRequest;
  ask.operation = kNoOperation;
  ask.answers = answers;
  return ask;
}

TEST(AnswersStrategyTest, EachQuestionHasItsList) {
  auto strategy = MakeStrategy("answers:2/1.0.1//300//", 0);
  ASSERT_TRUE(strategy.ok()) << strategy.error().Text();
  for (int run = 0; run < 2; ++run) {
    (*strategy)->BeginRun(static_cast<uint64_t>(run));
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kTiming, 2)), 1u);
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kTransition, 2)), 0u);  // 2 modulo 2
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kTiming, 2)), 0u);
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kStatus, 256)), 44u);
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kTiming, 2)), 1u);
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kTiming, 2)), 0u);
    EXPECT_EQ((*strategy)->Answer(AskOf(Question::kBytes, 2)), 0u);
  }
}

TEST(AnswersStrategyTest, TheTextIsReadAsItIsWritten) {
  const Decision decisions[] = {{Question::kTransition, 0, 0, 3, 2},
                                {Question::kBytes, 0, 0, 65535, 65534},
                                {Question::kTransition, 0, 0, 3, 0},
                                {Question::kSetting, 0, 0, 3, 1}};
  const Answers answers = AnswersOf(decisions);
  EXPECT_EQ(AnswersText(answers), "answers:2//65534//1/");
  const auto read = ParseAnswers(AnswersText(answers));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, answers);
}

TEST(AnswersStrategyTest, OtherTextsAreRefusedWithTheirPlace) {
  for (const char* text : {"answers:", "answers://///1/", "answers:1..2/////", "answers:./////",
                           "answers:65536/////", "answers:-1/////", "answers:1x/////", "answers"}) {
    const auto read = ParseAnswers(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_TRUE(read.error().place.starts_with("character ")) << text;
  }
}

}  // namespace
}  // namespace pendulum::sched

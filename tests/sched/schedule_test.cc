#include "harness/sched/schedule.h"

#include <gtest/gtest.h>

namespace pendulum::sched {
namespace {

TEST(ScheduleTest, DescribesDecisionsInASentence) {
  const auto describe = [](Question question, uint8_t request, uint16_t operation, uint16_t answers,
                           uint16_t answer) {
    return Describe({question, request, operation, answers, answer});
  };
  EXPECT_EQ(describe(Question::kTransition, kWorkerGoesOn, 2, 3, 0), "thread 2 goes on (0 of 3)");
  EXPECT_EQ(describe(Question::kTransition, 0, 3, 4, 2),
            "operation 3 of request 0 comes next (2 of 4)");
  EXPECT_EQ(describe(Question::kTransition, kNoRequest, kNoOperation, 2, 1),
            "the earliest timer comes next (1 of 2)");
  EXPECT_EQ(describe(Question::kTiming, 0, 3, 2, 1),
            "operation 3 of request 0 completes asynchronously (1 of 2)");
  EXPECT_EQ(describe(Question::kTiming, 1, kNoOperation, 2, 0),
            "request 1 completes inline (0 of 2)");
  EXPECT_EQ(describe(Question::kBytes, 0, 3, 9, 0),
            "operation 3 of request 0 moves all bytes (0 of 9)");
  EXPECT_EQ(describe(Question::kBytes, kNoRequest, 3, 9, 4),
            "operation 3 moves part of the bytes, choice 4 (4 of 9)");
  EXPECT_EQ(describe(Question::kStatus, kNoRequest, kNoOperation, 3, 0),
            "the call succeeds (0 of 3)");
  EXPECT_EQ(describe(Question::kStatus, 0, 1, 3, 2),
            "operation 1 of request 0 fails in way 2 (2 of 3)");
  EXPECT_EQ(describe(Question::kSetting, kNoRequest, kNoOperation, 2, 1),
            "the host behaves in way 1 (1 of 2)");
  EXPECT_EQ(describe(Question::kCount, 0, 3, 4, 2),
            "operation 3 of request 0 goes pending and leaves 0 as its count (2 of 4)");
}

TEST(ScheduleTest, EachQuestionHasItsName) {
  EXPECT_EQ(QuestionName(Question::kTransition), "transition");
  EXPECT_EQ(QuestionName(Question::kTiming), "timing");
  EXPECT_EQ(QuestionName(Question::kBytes), "bytes");
  EXPECT_EQ(QuestionName(Question::kStatus), "status");
  EXPECT_EQ(QuestionName(Question::kSetting), "setting");
  EXPECT_EQ(QuestionName(Question::kCount), "count");
}

TEST(ScheduleTest, TakesWhatARunCouldHaveRecorded) {
  EXPECT_TRUE(CheckSchedule({}).ok());
  const Schedule schedule = {{Question::kTransition, kWorkerGoesOn, 1, 2, 1},
                             {Question::kSetting, kNoRequest, kNoOperation, 65535, 65534}};
  EXPECT_TRUE(CheckSchedule(schedule).ok());
  EXPECT_TRUE(CheckSchedule(Schedule(kLongestSchedule, schedule[0])).ok());
}

TEST(ScheduleTest, RefusesWhatNoRunCouldHaveRecorded) {
  const Decision good = {Question::kTiming, 0, 0, 2, 1};
  const auto fault = [&](Decision bad) {
    const platform::Status status = CheckSchedule(Schedule{good, bad});
    return status.ok() ? std::string("none") : status.error().message;
  };
  EXPECT_EQ(fault({static_cast<Question>(kQuestionCount), 0, 0, 2, 1}),
            "decision 1 asks an unknown question");
  EXPECT_EQ(fault({Question::kTiming, 0, 0, 1, 0}), "decision 1 has fewer than two answers");
  EXPECT_EQ(fault({Question::kTiming, 0, 0, 2, 2}),
            "decision 1 has an answer that was not offered");
  EXPECT_EQ(fault({Question::kTiming, kWorkerGoesOn, 0, 2, 1}),
            "decision 1 lets a thread go on, but is not about a transition");
  EXPECT_EQ(CheckSchedule(Schedule(kLongestSchedule + 1, good)).error().message,
            "the schedule has 16385 decisions, and 16384 is the most");
}

TEST(ScheduleTest, TrailingZerosMeanNothing) {
  const Decision zero = {Question::kTiming, 0, 0, 2, 0};
  const Decision one = {Question::kTiming, 0, 0, 2, 1};
  const auto kept = [](const Schedule& schedule) { return WithoutTrailingZeros(schedule).size(); };
  EXPECT_EQ(kept({}), 0u);
  EXPECT_EQ(kept({zero, zero}), 0u);
  EXPECT_EQ(kept({zero, one, zero}), 2u);
  EXPECT_EQ(kept({one}), 1u);
}

TEST(ScheduleTest, RecordedIsWhatTheLogHas) {
  Decision decisions[4] = {{Question::kTiming, 0, 0, 2, 1}};
  const Scheduler::DecisionLog log = {1, 4, decisions};
  ASSERT_EQ(Recorded(log).size(), 1u);
  EXPECT_EQ(Recorded(log)[0], decisions[0]);
}

}  // namespace
}  // namespace pendulum::sched

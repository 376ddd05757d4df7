#include <gtest/gtest.h>

#include "harness/explore/decision_key.h"

namespace pendulum::explore {
namespace {

using sched::Question;

NotedDecision OfOperation(Question question, trace::OperationKind kind, uint16_t answer = 1) {
  NotedDecision noted;
  noted.decision.question = question;
  noted.decision.answer = answer;
  noted.key.question = question;
  noted.key.subject = {.kind = SubjectKind::kOperation,
                       .request = 0,
                       .operation_kind = static_cast<uint8_t>(kind),
                       .ordinal = 10};
  return noted;
}

TEST(DecisionWords, OfWhatPagesLeaveTheHost) {
  EXPECT_EQ(Words(OfOperation(Question::kSetting, trace::OperationKind::kReadEntityBody)),
            "the 11th ReadEntityBody of request 0 tells of the end of the body as success with 0 "
            "bytes");
  EXPECT_EQ(
      Words(OfOperation(Question::kSetting, trace::OperationKind::kPostCompletion)),
      "OnAsyncCompletion is called after the routine of the 11th PostCompletion of request 0");
  EXPECT_EQ(Words(OfOperation(Question::kSetting, trace::OperationKind::kFlush)),
            "the 11th Flush of request 0 fails because the client has gone");
  EXPECT_EQ(Words(OfOperation(Question::kSetting, trace::OperationKind::kExecuteRequest)),
            "the 11th ExecuteRequest of request 0 gets the documented behaviour number 1, not the "
            "plainest");
}

TEST(DecisionWords, OfOperations) {
  EXPECT_EQ(Words(OfOperation(Question::kTiming, trace::OperationKind::kFlush)),
            "the 11th Flush of request 0 completes asynchronously");
  EXPECT_EQ(Words(OfOperation(Question::kStatus, trace::OperationKind::kFlush)),
            "the 11th Flush of request 0 fails");
  EXPECT_EQ(Words(OfOperation(Question::kBytes, trace::OperationKind::kReadEntityBody, 2)),
            "the 11th ReadEntityBody of request 0 brings half of the bytes");
}

}  // namespace
}  // namespace pendulum::explore

#include "harness/report/concern.h"

#include <gtest/gtest.h>

#include <vector>

namespace pendulum::report {
namespace {

using explore::TracedEvent;
using trace::Event;
using trace::EventKind;

constexpr auto kRead = static_cast<uint16_t>(trace::OperationKind::kReadEntityBody);

Event Make(EventKind kind, uint8_t worker, uint16_t operation = trace::kNone16, uint16_t d = 0) {
  return trace::MakeEvent(kind, worker, 0, 0, operation, d, 0, 0);
}

std::vector<TracedEvent> Traced(const std::vector<Event>& events) {
  std::vector<TracedEvent> trace;
  for (const Event& event : events) trace.push_back({event, {}});
  return trace;
}

const Event kEntered = Make(EventKind::kNotificationEntered, 1);
const Event kCalled = Make(EventKind::kOperationCalled, 1, 0, kRead);
const Event kPending = Make(EventKind::kOperationReturned, 1, 0, trace::kPendingTrue);
const Event kReturned = Make(EventKind::kNotificationReturned, 1);
const Event kDelivered = Make(EventKind::kCompletionDelivered, 2, 0);

TEST(ConcernTest, AnOperationThatReturnsItsBytesIsInline) {
  const auto trace =
      Traced({kEntered, kCalled, Make(EventKind::kOperationReturned, 1, 0), kReturned});
  const Concern concern = ConcernOf(trace, 1);
  EXPECT_EQ(concern.operation, "ReadEntityBody");
  EXPECT_EQ(concern.timing, "inline");
}

TEST(ConcernTest, ACompletionAfterTheHandlerHasReturned) {
  EXPECT_EQ(ConcernOf(Traced({kEntered, kCalled, kPending, kReturned, kDelivered}), 1).timing,
            "after return");
}

TEST(ConcernTest, ACompletionBeforeTheHandlerHasReturned) {
  EXPECT_EQ(ConcernOf(Traced({kEntered, kCalled, kPending, kDelivered, kReturned}), 1).timing,
            "before return");
}

TEST(ConcernTest, AHandlerWithinTheHandlerIsNotItsReturn) {
  EXPECT_EQ(
      ConcernOf(Traced({kEntered, kCalled, kPending, kEntered, kReturned, kDelivered}), 1).timing,
      "before return");
}

TEST(ConcernTest, OneThatDidNotComplete) {
  const Concern concern = ConcernOf(Traced({kEntered, kCalled, kPending, kReturned}), 1);
  EXPECT_EQ(concern.operation, "ReadEntityBody");
  EXPECT_EQ(concern.timing, "");
}

TEST(ConcernTest, NoOperationIsConcerned) {
  EXPECT_EQ(ConcernOf(Traced({kEntered}), 0).operation, "");
  EXPECT_EQ(ConcernOf(Traced({kEntered}), 7).operation, "");
}

}  // namespace
}  // namespace pendulum::report

#include "harness/oracle/precedents.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "harness/oracle/oracle.h"
#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

using trace::Event;

Event Numbered(uint32_t number) {
  Event event{};
  event.kind = trace::EventKind::kCall;
  event.a = number;
  return event;
}

// A state for each way to it.
StateDigest::Value StateAfter(const std::vector<uint32_t>& numbers, size_t count) {
  StateDigest digest;
  for (size_t i = 0; i < count; ++i) digest.Add(numbers[i]);
  return digest.value();
}

// Follows where it is known and adds the rest; how many had to be added, or -1 when one had no
// place. `state_after` gives the state after so many of them.
template <class State>
int Go(const std::vector<uint32_t>& numbers, const State& state_after, Precedents* precedents) {
  precedents->BeginRun();
  int added = 0;
  for (size_t i = 0; i < numbers.size(); ++i) {
    const Outcomes::Id outcome = precedents->Follow(Numbered(numbers[i]));
    if (outcome == numbers[i] + 1) continue;
    EXPECT_EQ(outcome, Outcomes::kNotKept);
    if (!precedents->HasPlace()) return -1;
    precedents->Add(Numbered(numbers[i]), numbers[i] + 1, state_after(numbers, i + 1));
    ++added;
  }
  return added;
}

int Go(const std::vector<uint32_t>& numbers, Precedents* precedents) {
  return Go(numbers, StateAfter, precedents);
}

TEST(Precedents, KnowWhatCameAfterTheSameEvents) {
  Precedents precedents;
  EXPECT_EQ(Go({1, 2, 3, 4}, &precedents), 4);
  EXPECT_EQ(Go({1, 2, 3, 4}, &precedents), 0);
  EXPECT_EQ(Go({1, 2, 5, 4}, &precedents), 2) << "4 came after other events";
  EXPECT_EQ(Go({1, 2, 5, 4}, &precedents), 0);
  EXPECT_EQ(Go({2, 3}, &precedents), 2) << "they came, but not first";
  EXPECT_EQ(Go({1, 2, 3, 4, 6}, &precedents), 1) << "behind what others have added";
  EXPECT_EQ(Go({1, 2, 3, 4, 6}, &precedents), 0);
}

TEST(Precedents, KnowWhatCameInTheSameState) {
  // The order of the events does not matter to this state.
  const auto sum = [](const std::vector<uint32_t>& numbers, size_t count) {
    StateDigest digest;
    digest.Add(std::accumulate(numbers.begin(), numbers.begin() + static_cast<int>(count), 0u));
    return digest.value();
  };
  Precedents precedents;
  EXPECT_EQ(Go({1, 2, 3, 4}, sum, &precedents), 4);
  EXPECT_EQ(Go({2, 1, 3, 4}, sum, &precedents), 2) << "3 comes after 1 and 2";
  EXPECT_EQ(Go({2, 1, 3, 4}, sum, &precedents), 0);
  EXPECT_EQ(Go({1, 3, 2, 4}, sum, &precedents), 2);
  EXPECT_EQ(Go({2, 1, 4}, sum, &precedents), 1) << "not after 3";
  EXPECT_EQ(Go({3, 3, 4}, sum, &precedents), 3) << "the sum of more events";
}

TEST(Precedents, RecallWhatWasOnlyFollowed) {
  Precedents precedents;
  Go({1, 2, 3}, &precedents);
  Go({1, 4, 5}, &precedents);
  ASSERT_EQ(Go({1, 4}, &precedents), 0);
  std::vector<uint32_t> path;
  const auto note = [&](const Event& event, uint32_t index) {
    EXPECT_EQ(index, path.size());
    path.push_back(event.a);
  };
  precedents.Recall(note);
  EXPECT_EQ(path, (std::vector<uint32_t>{1, 4}));
  EXPECT_EQ(precedents.depth(), 2u);
  precedents.Recall(note);
  EXPECT_EQ(path.size(), 2u) << "once";
}

TEST(Precedents, TakeSoMuchOfOneRunAndTheRestOfTheNext) {
  Precedents precedents;
  std::vector<uint32_t> numbers(Precedents::kMostNewNodes + 2);
  for (uint32_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  EXPECT_EQ(Go(numbers, &precedents), -1);
  EXPECT_EQ(Go(numbers, &precedents), 2);
  EXPECT_EQ(Go(numbers, &precedents), 0);
  precedents.Forget();
  EXPECT_EQ(Go({0, 1}, &precedents), 2);
}

TEST(Precedents, KeepSoManyEdgesOfAState) {
  Precedents precedents;
  constexpr auto kMost = Precedents::kMostEdges;
  for (uint32_t i = 0; i <= kMost; ++i) EXPECT_EQ(Go({i, 1000}, &precedents), 2);
  for (uint32_t i = 0; i < kMost; ++i) EXPECT_EQ(Go({i, 1000}, &precedents), 0);
  EXPECT_EQ(Go({kMost, 1000}, &precedents), 1) << "the state behind it is known all the same";
}

TEST(Precedents, KeepWhatTheyHaveWhenTheyAreFull) {
  Precedents precedents;
  // A tree in which each state has some edges, but not more than it takes.
  uint32_t run = 0;
  const auto numbers = [](uint32_t i) {
    return std::vector<uint32_t>{i % 16, i / 16 % 16, i / 256 % 16, i / 4096, 0, 1, 2};
  };
  while (Go(numbers(run), &precedents) >= 0) ++run;
  EXPECT_GE(run * 9, Precedents::kMostNodes / 2);
  ASSERT_LT(run, 4096 * 16u);
  EXPECT_EQ(Go({99, 7}, &precedents), -1);
  for (uint32_t i = 0; i < run; i += 101) EXPECT_EQ(Go(numbers(i), &precedents), 0);
  precedents.Forget();
  EXPECT_EQ(Go({99, 7}, &precedents), 2);
}

constexpr char kRead[] = R"({"event": "request.began"}
    {"event": "notification.entered"}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "pending_flag": true}
    {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
    {"event": "completion.delivered", "bytes": 256}
    {"event": "completion.returned"}
    {"event": "request.ended"})";

// The run with another byte count in its completion.
std::vector<Event> Delivering(uint32_t bytes) {
  std::vector<Event> events = Events(kRead);
  events[5].a = bytes;
  return events;
}

void Judge(const std::vector<Event>& events, Oracle* oracle) {
  oracle->BeginRun();
  for (uint32_t i = 0; i < events.size(); ++i) oracle->OnEvent(events[i], i);
}

const SmallClause kFewBytes = {.on = "request.ended",
                               .require = "operation.completion_bytes <= 256",
                               .message = "{operation.completion_bytes} bytes",
                               .for_each = "operation"};

TEST(OracleThatRemembers, SavesJudgingWhatIsKnown) {
  const auto specification = LoadSmall({kFewBytes});
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  const auto events = Delivering(256);
  for (int i = 0; i < 3; ++i) Judge(events, &oracle);
  EXPECT_EQ(oracle.events_judged(), events.size());
  const auto timing = static_cast<size_t>(1);  // delivered after the handler returned
  EXPECT_EQ(oracle.coverage()[timing], 3u) << "it counts as before";
  oracle.ClearCoverage();
  Judge(events, &oracle);
  EXPECT_EQ(oracle.coverage()[timing], 1u);
  oracle.ForgetRuns();
  Judge(events, &oracle);
  EXPECT_EQ(oracle.events_judged(), 2 * events.size());
  EXPECT_EQ(oracle.coverage()[timing], 2u);
}

TEST(OracleThatRemembers, KnowsTheWholeRunWhereItGoesOnDifferently) {
  const auto specification = LoadSmall({kFewBytes});
  Oracle oracle(*specification);
  Judge(Delivering(256), &oracle);
  const uint64_t judged = oracle.events_judged();
  Judge(Delivering(300), &oracle);
  EXPECT_EQ(oracle.events_judged(), judged + 3);
  ASSERT_EQ(oracle.violations().size(), 1u);
  EXPECT_EQ(oracle.Message(oracle.violations()[0]), "300 bytes");
  EXPECT_EQ(oracle.violations()[0].started_event, 2u) << "called before the runs parted";
}

TEST(OracleThatRemembers, TellsOfAViolationEachTime) {
  const auto specification = LoadSmall({kFewBytes});
  Oracle oracle(*specification);
  for (int i = 0; i < 3; ++i) {
    Judge(Delivering(300), &oracle);
    EXPECT_EQ(oracle.violations().size(), 1u) << i;
  }
}

TEST(OracleThatRemembers, IsOfRunsFromTheirFirstEvent) {
  const auto specification = LoadSmall(
      {{.on = "request.ended", .require = "event.index == 7", .message = "at {event.index}"}});
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  const auto events = Delivering(256);
  Judge(events, &oracle);
  EXPECT_TRUE(oracle.violations().empty());
  oracle.BeginRun();
  for (uint32_t i = 0; i < events.size(); ++i) oracle.OnEvent(events[i], i + 1);
  ASSERT_EQ(oracle.violations().size(), 1u);
  EXPECT_EQ(oracle.Message(oracle.violations()[0]), "at 8");
}

TEST(OracleThatRemembers, CanBeDoneWithout) {
  const auto specification = LoadSmall({kFewBytes});
  Oracle oracle(*specification, Oracle::Engine::kNative, Oracle::Memory::kForgets);
  const auto events = Delivering(256);
  for (int i = 0; i < 3; ++i) Judge(events, &oracle);
  EXPECT_EQ(oracle.events_judged(), 3 * events.size());
}

}  // namespace
}  // namespace pendulum::oracle

#include "harness/sched/timer_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "harness/sched/prng.h"

namespace pendulum::sched {
namespace {

TEST(TimerQueueTest, GivesTimersByDeadlineAndThenByAge) {
  for (uint64_t run = 0; run < 100; ++run) {
    Prng prng(5, run);
    TimerQueue queue;
    std::vector<TimerQueue::Timer> expected;
    for (uint32_t id = 0; id < TimerQueue::kMostTimers; ++id) {
      const TimerQueue::Timer timer = {prng.Below(20), static_cast<uint8_t>(id)};
      queue.Add(timer.deadline_ms, timer.id);
      expected.push_back(timer);
    }
    for (int i = 0; i < 40; ++i) {
      const size_t place = prng.Below(static_cast<uint32_t>(expected.size()));
      queue.Remove(expected[place].id);
      expected.erase(expected.begin() + place);
    }
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.deadline_ms < b.deadline_ms; });
    for (const TimerQueue::Timer& timer : expected) {
      ASSERT_FALSE(queue.empty());
      EXPECT_EQ(queue.Earliest().id, timer.id);
      EXPECT_EQ(queue.Earliest().deadline_ms, timer.deadline_ms);
      queue.RemoveEarliest();
    }
    EXPECT_TRUE(queue.empty());
  }
}

}  // namespace
}  // namespace pendulum::sched

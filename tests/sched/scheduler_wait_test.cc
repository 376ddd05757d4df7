// Blocking, waking, timeouts, virtual time and stuck runs.
#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

using testing::ElementsAre;

using SchedulerWaitTest = SchedulerFixture;

TEST_F(SchedulerWaitTest, WakeEndsABlock) {
  BeginScripted();
  WakeCause cause = WakeCause::kDraining;
  const WorkerId waiter = Start([&] {
    Log("<");
    cause = scheduler_.Block({.what = "test"}, kForever);
    Log(">");
  });
  Start([&] {
    EXPECT_TRUE(scheduler_.IsBlocked(waiter));
    scheduler_.Wake(waiter);
    EXPECT_FALSE(scheduler_.IsBlocked(waiter));
    Log("wake");
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(cause, WakeCause::kWoken);
  EXPECT_EQ(events_, "<wake>");
}

TEST_F(SchedulerWaitTest, WakingWhatIsNotBlockedDoesNothing) {
  BeginScripted();
  const WorkerId worker = Start(Steps("a", 2));
  scheduler_.Wake(worker);
  scheduler_.Wake(63);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "aa");
  EXPECT_EQ(log_.count, 0u);
}

TEST_F(SchedulerWaitTest, ABlockTimesOutInVirtualTime) {
  BeginScripted();
  WakeCause cause = WakeCause::kDraining;
  Start([&] {
    cause = scheduler_.Block({.what = "test"}, 1000);
    EXPECT_EQ(scheduler_.now_ms(), 1000u);
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(cause, WakeCause::kTimedOut);
}

TEST_F(SchedulerWaitTest, AWokenWaitNoLongerTimesOut) {
  BeginScripted();
  WakeCause cause = WakeCause::kDraining;
  const WorkerId waiter = Start([&] { cause = scheduler_.Block({.what = "test"}, 1000); });
  Start([&] { scheduler_.Wake(waiter); });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(cause, WakeCause::kWoken);
  EXPECT_EQ(scheduler_.now_ms(), 0u);
}

TEST_F(SchedulerWaitTest, TheTimeoutIsACandidateBesideTheWake) {
  BeginScripted({0, 1});
  WakeCause cause = WakeCause::kDraining;
  const WorkerId waiter = Start([&] { cause = scheduler_.Block({.what = "test"}, 1000); });
  const WorkerId waker = Start([&] { scheduler_.Wake(waiter); });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_THAT(CandidatesAsked(1), ElementsAre(waker, kTimeoutCandidate + waiter));
  EXPECT_EQ(cause, WakeCause::kTimedOut);
  EXPECT_THAT(Decisions().at(1), (Decision{Question::kTransition, kNoRequest, kNoOperation, 2, 1}));
}

TEST_F(SchedulerWaitTest, TimersFireByDeadlineAndThenByAge) {
  BeginScripted();
  std::vector<std::pair<int, uint64_t>> fired;
  auto timer = [&](int id, uint64_t deadline_ms) {
    PostTimer(deadline_ms, [&, id] { fired.push_back({id, scheduler_.now_ms()}); });
  };
  timer(1, 30);
  timer(2, 10);
  timer(3, 20);
  timer(4, 10);
  timer(5, 30);
  timer(6, 0);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  using Pair = std::pair<int, uint64_t>;
  EXPECT_THAT(fired, ElementsAre(Pair(6, 0), Pair(2, 10), Pair(4, 10), Pair(3, 20), Pair(1, 30),
                                 Pair(5, 30)));
}

TEST_F(SchedulerWaitTest, VirtualTimeNeverGoesBack) {
  BeginScripted();
  std::vector<uint64_t> times;
  PostTimer(40, [&] {
    times.push_back(scheduler_.now_ms());
    PostTimer(10, [&] { times.push_back(scheduler_.now_ms()); });
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_THAT(times, ElementsAre(40, 40));
}

TEST_F(SchedulerWaitTest, TimeNeverDecreasesUnderAnySchedule) {
  RandomStrategy random(7);
  for (uint64_t run = 0; run < 200; ++run) {
    Begin(&random, run);
    uint64_t last_ms = 0;
    int timed_out = 0;
    for (uint64_t wait_ms : {30, 10, 20, 10}) {
      Start([&, wait_ms] {
        for (int i = 0; i < 3; ++i) {
          const uint64_t deadline_ms = scheduler_.now_ms() + wait_ms;
          timed_out += scheduler_.Block({.what = "test"}, deadline_ms) == WakeCause::kTimedOut;
          EXPECT_GE(scheduler_.now_ms(), deadline_ms);
          EXPECT_GE(scheduler_.now_ms(), last_ms);
          last_ms = scheduler_.now_ms();
        }
      });
    }
    EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
    EXPECT_EQ(timed_out, 12);
    EXPECT_GE(scheduler_.now_ms(), 90u);
    EXPECT_EQ(End(), 0);
  }
}

TEST_F(SchedulerWaitTest, AStuckRunIsSeenWithWhoWaitsForWhom) {
  BeginScripted();
  WorkerId first = kNoWorker;
  WorkerId second = kNoWorker;
  first = Start([&] { scheduler_.Block({"EnterCriticalSection", 8, second}, kForever); });
  second = Start([&] { scheduler_.Block({"WaitForSingleObject", 9, first}, kForever); });
  Start(Steps("a", 3));
  EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
  EXPECT_EQ(events_, "aaa");
  ASSERT_TRUE(scheduler_.IsBlocked(first));
  ASSERT_TRUE(scheduler_.IsBlocked(second));
  EXPECT_STREQ(scheduler_.wait_reason(first).what, "EnterCriticalSection");
  EXPECT_EQ(scheduler_.wait_reason(first).object, 8u);
  EXPECT_EQ(scheduler_.wait_reason(first).owner, second);
  EXPECT_STREQ(scheduler_.wait_reason(second).what, "WaitForSingleObject");
  EXPECT_EQ(scheduler_.wait_reason(second).owner, first);
  EXPECT_TRUE(scheduler_.IsIdle(2));
  EXPECT_EQ(End(), 0);
}

// The worker's own stack is where the action runs that wakes it.
TEST_F(SchedulerWaitTest, AnActionOnABlockedWorkersStackCanWakeIt) {
  BeginScripted();
  const WorkerId waiter = Start([this] {
    EXPECT_EQ(scheduler_.Block({.what = "test"}, kForever), WakeCause::kWoken);
    EXPECT_EQ(scheduler_.current(), 0);
    Log("woken");
  });
  Post([this, waiter] {
    EXPECT_EQ(scheduler_.StackOwner(__builtin_frame_address(0)), waiter);
    scheduler_.Wake(waiter);
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "woken");
}

TEST_F(SchedulerWaitTest, AnActionOnAnEndedWorkersStackCanGiveItAJob) {
  BeginScripted();
  WorkerId again = kNoWorker;
  const WorkerId first = Start([this] {
    Post([this] { Log("."); });
    Log("a");
  });
  Post([&] { again = Start(Steps("b", 2)); });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(again, first);
  EXPECT_EQ(events_, "abb.");
}

}  // namespace
}  // namespace pendulum::sched

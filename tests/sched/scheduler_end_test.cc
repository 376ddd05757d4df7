// How runs end: limits, Stop, draining and abandoning.
#include <stdexcept>

#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

using SchedulerEndTest = SchedulerFixture;

TEST_F(SchedulerEndTest, TheLimitOfStepsEndsAnEndlessLoop) {
  BeginScripted({}, {.transitions = 100});
  Start([this] {
    while (!scheduler_.draining()) scheduler_.Point();
    Log("drained");
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kOutOfSteps);
  EXPECT_EQ(scheduler_.steps(), 100u);
  EXPECT_EQ(scheduler_.Run(), RunState::kOutOfSteps);
  EXPECT_EQ(scheduler_.steps(), 100u);
  EXPECT_EQ(events_, "");
  EXPECT_EQ(End(), 0);
  EXPECT_EQ(events_, "drained");
}

TEST_F(SchedulerEndTest, TheLimitHoldsForTransitionsThatPostThemselves) {
  BeginScripted({}, {.transitions = 200});
  std::function<void()> again = [&] { Post([&] { again(); }); };
  again();
  EXPECT_EQ(scheduler_.Run(), RunState::kOutOfSteps);
  EXPECT_EQ(scheduler_.steps(), 200u) << "more than there are slots";
}

TEST_F(SchedulerEndTest, ARunThatEndsWithItsLastStepIsQuiet) {
  BeginScripted({}, {.transitions = 3});
  Start(Steps("a", 3));
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(scheduler_.steps(), 3u);
}

TEST_F(SchedulerEndTest, DecisionsBeyondTheLimitAreZeroAndNotAsked) {
  BeginScripted({1, 1, 1, 1, 1}, {.decisions = 3});
  Start([this] {
    for (int i = 0; i < 5; ++i) Log(std::to_string(scheduler_.Choose(Question::kTiming, 2, 0, 0)));
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "11100");
  EXPECT_EQ(log_.count, 3u);
  EXPECT_EQ(scripted_.asked().size(), 3u);
}

TEST_F(SchedulerEndTest, TheLogsCapacityIsALimitToo) {
  log_.capacity = 2;
  BeginScripted({1, 1, 1});
  for (int i = 0; i < 3; ++i) scheduler_.Choose(Question::kTiming, 2, 0, 0);
  EXPECT_EQ(log_.count, 2u);
}

TEST_F(SchedulerEndTest, StopEndsTheRunAtTheNextPoint) {
  BeginScripted();
  Start([this] {
    Log("a");
    scheduler_.Stop();
    Log("b");
    scheduler_.Point();
    Log(scheduler_.draining() ? "d" : "c");
  });
  Start(Steps("x", 1));
  EXPECT_EQ(scheduler_.Run(), RunState::kStopped);
  EXPECT_EQ(events_, "ab");
  EXPECT_EQ(scheduler_.Run(), RunState::kStopped);
  EXPECT_EQ(End(), 0);
  // A job that was never begun is begun, so that it can free what it owns.
  EXPECT_EQ(events_, "abdx");
  BeginScripted();
  Start(Steps("y", 2));
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
}

TEST_F(SchedulerEndTest, StopInAnActionAndAtTheEndOfAJob) {
  BeginScripted();
  Start([this] { scheduler_.Stop(); });
  Start(Steps("a", 1));
  EXPECT_EQ(scheduler_.Run(), RunState::kStopped);
  EXPECT_EQ(events_, "");
  End();
  BeginScripted({1});
  Start(Steps("a", 1));
  Post([this] { scheduler_.Stop(); });
  EXPECT_EQ(scheduler_.Run(), RunState::kStopped);
  EXPECT_EQ(events_, "");
}

TEST_F(SchedulerEndTest, DrainingUnwindsBlockedWorkers) {
  BeginScripted();
  struct Unwound {
    SchedulerEndTest* test;
    ~Unwound() { test->Log("~"); }
  };
  for (int i = 0; i < 3; ++i) {
    Start([this] {
      Unwound unwound{this};
      if (scheduler_.Block({.what = "test"}, kForever) != WakeCause::kDraining) Log("?");
      EXPECT_TRUE(scheduler_.draining());
      scheduler_.Point();
      EXPECT_EQ(scheduler_.Block({.what = "test"}, 5), WakeCause::kDraining);
    });
  }
  EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
  EXPECT_EQ(End(), 0);
  EXPECT_EQ(events_, "~~~");
  EXPECT_FALSE(scheduler_.draining());
  for (WorkerId worker = 0; worker < 3; ++worker) {
    EXPECT_TRUE(scheduler_.IsIdle(worker));
    EXPECT_FALSE(scheduler_.IsBlocked(worker));
  }
}

TEST_F(SchedulerEndTest, WhileDrainingNothingIsAskedAndNothingStarts) {
  BeginScripted();
  Start([this] {
    scheduler_.Block({.what = "test"}, kForever);
    EXPECT_EQ(scheduler_.Choose(Question::kBytes, 9, 0, 0), 0u);
    EXPECT_EQ(Start([this] { Log("started"); }), kNoWorker);
    scheduler_.Cancel(Post([this] { Log("cancelled"); }));
    Post([this] { Log("posted"); });
    PostTimer(3, [this] { Log("timer"); });
    scheduler_.Wake(1);
  });
  Start([this] {
    if (scheduler_.Block({.what = "test"}, 1000000) == WakeCause::kDraining) Log("second");
  });
  Start([this] { scheduler_.Stop(); });
  EXPECT_EQ(scheduler_.Run(), RunState::kStopped);
  const uint32_t asked = log_.count;
  EXPECT_EQ(End(), 0);
  EXPECT_EQ(log_.count, asked);
  EXPECT_EQ(events_, "second");
  BeginScripted();
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet) << "nothing of the last run is left";
}

// Exceptions that are never done with, still reachable for LeakSanitizer at the end.
std::vector<std::exception_ptr>& NeverLeft() {
  static auto* never_left = new std::vector<std::exception_ptr>;
  return *never_left;
}

TEST_F(SchedulerEndTest, AWorkerThatDoesNotReturnIsAbandonedAndItsSlotWorksAgain) {
  for (int round = 0; round < 3; ++round) {
    BeginScripted();
    int calls = 0;
    Start([&] {
      volatile char buffer[512];
      for (size_t i = 0; i < sizeof(buffer); ++i) buffer[i] = 1;
      try {
        throw std::runtime_error("never left");
      } catch (const std::runtime_error&) {
        NeverLeft().push_back(std::current_exception());
        for (;;) {
          scheduler_.Point();
          calls += scheduler_.draining();
          calls += scheduler_.Block({.what = "test"}, kForever) == WakeCause::kDraining;
        }
      }
    });
    Start([&] {
      scheduler_.Block({.what = "test"}, kForever);
      Log("fine");
    });
    EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
    EXPECT_EQ(End(), 1);
    EXPECT_EQ(calls, 1 + Scheduler::kDrainCalls) << "with the one it was in";
    EXPECT_EQ(events_, "fine");
    EXPECT_TRUE(scheduler_.IsIdle(0));

    BeginScripted();
    EXPECT_EQ(Start([this] {
                EXPECT_EQ(std::current_exception(), nullptr);
                EXPECT_EQ(std::uncaught_exceptions(), 0);
                volatile char buffer[8192];
                for (size_t i = 0; i < sizeof(buffer); ++i) buffer[i] = 2;
                scheduler_.Block({.what = "test"}, kForever);
                Log("again");
              }),
              0);
    EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
    EXPECT_EQ(End(), 0);
    EXPECT_EQ(events_, "again");
  }
}

TEST_F(SchedulerEndTest, TransitionsThatNeverHappenedAreGone) {
  BeginScripted();
  EXPECT_EQ(PostTimer(5, [this] { Log("timer"); }), 0);
  EXPECT_EQ(Post([this] { Log("posted"); }), 1);
  End();
  BeginScripted();
  const TransitionId first = Post([this] { Log("a"); });
  EXPECT_EQ(first, 0);
  EXPECT_EQ(Post([this] { Log("b"); }), 1);
  scheduler_.Cancel(first);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "b");
  EXPECT_EQ(scheduler_.now_ms(), 0u);
}

TEST_F(SchedulerEndTest, RunsThatEndAnywhereLeaveACleanScheduler) {
  RandomStrategy random(3);
  for (uint64_t run = 0; run < 500; ++run) {
    Begin(&random, run, {.transitions = static_cast<uint32_t>(run % 23)});
    for (int i = 0; i < 4; ++i) {
      Start([this, i] {
        scheduler_.Point();
        Post([this, i] { scheduler_.Wake(static_cast<WorkerId>(i)); });
        scheduler_.Block({.what = "test"}, i % 2 ? kForever : scheduler_.now_ms() + 10);
        scheduler_.Point();
      });
    }
    scheduler_.Run();
    EXPECT_LE(scheduler_.steps(), run % 23);
    EXPECT_EQ(End(), 0);
    DefaultStrategy plain;
    Begin(&plain);
    for (const char* letter : {"a", "b"}) Start(Steps(letter, 2));
    EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
    EXPECT_EQ(events_, "aabb");
    EXPECT_EQ(scheduler_.steps(), 4u);
    EXPECT_EQ(End(), 0);
  }
}

TEST_F(SchedulerEndTest, WhatIsAbandonedDoesNotRunOn) {
  BeginScripted({});
  Start([this] {
    scheduler_.Block({.what = "a test"}, kForever);
    Log("went on");
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
  EXPECT_EQ(End(Scheduler::Leftover::kAbandon), 1);
  EXPECT_EQ(events_, "");
  BeginScripted({});
  Start(Steps("a", 2));
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "aa");
}

}  // namespace
}  // namespace pendulum::sched

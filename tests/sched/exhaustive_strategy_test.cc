// That exhaustive search does every schedule that matters: against the counts of GenMC for a known
// workload, and against all schedules of small programs, those that block among them.
#include "harness/sched/exhaustive_strategy.h"

#include "tests/sched/search_fixture.h"

namespace pendulum::sched {
namespace {

class ExhaustiveStrategyTest : public SearchFixture {
 public:
  // The same classes of runs as among all schedules; each class once where `once`.
  void ExpectAll(const std::function<void()>& start, size_t classes, bool once = true) {
    const Outcome all = Everything(start);
    const Outcome reduced = Search("exhaustive", start);
    EXPECT_TRUE(all.counts.exhausted);
    EXPECT_TRUE(reduced.counts.exhausted);
    EXPECT_FALSE(reduced.counts.diverged || reduced.counts.overflowed);
    EXPECT_EQ(all.runs.size(), classes);
    for (const auto& [text, count] : all.runs) {
      EXPECT_EQ(reduced.runs.count(text), 1u) << "lost: " << text;
    }
    EXPECT_EQ(reduced.runs.size(), all.runs.size());
    if (once) EXPECT_EQ(reduced.counts.complete_runs, classes);
    EXPECT_LE(reduced.counts.complete_runs, all.counts.complete_runs);
  }

  // Workload W of `operations`: see bench/sched_bench.cc.
  void StartWorkload(uint32_t operations) {
    constexpr uint32_t kCounter = 1000;
    static constexpr const char* kNames[] = {"c1 ", "c2 ", "c3 ", "c4 ", "c5 ", "c6 "};
    const auto completion = [this](uint32_t slot) {
      return [this, slot] {
        scheduler_.Touch(MakeObject(ObjectKind::kProgram, slot), true);
        Write(kCounter);
        if (--outstanding_ == 0) {
          for (uint32_t i = 0; i < operations_; ++i) {
            scheduler_.Touch(MakeObject(ObjectKind::kProgram, i), false);
          }
        }
      };
    };
    outstanding_ = 1;
    operations_ = operations;
    Start(
        [this, completion] {
          for (uint32_t i = 0; i < operations_; ++i) {
            scheduler_.Touch(MakeObject(ObjectKind::kProgram, kCounter), true);
            ++outstanding_;
            scheduler_.Point();
            Start(completion(i), kNames[i]);
            scheduler_.Point();
          }
          scheduler_.Touch(MakeObject(ObjectKind::kProgram, kCounter), true);
          --outstanding_;
        },
        "handler");
  }

 private:
  uint32_t outstanding_ = 0;
  uint32_t operations_ = 0;
};

TEST_F(ExhaustiveStrategyTest, WorkloadWHasAsManyOrdersAsGenMcCounts) {
  const std::vector<uint64_t> orders = {8, 48, 384, 3840};
  for (uint32_t operations = 2; operations <= 5; ++operations) {
    const Outcome outcome = Search("exhaustive", [&] { StartWorkload(operations); });
    EXPECT_TRUE(outcome.counts.exhausted);
    EXPECT_EQ(outcome.counts.complete_runs, orders[operations - 2]) << operations;
    EXPECT_LE(outcome.counts.cut_runs, orders[operations - 2] / 4) << operations;
  }
}

TEST_F(ExhaustiveStrategyTest, WorkloadWAgainstAllItsInterleavings) {
  ExpectAll([&] { StartWorkload(2); }, 8, false);
}

TEST_F(ExhaustiveStrategyTest, WhatCommutesIsDoneOnce) {
  ExpectAll(
      [&] {
        uint32_t number = 0;
        for (const char* name : {"a", "b", "c"}) {
          Start(
              [this, own = number++] {
                Write(own);
                Read(9);
              },
              name);
        }
      },
      1);
}

TEST_F(ExhaustiveStrategyTest, EachOrderOfWritesToOneObject) {
  ExpectAll(
      [&] {
        for (const char* name : {"a", "b", "c", "d"}) Start([this] { Write(0); }, name);
      },
      24);
}

TEST_F(ExhaustiveStrategyTest, ReadersAndAWriter) {
  ExpectAll(
      [&] {
        for (const char* name : {"a", "b", "c"}) Start([this] { Read(0); }, name);
        Start([this] { Write(0); }, "w");
      },
      8);
}

// The program for which a persistent set that is no source set does too much.
TEST_F(ExhaustiveStrategyTest, WritersOfOneObjectAndReadersOfSeveral) {
  ExpectAll(
      [&] {
        Start([this] { Write(0); }, "p");
        Start(
            [this] {
              Read(1);
              Read(0);
            },
            "q");
        Start(
            [this] {
              Read(2);
              Read(0);
              Write(1);
            },
            "r");
        Start([this] { Write(2); }, "s");
      },
      // Two orders for each of p/q, p/r, q/r and r/s, but r before q before p before r can't be.
      14, false);
}

TEST_F(ExhaustiveStrategyTest, LocksThatBlock) {
  Lock lock{0, false, {}};
  ExpectAll(
      [&] {
        lock = {0, false, {}};
        for (const char* name : {"a", "b", "c"}) {
          Start(
              [&] {
                Acquire(&lock);
                Write(7);
                Release(&lock);
              },
              name);
        }
      },
      60, false);
}

TEST_F(ExhaustiveStrategyTest, TwoLocksInTheWrongOrder) {
  Lock one{0, false, {}};
  Lock two{1, false, {}};
  const auto take = [&](Lock* first, Lock* second) {
    return [this, first, second] {
      Acquire(first);
      Acquire(second);
      Release(second);
      Release(first);
    };
  };
  const auto start = [&] {
    one = {0, false, {}};
    two = {1, false, {}};
    Start(take(&one, &two), "a");
    Start(take(&two, &one), "b");
  };
  const Outcome reduced = Search("exhaustive", start);
  int blocked = 0;
  for (const auto& [text, count] : reduced.runs) blocked += text.ends_with("blocked");
  EXPECT_GE(blocked, 1);
  ExpectAll(start, Everything(start).runs.size(), false);
}

// A condition variable: who waits gives up the lock, and is lost if it was signalled before.
TEST_F(ExhaustiveStrategyTest, WaitsThatMayBeLost) {
  bool ready = false;
  std::vector<WorkerId> waiting;
  const auto start = [&] {
    ready = false;
    waiting.clear();
    Start(
        [&] {
          Read(0);
          if (ready) return;
          Write(1);
          waiting.push_back(scheduler_.current());
          scheduler_.Block({.what = "condition"}, kForever);
          Read(2);
        },
        "waiter");
    Start(
        [&] {
          Write(0);
          ready = true;
          Write(1);
          for (const WorkerId worker : waiting) scheduler_.Wake(worker);
        },
        "signaller");
    Start([&] { Write(2); }, "other");
  };
  ExpectAll(start, Everything(start).runs.size());
  const Outcome reduced = Search("exhaustive", start);
  int lost = 0;
  for (const auto& [text, count] : reduced.runs) lost += text.ends_with("blocked");
  EXPECT_EQ(lost, 1);
}

TEST_F(ExhaustiveStrategyTest, WaitsWithADeadlineAndTimers) {
  std::vector<WorkerId> waiting;
  const auto start = [&] {
    waiting.clear();
    Start(
        [&] {
          Write(0);
          waiting.push_back(scheduler_.current());
          const WakeCause cause = scheduler_.Block({.what = "wait"}, 10);
          scheduler_.Touch(MakeObject(ObjectKind::kProgram, 0), true);
          Log(cause == WakeCause::kTimedOut ? "late" : "woken");
        },
        "waiter");
    Start(
        [&] {
          Write(0);
          for (const WorkerId worker : waiting) scheduler_.Wake(worker);
          Write(1);
        },
        "waker");
    PostTimer(5, [&] { scheduler_.Touch(MakeObject(ObjectKind::kProgram, 1), true); });
  };
  const Outcome reduced = Search("exhaustive", start);
  bool late = false;
  bool woken = false;
  for (const auto& [text, count] : reduced.runs) {
    late = late || text.ends_with("late");
    woken = woken || text.ends_with("woken");
  }
  EXPECT_TRUE(late && woken);
  ExpectAll(start, Everything(start).runs.size(), false);
}

TEST_F(ExhaustiveStrategyTest, WhatIsTakenBackHappensInOtherSchedules) {
  TransitionId posted = kNoTransition;
  const auto start = [&] {
    posted = Post([&] {
      Log("happened");
      posted = kNoTransition;
    });
    Start([&] {
      Write(0);
      Write(1);
      if (posted != kNoTransition) scheduler_.Cancel(posted);
    });
  };
  const Outcome reduced = Search("exhaustive", start);
  EXPECT_EQ(reduced.runs.size(), 2u);
  EXPECT_EQ(reduced.counts.complete_runs, 2u);
}

TEST_F(ExhaustiveStrategyTest, EveryAnswerToOtherQuestions) {
  // What a transition touches may depend on an answer: b conflicts with a only after one of three.
  ExpectAll(
      [&] {
        Start(
            [&] {
              scheduler_.Point();
              const uint32_t answer = scheduler_.Choose(Question::kBytes, 3, 0, 0);
              Log(std::to_string(answer));
              scheduler_.Touch(MakeObject(ObjectKind::kProgram, answer == 2 ? 0 : 5), true);
            },
            "a");
        Start([&] { Write(0); }, "b");
      },
      4, false);
}

TEST_F(ExhaustiveStrategyTest, WorkersThatStartWorkersAndPost) {
  const auto start = [&] {
    for (const char* name : {"a", "b"}) {
      Start(
          [&, name] {
            Write(0);
            Start([&] { Write(1); }, name[0] == 'a' ? "c" : "d");
            Write(name[0] == 'a' ? 2 : 3);
          },
          name);
    }
    Post([&] { scheduler_.Touch(MakeObject(ObjectKind::kProgram, 2), true); });
  };
  ExpectAll(start, Everything(start).runs.size(), false);
}

TEST_F(ExhaustiveStrategyTest, GoesOnAfterARunThatWasNotSurvived) {
  const auto memory = std::unique_ptr<void, decltype(&std::free)>(
      std::calloc(1, ExhaustiveStrategy::BytesNeeded()), &std::free);
  sched::Search* search = ExhaustiveStrategy::Create(memory.get());
  std::set<std::string> seen;
  bool more = true;
  for (int run = 0; more && run < 100; ++run) {
    scheduler_.SetTouchListener(search);
    Begin(search);
    bool crashed = false;
    for (const char* name : {"a", "b", "c"}) {
      Start([this, name, &crashed] {
        Write(0);
        Log(name);
        // "b" dies when it is the first.
        if (events_ == "b") {
          crashed = true;
          scheduler_.Stop();
        }
      });
    }
    scheduler_.Run();
    if (!search->was_cut()) seen.insert(events_);
    End(Scheduler::Leftover::kAbandon);
    more = crashed ? search->AdvanceAfterCrash() : search->Advance();
  }
  scheduler_.SetTouchListener(nullptr);
  EXPECT_TRUE(search->counts().exhausted);
  EXPECT_EQ(seen, (std::set<std::string>{"abc", "acb", "b", "cab", "cba"}));
}

}  // namespace
}  // namespace pendulum::sched

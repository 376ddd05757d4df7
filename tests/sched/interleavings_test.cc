// That the scheduler offers every interleaving and no other, counted against the formula.
#include <map>
#include <string>
#include <vector>

#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

// Depth-first over all answers.
class EverySchedule final : public Strategy {
 public:
  void BeginRun(uint64_t) override { position_ = 0; }
  uint32_t Answer(const Ask& ask) override {
    if (position_ == path_.size()) path_.push_back({ask.answers, 0});
    EXPECT_EQ(path_[position_].answers, ask.answers);
    return path_[position_++].answer;
  }
  // Moves on to the next schedule; false when there is none.
  bool Advance() {
    path_.resize(position_);
    while (!path_.empty() && path_.back().answer + 1 == path_.back().answers) path_.pop_back();
    if (path_.empty()) return false;
    ++path_.back().answer;
    return true;
  }

 private:
  struct Choice {
    uint32_t answers;
    uint32_t answer;
  };
  std::vector<Choice> path_;
  size_t position_ = 0;
};

// A handler issues `operations` operations in two visible steps each and ends with one; each
// completion has two. In the orders of a tree (each step after one other) there are n! divided by
// the sizes of all subtrees.
class Workload {
 public:
  Workload(Scheduler* scheduler, int operations) : scheduler_(scheduler), operations_(operations) {}

  const std::string& Run(Strategy* strategy, uint64_t run) {
    order_.clear();
    scheduler_->BeginRun(strategy, run, Limits());
    scheduler_->Start(
        "handler", [](void* self) { static_cast<Workload*>(self)->Handle(); }, this);
    EXPECT_EQ(scheduler_->Run(), RunState::kQuiet);
    EXPECT_EQ(scheduler_->steps(), 4u * operations_ + 1);
    EXPECT_EQ(scheduler_->EndRun(), 0);
    return order_;
  }
  static double Interleavings(int operations) {
    const int steps = 4 * operations + 1;
    double count = 1;
    for (int i = 2; i <= steps; ++i) count *= i;
    for (int i = 0; i < operations; ++i) count /= 2.0 * (steps - 4 * i) * (steps - 4 * i - 1);
    return count;
  }

 private:
  void Handle() {
    for (int i = 0; i < operations_; ++i) {
      order_ += '+';
      scheduler_->Point();
      order_ += 'i';
      scheduler_->Start(
          "completion", [](void* self) { static_cast<Workload*>(self)->Complete(); }, this);
      scheduler_->Point();
    }
    order_ += '-';
  }
  void Complete() {
    const char thread = static_cast<char>('A' + scheduler_->thread_number(scheduler_->current()));
    order_ += thread;
    scheduler_->Point();
    order_ += static_cast<char>(thread + 'a' - 'A');
  }

  Scheduler* scheduler_;
  int operations_;
  std::string order_;
};

using InterleavingsTest = SchedulerFixture;

TEST_F(InterleavingsTest, DepthFirstVisitsEachExactlyOnce) {
  for (const int operations : {1, 2, 3}) {
    Workload workload(&scheduler_, operations);
    EverySchedule every;
    std::map<std::string, int> seen;
    do {
      ++seen[workload.Run(&every, 0)];
    } while (every.Advance());
    EXPECT_EQ(seen.size(), Workload::Interleavings(operations)) << operations << " operations";
    for (const auto& [order, times] : seen) EXPECT_EQ(times, 1) << order;
  }
}

TEST_F(InterleavingsTest, FourOperationsHave363825) {
  Workload workload(&scheduler_, 4);
  EXPECT_EQ(Workload::Interleavings(4), 363825);
  EverySchedule every;
  int runs = 0;
  do {
    workload.Run(&every, 0);
    ++runs;
  } while (every.Advance());
  EXPECT_EQ(runs, 363825);
}

TEST_F(InterleavingsTest, RandomReachesAllOfASmallModel) {
  Workload workload(&scheduler_, 2);
  ASSERT_EQ(Workload::Interleavings(2), 63);
  RandomStrategy random(1);
  std::map<std::string, int> seen;
  for (uint64_t run = 0; run < 20000; ++run) ++seen[workload.Run(&random, run)];
  EXPECT_EQ(seen.size(), 63u);
}

}  // namespace
}  // namespace pendulum::sched

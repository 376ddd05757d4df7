// What the tests of searches share: programs whose transitions touch objects, run under every
// schedule of a search, each run told by what matters of its order.
#ifndef PENDULUM_TESTS_SCHED_SEARCH_FIXTURE_H_
#define PENDULUM_TESTS_SCHED_SEARCH_FIXTURE_H_

#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "harness/sched/search.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {

// Hands everything on to a search, and writes down who touched each object in which order. Reads
// between two writes have no order.
class TouchLog final : public TouchListener {
 public:
  explicit TouchLog(const Scheduler* scheduler) : scheduler_(scheduler) {}

  void Begin(TouchListener* inner) {
    inner_ = inner;
    who_ = "driver";
    steps_.clear();
    objects_.clear();
  }
  void OnTouch(ObjectId object, bool writes) override {
    inner_->OnTouch(object, writes);
    // Which slot a transition has depends on the order of transitions that commute.
    if (KindOf(object) == ObjectKind::kTransition) return;
    std::vector<std::set<std::string>>& groups = objects_[object];
    if (writes) {
      groups.push_back({"!" + who_});
    } else {
      if (groups.empty() || groups.back().begin()->front() == '!') groups.emplace_back();
      groups.back().insert(who_);
    }
  }
  bool OnStep(uint8_t candidate, bool is_timer) override {
    const bool goes_on = inner_->OnStep(candidate, is_timer);
    if (!is_timer && candidate >= kMaxWorkers) {
      who_ = "post";  // which one, the objects tell
    } else {
      who_ = is_timer ? "clock" : scheduler_->name(candidate);
      who_ += std::to_string(++steps_[who_]);
    }
    return goes_on;
  }
  void OnEnabled(uint8_t candidate) override { inner_->OnEnabled(candidate); }
  void OnWoken(uint8_t worker) override { inner_->OnWoken(worker); }
  void OnDisabled(uint8_t candidate, bool is_timer) override {
    inner_->OnDisabled(candidate, is_timer);
  }

  std::string Text() {
    std::string text;
    for (const auto& [object, groups] : objects_) {
      text += std::to_string(object) + ":";
      for (const auto& group : groups) {
        for (const std::string& who : group) text += who + ",";
        text += ";";
      }
    }
    return text;
  }

 private:
  const Scheduler* scheduler_;
  TouchListener* inner_ = nullptr;
  std::string who_;
  std::map<std::string, int> steps_;
  std::map<ObjectId, std::vector<std::set<std::string>>> objects_;
};

class SearchFixture : public SchedulerFixture {
 public:
  ~SearchFixture() override { scheduler_.SetTouchListener(nullptr); }

  struct Outcome {
    SearchCounts counts;
    std::map<std::string, int> runs;  // complete ones, by what matters of their order
  };

  // Runs what `start` starts under every schedule of the search.
  Outcome Search(const std::string& name, const std::function<void()>& start,
                 uint64_t most_runs = 3'000'000) {
    const auto kind = ParseSearch(name);
    EXPECT_TRUE(kind.ok());
    const std::unique_ptr<void, decltype(&std::free)> memory(
        std::calloc(1, SearchBytes(kind.value())), &std::free);
    sched::Search* search = CreateSearch(kind.value(), memory.get());
    TouchLog log(&scheduler_);
    Outcome outcome;
    uint64_t run = 0;
    bool more = true;
    while (more && run < most_runs) {
      log.Begin(search);
      scheduler_.SetTouchListener(&log);
      Begin(search, run++);
      start();
      const RunState state = scheduler_.Run();
      const bool cut = search->was_cut();
      if (!cut) EXPECT_NE(state, RunState::kOutOfSteps);
      const std::string text = log.Text() + (state == RunState::kBlocked ? "blocked" : events_);
      if (!cut) ++outcome.runs[text];
      End(Scheduler::Leftover::kAbandon);
      more = search->Advance();
    }
    scheduler_.SetTouchListener(nullptr);
    outcome.counts = search->counts();
    return outcome;
  }
  Outcome Everything(const std::function<void()>& start) {
    return Search("exhaustive:deviations=1000000", start);
  }

  // A point, then the touch: one transition.
  void Access(uint32_t number, bool writes) {
    scheduler_.Point();
    scheduler_.Touch(MakeObject(ObjectKind::kProgram, number), writes);
  }
  void Write(uint32_t number) { Access(number, true); }
  void Read(uint32_t number) { Access(number, false); }

  // A lock as win32's: whoever finds it taken waits, a release wakes all.
  struct Lock {
    uint32_t number;
    bool held = false;
    std::vector<WorkerId> waiting;
  };
  void Acquire(Lock* lock) {
    Write(lock->number);
    while (lock->held) {
      lock->waiting.push_back(scheduler_.current());
      scheduler_.Block({.what = "lock", .object = lock->number}, kForever);
      scheduler_.Touch(MakeObject(ObjectKind::kProgram, lock->number), true);
    }
    lock->held = true;
  }
  void Release(Lock* lock) {
    Write(lock->number);
    lock->held = false;
    for (const WorkerId worker : lock->waiting) scheduler_.Wake(worker);
    lock->waiting.clear();
  }
};

}  // namespace pendulum::sched

#endif  // PENDULUM_TESTS_SCHED_SEARCH_FIXTURE_H_

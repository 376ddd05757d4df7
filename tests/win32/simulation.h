// A run of the scheduler for the tests of the Win32 layer: functions as jobs, no host, no module.
#ifndef PENDULUM_TESTS_WIN32_SIMULATION_H_
#define PENDULUM_TESTS_WIN32_SIMULATION_H_

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/recorder.h"
#include "harness/win32/boundary.h"

namespace pendulum::win32 {

class Simulation : public testing::Test {
 protected:
  Simulation() : decisions_(16384), trace_(std::make_unique<trace::TraceBuffer>()) {
    log_.capacity = static_cast<uint32_t>(decisions_.size());
    log_.decisions = decisions_.data();
    scheduler_ = std::make_unique<sched::Scheduler>(&log_);
    recorder_ = std::make_unique<trace::Recorder>(trace_.get(), nullptr);
    boundary.scheduler = scheduler_.get();
    boundary.recorder = recorder_.get();
    Begin(&default_strategy_, 0);
  }

  ~Simulation() override {
    End();
    boundary.scheduler = nullptr;
    boundary.recorder = nullptr;
  }

  // Ends the run and begins another.
  void Begin(sched::Strategy* strategy, uint64_t run) {
    End();
    recorder_->Clear();
    scheduler_->BeginRun(strategy, run, sched::Limits{});
    BeginRun();
    is_running_ = true;
  }

  void End() {
    if (!is_running_) return;
    is_running_ = false;
    EXPECT_EQ(scheduler_->EndRun(), 0) << "a worker had to be abandoned";
    jobs_.clear();
  }

  sched::WorkerId Start(std::function<void()> job) {
    jobs_.push_back(std::move(job));
    return scheduler_->Start("test", &RunJob, &jobs_.back());
  }

  sched::RunState Run() { return scheduler_->Run(); }

  // Runs one job to its end; everything that it starts ends too.
  void RunAlone(std::function<void()> job) {
    Start(std::move(job));
    EXPECT_EQ(Run(), sched::RunState::kQuiet);
  }

  // Runs `setup`, which starts jobs, under many schedules; `check` looks at the end of each.
  void ForRandomSchedules(int runs, const std::function<void()>& setup,
                          const std::function<void(sched::RunState)>& check) {
    sched::RandomStrategy strategy(7);
    for (int run = 0; run < runs; ++run) {
      Begin(&strategy, static_cast<uint64_t>(run));
      setup();
      check(Run());
      if (HasFailure()) {
        ADD_FAILURE() << "in run " << run;
        return;
      }
    }
    Begin(&default_strategy_, 0);
  }

  bool WasCaptured(std::string_view part) const {
    for (int i = 0; i < captured_line_count(); ++i) {
      if (std::string_view(captured_line(i)).find(part) != std::string_view::npos) return true;
    }
    return false;
  }

  int CountEvents(trace::EventKind kind) const {
    int count = 0;
    for (uint32_t i = 0; i < trace_->count; ++i) count += trace_->events[i].kind == kind;
    return count;
  }

  uint64_t now_ms() const { return scheduler_->now_ms(); }

  std::unique_ptr<sched::Scheduler> scheduler_;
  std::unique_ptr<trace::Recorder> recorder_;

 private:
  static void RunJob(void* job) {
    ModuleScope module;
    (*static_cast<std::function<void()>*>(job))();
  }

  std::vector<sched::Decision> decisions_;
  sched::Scheduler::DecisionLog log_;
  std::unique_ptr<trace::TraceBuffer> trace_;
  sched::DefaultStrategy default_strategy_;
  std::deque<std::function<void()>> jobs_;
  bool is_running_ = false;
};

}  // namespace pendulum::win32

#endif  // PENDULUM_TESTS_WIN32_SIMULATION_H_

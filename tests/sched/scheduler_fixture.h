// What the tests of the scheduler share: a scheduler whose jobs and actions are lambdas, and a
// strategy that answers from a list and remembers what it was asked.
#ifndef PENDULUM_TESTS_SCHED_SCHEDULER_FIXTURE_H_
#define PENDULUM_TESTS_SCHED_SCHEDULER_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "harness/sched/schedule.h"
#include "harness/sched/scheduler.h"

namespace pendulum::sched {

class ScriptedStrategy final : public Strategy {
 public:
  struct Asked {
    Question question;
    uint32_t answers;
    std::vector<uint8_t> candidates;
  };

  explicit ScriptedStrategy(std::vector<uint32_t> answers = {}) : answers_(std::move(answers)) {}

  void BeginRun(uint64_t) override { asked_.clear(); }
  uint32_t Answer(const Ask& ask) override {
    asked_.push_back({ask.question, ask.answers, {ask.candidates.begin(), ask.candidates.end()}});
    const size_t position = asked_.size() - 1;
    return position < answers_.size() ? answers_[position] : 0;
  }

  const std::vector<Asked>& asked() const { return asked_; }

 private:
  std::vector<uint32_t> answers_;
  std::vector<Asked> asked_;
};

class SchedulerFixture : public testing::Test {
 public:
  static constexpr uint32_t kCapacity = 4096;

  SchedulerFixture() : decisions_(kCapacity) {
    log_.capacity = kCapacity;
    log_.decisions = decisions_.data();
  }
  ~SchedulerFixture() override {
    if (in_run_) scheduler_.EndRun();
  }

  void Begin(Strategy* strategy, uint64_t run = 0, const Limits& limits = Limits()) {
    in_run_ = true;
    functions_.clear();
    events_.clear();
    scheduler_.BeginRun(strategy, run, limits);
  }
  void BeginScripted(std::vector<uint32_t> answers = {}, const Limits& limits = Limits()) {
    scripted_ = ScriptedStrategy(std::move(answers));
    Begin(&scripted_, 0, limits);
  }
  int End(Scheduler::Leftover leftover = Scheduler::Leftover::kDrain) {
    in_run_ = false;
    return scheduler_.EndRun(leftover);
  }

  WorkerId Start(std::function<void()> job, const char* name = "job") {
    return scheduler_.Start(name, &RunJob, Keep(std::move(job)));
  }
  TransitionId Post(std::function<void()> action, uint8_t request = kNoRequest,
                    uint16_t operation = kNoOperation) {
    return scheduler_.Post(&RunAction, Keep(std::move(action)), 0, request, operation);
  }
  TransitionId PostTimer(uint64_t deadline_ms, std::function<void()> action) {
    return scheduler_.PostTimer(&RunAction, Keep(std::move(action)), 0, deadline_ms);
  }

  // What jobs and actions did, one letter or word at a time.
  void Log(const std::string& event) { events_ += event; }
  // A job that logs `letter` in each of `steps` steps with a scheduling point between them.
  std::function<void()> Steps(const std::string& letter, int steps) {
    return [this, letter, steps] {
      for (int step = 0; step < steps; ++step) {
        if (step > 0) scheduler_.Point();
        Log(letter);
      }
    };
  }
  Schedule Decisions() const { return {decisions_.begin(), decisions_.begin() + log_.count}; }
  std::vector<uint8_t> CandidatesAsked(size_t question) const {
    return scripted_.asked().at(question).candidates;
  }

  std::vector<Decision> decisions_;
  Scheduler::DecisionLog log_;
  Scheduler scheduler_{&log_, 64 * 1024};
  ScriptedStrategy scripted_;
  std::string events_;

 private:
  std::function<void()>* Keep(std::function<void()> function) {
    functions_.push_back(std::move(function));
    return &functions_.back();
  }
  static void RunJob(void* function) { (*static_cast<std::function<void()>*>(function))(); }
  static void RunAction(void* function, uint32_t) { RunJob(function); }

  bool in_run_ = false;
  std::deque<std::function<void()>> functions_;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_TESTS_SCHED_SCHEDULER_FIXTURE_H_

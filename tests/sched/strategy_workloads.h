// Programs on the bare scheduler that strategies are measured with.
#ifndef PENDULUM_TESTS_SCHED_STRATEGY_WORKLOADS_H_
#define PENDULUM_TESTS_SCHED_STRATEGY_WORKLOADS_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "harness/sched/profile.h"
#include "harness/sched/scheduler.h"
#include "harness/sched/strategy_factory.h"

namespace pendulum::sched {

// A scheduler with its log. There is one at a time in a process.
struct Machine {
  Machine() : decisions(Limits().decisions) {
    log.capacity = static_cast<uint32_t>(decisions.size());
    log.decisions = decisions.data();
    scheduler = std::make_unique<Scheduler>(&log);
  }

  std::vector<Decision> decisions;
  Scheduler::DecisionLog log;
  std::unique_ptr<Scheduler> scheduler;
};

// Takes the profile of a workload: something with Run(strategy, run).
template <typename Workload>
Profile ProfileOf(Workload* workload) {
  ProfileStrategy trial;
  for (uint64_t run = 0; run < ProfileStrategy::kTrialRuns; ++run) workload->Run(&trial, run);
  return trial.profile();
}

// A strategy of this text that knows the workload's profile.
inline std::unique_ptr<Strategy> MakeLearned(std::string_view spec, uint64_t seed,
                                             const Profile& profile) {
  auto strategy = MakeStrategy(spec, seed);
  if (!strategy.ok()) std::abort();
  if ((*strategy)->Learns()) (*strategy)->Learn(profile);
  return std::move(strategy).value();
}

// A bug of a certain depth: among `agents` agents that take turns in `steps` steps in all, the
// first and the last have `depth` + 1 of them that must come in one order, now one's, now the
// other's, and each agent's own of these follow each other directly. The first agent's come at its
// end, the last agent's at its beginning.
class DepthWorkload {
 public:
  static constexpr uint32_t kMostDepth = 4;

  // Each agent has at least three steps.
  DepthWorkload(Scheduler* scheduler, uint32_t agents, uint32_t steps, uint32_t depth)
      : scheduler_(scheduler),
        agents_(agents),
        steps_of_an_agent_(steps / agents),
        depth_(depth),
        jobs_(agents) {}

  // Returns whether the run hit the bug.
  bool Run(Strategy* strategy, uint64_t run) {
    stage_ = 0;
    scheduler_->BeginRun(strategy, run, Limits());
    for (uint32_t i = 0; i < agents_; ++i) {
      jobs_[i] = {this, i};
      scheduler_->Start("agent", &Work, &jobs_[i]);
    }
    if (scheduler_->Run() != RunState::kQuiet) std::abort();
    scheduler_->EndRun();
    return stage_ == depth_ + 1;
  }

 private:
  struct Job {
    DepthWorkload* workload;
    uint32_t agent;
  };

  static void Work(void* argument) {
    const Job& job = *static_cast<Job*>(argument);
    for (uint32_t step = 0; step < job.workload->steps_of_an_agent_; ++step) {
      if (step != 0) job.workload->scheduler_->Point();
      job.workload->Step(job.agent, step);
    }
  }

  void Step(uint32_t agent, uint32_t step) {
    const bool is_first = agent == 0;
    if (!is_first && agent + 1 != agents_) return;
    const uint32_t begin = is_first ? steps_of_an_agent_ - (kMostDepth / 2 + 1) : 0;
    if (step < begin) return;
    const uint32_t event = (step - begin) * 2 + (is_first ? 0 : 1);
    if (event > depth_) return;
    stage_ = stage_ == event ? event + 1 : kMissed;
  }

  static constexpr uint32_t kMissed = ~uint32_t{0};

  Scheduler* scheduler_;
  uint32_t agents_;
  uint32_t steps_of_an_agent_;
  uint32_t depth_;
  uint32_t stage_ = 0;  // which event must come next
  std::vector<Job> jobs_;
};

// A handler looks whether its operation is done, and only afterwards says that it waits; the
// completion sets done, and resumes only who waits. In one of the orders nobody resumes the
// request.
class LostResumeWorkload {
 public:
  explicit LostResumeWorkload(Scheduler* scheduler) : scheduler_(scheduler) {}

  // Returns whether the request was left waiting.
  bool Run(Strategy* strategy, uint64_t run) {
    done_ = waits_ = resumed_ = false;
    scheduler_->BeginRun(strategy, run, Limits());
    scheduler_->Start(
        "handler", [](void* self) { static_cast<LostResumeWorkload*>(self)->Handle(); }, this);
    if (scheduler_->Run() != RunState::kQuiet) std::abort();
    scheduler_->EndRun();
    return waits_ && !resumed_;
  }

 private:
  void Handle() {
    scheduler_->Post(&Deliver, this, 0, 0, 0);
    scheduler_->Point();
    const bool done = done_;
    scheduler_->Point();
    if (!done) waits_ = true;
  }
  static void Deliver(void* self, uint32_t) {
    static_cast<LostResumeWorkload*>(self)->scheduler_->Start("completion", &Complete, self);
  }
  static void Complete(void* argument) {
    auto* self = static_cast<LostResumeWorkload*>(argument);
    self->done_ = true;
    self->scheduler_->Point();
    if (self->waits_) self->resumed_ = true;
  }

  Scheduler* scheduler_;
  bool done_ = false;
  bool waits_ = false;
  bool resumed_ = false;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_TESTS_SCHED_STRATEGY_WORKLOADS_H_

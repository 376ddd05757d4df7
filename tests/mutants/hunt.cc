#include "tests/mutants/hunt.h"

#include <cstring>
#include <optional>
#include <utility>

#include "harness/host/mutants.h"
#include "harness/platform/clock.h"
#include "harness/platform/process.h"
#include "harness/platform/shared_memory.h"

namespace pendulum::mutants {
namespace {

constexpr int kLookEveryMs = 20;
// A probe that the mutated host has caught in a loop is left there after this time.
constexpr uint64_t kHangMs = 3'000;
// A mutant that crashes again and again is not noticed by any clause.
constexpr uint64_t kMostCrashes = 300;

// One mutant being tried. After a crash the next visit is done in a new process.
class Prey {
 public:
  static platform::Result<Prey> Start(const oracle::Specification& specification, int mutant,
                                      const HuntOptions& options) {
    auto memory = platform::SharedMemory::Create(sizeof(TrialState));
    if (!memory.ok()) return memory.error();
    Prey prey(specification, mutant, options, std::move(memory).value());
    if (auto started = prey.Fork(); !started.ok()) return started.error();
    return prey;
  }

  platform::Child* child() { return &*child_; }
  bool over() const { return over_; }
  Catch result() const {
    Catch result = result_;
    result.state = *state();
    result.elapsed_ms = platform::MonotonicMs() - started_ms_;
    return result;
  }

  // The process has ended.
  platform::Status Ended() {
    child_->Reap();
    return GoOn();
  }

  // Looks whether it still moves.
  platform::Status Watch() {
    const uint64_t now_ms = platform::MonotonicMs();
    const uint64_t runs = *static_cast<const volatile uint64_t*>(&state()->runs_done);
    if (now_ms - started_ms_ > options_.limit_ms) {
      child_->Kill();
      child_->Reap();
      result_.out_of_time = over_ = true;
      return platform::OkStatus();
    }
    if (runs != last_runs_) {
      last_runs_ = runs;
      moved_ms_ = now_ms;
    }
    if (now_ms - moved_ms_ < kHangMs) return platform::OkStatus();
    child_->Kill();
    child_->Reap();
    return GoOn();
  }

 private:
  Prey(const oracle::Specification& specification, int mutant, const HuntOptions& options,
       platform::SharedMemory memory)
      : specification_(&specification),
        options_(options),
        memory_(std::move(memory)),
        started_ms_(platform::MonotonicMs()) {
    result_.mutant = mutant;
  }

  TrialState* state() const { return static_cast<TrialState*>(memory_.data()); }

  platform::Status GoOn() {
    const bool caught = state()->first.clause != 0 && !options_.plan.goes_on;
    if (state()->finished == 0) ++result_.crashes;
    if (state()->finished != 0 || caught || result_.crashes >= kMostCrashes) {
      over_ = true;
      return platform::OkStatus();
    }
    ++state()->position;
    return Fork();
  }

  platform::Status Fork() {
    moved_ms_ = platform::MonotonicMs();
    auto child = platform::Child::Fork({}, [this] {
      host::ChooseMutant(result_.mutant);
      RunTrial(*specification_, options_.plan, state());
    });
    if (!child.ok()) return child.error();
    child_ = std::move(child).value();
    return platform::OkStatus();
  }

  const oracle::Specification* specification_;
  HuntOptions options_;
  platform::SharedMemory memory_;
  std::optional<platform::Child> child_;
  Catch result_;
  uint64_t started_ms_;
  uint64_t moved_ms_ = 0;
  uint64_t last_runs_ = 0;
  bool over_ = false;
};

}  // namespace

platform::Status Hunt(const oracle::Specification& specification, const std::vector<int>& mutants,
                      const HuntOptions& options, const std::function<void(const Catch&)>& report) {
  std::vector<std::unique_ptr<Prey>> running;
  size_t next = 0;
  while (next < mutants.size() || !running.empty()) {
    while (next < mutants.size() && running.size() < static_cast<size_t>(options.jobs)) {
      auto prey = Prey::Start(specification, mutants[next++], options);
      if (!prey.ok()) return prey.error();
      running.push_back(std::make_unique<Prey>(std::move(prey).value()));
    }
    std::vector<platform::Child*> children;
    for (const auto& prey : running) children.push_back(prey->child());
    const int ended = platform::Child::WaitAny(children, kLookEveryMs);
    for (size_t i = 0; i < running.size(); ++i) {
      Prey& prey = *running[i];
      const auto status = static_cast<int>(i) == ended ? prey.Ended() : prey.Watch();
      if (!status.ok()) return status.error();
    }
    for (size_t i = running.size(); i > 0; --i) {
      if (!running[i - 1]->over()) continue;
      report(running[i - 1]->result());
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i - 1));
    }
  }
  return platform::OkStatus();
}

}  // namespace pendulum::mutants

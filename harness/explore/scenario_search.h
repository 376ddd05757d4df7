// The exhaustive search of one scenario's schedules: what is kept of it between batches, so that a
// child that the module kills is followed by another that goes on.
#ifndef PENDULUM_EXPLORE_SCENARIO_SEARCH_H_
#define PENDULUM_EXPLORE_SCENARIO_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "harness/explore/finding.h"
#include "harness/explore/simulation.h"
#include "harness/platform/result.h"
#include "harness/platform/shared_memory.h"
#include "harness/sched/search.h"
#include "harness/sched/search_probe.h"

namespace pendulum::explore {

// Lies in shared memory: made by the parent, filled by one child after the other.
class ScenarioSearch {
 public:
  static platform::Result<std::unique_ptr<ScenarioSearch>> Create(const sched::SearchKind& kind);

  // In the child. Whether Estimate is still to be called: once, before the first run.
  bool wants_estimate() const { return state_->probed < kProbes && state_->search == nullptr; }
  // Guesses how large the search will be, by random runs that don't count. A child that does not
  // survive one leaves it at that.
  void Estimate(Simulation* simulation, uint64_t seed);
  // To be called before the runs of a batch: takes note of a run that the last child did not
  // survive.
  void Begin();
  // Does the next run. False when it was given up, since it led to nothing new: it does not count.
  bool RunOnce(Simulation* simulation, uint64_t run, host::RunResult* result);

  // In both. Whether there is nothing more to be done, or the search can't go on.
  bool is_over() const;

  // In the parent. `broken`: a finding was made in this scenario. `steps`: the limit of a run.
  SearchSummary Summary(bool broken, uint32_t steps) const;

 private:
  static constexpr uint64_t kProbes = 32;

  struct State {
    sched::Search* search;
    bool in_run;
    bool crashed;  // some run
    uint64_t limited;
    uint64_t probed;
    int workers;  // the most that a run used
    sched::SearchEstimate estimate;
  };

  ScenarioSearch(const sched::SearchKind& kind, platform::SharedMemory memory);
  std::string WhyOpen() const;
  std::string Proof(uint32_t steps) const;

  const sched::SearchKind kind_;
  platform::SharedMemory memory_;
  State* state_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SCENARIO_SEARCH_H_

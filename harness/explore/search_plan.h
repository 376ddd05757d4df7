// Which scenario's search goes on next, where the strategy of a verification is exhaustive.
#ifndef PENDULUM_EXPLORE_SEARCH_PLAN_H_
#define PENDULUM_EXPLORE_SEARCH_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/batch.h"
#include "harness/explore/scenario_search.h"
#include "harness/platform/result.h"

namespace pendulum::explore {

// A scenario's runs follow from those before, so at most one process at a time does them.
class SearchPlan {
 public:
  // With a limit of time, how many runs of a scenario are done before the next has its turn.
  static constexpr uint64_t kRunsOfATimedShare = 1000;

  // For so many scenarios, each at most `runs` runs.
  SearchPlan(const Setup& setup, size_t scenarios, uint64_t runs);

  // Whether the strategy is exhaustive; else nothing of the rest may be called.
  bool in_use() const { return kind_.has_value(); }
  // Whether some scenario is neither in work nor done.
  bool HasShare() const;
  struct Share {
    size_t scenario;
    uint64_t first_run;
    uint64_t end_run;
  };
  // At most `runs` runs of the next such scenario, round and round. It is in work until End.
  Share Take(uint64_t runs);
  // `next_run`: the first that was not done. `given_up`: the module did not survive it too often.
  void End(size_t scenario, uint64_t next_run, bool given_up);

  // The scenario's search, made when it is first asked for. Errors: no memory.
  platform::Result<ScenarioSearch*> SearchOf(size_t scenario);
  // What came of it. `broken`: there was a finding. `steps`: the limit of a run.
  SearchSummary Summary(size_t scenario, bool broken, uint32_t steps) const;

 private:
  struct Progress {
    std::unique_ptr<ScenarioSearch> search;
    uint64_t next_run = 0;
    bool in_work = false;
    bool done = false;
  };

  std::optional<sched::SearchKind> kind_;
  uint64_t most_runs_;
  std::vector<Progress> progress_;  // by scenario
  size_t next_ = 0;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SEARCH_PLAN_H_

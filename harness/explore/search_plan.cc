#include "harness/explore/search_plan.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace pendulum::explore {

SearchPlan::SearchPlan(const Setup& setup, size_t scenarios, uint64_t runs)
    : most_runs_(runs), progress_(scenarios) {
  const auto kind = sched::ParseSearch(setup.arms.front().strategy);
  if (kind.ok()) kind_ = *kind;
}

bool SearchPlan::HasShare() const {
  return std::any_of(progress_.begin(), progress_.end(),
                     [](const Progress& one) { return !one.in_work && !one.done; });
}

SearchPlan::Share SearchPlan::Take(uint64_t runs) {
  assert(HasShare());
  while (progress_[next_].in_work || progress_[next_].done) next_ = (next_ + 1) % progress_.size();
  Progress& taken = progress_[next_];
  taken.in_work = true;
  const Share share{next_, taken.next_run,
                    std::min(runs, most_runs_ - taken.next_run) + taken.next_run};
  next_ = (next_ + 1) % progress_.size();
  return share;
}

void SearchPlan::End(size_t scenario, uint64_t next_run, bool given_up) {
  Progress& progress = progress_[scenario];
  progress.in_work = false;
  progress.next_run = next_run;
  progress.done = given_up || next_run >= most_runs_ || progress.search->is_over();
}

platform::Result<ScenarioSearch*> SearchPlan::SearchOf(size_t scenario) {
  Progress& progress = progress_[scenario];
  if (progress.search == nullptr) {
    auto search = ScenarioSearch::Create(*kind_);
    if (!search.ok()) return search.error();
    progress.search = std::move(search).value();
  }
  return {progress.search.get()};
}

SearchSummary SearchPlan::Summary(size_t scenario, bool broken, uint32_t steps) const {
  const Progress& progress = progress_[scenario];
  if (progress.search != nullptr) return progress.search->Summary(broken, steps);
  SearchSummary summary;
  summary.why_open = "it was not begun";
  return summary;
}

}  // namespace pendulum::explore

#include "harness/explore/scenario_search.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "harness/platform/number_text.h"

namespace pendulum::explore {
namespace {

using platform::Counted;

constexpr size_t kStateBytes = 256;

}  // namespace

ScenarioSearch::ScenarioSearch(const sched::SearchKind& kind, platform::SharedMemory memory)
    : kind_(kind), memory_(std::move(memory)), state_(static_cast<State*>(memory_.data())) {
  static_assert(sizeof(State) <= kStateBytes);
}

platform::Result<std::unique_ptr<ScenarioSearch>> ScenarioSearch::Create(
    const sched::SearchKind& kind) {
  auto memory = platform::SharedMemory::Create(kStateBytes + sched::SearchBytes(kind));
  if (!memory.ok()) return memory.error();
  return std::unique_ptr<ScenarioSearch>(new ScenarioSearch(kind, std::move(memory).value()));
}

void ScenarioSearch::Estimate(Simulation* simulation, uint64_t seed) {
  const std::unique_ptr<void, decltype(&std::free)> memory(
      std::calloc(1, sched::SearchProbe::BytesNeeded()), &std::free);
  if (memory == nullptr) return;
  sched::SearchProbe* probe = sched::SearchProbe::Create(kind_, seed, memory.get());
  while (state_->probed < kProbes) {
    simulation->RunListened(probe, probe, state_->probed++);
    probe->EndRun();
    state_->estimate = probe->Estimate();
  }
}

void ScenarioSearch::Begin() {
  if (state_->search == nullptr) {
    state_->search = sched::CreateSearch(kind_, static_cast<char*>(memory_.data()) + kStateBytes);
  }
  if (!state_->in_run) return;
  state_->in_run = false;
  state_->crashed = true;
  state_->search->AdvanceAfterCrash();
}

bool ScenarioSearch::RunOnce(Simulation* simulation, uint64_t run, host::RunResult* result) {
  sched::Search* search = state_->search;
  state_->in_run = true;
  *result = simulation->RunListened(search, search, run);
  state_->in_run = false;
  const bool counts = !search->was_cut();
  // Where a worker had to let others have their turn, the others' turns were not all tried.
  const sched::Scheduler& scheduler = simulation->scheduler();
  const bool limited =
      result->end == trace::RunEnd::kLimit || scheduler.is_plain() || scheduler.passed_over() != 0;
  state_->limited += counts && limited;
  state_->workers = std::max(state_->workers, simulation->scheduler().most_workers());
  search->Advance();
  return counts;
}

bool ScenarioSearch::is_over() const {
  if (state_->search == nullptr) return false;
  const sched::SearchCounts& counts = state_->search->counts();
  return counts.exhausted || counts.overflowed || counts.diverged;
}

std::string ScenarioSearch::WhyOpen() const {
  if (state_->search == nullptr) return "it was not begun";
  const sched::SearchCounts& counts = state_->search->counts();
  if (counts.diverged) return "a run did not repeat what the run before it did";
  if (counts.overflowed) return "a run was too long to be searched";
  if (state_->crashed) return "the module did not survive a run";
  if (state_->limited != 0) return Counted(state_->limited, "run") + " met a limit of steps";
  if (!counts.exhausted) return "the budget ended first";
  return "";
}

std::string ScenarioSearch::Proof(uint32_t steps) const {
  std::string text = "no violation in any schedule of this scenario with at most ";
  if (kind_.bound == sched::SearchKind::Bound::kPreemptions) {
    text += Counted(kind_.most, "preemption") + ", ";
  } else if (kind_.bound == sched::SearchKind::Bound::kDeviations) {
    text += Counted(kind_.most, "answer") + " other than the plainest, ";
  }
  text += Counted(static_cast<uint64_t>(state_->workers), "worker");
  text += " and " + std::to_string(steps) + " steps; partial counts in {1, half, all}";
  if (state_->search->counts().fixed_counts)
    text += "; pending calls leave rubbish as their counts";
  return text;
}

SearchSummary ScenarioSearch::Summary(bool broken, uint32_t steps) const {
  SearchSummary summary;
  summary.why_open = WhyOpen();
  summary.complete = summary.why_open.empty();
  if (state_->search != nullptr) {
    summary.runs = state_->search->counts().complete_runs;
    summary.pruned = state_->search->counts().cut_runs;
  }
  summary.estimated_schedules = state_->estimate.schedules;
  summary.estimated_orders = state_->estimate.orders;
  if (summary.complete && !broken) summary.proof = Proof(steps);
  return summary;
}

}  // namespace pendulum::explore

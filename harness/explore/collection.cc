#include "harness/explore/collection.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "harness/explore/sighting.h"

namespace pendulum::explore {
namespace {

bool IsEarlier(const Discovery& left, const Discovery& right) {
  return std::tie(left.scenario, left.arm, left.run) <
         std::tie(right.scenario, right.arm, right.run);
}

// Takes `other` into `into`: the counts together, the rest from whichever came first.
void Merge(const Discovery& other, Discovery* into) {
  const uint64_t count = into->count + other.count;
  FailingRuns runs = other.runs;
  runs.readings_in_all &= into->runs.readings_in_all;
  for (const auto& [scenario, number] : into->runs.count_by_scenario) {
    runs.count_by_scenario[scenario] += number;
  }
  if (IsEarlier(other, *into)) *into = other;
  into->count = count;
  into->runs = std::move(runs);
}

std::optional<sched::Schedule> KeptScheduleOf(const BatchState& state, uint64_t run) {
  for (uint32_t i = 0; i < state.kept_count; ++i) {
    const KeptSchedule& kept = state.kept[i];
    if (kept.run != run) continue;
    const sched::Decision* first = state.kept_decisions + kept.first;
    return sched::Schedule(first, first + kept.count);
  }
  return std::nullopt;
}

// Adds the first of `counts` to `sums`, as many as the specification has.
void AddCounts(std::span<const uint64_t> counts, size_t wanted, std::vector<uint64_t>* sums) {
  sums->resize(wanted);
  for (size_t i = 0; i < wanted && i < counts.size(); ++i) (*sums)[i] += counts[i];
}

}  // namespace

void Collection::Add(const Discovery& seen) {
  const auto key = std::make_tuple(seen.clause, seen.operation_kind, seen.variant, seen.site.image,
                                   seen.site.offset);
  const auto [place, added] = discoveries_.try_emplace(key, seen);
  if (!added) Merge(seen, &place->second);
}

bool Collection::HasDiscoveryIn(size_t scenario) const {
  return std::any_of(discoveries_.begin(), discoveries_.end(), [scenario](const auto& one) {
    return one.second.runs.count_by_scenario.contains(scenario);
  });
}

void Collection::AddBatch(size_t scenario, size_t arm, Variant variant, const BatchState& state) {
  Totals& totals = totals_[scenario];
  totals.runs += state.runs_done;
  totals.limited += state.limited;
  totals.decisions += state.decisions;
  totals.operations += state.operations;
  totals.completions += state.completions;
  totals.notifications += state.notifications;
  ArmTotals& of_arm = arm_totals_[arm];
  of_arm.runs += state.runs_done;
  of_arm.profile_steps = std::max(of_arm.profile_steps, state.profile_steps);
  of_arm.profile_agents = std::max(of_arm.profile_agents, state.profile_agents);
  const size_t clauses = specification_.clauses().size();
  AddCounts(state.coverage, clauses * oracle::Oracle::kTimingClasses, &coverage_);
  AddCounts(state.unread_counts, clauses, &unread_counts_);
  AddCounts(state.broken_runs, clauses, &broken_runs_);
  AddCounts(state.reading_counts, specification_.readings().size(), &reading_counts_);
  for (size_t i = 0; i < specification_.readings().size(); ++i) {
    reading_runs_[scenario][i].Add(state.reading_runs[i]);
  }
  sightings_dropped_ += state.sightings_dropped;
  for (uint32_t i = 0; i < state.line_count; ++i) lines_.insert(state.lines[i]);
  for (uint32_t i = 0; i < state.sighting_count; ++i) {
    const Sighting& sighting = state.sightings[i];
    const oracle::Clause& clause = specification_.clauses()[sighting.clause];
    // What may be done or left is no fault either way.
    if (clause.level == oracle::Level::kMay) continue;
    Discovery seen;
    seen.clause = clause.id;
    seen.operation_kind = sighting.operation_kind;
    seen.variant = variant;
    seen.site = sighting.site;
    seen.scenario = scenario;
    seen.arm = arm;
    seen.run = sighting.first_run;
    seen.count = sighting.count;
    seen.runs = {{{scenario, sighting.count}}, sighting.readings_in_all};
    seen.schedule = KeptScheduleOf(state, sighting.first_run);
    Add(seen);
  }
}

void Collection::AddIncident(size_t scenario, size_t arm, uint64_t number, SingleRun run) {
  assert(run.incident.has_value());
  Totals& totals = totals_[scenario];
  ++totals.runs;
  ++arm_totals_[arm].runs;
  totals.decisions += run.schedule.size();
  NoteBroken(run);
  NoteReadings(run.readings_seen, true, others_, reading_runs_[scenario].data());
  const auto kept = std::make_shared<const SingleRun>(std::move(run));
  Discovery seen;
  seen.variant = kept->variant;
  seen.scenario = scenario;
  seen.arm = arm;
  seen.run = number;
  seen.count = 1;
  seen.runs = {{{scenario, 1}}, kept->readings_seen};
  seen.seen = kept;
  for (const oracle::Violation& violation : kept->violations) {
    const Sighting sighting = SightingOf(violation, kept->events, kept->sites);
    const oracle::Clause& clause = specification_.clauses()[violation.clause];
    if (clause.level == oracle::Level::kMay || clause.id == kept->incident->clause) continue;
    seen.clause = clause.id;
    seen.operation_kind = sighting.operation_kind;
    seen.site = sighting.site;
    Add(seen);
  }
  seen.clause = kept->incident->clause;
  seen.operation_kind = trace::kNone8;
  seen.site = kept->incident->site;
  seen.is_incident = true;
  Add(seen);
}

// Each clause that the run broke, once; the event that ended it came after the last count.
void Collection::NoteBroken(const SingleRun& run) {
  const size_t clauses = specification_.clauses().size();
  AddCounts(run.coverage, clauses * oracle::Oracle::kTimingClasses, &coverage_);
  AddCounts(run.reading_counts, specification_.readings().size(), &reading_counts_);
  std::set<size_t> broken;
  for (const oracle::Violation& violation : run.violations) broken.insert(violation.clause);
  if (const int incident = specification_.Find(run.incident->clause); incident >= 0) {
    const auto index = static_cast<size_t>(incident);
    broken.insert(index);
    if (run.end != BatchEnd::kHung) ++coverage_[(index + 1) * oracle::Oracle::kTimingClasses - 1];
  }
  for (const size_t clause : broken) ++broken_runs_[clause];
}

std::vector<Discovery> Collection::Discoveries(Locations* locations) const {
  for (const auto& [key, discovery] : discoveries_)
    locations->Want(discovery.variant, discovery.site);
  locations->Resolve();
  std::vector<Discovery> merged;
  std::map<std::tuple<std::string, uint8_t, std::string, int>, size_t> by_line;
  for (const auto& [key, discovery] : discoveries_) {
    // What has no place in the module, such as a request that never ends, is the same whichever of
    // its builds ran.
    const module::Location location = locations->Of(discovery.variant, discovery.site);
    if (location.line == 0 && discovery.site.offset != 0) {
      merged.push_back(discovery);
      continue;
    }
    const auto line =
        std::make_tuple(discovery.clause, discovery.operation_kind, location.file, location.line);
    const auto [place, added] = by_line.try_emplace(line, merged.size());
    if (added) {
      merged.push_back(discovery);
    } else {
      Merge(discovery, &merged[place->second]);
    }
  }
  std::stable_sort(merged.begin(), merged.end(), IsEarlier);
  return merged;
}

}  // namespace pendulum::explore

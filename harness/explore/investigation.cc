#include "harness/explore/investigation.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "harness/explore/endless.h"
#include "harness/explore/response_reference.h"
#include "harness/explore/sighting.h"
#include "harness/explore/wait_story.h"

namespace pendulum::explore {
namespace {

// What all findings of a run have in common, and what the specification says of the clause.
Finding Describe(const Setup& setup, const std::string& clause_id, const SingleRun& run,
                 const host::Scenario& scenario) {
  Finding finding;
  finding.clause = clause_id;
  finding.level = "must";
  const int index = setup.specification->Find(clause_id);
  if (index >= 0) {
    const oracle::Clause& clause = setup.specification->clauses()[static_cast<size_t>(index)];
    finding.title = clause.title;
    finding.level = oracle::LevelName(clause.level);
    finding.fix = clause.fix;
    finding.sources = clause.sources;
  } else {
    finding.title =
        clause_id == "MODULE-HANG" ? "The module must go on" : "The module must not crash";
  }
  finding.scenario = scenario.name;
  finding.strategy = setup.arms[run.arm].strategy;
  finding.seed = setup.seed;
  finding.count = 1;
  finding.variant = run.variant;
  finding.schedule = run.schedule;
  finding.notes = run.notes;
  finding.trace_hash = run.trace_hash;
  return finding;
}

const std::string& ModuleOf(const ModuleBuilds::Paths& modules, trace::Site site, uint8_t module) {
  if (site.offset != 0 && site.image < modules.size()) return modules[site.image];
  return modules[module < modules.size() ? module : 0];
}

trace::Site SiteOfEvent(const SingleRun& run, uint32_t event) {
  return event < run.sites.size() ? run.sites[event] : trace::Site{};
}

std::string FrameText(const module::Location& location) {
  if (location.line == 0) return location.function.empty() ? "?" : location.function;
  return location.function + " (" + location.file + ":" + std::to_string(location.line) + ")";
}

// The index of the event that started the operation concerned, as the violation has it.
const oracle::Violation* ViolationOf(const Finding& finding, const SingleRun& run,
                                     const Setup& setup) {
  for (const oracle::Violation& violation : run.violations) {
    if (setup.specification->clauses()[violation.clause].id == finding.clause &&
        violation.event == finding.event) {
      return &violation;
    }
  }
  return nullptr;
}

// What ThreadSanitizer remembers of the runs before can hide a race of this one for which there is
// no other start: then the same schedule shows an earlier race, and that one comes back.
bool IsEarlierRace(const SingleRun& found, const SingleRun& again) {
  return again.divergence.empty() && found.incident.has_value() && again.incident.has_value() &&
         again.variant == Variant::kThread && found.incident->clause == again.incident->clause &&
         again.events.size() < found.events.size();
}

}  // namespace

std::vector<Finding> FindingsOf(const Setup& setup, const SingleRun& run,
                                const host::Scenario& scenario) {
  std::vector<Finding> findings;
  for (size_t i = 0; i < run.violations.size(); ++i) {
    const oracle::Violation& violation = run.violations[i];
    const oracle::Clause& clause = setup.specification->clauses()[violation.clause];
    if (clause.level == oracle::Level::kMay) continue;
    if (run.incident.has_value() && run.incident->clause == clause.id) continue;
    Finding finding = Describe(setup, clause.id, run, scenario);
    finding.message = run.messages[i];
    finding.event = violation.event;
    finding.started_event = violation.started_event;
    finding.request = violation.request;
    if (run.events[violation.event].kind == trace::EventKind::kResponseDiffered) {
      finding.details = run.responses;
    } else if (run.events[violation.event].kind == trace::EventKind::kRunEnded &&
               (run.events[violation.event].d & trace::kEndless) != 0) {
      finding.details = DescribeEndless(run.events, violation.request);
    }
    finding.module =
        ModuleOf(setup.modules[run.variant], SiteOfEvent(run, violation.event), violation.module);
    findings.push_back(std::move(finding));
  }
  if (run.incident.has_value()) {
    Finding finding = Describe(setup, run.incident->clause, run, scenario);
    finding.message = run.incident->message;
    finding.event = run.events.empty() ? 0 : static_cast<uint32_t>(run.events.size() - 1);
    finding.started_event = finding.event;
    finding.module = ModuleOf(setup.modules[run.variant], run.incident->site, trace::kNone8);
    findings.push_back(std::move(finding));
  }
  return findings;
}

void WantSites(const SingleRun& run, Locations* locations) {
  for (const trace::Site site : run.sites) locations->Want(run.variant, site);
  if (!run.incident.has_value()) return;
  locations->Want(run.variant, run.incident->site);
  for (const trace::Site site : run.incident->frames) locations->Want(run.variant, site);
  for (const auto& [caption, sites] : run.incident->stacks) {
    for (const trace::Site site : sites) locations->Want(run.variant, site);
  }
}

std::vector<TracedEvent> TraceOf(const SingleRun& run, const Locations& locations) {
  std::vector<TracedEvent> traced;
  for (size_t i = 0; i < run.events.size(); ++i) {
    traced.push_back({run.events[i], locations.Of(run.variant, run.sites[i])});
  }
  return traced;
}

void Locate(const SingleRun& run, const Locations& locations, Finding* finding) {
  finding->trace = TraceOf(run, locations);
  for (std::string& line : TellWaits(finding->trace, finding->clause, finding->event)) {
    finding->details.push_back(std::move(line));
  }
  const uint32_t place =
      PlaceOfWait(finding->trace, finding->clause, finding->event, finding->request);
  finding->location = locations.Of(run.variant, SiteOfEvent(run, place));
  if (finding->started_event != finding->event) {
    finding->started_location = locations.Of(run.variant, SiteOfEvent(run, finding->started_event));
  }
  if (!run.incident.has_value() || run.incident->clause != finding->clause) return;
  finding->location = locations.Of(run.variant, run.incident->site);
  for (const trace::Site site : run.incident->frames) {
    const module::Location frame = locations.Of(run.variant, site);
    finding->stack.push_back(FrameText(frame));
    // The innermost frames can be the compiler's own, without a line.
    if (finding->location.line == 0) finding->location = frame;
  }
  if (finding->location.line == 0) {
    finding->location = locations.Of(run.variant, run.incident->handler);
  }
  for (const auto& [caption, sites] : run.incident->stacks) {
    std::string text = caption + " in ";
    for (size_t i = 0; i < sites.size(); ++i) {
      text += (i == 0 ? "" : ", called by ") + FrameText(locations.Of(run.variant, sites[i]));
    }
    finding->details.push_back(std::move(text));
  }
}

std::optional<Target> TargetIn(const Setup& setup, const SingleRun& run,
                               const std::function<bool(const std::string&)>& is_wanted) {
  if (run.incident.has_value() && is_wanted(run.incident->clause)) return TargetOf(*run.incident);
  for (const oracle::Violation& violation : run.violations) {
    const oracle::Clause& clause = setup.specification->clauses()[violation.clause];
    if (clause.level == oracle::Level::kMay || !is_wanted(clause.id)) continue;
    return TargetOf(setup, run, violation);
  }
  return std::nullopt;
}

platform::Result<std::optional<ReducedFinding>> FindingOf(const Setup& setup,
                                                          const Minimized& minimized,
                                                          const Target& target,
                                                          Minimizer* minimizer,
                                                          Supervisor* supervisor) {
  // As a replay will do it: from its schedule alone, and compared as all runs are.
  Batch batch;
  batch.scenario = &minimized.scenario;
  batch.arm = minimized.run.arm;
  batch.races_passed = minimized.run.races_passed;
  batch.schedule = &minimized.run.schedule;
  auto again = RunSingleUntil(setup, batch, supervisor, [&](const SingleRun& run) {
    return run.divergence.empty() && HasTarget(target, run);
  });
  if (!again.ok()) return again.error();
  std::optional<ReducedFinding> reduced;
  if (!again->divergence.empty()) return reduced;
  for (Finding& finding : FindingsOf(setup, *again, minimized.scenario)) {
    if (finding.clause != target.clause) continue;
    const oracle::Violation* violation = ViolationOf(finding, *again, setup);
    const bool same =
        target.is_incident
            ? HasTarget(target, *again)
            : violation != nullptr &&
                  SamePlace(target.sighting, SightingOf(*violation, again->events, again->sites));
    if (!same) continue;
    reduced = ReducedFinding{std::move(*again), std::move(finding)};
    break;
  }
  if (!reduced.has_value()) return reduced;
  Reduction reduction;
  reduction.decisions_before = minimized.decisions_before;
  reduction.decisions = reduced->run.notes.size();
  reduction.runs = minimized.runs;
  reduction.is_minimal = minimized.is_minimal;
  reduction.rest = DescribeRest(reduced->run.notes);
  if (target.clause == kResponseRule) {
    const auto separating = minimizer->Separating(minimized, target);
    if (!separating.ok()) return separating.error();
    if (separating->has_value()) reduction.separating = Words(minimized.run.notes[**separating]);
  }
  reduced->finding.reduction = std::move(reduction);
  return reduced;
}

platform::Result<const Investigation::Repeated*> Investigation::Repeat(const Discovery& discovery) {
  const std::tuple key{discovery.scenario, discovery.arm, discovery.run};
  if (const auto known = repeated_.find(key); known != repeated_.end()) return &known->second;
  Repeated repeated;
  Batch batch;
  batch.scenario = &scenarios_[discovery.scenario];
  batch.arm = discovery.arm;
  batch.first_run = discovery.run;
  repeated.found = discovery.seen;
  if (discovery.schedule.has_value()) batch.schedule = &*discovery.schedule;
  if (repeated.found == nullptr) {
    auto run = RunSingle(setup_, batch, supervisor_);
    if (!run.ok()) return run.error();
    repeated.found = std::make_shared<const SingleRun>(std::move(run).value());
  }
  batch.schedule = &repeated.found->schedule;
  auto again = RunSingleUntil(setup_, batch, supervisor_, [&](const SingleRun& run) {
    return run.divergence.empty() && run.trace_hash == repeated.found->trace_hash;
  });
  if (!again.ok()) return again.error();
  if (again->trace_hash != repeated.found->trace_hash && IsEarlierRace(*repeated.found, *again)) {
    repeated.found = std::make_shared<const SingleRun>(std::move(again).value());
    batch.schedule = &repeated.found->schedule;
    again = RunSingle(setup_, batch, supervisor_);
    if (!again.ok()) return again.error();
  }
  repeated.again = std::move(again).value();
  const SingleRun& found = *repeated.found;
  if (!repeated.again.divergence.empty()) {
    repeated.difference = repeated.again.divergence;
  } else if (repeated.again.trace_hash != found.trace_hash) {
    size_t at = 0;
    const auto& first = found.events;
    const auto& second = repeated.again.events;
    while (at < first.size() && at < second.size() && first[at] == second[at]) ++at;
    repeated.difference =
        DescribeDifference(static_cast<uint32_t>(at), at < first.size() ? &first[at] : nullptr,
                           at < second.size() ? &second[at] : nullptr);
  }
  return &repeated_.emplace(key, std::move(repeated)).first->second;
}

void Investigation::NoteDifference(const Discovery& discovery, const std::string& difference) {
  if (!divergence_.empty()) return;
  divergence_ = RunName(setup_, scenarios_[discovery.scenario].name, discovery.arm, discovery.run) +
                ": " + difference;
}

// The finding of the run that the discovery saw: the same place if the run has it, else the same
// clause. `target` is what a smaller run has to have; without a clause if there is none.
Finding Investigation::Choose(const Discovery& discovery, const Repeated& repeated,
                              Target* target) {
  // A run that did not repeat itself is described as it was found.
  const SingleRun& run = repeated.difference.empty() ? repeated.again : *repeated.found;
  std::vector<Finding> findings = FindingsOf(setup_, run, scenarios_[discovery.scenario]);
  std::erase_if(findings,
                [&](const Finding& finding) { return finding.clause != discovery.clause; });
  if (run.incident.has_value() && run.incident->clause == discovery.clause) {
    *target = TargetOf(*run.incident);
  }
  for (Finding& finding : findings) {
    const oracle::Violation* violation = ViolationOf(finding, run, setup_);
    if (violation == nullptr || target->is_incident) continue;
    *target = TargetOf(setup_, run, *violation);
    const Sighting& sighting = target->sighting;
    if (sighting.operation_kind == discovery.operation_kind &&
        sighting.site.image == discovery.site.image &&
        sighting.site.offset == discovery.site.offset) {
      return std::move(finding);
    }
  }
  if (!findings.empty()) {
    if (!target->is_incident)
      *target = TargetOf(setup_, run, *ViolationOf(findings[0], run, setup_));
    return std::move(findings.front());
  }
  Finding lost = Describe(setup_, discovery.clause, run, scenarios_[discovery.scenario]);
  lost.message = "seen in this run, but not when it was repeated";
  NoteDifference(discovery, discovery.clause + " was found the first time only");
  lost.module = ModuleOf(setup_.modules[discovery.variant], discovery.site, trace::kNone8);
  return lost;
}

// Makes the finding's run smaller, so that `run` and `finding` are those of the smallest one.
platform::Status Investigation::Reduce(const Discovery& discovery, const Target& target,
                                       const SingleRun** run, Finding* finding) {
  Minimizer minimizer(setup_, supervisor_, {.runs = minimize_runs_});
  auto minimized = minimizer.Minimize(scenarios_[discovery.scenario], **run, target,
                                      Minimizer::What::kDecisions);
  if (!minimized.ok()) return minimized.error();
  auto reduced = FindingOf(setup_, *minimized, target, &minimizer, supervisor_);
  if (!reduced.ok()) return reduced.error();
  // What does not repeat itself is told as it was found.
  if (!reduced->has_value()) return platform::OkStatus();
  *finding = std::move((*reduced)->finding);
  *run = &reduced_.emplace_back(std::move((*reduced)->run));
  return platform::OkStatus();
}

platform::Result<std::vector<Finding>> Investigation::Investigate(
    const std::vector<Discovery>& discoveries) {
  std::vector<Finding> findings;
  std::vector<const SingleRun*> runs;
  for (const Discovery& discovery : discoveries) {
    const auto repeated = Repeat(discovery);
    if (!repeated.ok()) return repeated.error();
    const Repeated& both = **repeated;
    if (!both.difference.empty()) NoteDifference(discovery, both.difference);
    Target target;
    Finding finding = Choose(discovery, both, &target);
    const SingleRun* run = both.difference.empty() ? &both.again : both.found.get();
    if (minimize_runs_ != 0 && !supervisor_->in_process() && both.difference.empty() &&
        !target.clause.empty()) {
      const platform::Status reduced = Reduce(discovery, target, &run, &finding);
      if (!reduced.ok()) return reduced.error();
    }
    finding.run = discovery.run;
    finding.count = discovery.count;
    runs.push_back(run);
    WantSites(*runs.back(), locations_);
    findings.push_back(std::move(finding));
  }
  locations_->Resolve();
  for (size_t i = 0; i < findings.size(); ++i) Locate(*runs[i], *locations_, &findings[i]);
  return findings;
}

}  // namespace pendulum::explore

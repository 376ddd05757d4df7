#include "harness/report/night_of.h"

#include <algorithm>
#include <map>

#include "harness/explore/json_text.h"
#include "harness/explore/replay_json.h"
#include "harness/platform/file.h"
#include "harness/report/concern.h"
#include "harness/report/event_text.h"
#include "harness/report/reporter.h"
#include "harness/report/swim_lane.h"

namespace pendulum::report {
namespace {

using explore::Finding;
using trace::Event;
using trace::EventKind;

// Without the parameters, which compilers spell differently.
std::string_view FunctionName(const module::Location& place) {
  return std::string_view(place.function).substr(0, place.function.find('('));
}

std::string Names(const std::vector<std::string>& modules) {
  std::string names;
  for (const std::string& one : modules) names += (names.empty() ? "" : " ") + one;
  return names;
}

// What makes a verification fail besides its findings.
std::vector<std::string> FailuresOf(const explore::Report& report) {
  std::vector<std::string> failures;
  if (report.diverged) failures.push_back("a run did not repeat itself: " + report.divergence);
  if (report.nothing_checked) failures.push_back("nothing was checked");
  if (report.verdict == oracle::Verdict::kInconclusive) {
    failures.insert(failures.end(), report.missing.begin(), report.missing.end());
  }
  return failures;
}

void AddClauses(const explore::Report& report, Night* night) {
  if (report.specification == nullptr) return;
  const auto clauses = report.specification->clauses();
  for (size_t i = 0; i < report.clauses.size() && i < clauses.size(); ++i) {
    const auto& reached = report.clauses[i].reached;
    NightClause& one = night->clauses.emplace_back();
    one.id = clauses[i].id;
    one.group = clauses[i].group;
    one.title = clauses[i].title;
    static_assert(std::tuple_size_v<decltype(one.reached)> == oracle::Oracle::kTimingClasses);
    std::copy(reached.begin(), reached.end(), one.reached.begin());
  }
}

}  // namespace

const module::Location& PlaceOf(const Finding& finding) {
  if (finding.event < finding.trace.size()) {
    const Event& event = finding.trace[finding.event].event;
    if (IsClientEvent(event) || event.kind == EventKind::kMemoryViolated) {
      return finding.started_location;
    }
  }
  return finding.location;
}

std::string FingerprintOf(const NightFinding& finding) {
  std::string text = "pendulum-finding/1";
  for (const std::string_view part :
       {std::string_view(finding.rule), BaseName(finding.target),
        std::string_view(finding.operation), std::string_view(finding.timing),
        BaseName(finding.location.file), FunctionName(finding.location)}) {
    text += '\n';
    text += part;
  }
  return explore::HashText(platform::Hash(text));
}

NightFinding NightFindingOf(const Finding& finding, const std::string& target) {
  NightFinding night;
  night.rule = finding.clause;
  night.level = finding.level;
  night.title = finding.title;
  night.message = finding.message;
  night.fix = finding.fix;
  night.sources = finding.sources;
  night.target = target;
  const Concern concern = ConcernOf(finding.trace, finding.started_event);
  night.operation = concern.operation;
  night.timing = concern.timing;
  night.location = PlaceOf(finding);
  night.count = finding.count;
  if (!finding.replay.empty()) night.replay = "pendulum replay " + finding.replay;
  if (finding.reduction.has_value()) {
    night.decisions = finding.reduction->rest;
  } else {
    for (const auto& noted : finding.notes) night.decisions.push_back(explore::Words(noted));
  }
  SwimLaneOptions options;
  options.event = finding.event;
  options.indent = 0;
  for (const std::string& line : SwimLane(finding.trace, options, {false, true, 100})) {
    night.picture += line + "\n";
  }
  night.steps = SwimLaneSteps(finding.trace, finding.event);
  night.fingerprint = FingerprintOf(night);
  return night;
}

Night NightOf(const explore::Report& report) {
  Night night;
  night.pendulum = explore::kPendulumVersion;
  night.elapsed_seconds = report.elapsed_seconds;
  AddClauses(report, &night);
  NightTarget& target = night.targets.emplace_back();
  target.name = Names(report.modules);
  target.kind = "module";
  target.seconds = report.elapsed_seconds;
  target.executions = report.runs;
  for (const NightClause& clause : night.clauses) {
    target.cells += static_cast<uint64_t>(
        std::count_if(clause.reached.begin(), clause.reached.end(), [](auto n) { return n > 0; }));
  }
  std::map<std::string, int> alike;  // how many findings have a fingerprint
  for (const Finding& finding : report.findings) {
    NightFinding one = NightFindingOf(finding, target.name);
    one.input = finding.replay;
    // Several lines of one function can break the same rule: the order of the report tells them
    // apart.
    if (const int before = alike[one.fingerprint]++; before > 0) {
      one.fingerprint =
          explore::HashText(platform::Hash(one.fingerprint + "\n" + std::to_string(before)));
    }
    night.findings.push_back(std::move(one));
  }
  night.failures = FailuresOf(report);
  return night;
}

}  // namespace pendulum::report

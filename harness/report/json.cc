#include "harness/explore/json_text.h"
#include "harness/explore/replay_json.h"
#include "harness/report/concern.h"
#include "harness/report/json_parts.h"
#include "harness/report/reporter.h"

namespace pendulum::report {
namespace {

using explore::Finding;
using explore::Json;
using explore::Report;

Json RelianceJson(const std::vector<explore::RelianceText>& reliance) {
  Json json = Json::array();
  for (const explore::RelianceText& text : reliance) {
    Json one;
    one["clause"] = text.clause;
    one["passes_only_if"] = text.passing;
    one["fails_if"] = text.failing;
    one["failing_runs"] = text.failing_runs;
    one["passing_runs"] = text.passing_runs;
    json.push_back(std::move(one));
  }
  return json;
}

Json ReductionJson(const explore::Reduction& reduction) {
  Json json;
  json["decisions_before"] = reduction.decisions_before;
  json["decisions"] = reduction.decisions;
  json["runs"] = reduction.runs;
  json["minimal"] = reduction.is_minimal;
  json["rest"] = reduction.rest;
  if (!reduction.separating.empty()) json["separating"] = reduction.separating;
  return json;
}

Json FindingJson(const Finding& finding) {
  Json json;
  json["clause"] = finding.clause;
  json["level"] = finding.level;
  json["title"] = finding.title;
  json["message"] = finding.message;
  json["details"] = finding.details;
  json["reliance"] = RelianceJson(finding.reliance);
  json["fix"] = finding.fix;
  json["sources"] = SourcesJson(finding.sources);
  json["module"] = finding.module;
  json["scenario"] = finding.scenario;
  const Concern concern = ConcernOf(finding.trace, finding.started_event);
  json["operation"] = TextJson(concern.operation);
  json["timing"] = TextJson(concern.timing);
  json["strategy"] = finding.strategy;
  json["seed"] = finding.seed;
  json["run"] = finding.run;
  json["count"] = finding.count;
  json["schedule"] = explore::ScheduleToJson(finding.schedule);
  if (finding.reduction.has_value()) json["reduction"] = ReductionJson(*finding.reduction);
  json["trace_hash"] = explore::HashText(finding.trace_hash);
  json["location"] = LocationJson(finding.location);
  json["started_location"] = LocationJson(finding.started_location);
  json["stack"] = finding.stack;
  json["replay"] = finding.replay.empty() ? Json(nullptr) : Json(finding.replay);
  return json;
}

Json PassedAndFailed(const uint64_t (&runs)[2]) {
  Json json;
  json["passed"] = runs[0];
  json["failed"] = runs[1];
  return json;
}

// `first`: the place of the clause's first reading among all of the specification.
Json ReadingsJson(const oracle::Clause& clause, const oracle::ClauseVerdict& seen,
                  const std::vector<explore::ReadingRuns>& runs, size_t first) {
  Json json = Json::array();
  for (size_t i = 0; i < clause.readings.size(); ++i) {
    Json one;
    one["text"] = clause.readings[i].text;
    one["count"] = i < seen.readings.size() ? seen.readings[i] : 0;
    const auto counted = first + i < runs.size() ? runs[first + i] : explore::ReadingRuns{};
    one["runs_with"] = PassedAndFailed(counted.seen);
    one["runs_with_others_only"] = PassedAndFailed(counted.other);
    json.push_back(std::move(one));
  }
  return json;
}

Json ClauseJson(const oracle::Clause& clause, const oracle::ClauseVerdict& seen) {
  Json json;
  json["clause"] = clause.id;
  json["group"] = clause.group;
  json["level"] = oracle::LevelName(clause.level);
  json["verdict"] = oracle::VerdictName(seen.verdict);
  static constexpr const char* kTimings[] = {"inline", "after_return", "before_return", "none"};
  static_assert(std::size(kTimings) == oracle::Oracle::kTimingClasses);
  Json reached;
  for (size_t i = 0; i < seen.reached.size(); ++i) reached[kTimings[i]] = seen.reached[i];
  json["reached"] = std::move(reached);
  json["violations"] = seen.violations;
  json["missing"] = seen.missing;
  return json;
}

Json ClausesJson(const Report& report) {
  Json json = Json::array();
  if (report.specification == nullptr) return json;
  const auto clauses = report.specification->clauses();
  size_t readings = 0;
  for (size_t i = 0; i < report.clauses.size(); ++i) {
    const oracle::ClauseVerdict& seen = report.clauses[i];
    Json one = ClauseJson(clauses[i], seen);
    if (!clauses[i].readings.empty()) {
      one["readings"] = ReadingsJson(clauses[i], seen, report.reading_runs, readings);
      one["passes_only_if"] = seen.passes_only_if;
    }
    readings += clauses[i].readings.size();
    json.push_back(std::move(one));
  }
  return json;
}

Json GuaranteeJson(const explore::Guarantee& guarantee) {
  if (guarantee.depth == 0) return nullptr;
  Json json;
  json["depth"] = guarantee.depth;
  json["agents"] = guarantee.agents;
  json["steps"] = guarantee.steps;
  json["probability"] = guarantee.probability;
  return json;
}

Json ArmsJson(const Report& report) {
  Json json = Json::array();
  for (const explore::ArmSummary& summary : report.arms) {
    Json one;
    one["strategy"] = summary.arm.strategy;
    one["instrumentation"] = module::InstrumentationName(summary.arm.variant);
    one["runs"] = summary.runs;
    one["findings_first"] = summary.findings;
    one["cells_first"] = summary.first_cells;
    one["guarantee"] = GuaranteeJson(summary.guarantee);
    json.push_back(std::move(one));
  }
  return json;
}

Json TotalsJson(const Report& report) {
  Json json;
  json["scenarios"] = report.scenarios.size();
  json["runs"] = report.runs;
  json["decisions"] = report.decisions;
  json["operations"] = report.operations;
  json["completions"] = report.completions;
  json["findings"] = report.findings.size();
  return json;
}

Json SearchJson(const explore::SearchSummary& search) {
  Json json;
  json["complete"] = search.complete;
  if (!search.complete) json["why"] = search.why_open;
  json["runs"] = search.runs;
  json["pruned"] = search.pruned;
  if (search.estimated_schedules != 0) json["estimated_schedules"] = search.estimated_schedules;
  if (search.estimated_orders != 0) json["estimated_orders"] = search.estimated_orders;
  if (!search.proof.empty()) json["proved"] = search.proof;
  return json;
}

class JsonReporter final : public Reporter {
 public:
  std::string Write(const Report& report) const override {
    Json json;
    json["schema"] = "pendulum-report/1";
    json["pendulum"] = explore::kPendulumVersion;
    json["modules"] = report.modules;
    json["strategy"] = report.strategy;
    json["seed"] = report.seed;
    json["verdict"] = oracle::VerdictName(report.verdict);
    json["missing"] = report.missing;
    json["diverged"] = report.diverged;
    json["totals"] = TotalsJson(report);
    json["findings"] = Json::array();
    for (const Finding& finding : report.findings) {
      json["findings"].push_back(FindingJson(finding));
    }
    json["clauses"] = ClausesJson(report);
    json["arms"] = ArmsJson(report);
    json["scenarios"] = Json::array();
    for (const explore::ScenarioSummary& scenario : report.scenarios) {
      Json one;
      one["name"] = scenario.name;
      one["title"] = scenario.title;
      one["runs"] = scenario.runs;
      one["limited"] = scenario.limited;
      if (scenario.search.has_value()) one["search"] = SearchJson(*scenario.search);
      json["scenarios"].push_back(std::move(one));
    }
    if (report.diverged) json["divergence"] = report.divergence;
    json["notes"] = report.notes;
    json["timing"]["elapsed_seconds"] = report.elapsed_seconds;
    return explore::JsonText(json);
  }
};

}  // namespace

std::unique_ptr<Reporter> MakeJsonReporter() { return std::make_unique<JsonReporter>(); }

}  // namespace pendulum::report

#include "harness/explore/json_text.h"
#include "harness/explore/replay_json.h"
#include "harness/report/reporter.h"

namespace pendulum::report {
namespace {

using explore::Finding;
using explore::Json;
using explore::Report;

Json LocationJson(const module::Location& place) {
  if (place.line <= 0) return nullptr;
  Json json;
  json["file"] = place.file;
  json["line"] = place.line;
  json["function"] = place.function;
  return json;
}

Json SourcesJson(const std::vector<oracle::Source>& sources) {
  Json json = Json::array();
  for (const oracle::Source& source : sources) {
    Json one;
    one["page"] = source.page;
    one["section"] = source.section;
    one["address"] = PageAddress(source.page);
    one["statements"] = source.statements;
    json.push_back(std::move(one));
  }
  return json;
}

Json FindingJson(const Finding& finding) {
  Json json;
  json["clause"] = finding.clause;
  json["level"] = finding.level;
  json["title"] = finding.title;
  json["message"] = finding.message;
  json["details"] = finding.details;
  json["fix"] = finding.fix;
  json["sources"] = SourcesJson(finding.sources);
  json["module"] = finding.module;
  json["scenario"] = finding.scenario;
  json["strategy"] = finding.strategy;
  json["seed"] = finding.seed;
  json["run"] = finding.run;
  json["count"] = finding.count;
  json["schedule"] = explore::ScheduleToJson(finding.schedule);
  json["trace_hash"] = explore::HashText(finding.trace_hash);
  json["location"] = LocationJson(finding.location);
  json["started_location"] = LocationJson(finding.started_location);
  json["stack"] = finding.stack;
  json["replay"] = finding.replay.empty() ? Json(nullptr) : Json(finding.replay);
  return json;
}

Json ClauseJson(const explore::ClauseCoverage& clause) {
  Json json;
  json["clause"] = clause.clause;
  json["verdict"] = clause.verdict;
  static constexpr const char* kTimings[] = {"inline", "after_return", "before_return", "none"};
  static_assert(std::size(kTimings) == oracle::Oracle::kTimingClasses);
  Json reached;
  for (int i = 0; i < oracle::Oracle::kTimingClasses; ++i) {
    reached[kTimings[i]] = clause.reached[i];
  }
  json["reached"] = std::move(reached);
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

class JsonReporter final : public Reporter {
 public:
  std::string Write(const Report& report) const override {
    Json json;
    json["schema"] = "pendulum-report/1";
    json["pendulum"] = explore::kPendulumVersion;
    json["modules"] = report.modules;
    json["strategy"] = report.strategy;
    json["seed"] = report.seed;
    json["verdict"] = report.diverged          ? "diverged"
                      : report.nothing_checked ? "nothing-checked"
                      : HasViolation(report)   ? "findings"
                                               : "clean";
    json["totals"] = TotalsJson(report);
    json["findings"] = Json::array();
    for (const Finding& finding : report.findings) {
      json["findings"].push_back(FindingJson(finding));
    }
    json["clauses"] = Json::array();
    for (const explore::ClauseCoverage& clause : report.clauses) {
      json["clauses"].push_back(ClauseJson(clause));
    }
    json["scenarios"] = Json::array();
    for (const explore::ScenarioSummary& scenario : report.scenarios) {
      Json one;
      one["name"] = scenario.name;
      one["title"] = scenario.title;
      one["runs"] = scenario.runs;
      one["limited"] = scenario.limited;
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

#include "harness/explore/json_text.h"
#include "harness/oracle/oracle.h"
#include "harness/report/json_parts.h"
#include "harness/report/night_reports.h"

namespace pendulum::report {
namespace {

using explore::Json;

Json FindingJson(const NightFinding& finding) {
  Json json;
  json["fingerprint"] = finding.fingerprint;
  json["life_cycle"] = LifeCycleName(finding.life_cycle);
  json["rule"] = finding.rule;
  json["level"] = finding.level;
  json["title"] = finding.title;
  json["message"] = finding.message;
  json["fix"] = finding.fix;
  json["sources"] = SourcesJson(finding.sources);
  json["target"] = finding.target;
  json["operation"] = TextJson(finding.operation);
  json["timing"] = TextJson(finding.timing);
  json["location"] = LocationJson(finding.location);
  json["first_night"] = finding.first_night;
  json["last_night"] = finding.last_night;
  json["count"] = finding.count;
  json["owner"] = TextJson(finding.owner);
  json["expires"] = TextJson(finding.expires);
  json["reason"] = TextJson(finding.reason);
  json["input"] = TextJson(finding.input);
  json["replay"] = TextJson(finding.replay);
  json["decisions"] = finding.decisions;
  json["picture"] = TextJson(finding.picture);
  json["steps"] = StepsJson(finding.steps);
  return json;
}

Json TargetJson(const NightTarget& target) {
  Json json;
  json["name"] = target.name;
  json["kind"] = target.kind;
  json["ran"] = target.failure.empty();
  json["failure"] = TextJson(target.failure);
  json["seconds"] = target.seconds;
  json["executions"] = target.executions;
  json["corpus_inputs_before"] = target.corpus_inputs_before;
  json["corpus_inputs"] = target.corpus_inputs;
  json["cells"] = target.cells;
  json["restarts"] = target.restarts;
  return json;
}

Json ClauseJson(const NightClause& clause) {
  static constexpr const char* kTimings[] = {"inline", "after_return", "before_return", "none"};
  static_assert(std::size(kTimings) == oracle::Oracle::kTimingClasses);
  Json json;
  json["clause"] = clause.id;
  json["group"] = clause.group;
  json["title"] = clause.title;
  for (size_t i = 0; i < clause.reached.size(); ++i) {
    json["reached"][kTimings[i]] = clause.reached[i];
  }
  return json;
}

Json CanaryJson(const NightCanary& canary) {
  Json json;
  json["rule"] = canary.rule;
  json["module"] = canary.module;
  json["found"] = canary.found;
  json["seconds"] = canary.seconds;
  return json;
}

Json TrendJson(const NightTrend& trend) {
  Json json;
  json["night"] = trend.night;
  json["date"] = trend.date;
  json["executions"] = trend.executions;
  json["cells"] = trend.cells;
  json["corpus_inputs"] = trend.corpus_inputs;
  json["open_findings"] = trend.open_findings;
  json["new_findings"] = trend.new_findings;
  return json;
}

template <typename T>
Json ArrayOf(const std::vector<T>& all, Json (*make)(const T&)) {
  Json json = Json::array();
  for (const T& one : all) json.push_back(make(one));
  return json;
}

}  // namespace

std::string WriteNightJson(const Night& night) {
  Json json;
  json["schema"] = "pendulum-night/1";
  json["pendulum"] = night.pendulum;
  json["night"] = night.number;
  json["date"] = night.date;
  json["failed"] = HasFailed(night);
  json["resumed"] = night.resumed;
  json["failures"] = night.failures;
  json["findings"] = ArrayOf(night.findings, FindingJson);
  json["targets"] = ArrayOf(night.targets, TargetJson);
  json["canaries"] = ArrayOf(night.canaries, CanaryJson);
  json["clauses"] = ArrayOf(night.clauses, ClauseJson);
  json["trends"] = ArrayOf(night.trends, TrendJson);
  json["timing"]["budget_seconds"] = night.budget_seconds;
  json["timing"]["elapsed_seconds"] = night.elapsed_seconds;
  return explore::JsonText(json);
}

}  // namespace pendulum::report

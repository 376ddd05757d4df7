#include "harness/report/json_parts.h"

#include "harness/report/concern.h"
#include "harness/report/swim_lane.h"

namespace pendulum::report {

using explore::Json;

Json LocationJson(const module::Location& place) {
  if (place.line <= 0) return nullptr;
  Json json;
  json["file"] = place.file;
  json["line"] = place.line;
  json["function"] = place.function;
  return json;
}

Json TextJson(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

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

Json StepsJson(const std::vector<NightStep>& steps) {
  Json json = Json::array();
  for (const NightStep& step : steps) {
    Json one;
    one["worker"] = step.worker;
    one["text"] = step.text;
    one["location"] = LocationJson(step.location);
    one["decision"] = step.is_decision;
    json.push_back(std::move(one));
  }
  return json;
}

void AddShown(const explore::Finding& finding, std::span<const explore::TracedEvent> trace,
              Json* json) {
  const Concern concern = ConcernOf(trace, finding.started_event);
  (*json)["operation"] = TextJson(concern.operation);
  (*json)["timing"] = TextJson(concern.timing);
  (*json)["location"] = LocationJson(finding.location);
  const SwimLaneOptions options{.event = finding.event, .rows = 0, .indent = 0};
  const Style style{.unicode = true, .width = 100};
  (*json)["picture"] = SwimLane(trace, options, style);
  (*json)["steps"] = StepsJson(SwimLaneSteps(trace, finding.event));
}

}  // namespace pendulum::report

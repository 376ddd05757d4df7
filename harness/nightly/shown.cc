#include "harness/nightly/shown.h"

#include "harness/report/json_parts.h"

namespace pendulum::nightly {

using explore::Json;

std::string WriteShown(const report::NightFinding& finding) {
  Json json;
  json["sources"] = report::SourcesJson(finding.sources);
  json["decisions"] = finding.decisions;
  json["picture"] = finding.picture;
  json["steps"] = report::StepsJson(finding.steps);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void ReadShown(std::string_view text, report::NightFinding* finding) {
  const Json json = Json::parse(text, nullptr, false);
  finding->sources = SourcesAt(json, "sources");
  finding->decisions = TextsAt(json, "decisions");
  finding->picture = TextAt(json, "picture");
  finding->steps = StepsAt(json, "steps");
}

const Json& At(const Json& json, const char* name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  const auto found = json.find(name);
  return found == json.end() ? kNull : *found;
}

std::string TextAt(const Json& json, const char* name) {
  const Json& text = At(json, name);
  return text.is_string() ? text.get<std::string>() : "";
}

uint64_t CountAt(const Json& json, const char* name) {
  const Json& count = At(json, name);
  return count.is_number_unsigned() ? count.get<uint64_t>() : 0;
}

module::Location LocationAt(const Json& json, const char* name) {
  const Json& place = At(json, name);
  module::Location location;
  location.file = TextAt(place, "file");
  location.line = static_cast<int>(CountAt(place, "line"));
  location.function = TextAt(place, "function");
  return location;
}

std::vector<std::string> TextsAt(const Json& json, const char* name) {
  std::vector<std::string> texts;
  for (const Json& text : At(json, name)) {
    if (text.is_string()) texts.push_back(text.get<std::string>());
  }
  return texts;
}

std::vector<oracle::Source> SourcesAt(const Json& json, const char* name) {
  std::vector<oracle::Source> sources;
  for (const Json& one : At(json, name)) {
    sources.push_back({TextAt(one, "page"), TextAt(one, "section"), TextsAt(one, "statements")});
  }
  return sources;
}

std::vector<report::NightStep> StepsAt(const Json& json, const char* name) {
  std::vector<report::NightStep> steps;
  for (const Json& one : At(json, name)) {
    report::NightStep step;
    step.worker = static_cast<uint8_t>(CountAt(one, "worker"));
    step.text = TextAt(one, "text");
    step.location = LocationAt(one, "location");
    step.is_decision = At(one, "decision").is_boolean() && At(one, "decision").get<bool>();
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace pendulum::nightly

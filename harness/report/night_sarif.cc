#include <fmt/format.h>

#include <map>
#include <set>

#include "harness/explore/json_text.h"
#include "harness/report/markup.h"
#include "harness/report/night_of.h"
#include "harness/report/night_reports.h"
#include "harness/report/night_words.h"
#include "harness/report/reporter.h"

namespace pendulum::report {
namespace {

using explore::Json;

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
// Relative paths are those from the folder in which the program ran.
constexpr const char* kBase = "%SRCROOT%";

Json Message(const std::string& text) {
  Json json;
  json["text"] = text;
  return json;
}

const char* LevelOf(const NightFinding& finding) {
  return finding.level == "must" ? "error" : finding.level == "should" ? "warning" : "note";
}

// A path as the reference of a URI: what RFC 3986 doesn't allow in a path is percent-encoded.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char character : path) {
    if (kPlain.find(character) != std::string_view::npos) {
      uri += character;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(character));
    }
  }
  return uri;
}

Json ArtifactLocation(std::string_view path) {
  Json json;
  json["uri"] = UriOf(path);
  if (!path.starts_with('/')) json["uriBaseId"] = kBase;
  return json;
}

Json LocationJson(const module::Location& place) {
  Json json;
  json["physicalLocation"]["artifactLocation"] = ArtifactLocation(place.file);
  json["physicalLocation"]["region"]["startLine"] = place.line;
  if (!place.function.empty()) {
    Json logical;
    logical["fullyQualifiedName"] = place.function;
    logical["kind"] = "function";
    json["logicalLocations"] = Json::array({logical});
  }
  return json;
}

// Where results are shown. Servers drop one without a place: then it is the input that leads to it,
// or what is declared.
module::Location PlaceOf(const NightFinding& finding) {
  if (finding.location.line > 0) return finding.location;
  return {finding.input.empty() ? finding.target : finding.input, 1, ""};
}

std::string SourceText(const oracle::Source& source) {
  return source.section.empty() ? source.page : source.page + ", " + source.section;
}

// `markdown`: links that can be followed.
std::string HelpText(const NightFinding& finding, bool markdown) {
  std::string text = finding.title + ".";
  if (!finding.fix.empty()) {
    text +=
        "\n\n" + std::string(markdown ? "**To mend it:** " : "To mend it: ") + finding.fix + ".";
  }
  for (size_t i = 0; i < finding.sources.size(); ++i) {
    const oracle::Source& source = finding.sources[i];
    const std::string address = LinkOf(PageAddress(source.page));
    text += i == 0 ? "\n\nDocumentation:\n" : "\n";
    text += markdown ? fmt::format("- [{}]({})", SourceText(source), address)
                     : fmt::format("- {} <{}>", SourceText(source), address);
  }
  return text;
}

Json RuleJson(const NightFinding& finding) {
  Json json;
  json["id"] = finding.rule;
  json["shortDescription"] = Message(finding.title.empty() ? finding.rule : finding.title);
  json["fullDescription"] = Message((finding.title.empty() ? finding.rule : finding.title) + ".");
  json["help"] = Message(HelpText(finding, false));
  json["help"]["markdown"] = HelpText(finding, true);
  if (!finding.sources.empty()) {
    const std::string address = LinkOf(PageAddress(finding.sources[0].page));
    if (!address.empty()) json["helpUri"] = address;
  }
  json["defaultConfiguration"]["level"] = LevelOf(finding);
  json["properties"]["tags"] = Json::array({"iis", "native-module", "concurrency"});
  json["properties"]["precision"] = "very-high";
  json["properties"]["problem.severity"] =
      LevelOf(finding) == std::string("note") ? "recommendation" : LevelOf(finding);
  return json;
}

// The steps of each worker, with the place of each: its own, else that of the worker's step before,
// else the finding's.
Json ThreadFlows(const NightFinding& finding) {
  std::map<uint8_t, Json> flows;
  std::map<uint8_t, module::Location> places;
  int order = 0;
  for (const NightStep& step : finding.steps) {
    if (step.location.line > 0) places[step.worker] = step.location;
    const auto known = places.find(step.worker);
    Json location;
    location["location"] = LocationJson(known == places.end() ? PlaceOf(finding) : known->second);
    location["location"]["message"] = Message(LaneText(step.worker) + ": " + step.text);
    location["executionOrder"] = ++order;
    location["importance"] = step.is_decision ? "essential" : "important";
    if (step.is_decision) location["kinds"] = Json::array({"decision"});
    flows[step.worker].push_back(std::move(location));
  }
  Json json = Json::array();
  for (auto& [worker, locations] : flows) {
    Json flow;
    flow["id"] = LaneText(worker);
    flow["message"] = Message(LaneText(worker));
    flow["locations"] = std::move(locations);
    json.push_back(std::move(flow));
  }
  return json;
}

std::string ScheduleText(const NightFinding& finding) {
  if (finding.decisions.empty()) return "The plainest schedule.";
  std::string text = "The schedule needs:";
  for (const std::string& decision : finding.decisions) text += "\n- " + decision;
  return text;
}

const char* BaselineState(const NightFinding& finding, const Night& night) {
  if (finding.life_cycle == LifeCycle::kFixed) return "absent";
  // It had gone: whoever sees only what is new has to see it.
  if (finding.life_cycle == LifeCycle::kRegression) return "new";
  return finding.first_night == night.number ? "new" : "unchanged";
}

Json SuppressionsOf(const NightFinding& finding) {
  Json json = Json::array();
  if (finding.life_cycle != LifeCycle::kKnown) return json;
  Json one;
  one["kind"] = "external";
  one["status"] = "accepted";
  one["justification"] = KnownText(finding);
  json.push_back(std::move(one));
  return json;
}

Json PropertiesOf(const NightFinding& finding, const Night& night) {
  Json json;
  json["target"] = finding.target;
  json["operation"] = finding.operation;
  json["timing"] = finding.timing;
  if (night.number != 0) {
    json["lifeCycle"] = LifeCycleName(finding.life_cycle);
    json["firstNight"] = finding.first_night;
    json["lastNight"] = finding.last_night;
  }
  json["replay"] = finding.replay;
  json["input"] = finding.input;
  return json;
}

Json ResultJson(const NightFinding& finding, size_t rule, const Night& night) {
  Json json;
  json["ruleId"] = finding.rule;
  json["ruleIndex"] = rule;
  json["level"] = LevelOf(finding);
  json["message"] = Message(
      finding.replay.empty() ? finding.message : finding.message + "\nReplay: " + finding.replay);
  json["locations"] = Json::array({LocationJson(PlaceOf(finding))});
  json["partialFingerprints"]["pendulumFinding/v1"] = finding.fingerprint;
  if (!finding.steps.empty()) {
    Json flow;
    flow["message"] = Message(ScheduleText(finding));
    flow["threadFlows"] = ThreadFlows(finding);
    json["codeFlows"] = Json::array({flow});
  }
  if (finding.count > 0) json["occurrenceCount"] = finding.count;
  json["suppressions"] = SuppressionsOf(finding);
  if (night.number != 0) json["baselineState"] = BaselineState(finding, night);
  json["properties"] = PropertiesOf(finding, night);
  return json;
}

// One for each sentence that is no finding but makes the results incomplete.
Json NotificationsOf(const Night& night) {
  Json json = Json::array();
  std::set<std::string> said;
  const auto add = [&](const std::string& text) {
    if (!said.insert(text).second) return;
    Json one;
    one["level"] = "error";
    one["message"] = Message(text);
    json.push_back(std::move(one));
  };
  for (const std::string& failure : night.failures) add(failure);
  for (const NightTarget& target : night.targets) {
    if (!target.failure.empty()) add(target.name + " did not run: " + target.failure);
  }
  for (const NightCanary& canary : night.canaries) {
    if (!canary.found) add("the canary of " + canary.rule + " was not found: " + canary.module);
  }
  return json;
}

class SarifReporter final : public Reporter {
 public:
  std::string Write(const explore::Report& report) const override {
    return WriteNightSarif(NightOf(report));
  }
};

}  // namespace

std::string WriteNightSarif(const Night& night) {
  Json rules = Json::array(), results = Json::array();
  std::map<std::string, size_t> indexes;
  for (const NightFinding& finding : night.findings) {
    const auto [at, is_first] = indexes.emplace(finding.rule, rules.size());
    if (is_first) rules.push_back(RuleJson(finding));
    results.push_back(ResultJson(finding, at->second, night));
  }
  Json run;
  Json& driver = run["tool"]["driver"];
  driver["name"] = "Pendulum";
  driver["version"] = night.pendulum;
  driver["semanticVersion"] = night.pendulum;
  driver["rules"] = std::move(rules);
  const Json notifications = NotificationsOf(night);
  Json invocation;
  invocation["executionSuccessful"] = notifications.empty();
  if (!notifications.empty()) invocation["toolExecutionNotifications"] = notifications;
  run["invocations"] = Json::array({invocation});
  // What stands after the last slash names the run among those of the category before it.
  run["automationDetails"]["id"] =
      night.number == 0 ? "pendulum/verify/" : fmt::format("pendulum/nightly/{}", night.number);
  run["originalUriBaseIds"][kBase]["description"] = Message("the folder in which Pendulum ran");
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = std::move(results);
  Json json;
  json["$schema"] = kSchema;
  json["version"] = "2.1.0";
  json["runs"] = Json::array({run});
  return explore::JsonText(json);
}

std::unique_ptr<Reporter> MakeSarifReporter() { return std::make_unique<SarifReporter>(); }

}  // namespace pendulum::report

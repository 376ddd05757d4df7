#include "harness/nightly/results.h"

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "harness/explore/json_text.h"
#include "harness/nightly/fingerprint.h"
#include "harness/nightly/shown.h"
#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using explore::Json;
using platform::Error;
using platform::Result;

Result<Json> ReadJson(const std::string& path, std::string_view schema) {
  const auto text = platform::ReadFile(path);
  if (!text.ok()) return text.error();
  Json json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return Error{"is no JSON", path, ""};
  if (TextAt(json, "schema") != schema) {
    return Error{"is no " + std::string(schema), path, ""};
  }
  return json;
}

// As seen from the configuration's folder, if it lies below it: the same on every machine.
std::string ShortPath(const std::string& file, const Config& config) {
  const fs::path path = (fs::path(config.folder) / file).lexically_normal();
  const fs::path relative = path.lexically_relative(config.folder);
  const bool below = !relative.empty() && *relative.begin() != "..";
  return below ? relative.string() : path.string();
}

// What `pendulum fuzz` has written, as `pendulum verify` writes it.
Json AsReport(const Json& fuzzed) {
  Json report;
  report["totals"]["executions"] = CountAt(fuzzed, "executions");
  report["findings"] = Json::array();
  for (const Json& finding : At(fuzzed, "findings")) {
    Json one = finding;
    one["level"] = "must";
    one["count"] = 1u;
    const std::string place = TextAt(finding, "place");
    const size_t colon = place.rfind(':');
    if (colon != std::string::npos) {
      one["location"]["file"] = place.substr(0, colon);
      one["location"]["line"] = std::strtoul(place.c_str() + colon + 1, nullptr, 10);
    }
    if (!TextAt(finding, "replay").empty()) report["findings"].push_back(std::move(one));
  }
  return report;
}

SeenFinding ReadFinding(const Json& json, const Config& config, const std::string& target) {
  SeenFinding seen;
  report::NightFinding& finding = seen.finding;
  finding.rule = TextAt(json, "clause");
  finding.level = TextAt(json, "level");
  finding.title = TextAt(json, "title");
  finding.message = TextAt(json, "message");
  finding.fix = TextAt(json, "fix");
  finding.sources = SourcesAt(json, "sources");
  finding.target = target;
  finding.operation = TextAt(json, "operation");
  finding.timing = TextAt(json, "timing");
  finding.count = CountAt(json, "count");
  finding.location = LocationAt(json, "location");
  FindingIdentity identity;
  identity.rule = finding.rule;
  identity.operation = finding.operation;
  identity.timing = finding.timing;
  identity.target = target;
  if (finding.location.line > 0) {
    const fs::path source = fs::path(config.folder) / finding.location.file;
    identity.source_line = SourceLine(source.string(), finding.location.line);
    finding.location.file = ShortPath(finding.location.file, config);
  }
  identity.place = finding.location;
  finding.fingerprint = Fingerprint(identity);
  for (const std::string& line : TextsAt(json, "picture")) finding.picture += line + "\n";
  finding.steps = StepsAt(json, "steps");
  for (report::NightStep& step : finding.steps) {
    if (step.location.line > 0) step.location.file = ShortPath(step.location.file, config);
  }
  seen.replay = TextAt(json, "replay");
  return seen;
}

ReplayVerdict VerdictOf(const std::string& name) {
  if (name == "same-finding") return ReplayVerdict::kShown;
  if (name == "no-finding" || name == "fixed") return ReplayVerdict::kGone;
  return ReplayVerdict::kUnclear;
}

}  // namespace

Result<SliceResult> ReadSlice(const std::string& path, const Config& config,
                              const std::string& target) {
  auto json = ReadJson(path, "pendulum-report/1");
  if (!json.ok()) {
    const auto fuzzed = ReadJson(path, "pendulum-fuzz-result/1");
    if (!fuzzed.ok()) return json.error();
    json = AsReport(*fuzzed);
  }
  SliceResult slice;
  const Json& totals = At(*json, "totals");
  slice.executions = CountAt(totals, At(totals, "executions").is_null() ? "runs" : "executions");
  if (!At(totals, "corpus_inputs").is_null()) {
    slice.corpus_inputs = CountAt(totals, "corpus_inputs");
  }
  slice.divergence = TextAt(*json, "divergence");
  slice.nothing_checked = TextAt(*json, "verdict") == "not-exercised";
  for (const Json& finding : At(*json, "findings")) {
    slice.findings.push_back(ReadFinding(finding, config, target));
  }
  for (const Json& clause : At(*json, "clauses")) {
    const Json& reached = At(clause, "reached");
    const Database::Timings timings = {CountAt(reached, "inline"), CountAt(reached, "after_return"),
                                       CountAt(reached, "before_return"), CountAt(reached, "none")};
    if (timings != Database::Timings{}) slice.cells[TextAt(clause, "clause")] = timings;
  }
  return slice;
}

Result<ReplayResult> ReadReplay(const std::string& path, const Config& config,
                                const std::string& target) {
  const auto json = ReadJson(path, "pendulum-replay-result/1");
  if (!json.ok()) return json.error();
  const Json& replays = At(*json, "replays");
  if (!replays.is_array() || replays.size() != 1) return Error{"is not of one replay", path, ""};
  const Json& replay = replays.front();
  ReplayResult result;
  result.verdict = VerdictOf(TextAt(replay, "verdict"));
  result.explanation = TextAt(replay, "explanation");
  const std::string difference = TextAt(replay, "difference");
  if (result.verdict == ReplayVerdict::kUnclear && !difference.empty()) {
    result.explanation = difference;
  }
  for (const Json& finding : At(replay, "findings")) {
    const bool expected = TextAt(finding, "clause") == TextAt(replay, "expected");
    if (result.shown.has_value() && !expected) continue;
    result.shown = ReadFinding(finding, config, target);
    if (expected) break;
  }
  return result;
}

Result<std::vector<std::string>> ReadMinimised(const std::string& path) {
  const auto json = ReadJson(path, "pendulum-minimize-result/1");
  if (!json.ok()) return json.error();
  std::vector<std::string> decisions = TextsAt(*json, "rest");
  for (const std::string& change : TextsAt(*json, "scenario_changes")) decisions.push_back(change);
  return decisions;
}

std::string LastWords(const std::string& path) {
  const auto text = platform::ReadFile(path);
  if (!text.ok()) return "";
  std::istringstream lines(*text);
  std::string line, last;
  while (std::getline(lines, line)) {
    // The second line of a wrong command line only tells how to get help.
    if (!line.empty() && !line.starts_with("Try: ")) last = line;
  }
  constexpr std::string_view kName = "pendulum: ";
  return last.starts_with(kName) ? last.substr(kName.size()) : last;
}

}  // namespace pendulum::nightly

#include "harness/cli/fuzz_findings.h"

#include <algorithm>
#include <filesystem>

#include "harness/cli/replay_files.h"
#include "harness/cli/replay_request.h"
#include "harness/explore/minimize_replay.h"
#include "harness/fuzz/progress.h"
#include "harness/platform/file.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using explore::Finding;
using platform::Result;

std::string PlaceOf(const Finding& finding) {
  if (finding.location.line == 0) return "";
  return fs::path(finding.location.file).filename().string() + ":" +
         std::to_string(finding.location.line);
}

std::string KeyOf(const Finding& finding) { return finding.clause + " " + PlaceOf(finding); }

}  // namespace

std::vector<std::string> FuzzFindings::NewFiles() const {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder_, failed)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(fuzz::kFindingPrefix) && !seen_.contains(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool FuzzFindings::HasNew() const { return !NewFiles().empty(); }

Result<std::optional<FuzzFinding>> FuzzFindings::Next() {
  const std::vector<std::string> names = NewFiles();
  if (names.empty()) return std::optional<FuzzFinding>();
  seen_.insert(names.front());
  return Investigate((fs::path(folder_) / names.front()).string());
}

Result<std::optional<FuzzFinding>> FuzzFindings::Investigate(const std::string& path) {
  const auto replay = LoadRun(path, raw_, specification_);
  if (!replay.ok()) return replay.error();
  if (replay->clause.empty()) {
    ++unrepeated_;
    return std::optional<FuzzFinding>();
  }
  const auto prepared = PrepareReplay(*replay, path);
  if (!prepared.ok()) return prepared.error();
  explore::MinimizeBudget budget;
  budget.runs = 0;
  const auto as_it_is = explore::MinimizeReplay(prepared->request, specification_, budget);
  if (!as_it_is.ok()) return as_it_is.error();
  // An engine leaves many inputs that show the same: this costs a few runs, the rest thousands.
  if (as_it_is->finding.has_value() && known_.contains(KeyOf(*as_it_is->finding))) {
    return std::optional<FuzzFinding>();
  }
  budget.runs = minimize_runs_;
  const auto minimized = explore::MinimizeReplay(prepared->request, specification_, budget);
  if (!minimized.ok()) return minimized.error();
  FuzzFinding found;
  found.clause = replay->clause;
  found.message = replay->message;
  found.raw = path;
  if (!minimized->finding.has_value()) {
    ++unrepeated_;
    if (!known_.insert(found.clause).second) return std::optional<FuzzFinding>();
    return std::optional(found);
  }
  Finding finding = *minimized->finding;
  found.clause = finding.clause;
  found.message = finding.message;
  found.place = PlaceOf(finding);
  if (!known_.insert(KeyOf(finding)).second) return std::optional<FuzzFinding>();
  finding.strategy = replay->strategy;
  std::string name = fs::path(path).filename().string();
  if (name.starts_with(std::string(fuzz::kFindingPrefix) + "crash-")) {
    name = fuzz::kFindingPrefix + found.clause + name.substr(name.rfind('-'));
    std::replace(name.begin(), name.end(), '/', ',');
  }
  found.replay = (fs::path(out_) / (name + ".json")).string();
  auto written = WriteReplayFile(found.replay, prepared->modules, minimized->scenario,
                                 specification_.hash(), finding);
  if (!written.ok()) return written.error();
  return std::optional(found);
}

}  // namespace pendulum::cli

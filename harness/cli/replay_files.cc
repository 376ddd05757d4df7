#include "harness/cli/replay_files.h"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <set>

#include "harness/explore/replay_json.h"
#include "harness/platform/file.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;

// `path` as seen from `folder`, so that both can be moved together.
std::string RelativeTo(const std::string& folder, const std::string& path) {
  std::error_code failed;
  const fs::path relative = fs::relative(path, folder, failed);
  return failed || relative.empty() ? fs::absolute(path).string() : relative.string();
}

explore::ReplayModule Recorded(const PreparedModule& module, const std::string& folder) {
  explore::ReplayModule recorded;
  if (module.sources.empty()) recorded.path = RelativeTo(folder, module.path);
  for (const std::string& source : module.sources) {
    recorded.sources.push_back(RelativeTo(folder, source));
  }
  recorded.flags = module.flags;
  recorded.hash = module.hash;
  return recorded;
}

explore::ReplayFile Recorded(const explore::Finding& finding, const host::Scenario& scenario,
                             std::span<const PreparedModule> modules, const std::string& folder) {
  explore::ReplayFile replay;
  for (const PreparedModule& module : modules) {
    replay.modules.push_back(Recorded(module, folder));
  }
  replay.clause = finding.clause;
  replay.message = finding.message;
  replay.scenario = scenario;
  replay.instrumentation = finding.variant;
  replay.schedule = finding.schedule;
  for (const explore::NotedDecision& noted : finding.notes) {
    replay.decisions.push_back(explore::NameOf(noted));
  }
  replay.trace_hash = finding.trace_hash;
  replay.strategy = finding.strategy;
  replay.seed = finding.seed;
  replay.run = finding.run;
  replay.pendulum = explore::kPendulumVersion;
  return replay;
}

// A name that no finding before has taken.
std::string FileName(const explore::Finding& finding, const PreparedModule& first,
                     std::set<std::string>* taken) {
  std::string stem =
      fs::path(first.name).stem().string() + "-" + finding.clause + "-" + finding.scenario;
  // Clauses in a group are named "MODULE-LEFT-PENDING/indicated".
  std::replace(stem.begin(), stem.end(), '/', '-');
  std::string name = stem;
  for (int number = 2; !taken->insert(name).second; ++number) {
    name = stem + "-" + std::to_string(number);
  }
  return name + ".json";
}

}  // namespace

platform::Status WriteReplayFile(const std::string& path, std::span<const PreparedModule> modules,
                                 const host::Scenario& scenario, uint64_t specification_hash,
                                 const explore::Finding& finding) {
  const std::string folder = fs::path(path).parent_path().string();
  explore::ReplayFile replay = Recorded(finding, scenario, modules, folder.empty() ? "." : folder);
  replay.specification = specification_hash;
  return platform::WriteFile(path, explore::WriteReplay(replay));
}

platform::Status WriteReplayFiles(const std::string& folder,
                                  std::span<const PreparedModule> modules,
                                  std::span<const host::Scenario> scenarios,
                                  uint64_t specification_hash, explore::Report* report) {
  if (report->findings.empty()) return platform::OkStatus();
  if (auto made = platform::MakeFolder(folder); !made.ok()) return made;
  std::set<std::string> taken;
  for (explore::Finding& finding : report->findings) {
    const auto scenario = std::find_if(
        scenarios.begin(), scenarios.end(),
        [&](const host::Scenario& candidate) { return candidate.name == finding.scenario; });
    assert(scenario != scenarios.end());
    const std::string path = (fs::path(folder) / FileName(finding, modules[0], &taken)).string();
    if (auto written = WriteReplayFile(path, modules, *scenario, specification_hash, finding);
        !written.ok()) {
      return written;
    }
    finding.replay = path;
  }
  return platform::OkStatus();
}

}  // namespace pendulum::cli

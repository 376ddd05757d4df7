#include "tests/regressions/regressions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>

#include "harness/cli/raw_input.h"
#include "harness/cli/repeat.h"
#include "harness/fuzz/input.h"
#include "harness/oracle/specification.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::regressions {
namespace {

namespace fs = std::filesystem;
using oracle::Specification;
using platform::Result;

// The targets that read a text; their programs stand in the folder of the fuzz targets.
constexpr std::array<std::string_view, 3> kTextTargets = {"spec_json", "replay_json",
                                                          "trace_jsonl"};

// The program goes over the file, then over the target's corpus, of which it accepts something.
std::string CheckText(const std::string& path, const std::string& target) {
  const auto run = platform::RunCommand(
      {PENDULUM_BINARY_DIR "/fuzzers/" + target, path, PENDULUM_SOURCE_DIR "/corpus/" + target});
  if (!run.ok()) return run.error().Text();
  if (run->exit_status == 0) return "";
  return path + ": the target " + target + " ends with " + std::to_string(run->exit_status) +
         ":\n" + run->errors;
}

// The recorded run of a file: a replay file, or a raw input of one of the host's targets.
Result<explore::ReplayFile> Load(const std::string& path, fuzz::Target target) {
  const auto content = platform::ReadFile(path);
  if (!content.ok()) return content.error();
  if (cli::IsJson(*content)) return explore::ReadReplay(*content, path);
  const auto* const bytes = reinterpret_cast<const uint8_t*>(content->data());
  const fuzz::Target own = fuzz::TargetOf({bytes, content->size()});
  if (own != target) {
    return platform::Error{"is an input of the target " + std::string(fuzz::TargetName(own)), path,
                           "move it to that target's folder"};
  }
  if (target == fuzz::Target::kModule) {
    return platform::Error{"a raw input says nothing of the module that it is for", path,
                           "pendulum convert --module my_module.cpp makes a replay file of it"};
  }
  return cli::RecordInput(*content, path, {}, Specification::BuiltIn());
}

std::string CheckRun(const std::string& path, fuzz::Target target) {
  const auto replay = Load(path, target);
  if (!replay.ok()) return replay.error().Text();
  const auto findings = cli::RepeatRun(*replay, path);
  if (!findings.ok()) return findings.error().Text();
  // The scripted module of the host's targets does wrong things on purpose, and what the host does
  // after that says nothing of it; that the module crashes or hangs is none of these things.
  uint32_t first_fault = UINT32_MAX;
  for (const explore::Finding& finding : *findings) {
    if (finding.level != "must" || !finding.clause.starts_with("MODULE-")) continue;
    first_fault = std::min(first_fault, finding.event);
  }
  const auto counts = [&](const explore::Finding& finding) {
    if (finding.level != "must") return false;
    if (target == fuzz::Target::kModule || finding.clause.starts_with("MODULE-CRASH") ||
        finding.clause.starts_with("MODULE-HANG")) {
      return true;
    }
    return !finding.clause.starts_with("MODULE-") && finding.event < first_fault;
  };
  std::string text;
  for (const explore::Finding& finding : *findings) {
    if (!counts(finding)) continue;
    text += path + ": " + finding.clause +
            (finding.clause == replay->clause ? " is there again: " : " is broken: ") +
            finding.message + "\n";
  }
  return text;
}

}  // namespace

std::vector<std::string> Regressions(const std::string& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory() || entry.path().extension() == ".md") continue;
    found.push_back(entry.path().lexically_relative(folder).string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string TestName(const std::string& regression) {
  std::string name;
  for (const char letter : regression) {
    if (letter == '/') name += '_';
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  }
  return name;
}

std::string CheckRegression(const std::string& folder, const std::string& regression) {
  const fs::path below(regression);
  const std::string path = folder + "/" + regression;
  const std::string target = below.parent_path().string();
  if (std::find(kTextTargets.begin(), kTextTargets.end(), target) != kTextTargets.end()) {
    return CheckText(path, target);
  }
  const auto simulated = fuzz::FindTarget(target);
  if (simulated.has_value()) return CheckRun(path, *simulated);
  return path + ": \"" + target + "\" is no target; corpus/regressions/README.md lists them";
}

}  // namespace pendulum::regressions

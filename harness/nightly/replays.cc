// The first phase: what was found before, and what is kept of what was mended, is replayed.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <set>

#include "harness/nightly/engine.h"
#include "harness/nightly/follow_up.h"
#include "harness/nightly/life_cycle.h"
#include "harness/nightly/results.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using platform::Status;
using report::LifeCycle;

constexpr uint64_t kReplayLimitMs = 60000;

// An input of a folder of regressions, which no longer fails or should not.
struct RegressionInput {
  std::string path;
  std::string target;
};

std::string TargetOf(const fs::path& below, const Config& config) {
  const std::string first = below.begin()->string();
  for (const Target& target : config.targets) {
    if (target.name == first) return first;
  }
  return "regressions";
}

// All files of the folders but hidden ones and pages, by name. A folder that is missing is told.
std::vector<RegressionInput> RegressionInputs(const Config& config,
                                              std::vector<std::string>* missing) {
  std::vector<RegressionInput> inputs;
  for (const std::string& folder : config.regressions) {
    std::error_code failed;
    std::vector<fs::path> paths;
    for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
      const fs::path& path = entry->path();
      if (!entry->is_regular_file() || path.filename().string().starts_with(".")) continue;
      if (path.extension() != ".md") paths.push_back(path);
    }
    if (failed) missing->push_back(folder + " can't be read: " + failed.message());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
      inputs.push_back({path.string(), TargetOf(path.lexically_relative(folder), config)});
    }
  }
  return inputs;
}

// A mended finding that is there again has a row of its own from now on.
FindingRow BackAgain(const SeenFinding& seen, std::optional<FindingRow> known, uint32_t night) {
  FindingRow row;
  row.finding = seen.finding;
  row.finding.first_night = night;
  if (known.has_value()) {
    row.finding.first_night = known->finding.first_night;
    row.finding.count = known->finding.count;
  }
  ++row.finding.count;
  row.finding.last_night = night;
  row.finding.life_cycle = LifeCycle::kRegression;
  row.minimised = true;
  return row;
}

Status TakeInRegression(Engine* engine, const RegressionInput& input, const WorkOutcome& outcome) {
  Database& database = engine->database();
  const uint32_t night = engine->night().number;
  const auto replay = ReadReplay(outcome.result, engine->config(), input.target);
  std::string failure;
  std::optional<FindingRow> row;
  if (!replay.ok()) {
    failure = outcome.crew.stopped ? "it was stopped for want of time" : LastWords(outcome.log);
  } else if (replay->shown.has_value()) {
    const std::string& fingerprint = replay->shown->finding.fingerprint;
    row = BackAgain(*replay->shown, database.Finding(fingerprint), night);
  } else if (replay->verdict == ReplayVerdict::kUnclear) {
    failure = replay->explanation;
  }
  if (row.has_value()) {
    std::error_code failed;
    fs::copy_file(input.path, engine->FindingPath(row->finding.fingerprint),
                  fs::copy_options::overwrite_existing, failed);
  }
  auto taken = engine->TakeIn(outcome, [&] {
    database.AddReplay(night, input.path, row.has_value() ? "shown" : "gone");
    if (!failure.empty()) {
      database.AddFailure(night, input.path + " can't be replayed: " + failure);
    }
    if (!row.has_value()) return;
    engine->SaveFinding(LifeCycle::kFixed, &*row);
    database.AddSighting(row->finding.fingerprint, night, input.target, 1);
  });
  if (taken.ok() && row.has_value()) {
    engine->Say("regression " + row->finding.fingerprint + ": " + FindingText(row->finding) +
                ", by " + input.path);
  }
  return taken;
}

Work ReplayRegression(Engine* engine, const RegressionInput& input) {
  Work work;
  work.subject = input.path;
  work.limit_ms = engine->LimitMs(kReplayLimitMs);
  work.command = [engine, input](const std::string& folder) {
    return ReplayCommand(engine->options().program, input.path, folder);
  };
  work.finish = [engine, input](const WorkOutcome& outcome) {
    return TakeInRegression(engine, input, outcome);
  };
  return work;
}

}  // namespace

Status RunReplays(Engine* engine) {
  Database& database = engine->database();
  const std::set<std::string> replayed = database.Replayed(engine->night().number);
  std::deque<std::string> findings;
  for (const FindingRow& row : database.Findings()) {
    // One without an input was never replayed, and waits to be seen again.
    const std::string& fingerprint = row.finding.fingerprint;
    const bool of_now = row.finding.first_night == engine->night().number;
    if (!of_now && !replayed.contains(fingerprint)) findings.push_back(fingerprint);
  }
  std::vector<std::string> missing;
  std::deque<RegressionInput> inputs;
  for (RegressionInput& input : RegressionInputs(engine->config(), &missing)) {
    if (!replayed.contains(input.path)) inputs.push_back(std::move(input));
  }
  if (auto read = database.TakeError(); !read.ok()) return read;
  auto told = database.Atomically([&] {
    for (const std::string& text : missing) database.AddFailure(engine->night().number, text);
  });
  if (!told.ok()) return told;
  auto driven = engine->Drive([&]() -> std::optional<Work> {
    if (engine->LeftMs() == 0) return std::nullopt;
    if (!inputs.empty()) {
      const RegressionInput input = inputs.front();
      inputs.pop_front();
      return ReplayRegression(engine, input);
    }
    if (findings.empty()) return std::nullopt;
    const std::string fingerprint = findings.front();
    findings.pop_front();
    return ReplayFinding(engine, fingerprint);
  });
  const size_t left = inputs.size() + findings.size();
  if (!driven.ok() || left == 0) return driven;
  return database.Atomically([&] {
    database.AddFailure(engine->night().number,
                        "the budget ended before " + std::to_string(left) +
                            " earlier findings and regressions were replayed");
  });
}

}  // namespace pendulum::nightly

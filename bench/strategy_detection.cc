// After how many schedules each strategy first finds what is wrong with a module: a table of the
// median and the 95th percentile over seeds, for each of the sources that are named, in Markdown.
// The schedules are those of the scenario in which random ones fail most often, or where they never
// do, of that for the first strategy of the table that finds something.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/reading_runs.h"
#include "harness/explore/supervisor.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"

namespace pendulum::explore {
namespace {

constexpr uint64_t kMostRuns = 4096;
constexpr uint64_t kTrialRuns = 200;
constexpr const char* kStrategies[] = {
    "random",      "random,prefer=early",      "random,swarm", "pct:depth=2",
    "pct:depth=3", "pct:depth=3,prefer=early", "pos",          "surw",
};

// What a batch has found.
struct Outcome {
  std::optional<uint64_t> first;  // number of the first run that failed
  uint64_t failing = 0;           // runs, at least
};

class Detection {
 public:
  explicit Detection(const std::string& module) {
    setup_.modules = {module};
    setup_.specification = &oracle::Specification::BuiltIn();
    setup_.watchdog_ms = 300;
    setup_.arms.clear();
    for (const char* strategy : kStrategies) setup_.arms.push_back({strategy});
  }

  platform::Status Prepare() {
    auto supervisor = Supervisor::Create(setup_, 1, false);
    if (!supervisor.ok()) return supervisor.error();
    supervisor_ = std::move(supervisor).value();
    return platform::OkStatus();
  }

  // nullptr: no strategy finds anything.
  const host::Scenario* ChooseScenario() {
    const host::Scenario* chosen = nullptr;
    uint64_t most = 0;
    setup_.seed = 1;
    for (size_t arm = 0; arm < std::size(kStrategies) && chosen == nullptr; ++arm) {
      for (const host::Scenario& scenario : BuiltInScenarios()) {
        const uint64_t failing = Do(scenario, arm, 0, kTrialRuns).failing;
        if (failing <= most) continue;
        most = failing;
        chosen = &scenario;
      }
    }
    return chosen;
  }

  // The schedules up to the first that fails, kMostRuns + 1 when none does.
  uint64_t FirstDetection(const host::Scenario& scenario, size_t arm, uint64_t seed) {
    setup_.seed = seed;
    uint64_t from = 0;
    for (uint64_t runs = 16; from < kMostRuns;
         from += runs, runs = std::min(from, kMostRuns - from)) {
      const Outcome outcome = Do(scenario, arm, from, runs);
      if (outcome.first.has_value()) return *outcome.first + 1;
    }
    return kMostRuns + 1;
  }

 private:
  Outcome Do(const host::Scenario& scenario, size_t arm, uint64_t first_run, uint64_t runs) {
    Batch batch;
    batch.scenario = &scenario;
    batch.arm = arm;
    batch.first_run = first_run;
    batch.runs = runs;
    for (;;) {
      if (auto started = supervisor_->Start(0, batch); !started.ok()) Fail(started.error().Text());
      std::optional<Supervisor::Ended> ended;
      while (!ended.has_value()) ended = supervisor_->Wait(1000);
      const BatchState& state = supervisor_->state(0);
      if (ended->end == BatchEnd::kFailed) Fail(state.error);
      if (ended->end != BatchEnd::kDone && batch.rehearsal.LeaveOut(state.phase)) continue;
      return OutcomeOf(ended->end, state);
    }
  }

  Outcome OutcomeOf(BatchEnd end, const BatchState& state) const {
    Outcome outcome;
    const auto note = [&outcome](uint64_t run, uint64_t failing) {
      outcome.first = std::min(outcome.first.value_or(run), run);
      outcome.failing = std::max(outcome.failing, failing);
    };
    for (uint32_t i = 0; i < state.sighting_count; ++i) {
      const Sighting& one = state.sightings[i];
      if (!IsFailure(setup_.specification->clauses()[one.clause])) continue;
      note(one.first_run, one.count);
    }
    if (end != BatchEnd::kDone) note(state.run, kTrialRuns / (state.runs_done + 1));
    return outcome;
  }

  [[noreturn]] static void Fail(const std::string& text) {
    std::fprintf(stderr, "strategy_detection: %s\n", text.c_str());
    std::exit(1);
  }

  Setup setup_;
  std::unique_ptr<Supervisor> supervisor_;
};

std::string NumberText(uint64_t runs) {
  return runs > kMostRuns ? "> " + std::to_string(kMostRuns) : std::to_string(runs);
}

int Tell(const std::string& source, uint64_t seeds) {
  const auto compiled =
      module::Compile({.sources = {source},
                       .flags = {},
                       .work_folder = std::string(PENDULUM_BINARY_DIR) + "/bench"});
  if (!compiled.ok()) {
    std::fprintf(stderr, "%s\n", compiled.error().Text().c_str());
    return 1;
  }
  Detection detection(*compiled);
  if (auto prepared = detection.Prepare(); !prepared.ok()) {
    std::fprintf(stderr, "%s\n", prepared.error().Text().c_str());
    return 1;
  }
  const std::string name = std::filesystem::path(source).stem().string();
  const host::Scenario* scenario = detection.ChooseScenario();
  std::printf("| `%s` | %s |", name.c_str(), scenario == nullptr ? "-" : scenario->name.c_str());
  for (size_t arm = 0; arm < std::size(kStrategies); ++arm) {
    if (scenario == nullptr) {
      std::printf(" - |");
      continue;
    }
    std::vector<uint64_t> runs;
    for (uint64_t seed = 1; seed <= seeds; ++seed) {
      runs.push_back(detection.FirstDetection(*scenario, arm, seed));
    }
    std::sort(runs.begin(), runs.end());
    std::printf(" %s / %s |", NumberText(runs[(seeds - 1) / 2]).c_str(),
                NumberText(runs[(seeds * 95 + 99) / 100 - 1]).c_str());
  }
  std::printf("\n");
  std::fflush(stdout);
  return 0;
}

int Main(int count, char** arguments) {
  uint64_t seeds = 100;
  std::vector<std::string> sources;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument.starts_with("--seeds=")) {
      seeds = std::max<uint64_t>(std::strtoull(argument.c_str() + 8, nullptr, 10), 1);
    } else {
      sources.push_back(argument);
    }
  }
  if (sources.empty()) {
    std::fprintf(stderr, "usage: strategy_detection [--seeds=N] SOURCE...\n");
    return 2;
  }
  std::printf("| module | scenario |");
  for (const char* strategy : kStrategies) std::printf(" %s |", strategy);
  std::printf("\n| --- | --- |");
  for (size_t i = 0; i < std::size(kStrategies); ++i) std::printf(" --- |");
  std::printf("\n");
  for (const std::string& source : sources) {
    if (const int failed = Tell(source, seeds); failed != 0) return failed;
  }
  return 0;
}

}  // namespace
}  // namespace pendulum::explore

int main(int count, char** arguments) { return pendulum::explore::Main(count, arguments); }

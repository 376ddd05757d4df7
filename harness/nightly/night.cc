#include "harness/nightly/night.h"

#include <filesystem>
#include <string_view>

#include "harness/nightly/engine.h"
#include "harness/platform/file.h"
#include "harness/platform/file_lock.h"
#include "harness/platform/signals.h"
#include "harness/platform/suggest.h"

namespace pendulum::nightly {
namespace {

using platform::Error;
using platform::Status;

// A family of clauses, or one of them.
bool IsRule(const oracle::Specification& specification, const std::string& rule) {
  for (const oracle::Clause& clause : specification.clauses()) {
    if (clause.id == rule || clause.id.starts_with(rule + "/")) return true;
  }
  return false;
}

// Rules that the configuration names have to exist: what can't be broken would never be missed.
Status CheckRules(const Config& config, const oracle::Specification& specification) {
  std::vector<std::string> rules = config.must_find;
  for (const Canary& canary : config.canaries) rules.push_back(canary.rule);
  for (const KnownFinding& known : config.known) {
    if (!known.rule.empty()) rules.push_back(known.rule);
  }
  std::vector<std::string_view> ids;
  for (const oracle::Clause& clause : specification.clauses()) ids.push_back(clause.id);
  for (const std::string& rule : rules) {
    if (IsRule(specification, rule)) continue;
    return Error{"there is no rule " + rule, config.path, platform::Suggestion(rule, ids)};
  }
  return platform::OkStatus();
}

Status RunPhases(Engine* engine) {
  if (engine->night().phase == Phase::kReplay) {
    if (auto done = RunReplays(engine); !done.ok()) return done;
    if (auto set = engine->SetPhase(Phase::kCanaries); !set.ok()) return set;
  }
  if (engine->night().phase == Phase::kCanaries) {
    if (auto done = RunCanaries(engine); !done.ok()) return done;
    if (auto set = engine->SetPhase(Phase::kTargets); !set.ok()) return set;
  }
  return RunTargets(engine);
}

}  // namespace

platform::Result<report::Night> RunNight(const Config& config, const NightOptions& options,
                                         const oracle::Specification& specification) {
  if (auto checked = CheckRules(config, specification); !checked.ok()) return checked.error();
  if (auto made = platform::MakeFolder(config.output); !made.ok()) return made.error();
  const std::filesystem::path output(config.output);
  const auto lock = platform::FileLock::Take((output / "night.lock").string());
  if (!lock.ok()) return lock.error();
  auto database = Database::Open(config.database);
  if (!database.ok()) return database.error();
  platform::WatchInterrupts();
  Engine engine(config, options, &*database);
  if (auto begun = engine.Begin(); !begun.ok()) return begun.error();
  if (auto done = RunPhases(&engine); !done.ok()) return done.error();
  auto night = MakeNight(&engine, specification);
  if (!night.ok()) return night.error();
  if (options.deliver) {
    if (auto delivered = options.deliver(*night); !delivered.ok()) return delivered.error();
  }
  if (auto ended = engine.SetPhase(Phase::kDone); !ended.ok()) return ended.error();
  return night;
}

}  // namespace pendulum::nightly

#include "harness/nightly/follow_up.h"

#include <algorithm>
#include <filesystem>

#include "harness/nightly/life_cycle.h"
#include "harness/nightly/results.h"
#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

using platform::Error;
using platform::Status;
using report::LifeCycle;

constexpr uint64_t kReplayLimitMs = 60000;
constexpr uint64_t kMostMinimisingMs = 20000;
constexpr uint64_t kLeastMinimisingMs = 500;

// What a replay says of the finding, as far as it says something.
void Show(const ReplayResult& replay, report::NightFinding* finding) {
  if (!replay.shown.has_value() || replay.shown->finding.rule != finding->rule) return;
  const report::NightFinding& shown = replay.shown->finding;
  finding->picture = shown.picture;
  finding->steps = shown.steps;
  finding->message = shown.message;
  if (shown.location.line > 0) finding->location = shown.location;
}

std::string_view VerdictName(ReplayVerdict verdict) {
  switch (verdict) {
    case ReplayVerdict::kShown:
      return "shown";
    case ReplayVerdict::kGone:
      return "gone";
    case ReplayVerdict::kUnclear:
      break;
  }
  return "unclear";
}

Status TakeInReplay(Engine* engine, const std::string& fingerprint, const WorkOutcome& outcome) {
  Database& database = engine->database();
  const uint32_t night = engine->night().number;
  std::optional<FindingRow> row = database.Finding(fingerprint);
  if (!row.has_value()) return engine->TakeIn(outcome, [] {});
  report::NightFinding& finding = row->finding;
  const auto replay = ReadReplay(outcome.result, engine->config(), finding.target);
  const ReplayVerdict verdict = replay.ok() ? replay->verdict : ReplayVerdict::kUnclear;
  const uint32_t unseen = night > finding.last_night ? night - finding.last_night : 0;
  const LifeCycle before = finding.life_cycle;
  finding.life_cycle = AfterReplay(before, verdict, unseen);
  std::string failure;
  if (verdict == ReplayVerdict::kShown) {
    finding.last_night = night;
    row->note.clear();
    Show(*replay, &finding);
  } else if (replay.ok()) {
    row->note = replay->explanation;
  } else if (!outcome.crew.stopped) {
    row->note = LastWords(outcome.log);
    failure = "finding " + fingerprint + " can't be replayed: " + row->note;
  } else {
    row->note = "the replay was stopped for want of time";
  }
  auto taken = engine->TakeIn(outcome, [&] {
    engine->SaveFinding(before, &*row);
    if (!outcome.crew.stopped) {
      database.AddReplay(night, fingerprint, std::string(VerdictName(verdict)));
    }
    if (!failure.empty()) database.AddFailure(night, failure);
  });
  if (taken.ok() && finding.life_cycle != before) {
    engine->Say(std::string(report::LifeCycleName(finding.life_cycle)) + " " + fingerprint + ": " +
                FindingText(finding));
  }
  return taken;
}

Status TakeInMinimised(Engine* engine, const std::string& fingerprint, const WorkOutcome& outcome,
                       const std::string& smaller) {
  Database& database = engine->database();
  std::optional<FindingRow> row = database.Finding(fingerprint);
  if (!row.has_value()) return engine->TakeIn(outcome, [] {});
  // One that can't be made smaller stays as it is. It is not tried again.
  row->minimised = true;
  if (const auto decisions = ReadMinimised(outcome.result); decisions.ok()) {
    std::error_code failed;
    std::filesystem::rename(smaller, engine->FindingPath(fingerprint), failed);
    if (failed) {
      return Error{"cannot be written: " + failed.message(), engine->FindingPath(fingerprint), ""};
    }
    row->finding.decisions = *decisions;
  }
  return engine->TakeIn(outcome, [&] { engine->SaveFinding(row->finding.life_cycle, &*row); });
}

}  // namespace

Work ReplayFinding(Engine* engine, const std::string& fingerprint) {
  Work work;
  work.subject = fingerprint;
  work.limit_ms = engine->LimitMs(kReplayLimitMs);
  work.command = [engine, fingerprint](const std::string& folder) {
    return ReplayCommand(engine->options().program, engine->FindingPath(fingerprint), folder);
  };
  work.finish = [engine, fingerprint](const WorkOutcome& outcome) {
    return TakeInReplay(engine, fingerprint, outcome);
  };
  return work;
}

void FollowUps::Add(const std::vector<std::string>& fingerprints) {
  for (const std::string& fingerprint : fingerprints) {
    if (std::find(waiting_.begin(), waiting_.end(), fingerprint) == waiting_.end()) {
      waiting_.push_back(fingerprint);
    }
  }
}

std::optional<Work> FollowUps::Minimise(const FindingRow& row) {
  const uint64_t budget_ms = engine_.night().budget_ms;
  const uint64_t time_ms = std::min(kMostMinimisingMs, budget_ms / 20);
  const bool affordable =
      minimising_ms_ + time_ms <= budget_ms / 4 && engine_.LeftMs() >= 2 * time_ms;
  if (row.minimised || time_ms < kLeastMinimisingMs || !affordable) return std::nullopt;
  minimising_ms_ += time_ms;
  Work work;
  const std::string fingerprint = row.finding.fingerprint;
  work.subject = fingerprint;
  work.limit_ms = engine_.LimitMs(time_ms + kReplayLimitMs);
  work.command = [this, fingerprint, time_ms](const std::string& folder) {
    return MinimiseCommand(engine_.options().program, engine_.FindingPath(fingerprint),
                           folder + "/smaller.json", time_ms, folder);
  };
  work.finish = [this, fingerprint, time_ms](const WorkOutcome& outcome) {
    // Most are done long before their time is up.
    minimising_ms_ -= time_ms - std::min(time_ms, outcome.crew.elapsed_ms);
    const std::string smaller = outcome.folder + "/smaller.json";
    auto taken = TakeInMinimised(&engine_, fingerprint, outcome, smaller);
    if (taken.ok()) waiting_.push_front(fingerprint);
    return taken;
  };
  return work;
}

std::optional<Work> FollowUps::Next() {
  while (!waiting_.empty() && engine_.LeftMs() > 0) {
    const std::string fingerprint = waiting_.front();
    waiting_.pop_front();
    const std::optional<FindingRow> row = engine_.database().Finding(fingerprint);
    if (!row.has_value()) continue;
    if (!std::filesystem::exists(engine_.FindingPath(fingerprint))) continue;
    if (auto work = Minimise(*row); work.has_value()) return work;
    return ReplayFinding(&engine_, fingerprint);
  }
  return std::nullopt;
}

}  // namespace pendulum::nightly

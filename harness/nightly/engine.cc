#include "harness/nightly/engine.h"

#include <algorithm>
#include <filesystem>

#include "harness/nightly/life_cycle.h"
#include "harness/platform/clock.h"
#include "harness/platform/file.h"
#include "harness/platform/signals.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Status;

constexpr uint64_t kKeepAliveMs = 1000;
constexpr uint32_t kCellNights = 30;  // how long the cells of a night are kept
constexpr const char* kWorkPrefix = "work-";

}  // namespace

Engine::Engine(const Config& config, const NightOptions& options, Database* database)
    : config_(config),
      options_(options),
      database_(*database),
      crew_(options.jobs),
      begun_ms_(platform::MonotonicMs()) {}

std::string Engine::FindingPath(const std::string& fingerprint) const {
  return (fs::path(config_.output) / "findings" / (fingerprint + ".json")).string();
}

// As deep as the folder of the findings: replay files name modules relative to their own folder,
// and move from here to there.
std::string Engine::WorkFolder(const std::string& id) const {
  return (fs::path(config_.output) / (kWorkPrefix + id)).string();
}

uint64_t Engine::ElapsedMs() const {
  return elapsed_before_ms_ + (platform::MonotonicMs() - begun_ms_);
}

uint64_t Engine::LeftMs() const {
  const uint64_t elapsed_ms = ElapsedMs();
  return elapsed_ms >= night_.budget_ms ? 0 : night_.budget_ms - elapsed_ms;
}

uint64_t Engine::LimitMs(uint64_t wanted_ms) const {
  return std::min(wanted_ms, LeftMs() + night_.budget_ms / 50);
}

Status Engine::MakeFolders() const {
  return platform::MakeFolder((fs::path(config_.output) / "findings").string());
}

Status Engine::Begin() {
  if (auto made = MakeFolders(); !made.ok()) return made;
  const uint64_t now_s = platform::UnixSeconds();
  std::optional<NightRow> last = database_.LastNight();
  if (auto read = database_.TakeError(); !read.ok()) return read;
  const bool open = last.has_value() && last->phase != Phase::kDone && !last->broken_off;
  const bool resumes = open && now_s < last->alive_s + kResumeHours * 3600;
  if (resumes) {
    night_ = *last;
    night_.resumed = true;
    elapsed_before_ms_ = night_.elapsed_ms;
  } else {
    night_.number = last.has_value() ? last->number + 1 : 1;
    night_.date = platform::DateText(now_s);
  }
  night_.budget_ms = options_.budget_ms;
  night_.alive_s = now_s;
  auto saved = database_.Atomically([&] {
    if (open && !resumes) {
      last->broken_off = true;
      database_.SaveNight(*last);
    }
    database_.SaveNight(night_);
    if (night_.number > kCellNights) database_.DropCellsBefore(night_.number - kCellNights);
  });
  if (!saved.ok()) return saved;
  Say("night " + std::to_string(night_.number) + (resumes ? " goes on" : " begins"));
  return TakeInLeftovers(this);
}

Status Engine::SetPhase(Phase phase) {
  night_.phase = phase;
  kept_alive_ms_ = 0;
  return KeepAlive();
}

Status Engine::KeepAlive() {
  const uint64_t now_ms = platform::MonotonicMs();
  if (kept_alive_ms_ != 0 && now_ms - kept_alive_ms_ < kKeepAliveMs) return platform::OkStatus();
  kept_alive_ms_ = now_ms;
  night_.alive_s = platform::UnixSeconds();
  night_.elapsed_ms = ElapsedMs();
  return database_.Atomically([&] { database_.SaveNight(night_); });
}

Status Engine::Start(Work work) {
  const std::string id = std::to_string(night_.number) + "-" + std::to_string(++serial_);
  const std::string folder = WorkFolder(id);
  if (auto made = platform::MakeFolder(folder); !made.ok()) return made;
  auto begun = database_.Atomically([&] {
    database_.BeginJob(night_.number, {id, work.target, work.subject});
  });
  if (!begun.ok()) return begun;
  CrewJob job;
  job.id = id;
  job.program = {work.command(folder), config_.folder, folder + "/" + kLogName};
  job.limit_ms = work.limit_ms;
  under_way_[id] = std::move(work);
  return crew_.Start(job);
}

Status Engine::Finish(const CrewOutcome& crew) {
  const auto found = under_way_.find(crew.id);
  const Work work = std::move(found->second);
  under_way_.erase(found);
  const std::string folder = WorkFolder(crew.id);
  const WorkOutcome outcome = {crew, folder, folder + "/" + kResultName, folder + "/" + kLogName};
  Status finished = work.finish(outcome);
  std::error_code ignored;
  if (finished.ok()) fs::remove_all(folder, ignored);
  return finished;
}

Status Engine::TakeIn(const WorkOutcome& outcome, const std::function<void()>& body) {
  night_.elapsed_ms = ElapsedMs();
  return database_.Atomically([&] {
    body();
    database_.EndJob(outcome.crew.id);
    database_.SaveNight(night_);
  });
}

void Engine::SaveFinding(report::LifeCycle before, FindingRow* row) {
  ApplyKnown(FindKnown(config_.known, row->finding, night_.date), &row->finding);
  database_.SaveFinding(*row);
  database_.AddTransition(row->finding.fingerprint, night_.number, before, row->finding.life_cycle);
}

Status Engine::Drive(const std::function<std::optional<Work>()>& next) {
  bool interrupted = false;
  for (;;) {
    while (!interrupted && crew_.HasRoom()) {
      std::optional<Work> work = next();
      if (!work.has_value()) break;
      if (auto started = Start(std::move(*work)); !started.ok()) return started;
    }
    if (crew_.IsIdle()) break;
    constexpr int kWaitMs = 250;
    if (const auto ended = crew_.Wait(kWaitMs); ended.has_value()) {
      if (auto finished = Finish(*ended); !finished.ok()) return finished;
    }
    if (auto kept = KeepAlive(); !kept.ok()) return kept;
    if (!interrupted && platform::Interrupted()) {
      interrupted = true;
      crew_.Stop();
    }
  }
  if (!interrupted && !platform::Interrupted()) return database_.TakeError();
  return Error{"the night was interrupted; nothing that was found is lost", config_.output,
               "the same command goes on with it"};
}

std::string FindingText(const report::NightFinding& finding) {
  std::string text = finding.rule + " in " + finding.target;
  if (finding.location.line > 0) {
    text += ", " + finding.location.file + ":" + std::to_string(finding.location.line);
  }
  return text;
}

}  // namespace pendulum::nightly

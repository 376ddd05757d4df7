// From the results of programs to the database.
#include <filesystem>
#include <map>

#include "harness/nightly/engine.h"
#include "harness/nightly/life_cycle.h"
#include "harness/nightly/slices.h"
#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Status;
using report::LifeCycle;

// A finding that is about to be written, beside what it was.
struct Change {
  FindingRow row;
  LifeCycle before = LifeCycle::kNew;
  uint64_t count = 0;
  bool is_new = false;
};

// What the row says after the sighting. The first sighting tells its story; where it came back
// after it was fixed, this one does.
void See(const SeenFinding& seen, uint32_t night, Change* change) {
  report::NightFinding& finding = change->row.finding;
  const LifeCycle after = AfterSighting(finding.life_cycle);
  if (change->is_new || after != finding.life_cycle) {
    const report::NightFinding before = finding;
    finding = seen.finding;
    finding.count = before.count;
    finding.first_night = change->is_new ? night : before.first_night;
    finding.life_cycle = change->is_new ? LifeCycle::kNew : after;
    change->row.minimised = false;
    change->row.note.clear();
  }
  finding.last_night = night;
}

Status KeepReplay(const std::string& from, const std::string& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  // A night that was killed here has moved it before.
  if (failed && !fs::exists(to)) {
    return Error{"cannot be moved from " + from + ": " + failed.message(), to, ""};
  }
  return platform::OkStatus();
}

}  // namespace

platform::Result<std::vector<std::string>> TakeInSlice(Engine* engine, const WorkOutcome& outcome,
                                                       const SliceResult& slice,
                                                       const TargetRow& target) {
  Database& database = engine->database();
  const uint32_t night = engine->night().number;
  std::map<std::string, Change> changes;
  for (const SeenFinding& seen : slice.findings) {
    const std::string& fingerprint = seen.finding.fingerprint;
    auto [found, first] = changes.try_emplace(fingerprint);
    Change& change = found->second;
    if (first) {
      const auto known = database.Finding(fingerprint);
      change.is_new = !known.has_value();
      if (known.has_value()) change.row = *known;
      change.before = change.row.finding.life_cycle;
      See(seen, night, &change);
      const bool keep = change.is_new || change.before == LifeCycle::kFixed;
      if (keep && !seen.replay.empty()) {
        const auto kept = KeepReplay(seen.replay, engine->FindingPath(fingerprint));
        if (!kept.ok()) return kept.error();
      }
    }
    change.count += seen.finding.count;
  }
  auto saved = engine->TakeIn(outcome, [&] {
    for (auto& [fingerprint, change] : changes) {
      change.row.finding.count += change.count;
      engine->SaveFinding(change.before, &change.row);
      database.AddSighting(fingerprint, night, target.name, change.count);
    }
    for (const auto& [clause, timings] : slice.cells) {
      database.AddCells(night, target.name, clause, timings);
    }
    if (!slice.divergence.empty()) {
      database.AddFailure(night, target.name + " did not repeat itself: " + slice.divergence);
    }
    database.SaveTarget(night, target);
  });
  if (!saved.ok()) return saved.error();
  std::vector<std::string> open;
  for (const auto& [fingerprint, change] : changes) {
    const bool back = change.before == LifeCycle::kFixed;
    if (!change.is_new && !back) continue;
    open.push_back(fingerprint);
    engine->Say((back ? "regression " : "new finding ") + fingerprint + ": " +
                FindingText(change.row.finding));
  }
  return open;
}

uint64_t CountCorpus(const Config& config, const std::string& target) {
  if (config.corpora.empty()) return 0;
  std::error_code failed;
  uint64_t files = 0;
  fs::directory_iterator entry(fs::path(config.corpora) / target, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) ++files;
  return files;
}

Status TakeInLeftovers(Engine* engine) {
  Database& database = engine->database();
  const std::vector<JobRow> jobs = database.Jobs();
  std::vector<TargetRow> targets = database.Targets(engine->night().number);
  if (auto read = database.TakeError(); !read.ok()) return read;
  for (const JobRow& job : jobs) {
    WorkOutcome outcome;
    outcome.crew.id = job.id;
    outcome.folder = engine->WorkFolder(job.id);
    outcome.result = outcome.folder + "/" + kResultName;
    auto slice = job.target.empty() ? platform::Result<SliceResult>(Error{})
                                    : ReadSlice(outcome.result, engine->config(), job.target);
    Status taken;
    if (slice.ok()) {
      TargetRow target;
      target.name = job.target;
      for (const TargetRow& row : targets) {
        if (row.name == job.target) target = row;
      }
      target.executions += slice->executions;
      const auto open = TakeInSlice(engine, outcome, *slice, target);
      for (TargetRow& row : targets) {
        if (row.name == target.name) row = target;
      }
      if (!open.ok()) taken = open.error();
    } else {
      taken = engine->TakeIn(outcome, [] {});
    }
    if (!taken.ok()) return taken;
  }
  std::error_code ignored;
  for (fs::directory_iterator entry(engine->config().output, ignored), end;
       !ignored && entry != end; entry.increment(ignored)) {
    if (entry->path().filename().string().starts_with("work-")) {
      std::error_code kept;
      fs::remove_all(entry->path(), kept);
    }
  }
  return platform::OkStatus();
}

}  // namespace pendulum::nightly

// The third phase: every target for its share of the time, in slices.
#include <algorithm>
#include <filesystem>
#include <vector>

#include "harness/nightly/engine.h"
#include "harness/nightly/follow_up.h"
#include "harness/nightly/plan.h"
#include "harness/nightly/slices.h"
#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

using platform::Status;

constexpr uint32_t kMostDeathsInARow = 5;
constexpr uint64_t kFirstOverheadMs = 300;
constexpr uint64_t kStartLimitMs = 120000;  // for compiling and the like
constexpr uint64_t kOnlySliceMs = 500;

struct Runner {
  const Target* target = nullptr;
  TargetRow row;
  uint64_t under_way_ms = 0;
  uint64_t overhead_ms = kFirstOverheadMs;
  uint32_t deaths_in_a_row = 0;
  bool given_up = false;
};

class Targets {
 public:
  explicit Targets(Engine* engine) : engine_(*engine), follow_ups_(engine) {}
  Status Run();

 private:
  void Prepare();
  std::optional<Work> Next();
  std::optional<Work> NextOnce();
  Work Slice(Runner* runner, uint64_t time_ms);
  Status Finish(Runner* runner, uint64_t time_ms, const WorkOutcome& outcome);
  Status FinishWithout(Runner* runner, const WorkOutcome& outcome);
  uint64_t Seed(const Runner& runner) const;

  Engine& engine_;
  FollowUps follow_ups_;
  std::vector<Runner> runners_;
  uint64_t total_ms_ = 0;
};

void Targets::Prepare() {
  const std::vector<TargetRow> rows = engine_.database().Targets(engine_.night().number);
  for (const Target& target : engine_.config().targets) {
    Runner runner;
    runner.target = &target;
    runner.row.name = target.name;
    runner.row.corpus_inputs_before = CountCorpus(engine_.config(), target.name);
    runner.row.corpus_inputs = runner.row.corpus_inputs_before;
    for (const TargetRow& row : rows) {
      if (row.name == target.name) runner.row = row;
    }
    total_ms_ += runner.row.given_ms;
    runners_.push_back(std::move(runner));
  }
  total_ms_ += engine_.LeftMs() * static_cast<uint64_t>(engine_.options().jobs);
  std::vector<std::string> unfinished;
  for (const FindingRow& row : engine_.database().Findings()) {
    const report::NightFinding& finding = row.finding;
    const bool open = finding.life_cycle != report::LifeCycle::kFixed;
    const bool unconfirmed = finding.life_cycle == report::LifeCycle::kNew;
    if (open && (!row.minimised || unconfirmed)) unfinished.push_back(finding.fingerprint);
  }
  follow_ups_.Add(unfinished);
}

// Another one for every slice, and the same whenever the night goes on from the same place.
uint64_t Targets::Seed(const Runner& runner) const {
  const std::string text = runner.row.name + "#" + std::to_string(engine_.night().number) + "#" +
                           std::to_string(runner.row.slices);
  return platform::Hash(text) >> 1;
}

// One that has not begun a slice in this night.
std::optional<Work> Targets::NextOnce() {
  for (Runner& runner : runners_) {
    if (runner.row.slices == 0) return Slice(&runner, kOnlySliceMs);
  }
  return std::nullopt;
}

std::optional<Work> Targets::Next() {
  if (auto work = follow_ups_.Next(); work.has_value()) return work;
  if (engine_.options().once) return NextOnce();
  // What the last slices find is to be confirmed too.
  const uint64_t tail_ms = std::min<uint64_t>(engine_.night().budget_ms / 33, 30000);
  const uint64_t left_ms = engine_.LeftMs();
  std::vector<PlanTarget> plan;
  for (const Runner& runner : runners_) {
    plan.push_back({runner.target->share, runner.row.given_ms + runner.under_way_ms,
                    runner.overhead_ms, runner.given_up});
  }
  const auto slice = NextSlice(plan, left_ms > tail_ms ? left_ms - tail_ms : 0, total_ms_);
  if (!slice.has_value()) return std::nullopt;
  return Slice(&runners_[slice->target], slice->time_ms);
}

Work Targets::Slice(Runner* runner, uint64_t time_ms) {
  const uint64_t seed = Seed(*runner);
  const uint32_t number = runner->row.slices++;
  runner->under_way_ms += time_ms;
  Work work;
  work.target = runner->row.name;
  work.limit_ms = engine_.LimitMs(time_ms + kStartLimitMs);
  work.command = [this, runner, number, seed, time_ms](const std::string& folder) {
    return SliceCommand(engine_.options().program, engine_.config(), *runner->target, number, seed,
                        time_ms, folder);
  };
  work.finish = [this, runner, time_ms](const WorkOutcome& outcome) {
    return Finish(runner, time_ms, outcome);
  };
  return work;
}

Status Targets::Finish(Runner* runner, uint64_t time_ms, const WorkOutcome& outcome) {
  const uint64_t took_ms = outcome.crew.elapsed_ms;
  runner->under_way_ms -= time_ms;
  runner->row.given_ms += took_ms;
  const auto result = ReadSlice(outcome.result, engine_.config(), runner->row.name);
  if (!result.ok()) return FinishWithout(runner, outcome);
  if (took_ms > time_ms) runner->overhead_ms = took_ms - time_ms;
  runner->deaths_in_a_row = 0;
  runner->row.failure = result->nothing_checked ? "nothing was checked" : "";
  runner->row.executions += result->executions;
  const uint64_t files = CountCorpus(engine_.config(), runner->row.name);
  runner->row.corpus_inputs = result->corpus_inputs.value_or(files);
  const auto open = TakeInSlice(&engine_, outcome, *result, runner->row);
  if (!open.ok()) return open.error();
  follow_ups_.Add(*open);
  return platform::OkStatus();
}

// It left no results: it died, or could not be run.
Status Targets::FinishWithout(Runner* runner, const WorkOutcome& outcome) {
  std::string words = LastWords(outcome.log);
  if (outcome.crew.stopped) {
    runner->row.failure = "it had no results when its time was up";
  } else if (outcome.Died()) {
    ++runner->row.restarts;
    const bool signalled = outcome.crew.end.signalled;
    const std::string end =
        (signalled ? "signal " : "exit status ") + std::to_string(outcome.crew.end.status);
    runner->row.failure = "it died (" + end + ")" + (words.empty() ? "" : ": " + words);
    if (++runner->deaths_in_a_row >= kMostDeathsInARow) runner->given_up = true;
  } else {
    runner->row.failure = words.empty() ? "it wrote no results" : words;
    runner->given_up = true;
  }
  if (runner->given_up) engine_.Say(runner->row.name + " is given up: " + runner->row.failure);
  return engine_.TakeIn(
      outcome, [&] { engine_.database().SaveTarget(engine_.night().number, runner->row); });
}

Status Targets::Run() {
  Prepare();
  if (auto read = engine_.database().TakeError(); !read.ok()) return read;
  auto begun = engine_.database().Atomically([&] {
    for (const Runner& runner : runners_) {
      engine_.database().SaveTarget(engine_.night().number, runner.row);
    }
  });
  if (!begun.ok()) return begun;
  return engine_.Drive([this] { return Next(); });
}

}  // namespace

Status RunTargets(Engine* engine) { return Targets(engine).Run(); }

}  // namespace pendulum::nightly

#include "harness/explore/batch.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>

#include "harness/explore/crash.h"
#include "harness/explore/scenario_search.h"
#include "harness/explore/sighting.h"
#include "harness/explore/simulation.h"
#include "harness/module/heap.h"
#include "harness/oracle/blame.h"
#include "harness/sched/replay_strategy.h"
#include "harness/sched/strategy_factory.h"
#include "harness/win32/boundary.h"

namespace pendulum::explore {
namespace {

// How often the clause coverage is copied out, in runs; at first more often, since a module that
// hangs leaves no other chance.
constexpr uint64_t kCoverageEvery = 256;
bool IsCoverageDue(uint64_t runs_done) {
  return runs_done % kCoverageEvery == 0 || std::has_single_bit(runs_done);
}

template <size_t kBytes>
void CopyText(std::string_view text, char (&target)[kBytes]) {
  const size_t bytes = std::min(text.size(), kBytes - 1);
  std::memcpy(target, text.data(), bytes);
  target[bytes] = '\0';
}

void Fail(const platform::Error& error, BatchState* state) {
  CopyText(error.message, state->error);
  CopyText(error.place, state->error_place);
  CopyText(error.remedy, state->error_remedy);
  state->phase = BatchState::kFailed;
}

// Copies counts that `times_each_run` equal runs have made; what does not fit is left out.
template <size_t kCounts>
void CopyCounts(std::span<const uint64_t> counts, uint64_t times_each_run,
                uint64_t (&target)[kCounts]) {
  assert(counts.size() <= kCounts);
  for (size_t i = 0; i < counts.size() && i < kCounts; ++i) target[i] = counts[i] / times_each_run;
}

// `times_each_run`: how often each run took place, all but the first to compare.
void CopyCoverage(const oracle::Oracle& oracle, uint64_t times_each_run, BatchState* state) {
  CopyCounts(oracle.coverage(), times_each_run, state->coverage);
  CopyCounts(oracle.reading_counts(), times_each_run, state->reading_counts);
  CopyCounts(oracle.unread_counts(), times_each_run, state->unread_counts);
}

void NoteSighting(const Sighting& seen, uint64_t run, BatchState* state) {
  for (uint32_t i = 0; i < state->sighting_count; ++i) {
    Sighting& known = state->sightings[i];
    if (!SamePlace(known, seen)) continue;
    if (known.last_run != run) ++known.count;
    known.last_run = run;
    known.readings_in_all &= seen.readings_in_all;
    return;
  }
  if (state->sighting_count == kMostSightings) {
    ++state->sightings_dropped;
    return;
  }
  Sighting& added = state->sightings[state->sighting_count];
  added = seen;
  added.first_run = added.last_run = run;
  added.count = 1;
  ++state->sighting_count;
}

// Keeps the lines of the last run that are new.
void NoteLines(BatchState* state) {
  for (int i = 0; i < win32::captured_line_count(); ++i) {
    const char* line = win32::captured_line(i);
    const auto is_line = [line](const char(&kept)[kLineBytes]) {
      return std::strncmp(kept, line, kLineBytes - 1) == 0;
    };
    if (state->line_count == kMostLines) return;
    if (std::any_of(state->lines, state->lines + state->line_count, is_line)) continue;
    char(&kept)[kLineBytes] = state->lines[state->line_count++];
    std::strncpy(kept, line, kLineBytes - 1);
    kept[kLineBytes - 1] = '\0';
  }
}

// Notes the violations of a run. Returns whether the module broke a rule that it must keep.
bool NoteViolations(const oracle::Specification& specification, const oracle::Oracle& oracle,
                    uint64_t run, BatchState* state) {
  const trace::TraceBuffer& trace = state->trace;
  const std::span<const oracle::Violation> violations = oracle.violations();
  bool failed = false;
  for (size_t i = 0; i < violations.size(); ++i) {
    const uint16_t clause = violations[i].clause;
    Sighting sighting =
        SightingOf(violations[i], {trace.events, trace.count}, {trace.sites, trace.count});
    sighting.readings_in_all = oracle.readings_seen();
    NoteSighting(sighting, run, state);
    const bool is_first =
        std::none_of(violations.begin(), violations.begin() + static_cast<ptrdiff_t>(i),
                     [&](const oracle::Violation& other) { return other.clause == clause; });
    if (is_first && clause < kMostClauses) ++state->broken_runs[clause];
    failed = failed || IsFailure(specification.clauses()[clause]);
  }
  return failed;
}

void NoteRun(const oracle::Specification& specification, const OtherReadings& others,
             const Simulation& simulation, const host::RunResult& result, uint64_t run,
             BatchState* state) {
  const trace::TraceBuffer& trace = state->trace;
  for (uint32_t i = 0; i < trace.count; ++i) {
    const trace::EventKind kind = trace.events[i].kind;
    state->operations += kind == trace::EventKind::kOperationCalled;
    state->completions += kind == trace::EventKind::kCompletionDelivered;
    state->notifications += kind == trace::EventKind::kNotificationEntered;
  }
  const oracle::Oracle& oracle = simulation.oracle();
  const bool failed = NoteViolations(specification, oracle, run, state);
  NoteReadings(oracle.readings_seen(), failed, others, state->reading_runs);
  NoteLines(state);
  state->decisions += state->log.count;
  state->limited += result.end == trace::RunEnd::kLimit;
  if (const auto& difference = simulation.difference(); difference.has_value()) {
    state->reference = ExcerptAt(simulation.reference(), *difference);
    state->received = ExcerptAt(simulation.host().ReceivedBytes(0), *difference);
  }
  ++state->runs_done;
}

// The runs of a batch, with what they need between them.
class BatchRunner {
 public:
  BatchRunner(const Setup& setup, const Batch& batch, BatchState* state)
      : setup_(setup),
        batch_(batch),
        state_(state),
        others_(OtherReadingsOf(*setup.specification)) {}

  platform::Status Prepare() {
    state_->log.capacity = static_cast<uint32_t>(std::size(state_->recorded));
    state_->log.decisions = state_->recorded;
    state_->phase = BatchState::kLoading;
    module::Heap::Get().set_limit_bytes(setup_.memory_bytes);
    auto simulation = Simulation::Create(
        setup_.modules[setup_.arms[batch_.arm].variant], *setup_.specification, setup_.stack_bytes,
        {.log = &state_->log, .trace = &state_->trace, .remembers = batch_.schedule == nullptr});
    if (!simulation.ok()) return simulation.error();
    simulation_ = std::move(simulation).value();
    SetCrashScheduler(&simulation_->scheduler());
    if (batch_.schedule != nullptr || batch_.trials != nullptr) {
      keyed_ = std::make_unique<KeyedStrategy>(&simulation_->scheduler(), &state_->trace,
                                               &state_->notes);
    }
    if (batch_.schedule != nullptr) {
      replay_.SetSchedule(*batch_.schedule);
      keyed_->Accompany(&replay_);
    } else if (batch_.trials == nullptr) {
      // A search is no strategy of this batch alone; what goes before its runs is as plain as it
      // can.
      const std::string& name = setup_.arms[batch_.arm].strategy;
      auto strategy = sched::MakeStrategy(sched::IsSearch(name) ? "default" : name, setup_.seed);
      if (!strategy.ok()) return strategy.error();
      strategy_ = std::move(strategy).value();
    }
    simulation_->SetScenario(*batch_.scenario);
    state_->memory_phase = batch_.memory_phase;
    simulation_->scheduler().ShiftMemory(batch_.memory_phase);
    return platform::OkStatus();
  }

  void RunAll() {
    if (batch_.trials != nullptr) return RunTrials();
    sched::Strategy* strategy = strategy_ != nullptr ? strategy_.get() : keyed_.get();
    state_->run = batch_.first_run;
    Rehearse(strategy);
    if (batch_.search != nullptr) PrepareSearch();
    for (uint64_t i = 0; i < batch_.runs && state_->stop == 0 && !IsSearchOver(); ++i) {
      const uint64_t run = batch_.first_run + i;
      state_->run = run;
      Pass(batch_.schedule != nullptr ? batch_.races_passed
                                      : static_cast<uint32_t>(run % kRaceTurns));
      host::RunResult result{};
      if (batch_.search == nullptr) {
        result = simulation_->RunOnce(strategy, run);
      } else if (!batch_.search->RunOnce(simulation_.get(), run, &result)) {
        continue;
      }
      if (RaceWasNoted()) {
        BeforeEnd(this);
        return;
      }
      const uint32_t sightings = state_->sighting_count;
      NoteRun(*setup_.specification, others_, *simulation_, result, run, state_);
      if (batch_.search != nullptr && state_->sighting_count > sightings) KeepSchedule(run);
      if (setup_.check_determinism && !Repeats(strategy, run)) return;
      if (IsCoverageDue(i + 1)) CopyCoverage(simulation_->oracle(), TimesEachRun(), state_);
    }
    if (batch_.schedule != nullptr) NoteReplay();
    CopyCoverage(simulation_->oracle(), TimesEachRun(), state_);
  }

  // A signal handler may call this.
  static void BeforeEnd(void* raw_runner) {
    auto* runner = static_cast<BatchRunner*>(raw_runner);
    if (runner->simulation_ == nullptr) return;
    CopyCoverage(runner->simulation_->oracle(), runner->TimesEachRun(), runner->state_);
    if (runner->batch_.schedule != nullptr) {
      runner->state_->decisions_used = runner->replay_.used();
    }
  }

  // The modules' code may be on the stacks that a crash left: nothing of it can be torn down.
  void Abandon() { static_cast<void>(simulation_.release()); }

 private:
  void Pass(uint32_t races) {
    PassRaces(races);
    state_->races_passed = races;
  }

  void Rehearse(sched::Strategy* strategy) {
    if (batch_.rehearsal.learns_accesses) {
      state_->phase = BatchState::kLearningAccesses;
      simulation_->LearnAccesses();
    }
    if (batch_.rehearsal.takes_profile && strategy->Learns()) {
      state_->phase = BatchState::kTakingProfile;
      const sched::Profile profile = simulation_->TakeProfile();
      strategy->Learn(profile);
      state_->profile_steps = profile.steps;
      state_->profile_agents = profile.agents;
    }
    if (batch_.rehearsal.compares_responses) {
      state_->phase = BatchState::kTakingReference;
      simulation_->TakeReference();
    }
    state_->phase = BatchState::kRunning;
  }

  void RunTrials() {
    const host::Scenario* scenario = nullptr;
    for (uint64_t run = batch_.first_run; run < batch_.trials->size(); ++run) {
      const Trial& trial = (*batch_.trials)[run];
      state_->run = run;
      if (trial.scenario != scenario) {
        simulation_->SetScenario(*trial.scenario);
        Rehearse(keyed_.get());
        scenario = trial.scenario;
      }
      keyed_->Follow(trial.answers);
      Pass(batch_.races_passed);
      const host::RunResult result = simulation_->RunOnce(keyed_.get(), run);
      if (RaceWasNoted()) {
        BeforeEnd(this);
        return;
      }
      NoteRun(*setup_.specification, others_, *simulation_, result, run, state_);
      state_->has_wanted = batch_.wanted != nullptr && HasWanted();
      if (state_->has_wanted) return;
    }
  }

  bool HasWanted() const {
    const trace::TraceBuffer& trace = state_->trace;
    const auto violations = simulation_->oracle().violations();
    return std::any_of(violations.begin(), violations.end(), [&](const oracle::Violation& one) {
      return SamePlace(*batch_.wanted,
                       SightingOf(one, {trace.events, trace.count}, {trace.sites, trace.count})) &&
             (!batch_.wanted_is_hosts_fault ||
              oracle::IsHostsFault(*setup_.specification, violations, one));
    });
  }

  uint64_t TimesEachRun() const { return setup_.check_determinism ? 2 : 1; }

  bool IsSearchOver() const { return batch_.search != nullptr && batch_.search->is_over(); }

  void PrepareSearch() {
    if (batch_.rehearsal.estimates && batch_.search->wants_estimate()) {
      state_->phase = BatchState::kEstimating;
      simulation_->Rehearse([this] { batch_.search->Estimate(simulation_.get(), setup_.seed); });
      state_->phase = BatchState::kRunning;
    }
    batch_.search->Begin();
  }

  void KeepSchedule(uint64_t run) {
    const auto decisions = sched::Recorded(state_->log);
    if (state_->kept_count == kMostSightings ||
        decisions.size() > kMostKeptDecisions - state_->kept_decision_count) {
      return;
    }
    std::copy(decisions.begin(), decisions.end(),
              state_->kept_decisions + state_->kept_decision_count);
    state_->kept[state_->kept_count++] = {run, state_->kept_decision_count,
                                          static_cast<uint32_t>(decisions.size())};
    state_->kept_decision_count += static_cast<uint32_t>(decisions.size());
  }

  bool Repeats(sched::Strategy* strategy, uint64_t run) {
    if (batch_.search != nullptr) {
      replay_.SetSchedule(sched::Recorded(state_->log));
      strategy = &replay_;
    }
    first_count_ = state_->trace.count;
    if (first_ == nullptr) first_ = std::make_unique<trace::TraceBuffer>();
    std::copy_n(state_->trace.events, first_count_, first_->events);
    simulation_->RunOnce(strategy, run);
    const trace::TraceBuffer& second = state_->trace;
    uint32_t at = 0;
    while (at < first_count_ && at < second.count && first_->events[at] == second.events[at]) ++at;
    if (at == first_count_ && at == second.count) return true;
    const std::string text =
        DescribeDifference(at, at < first_count_ ? &first_->events[at] : nullptr,
                           at < second.count ? &second.events[at] : nullptr);
    CopyText(text, state_->divergence);
    state_->diverged_run = run;
    return false;
  }

  void NoteReplay() {
    state_->decisions_used = replay_.used();
    if (replay_.diverged()) {
      CopyText(replay_.divergence().Text(), state_->divergence);
      state_->diverged_run = batch_.first_run;
    }
  }

  const Setup& setup_;
  const Batch& batch_;
  BatchState* state_;
  OtherReadings others_;
  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<sched::Strategy> strategy_;
  sched::ReplayStrategy replay_;
  std::unique_ptr<KeyedStrategy> keyed_;  // follows trials, or accompanies replay_
  std::unique_ptr<trace::TraceBuffer> first_;
  uint32_t first_count_ = 0;
};

}  // namespace

void RunBatch(const Setup& setup, const Batch& batch, bool in_process, BatchState* state) {
  assert(setup.specification != nullptr && batch.scenario != nullptr);
  assert(batch.arm < setup.arms.size());
  auto runner = std::make_unique<BatchRunner>(setup, batch, state);
  sigjmp_buf escape;
  if (in_process && sigsetjmp(escape, 1) != 0) {
    runner->Abandon();
    RemoveCrashGuard();
    return;
  }
  InstallCrashGuard({.state = state,
                     .scheduler = nullptr,
                     .before_end = BatchRunner::BeforeEnd,
                     .context = runner.get(),
                     .escape = in_process ? &escape : nullptr});
  if (auto prepared = runner->Prepare(); !prepared.ok()) {
    Fail(prepared.error(), state);
  } else {
    runner->RunAll();
    if (!RaceWasNoted()) state->phase = BatchState::kDone;
  }
  RemoveCrashGuard();
}

}  // namespace pendulum::explore

#include "harness/explore/exploration.h"

#include <algorithm>
#include <utility>

#include "harness/explore/sighting.h"
#include "harness/explore/single_run.h"
#include "harness/platform/number_text.h"
#include "harness/platform/signals.h"

namespace pendulum::explore {
namespace {

constexpr int kReportEveryMs = 100;
constexpr uint64_t kShortestWatchdogMs = 500;

using platform::Error;
using platform::OkStatus;
using platform::Status;

}  // namespace

Exploration::Exploration(const VerifyOptions& options, const Setup& setup, Supervisor* supervisor,
                         Collection* collection)
    : options_(options),
      setup_(setup),
      supervisor_(supervisor),
      collection_(collection),
      // All runs of the default strategy are the same one.
      runs_of_scenario_(options.strategy == "default" ? 1 : options.runs),
      timed_(options.time_ms != 0 && options.strategy != "default"),
      portfolio_(setup.arms.size(), options.scenarios.size(),
                 timed_ ? Portfolio::kEndless : runs_of_scenario_),
      hung_(options.scenarios.size()),
      rehearsals_(options.scenarios.size(), std::vector<Rehearsal>(setup.arms.size())),
      parts_(static_cast<size_t>(supervisor->slots())),
      searches_(setup, options.scenarios.size(), timed_ ? Portfolio::kEndless : runs_of_scenario_) {
}

bool Exploration::HasMoreParts() {
  if (stopping_ || (timed_ && supervisor_->elapsed_ms() >= options_.time_ms)) return false;
  if (searches_.in_use()) return searches_.HasShare();
  if (!portions_.empty()) return true;
  for (int slot = 0; portfolio_.waits() && slot < supervisor_->slots(); ++slot) {
    if (!supervisor_->IsFree(slot)) return false;
  }
  // A round of which everything is left out has nothing to wait for.
  while (portions_.empty() && BeginRound()) {
  }
  return !portions_.empty();
}

bool Exploration::BeginRound() {
  const std::vector<Portion> round = portfolio_.NextRound();
  bool all_hung = true;
  for (const Portion& portion : round) {
    const std::string& hung = hung_[portion.scenario];
    all_hung = all_hung && !hung.empty();
    if (hung.empty() || !portfolio_.waits()) {
      portions_.push_back(portion);
    } else if (!timed_) {
      given_up_[hung][portion.scenario] += portion.runs;
    }
  }
  // Without an end there would always be another round of nothing.
  return !round.empty() && !(timed_ && portions_.empty() && all_hung);
}

Exploration::Part Exploration::NextPart() {
  if (searches_.in_use()) {
    const auto share = searches_.Take(timed_ ? SearchPlan::kRunsOfATimedShare : runs_of_scenario_);
    return {share.scenario, 0, share.first_run, share.end_run, {}};
  }
  Portion& portion = portions_.front();
  const uint64_t runs = std::min(portion.runs, kRunsOfAPart);
  const Part part{portion.scenario, portion.arm, portion.first_run, portion.first_run + runs, {}};
  portion.first_run += runs;
  portion.runs -= runs;
  if (portion.runs == 0) portions_.pop_front();
  return part;
}

Status Exploration::StartPart(int slot) {
  const Part& part = parts_[static_cast<size_t>(slot)];
  Batch batch;
  batch.scenario = &options_.scenarios[part.scenario];
  batch.arm = part.arm;
  batch.first_run = part.next_run;
  batch.runs = part.end_run - part.next_run;
  batch.rehearsal = rehearsals_[part.scenario][part.arm];
  if (searches_.in_use()) {
    const auto search = searches_.SearchOf(part.scenario);
    if (!search.ok()) return search.error();
    batch.search = *search;
  }
  return supervisor_->Start(slot, batch);
}

Status Exploration::Run(const Progress& progress) {
  platform::WatchInterrupts();
  for (;;) {
    int busy = 0;
    for (int slot = 0; slot < supervisor_->slots(); ++slot) {
      if (supervisor_->IsFree(slot) && HasMoreParts()) {
        parts_[static_cast<size_t>(slot)] = NextPart();
        if (Status started = StartPart(slot); !started.ok()) return started;
      }
      busy += !supervisor_->IsFree(slot);
    }
    if (busy == 0) break;
    if (const auto ended = supervisor_->Wait(kReportEveryMs); ended.has_value()) {
      if (Status handled = HandleEnd(*ended); !handled.ok()) return handled;
      if (searches_.in_use() && supervisor_->IsFree(ended->slot)) {
        const Part& part = parts_[static_cast<size_t>(ended->slot)];
        const bool done = ended->end == BatchEnd::kDone;
        searches_.End(part.scenario, done ? part.end_run : part.next_run, !done);
      }
    }
    Report(progress);
    if (!stopping_ && platform::Interrupted()) {
      stopping_ = true;
      stopped_ = "it was interrupted";
      notes_.push_back("interrupted: not all runs were done");
    }
    const bool late = timed_ && supervisor_->elapsed_ms() >= options_.time_ms;
    if (stopping_ || late) supervisor_->StopAll();
  }
  NoteGivenUp();
  return OkStatus();
}

void Exploration::NoteGivenUp() {
  for (const auto& [clause, runs_by_scenario] : given_up_) {
    uint64_t runs = 0;
    for (const auto& [scenario, left_out] : runs_by_scenario) runs += left_out;
    notes_.push_back(ScenarioText(runs_by_scenario, options_.scenarios) + ": " +
                     platform::Counted(runs, "run") + (runs == 1 ? " was" : " were") +
                     " left out after " + clause + " at the same place again");
  }
}

std::vector<std::string> Exploration::Missing() const {
  std::vector<std::string> missing = MissingRuns(options_.scenarios, *collection_, given_up_);
  if (searches_.in_use()) {
    std::map<size_t, uint64_t> open;
    for (size_t i = 0; i < options_.scenarios.size(); ++i) {
      if (!searches_.Summary(i, false, 0).complete) open[i] = 1;
    }
    if (!open.empty()) {
      missing.push_back("the search of " + ScenarioText(open, options_.scenarios) +
                        " is not complete");
    }
  }
  if (!stopped_.empty()) missing.insert(missing.begin(), stopped_);
  if (!divergence_.empty()) missing.push_back("runs were left out after one that differed");
  return missing;
}

Status Exploration::HandleEnd(const Supervisor::Ended& ended) {
  Part& part = parts_[static_cast<size_t>(ended.slot)];
  const BatchState& state = supervisor_->state(ended.slot);
  if (ended.end == BatchEnd::kFailed) {
    return Error{state.error, state.error_place, state.error_remedy};
  }
  if (!options_.in_process && rehearsals_[part.scenario][part.arm].LeaveOut(state.phase)) {
    if (ended.end == BatchEnd::kHung) NoteHang();
    return stopping_ ? OkStatus() : StartPart(ended.slot);
  }
  collection_->AddBatch(part.scenario, part.arm, setup_.arms[part.arm].variant, state);
  const size_t cells = setup_.specification->clauses().size() * oracle::Oracle::kTimingClasses;
  portfolio_.NoteCoverage(part.arm, {state.coverage, cells});
  if (state.divergence[0] != '\0') {
    const std::tuple at{part.scenario, part.arm, state.diverged_run};
    if (divergence_.empty() || at < diverged_at_) {
      diverged_at_ = at;
      divergence_ =
          RunName(setup_, options_.scenarios[part.scenario].name, part.arm, state.diverged_run) +
          ": " + state.divergence;
    }
    return OkStatus();
  }
  if (ended.end == BatchEnd::kDone) return OkStatus();
  bool goes_on = false;
  if (Status handled = HandleIncident(ended, &part, &goes_on); !handled.ok()) return handled;
  return goes_on && !stopping_ ? StartPart(ended.slot) : OkStatus();
}

void Exploration::NoteHang() {
  // One hang has taken its time; others are known by less.
  supervisor_->set_watchdog_ms(
      std::min(setup_.watchdog_ms, std::max(kShortestWatchdogMs, setup_.watchdog_ms / 10)));
}

Status Exploration::HandleIncident(const Supervisor::Ended& ended, Part* part, bool* goes_on) {
  BatchState& state = supervisor_->state(ended.slot);
  const bool was_loading =
      state.phase == BatchState::kStarting || state.phase == BatchState::kLoading;
  const uint64_t run = state.run;
  SingleRun single = CaptureRun(setup_, part->arm, ended.end, &state);
  const Incident incident = *single.incident;
  if (incident.harness_failed) {
    return Error{"Pendulum itself failed: " + incident.message,
                 RunName(setup_, options_.scenarios[part->scenario].name, part->arm, run),
                 "this is a mistake in Pendulum, not in the module"};
  }
  if (was_loading) {
    return Error{incident.message + " while it was being loaded", setup_.modules.any()[0],
                 "its static constructors ran, and no call of RegisterModule yet"};
  }
  collection_->AddIncident(part->scenario, part->arm, run, std::move(single));
  part->next_run = run + 1;
  const auto place = std::make_tuple(incident.clause, incident.site.image, incident.site.offset);
  const bool hung = ended.end == BatchEnd::kHung;
  if (hung) {
    NoteHang();
    std::string& clause = hung_[part->scenario];
    if (clause.empty() || incident.clause < clause) clause = incident.clause;
  }
  if (++part->crashes[place] >= kMostCrashesAtAPlace || hung) {
    if (part->next_run < part->end_run && !timed_) {
      given_up_[incident.clause][part->scenario] += part->end_run - part->next_run;
    }
    return OkStatus();
  }
  *goes_on = part->next_run < part->end_run && !options_.in_process;
  if (options_.in_process) {
    stopping_ = true;
    stopped_ = "the module did not survive a run in this process";
    notes_.push_back(
        "the module did not survive a run, and all take place in this process: not "
        "all runs were done");
  }
  return OkStatus();
}

void Exploration::Report(const Progress& progress) {
  if (!progress) return;
  uint64_t done = 0;
  for (size_t i = 0; i < options_.scenarios.size(); ++i) done += collection_->totals(i).runs;
  size_t scenario = 0;
  for (int slot = 0; slot < supervisor_->slots(); ++slot) {
    if (supervisor_->IsFree(slot)) continue;
    const Part& part = parts_[static_cast<size_t>(slot)];
    const BatchState& state = supervisor_->state(slot);
    if (state.phase == BatchState::kRunning) done += state.run.load() - part.next_run;
    scenario = std::max(scenario, part.scenario);
  }
  const uint64_t all = timed_ ? 0 : runs_of_scenario_ * options_.scenarios.size();
  progress(options_.scenarios[scenario].name, done, all, collection_->size());
}

}  // namespace pendulum::explore

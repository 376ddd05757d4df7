#include "harness/explore/minimize.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "harness/explore/response_reference.h"
#include "harness/explore/sighting.h"
#include "harness/oracle/blame.h"
#include "harness/platform/clock.h"

namespace pendulum::explore {
namespace {

using platform::Result;

// How many candidates are made at a time: the first that fails makes the others useless.
constexpr size_t kMostTrials = 64;
constexpr int kWaitMs = 1000;
// A run that makes no call for so long hangs: none that was tried so far took a tenth of it.
constexpr uint64_t kWatchdogMs = 500;

std::vector<KeyedAnswer> AnswersOf(const std::vector<NotedDecision>& notes) {
  std::vector<KeyedAnswer> answers;
  answers.reserve(notes.size());
  for (const NotedDecision& noted : notes) answers.push_back(AnswerOf(noted));
  return answers;
}

std::vector<KeyedAnswer> Without(const std::vector<KeyedAnswer>& answers, size_t begin,
                                 size_t end) {
  std::vector<KeyedAnswer> kept(answers.begin(), answers.begin() + static_cast<ptrdiff_t>(begin));
  kept.insert(kept.end(), answers.begin() + static_cast<ptrdiff_t>(end), answers.end());
  return kept;
}

bool SameSite(trace::Site left, trace::Site right) {
  return left.offset == right.offset && left.image == right.image;
}

// Whether the run came to its end and broke no rule. One that was compared has then the response
// that it was compared with.
bool EndedWell(const oracle::Specification& specification, const SingleRun& run) {
  const bool broken = std::any_of(
      run.violations.begin(), run.violations.end(), [&](const oracle::Violation& violation) {
        return specification.clauses()[violation.clause].level == oracle::Level::kMust;
      });
  return !broken && !run.events.empty() && run.events.back().kind == trace::EventKind::kRunEnded &&
         run.events.back().a == static_cast<uint32_t>(trace::RunEnd::kComplete);
}

}  // namespace

Target TargetOf(const Setup& setup, const SingleRun& run, const oracle::Violation& violation) {
  Target target;
  target.clause = setup.specification->clauses()[violation.clause].id;
  target.sighting = SightingOf(violation, run.events, run.sites);
  target.is_hosts_fault = oracle::IsHostsFault(*setup.specification, run.violations, violation);
  return target;
}

Target TargetOf(const Incident& incident) {
  Target target;
  target.clause = incident.clause;
  target.site = incident.site;
  target.is_incident = true;
  return target;
}

bool HasTarget(const Target& target, const SingleRun& run) {
  if (target.is_incident) {
    return run.incident.has_value() && run.incident->clause == target.clause &&
           SameSite(run.incident->site, target.site);
  }
  return std::any_of(
      run.violations.begin(), run.violations.end(), [&](const oracle::Violation& violation) {
        return SamePlace(target.sighting, SightingOf(violation, run.events, run.sites)) &&
               (!target.is_hosts_fault || violation.event < run.first_module_fault);
      });
}

bool Minimizer::Exhausted() const {
  return runs_ >= budget_.runs || hangs_ >= budget_.hangs ||
         (budget_.time_ms != 0 && platform::MonotonicMs() - started_ms_ >= budget_.time_ms);
}

// Tries one after another until one has the target.
Result<std::optional<Minimizer::Found>> Minimizer::Try(const std::vector<Trial>& trials) {
  std::vector<Trial> affordable(
      trials.begin(),
      trials.begin() + static_cast<ptrdiff_t>(std::min<uint64_t>(
                           trials.size(), budget_.runs - std::min(runs_, budget_.runs))));
  Batch batch;
  batch.arm = run_.arm;
  batch.races_passed = run_.races_passed;
  batch.trials = &affordable;
  batch.wanted = target_->is_incident ? nullptr : &target_->sighting;
  batch.wanted_is_hosts_fault = target_->is_hosts_fault;
  // Only this rule needs the plainest schedule's response.
  batch.rehearsal.compares_responses = target_->clause == kResponseRule;
  while (batch.first_run < affordable.size() && !Exhausted()) {
    batch.scenario = affordable[batch.first_run].scenario;
    if (auto started = supervisor_->Start(0, batch); !started.ok()) return started.error();
    std::optional<Supervisor::Ended> ended;
    while (!ended.has_value()) ended = supervisor_->Wait(kWaitMs);
    BatchState& state = supervisor_->state(0);
    if (ended->end == BatchEnd::kFailed) {
      return platform::Error{state.error, state.error_place, state.error_remedy};
    }
    const uint64_t at = std::clamp<uint64_t>(state.run, batch.first_run, affordable.size() - 1);
    runs_ += at - batch.first_run + 1;
    hangs_ += ended->end == BatchEnd::kHung;
    if (ended->end == BatchEnd::kDone) {
      if (!state.has_wanted) return std::optional<Found>();
      return std::optional<Found>({at, CaptureRun(setup_, batch.arm, ended->end, &state)});
    }
    if (state.phase == BatchState::kLearningAccesses) {
      // What can't be learned with one can't be learned with any.
      batch.rehearsal.learns_accesses = false;
      continue;
    }
    if (state.phase == BatchState::kRunning) {
      SingleRun run = CaptureRun(setup_, batch.arm, ended->end, &state);
      if (HasTarget(*target_, run)) return std::optional<Found>({at, std::move(run)});
    }
    batch.first_run = at + 1;
  }
  return std::optional<Found>();
}

void Minimizer::Adopt(SingleRun run) {
  run_ = std::move(run);
  answers_ = AnswersOf(run_.notes);
}

// Removes ranges of `length` decisions, from the last to the first: what comes before a range is
// not changed by its removal. Returns whether any could go.
Result<bool> Minimizer::RemoveRanges(size_t length) {
  bool removed = false;
  size_t end = answers_.size();
  while (end > 0 && !Exhausted()) {
    std::vector<Trial> trials;
    std::vector<size_t> begins;
    for (size_t to = end; to > 0 && trials.size() < kMostTrials;) {
      const size_t from = to - std::min(to, length);
      trials.push_back({scenario_.get(), Without(answers_, from, to)});
      begins.push_back(from);
      to = from;
    }
    auto found = Try(trials);
    if (!found.ok()) return found.error();
    if (!found->has_value()) {
      end = begins.back();
      continue;
    }
    end = begins[(*found)->trial];
    Adopt(std::move((*found)->run));
    end = std::min(end, answers_.size());
    removed = true;
  }
  return removed;
}

Result<bool> Minimizer::ReduceDecisions() {
  bool removed = false;
  for (size_t length = std::max<size_t>(answers_.size(), 1);;) {
    const size_t before = answers_.size();
    const auto some = RemoveRanges(length);
    if (!some.ok()) return some.error();
    removed = removed || *some;
    if (Exhausted() || answers_.empty()) return removed;
    // With single ones until a whole pass has removed nothing.
    if (length == 1 && !*some) return removed;
    length = std::max<size_t>(std::min(length, before) / 2, 1);
  }
}

Result<bool> Minimizer::ReduceScenario() {
  bool reduced = false;
  for (bool goes_on = true; goes_on && !Exhausted();) {
    const std::vector<SmallerScenario> smaller = SmallerScenarios(*scenario_, smaller_urls_);
    std::vector<Trial> trials;
    for (const SmallerScenario& one : smaller) {
      trials.push_back(
          {&one.scenario, one.removed_request < 0
                              ? answers_
                              : AnswersOf(WithoutRequest(run_.notes, one.removed_request))});
    }
    auto found = Try(trials);
    if (!found.ok()) return found.error();
    goes_on = found->has_value();
    if (!goes_on) break;
    scenario_ = std::make_shared<host::Scenario>(smaller[(*found)->trial].scenario);
    Adopt(std::move((*found)->run));
    reduced = true;
  }
  return reduced;
}

Result<Minimized> Minimizer::Minimize(const host::Scenario& scenario, const SingleRun& run,
                                      const Target& target, What what) {
  assert(!supervisor_->in_process());
  started_ms_ = platform::MonotonicMs();
  runs_ = hangs_ = 0;
  target_ = &target;
  scenario_ = std::make_shared<host::Scenario>(scenario);
  Adopt(run);
  supervisor_->set_watchdog_ms(std::min(setup_.watchdog_ms, kWatchdogMs));
  while (!Exhausted()) {
    const auto decisions = ReduceDecisions();
    if (!decisions.ok()) return decisions.error();
    if (what == What::kDecisions) break;
    const auto reduced = ReduceScenario();
    if (!reduced.ok()) return reduced.error();
    // A smaller scenario may need fewer decisions, and the other way round.
    if (!*reduced) break;
  }
  Minimized minimized;
  minimized.scenario = *scenario_;
  minimized.run = run_;
  minimized.decisions_before = run.notes.size();
  minimized.runs = runs_;
  minimized.is_minimal = !Exhausted();
  return minimized;
}

Result<std::optional<size_t>> Minimizer::Separating(const Minimized& minimized,
                                                    const Target& target) {
  target_ = &target;
  scenario_ = std::make_shared<host::Scenario>(minimized.scenario);
  const std::vector<KeyedAnswer> answers = AnswersOf(minimized.run.notes);
  for (size_t i = answers.size(); i-- > 0;) {
    const std::vector<Trial> trials = {{scenario_.get(), Without(answers, i, i + 1)}};
    Batch batch;
    batch.scenario = scenario_.get();
    batch.arm = minimized.run.arm;
    batch.trials = &trials;
    auto run = RunSingle(setup_, batch, supervisor_);
    if (!run.ok()) return run.error();
    if (EndedWell(*setup_.specification, *run)) return std::optional<size_t>(i);
  }
  return std::optional<size_t>();
}

std::vector<std::string> DescribeRest(const std::vector<NotedDecision>& notes) {
  if (notes.empty()) return {"no decision is left: the plainest schedule fails"};
  std::vector<std::string> lines;
  for (const NotedDecision& noted : notes) lines.push_back(Words(noted));
  lines.push_back("everything else is ordinary");
  return lines;
}

}  // namespace pendulum::explore

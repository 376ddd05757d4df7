#include <algorithm>
#include <utility>

#include "harness/explore/investigation.h"
#include "harness/explore/locations.h"
#include "harness/explore/minimize_replay.h"
#include "harness/explore/response_reference.h"
#include "harness/explore/single_run.h"
#include "harness/explore/supervisor.h"
#include "harness/explore/verify.h"

namespace pendulum::explore {
namespace {

using Verdict = ReplayOutcome::Verdict;

Setup SetupOf(const ReplayRequest& request, const oracle::Specification& specification) {
  Setup setup;
  setup.modules = request.modules;
  setup.specification = &specification;
  setup.arms = {{"replay", request.modules.first()}};
  setup.watchdog_ms = request.watchdog_ms;
  setup.memory_bytes = request.memory_bytes;
  setup.stack_bytes = request.stack_bytes;
  return setup;
}

// Where the run left its recording; empty when it did not.
std::string DivergenceOf(const ReplayRequest& request, const SingleRun& run) {
  if (!run.divergence.empty()) return run.divergence;
  const size_t recorded = sched::WithoutTrailingZeros(request.schedule).size();
  if (run.decisions_used < recorded) {
    return "the recording has " + std::to_string(recorded) + " decisions, and the run asked for " +
           std::to_string(run.decisions_used) + " only";
  }
  if (request.expected_trace_hash != 0 && request.expected_trace_hash != run.trace_hash) {
    return "the run asked the recorded questions, but its trace is another one";
  }
  return "";
}

bool IsExpected(const ReplayRequest& request, const std::string& clause) {
  // "MODULE-HANG" expects any clause of that rule, "MODULE-HANG/spin" that one.
  return request.expected_clause.empty() || clause == request.expected_clause ||
         clause.starts_with(request.expected_clause + "/");
}

std::vector<KeyedAnswer> AnswersOf(const ReplayRequest& request) {
  std::vector<KeyedAnswer> answers;
  for (const NamedDecision& named : request.decisions) {
    const sched::Decision& decision = request.schedule[named.position];
    answers.push_back({named.key, named.chosen, decision.question, decision.answer});
  }
  return answers;
}

// The first of the request's decisions that the run did not make, in words; empty when there is
// none.
std::string FirstMissed(const ReplayRequest& request, const SingleRun& run) {
  for (size_t i = 0; i < request.decisions.size(); ++i) {
    const NamedDecision& named = request.decisions[i];
    const bool made = std::any_of(run.notes.begin(), run.notes.end(), [&](const auto& noted) {
      return HashOf(noted.key) == named.key && noted.decision.answer != 0;
    });
    if (made) continue;
    return "decision " + std::to_string(i + 1) + " of " + std::to_string(request.decisions.size()) +
           " could not be made, \"" + named.words + "\": " +
           (run.refused == i + 1 ? "what it chose was not possible"
                                 : "its question did not come up");
  }
  return "";
}

// The run of the request: repeated exactly, or with its decisions followed by name.
platform::Result<SingleRun> Run(const ReplayRequest& request, const Setup& setup, bool by_name,
                                Supervisor* supervisor) {
  std::vector<Trial> trials;
  Batch batch;
  batch.scenario = &request.scenario;
  if (by_name) {
    trials.push_back({&request.scenario, AnswersOf(request)});
    batch.trials = &trials;
  } else {
    batch.schedule = &request.schedule;
  }
  // Under a debugger the run of the plainest schedule would only be in the way of another finding.
  // Which races ThreadSanitizer sees depends on all that it has seen before, though.
  batch.rehearsal.compares_responses = !request.in_process || IsExpected(request, kResponseRule) ||
                                       request.modules.first() == Variant::kThread;
  if (request.in_process) {
    const auto rehearsal = SurvivedRehearsal(setup, batch);
    if (!rehearsal.ok()) return rehearsal.error();
    batch.rehearsal = *rehearsal;
  }
  const auto is_wanted = [&](const SingleRun& run) {
    if (request.expected_trace_hash != 0) return run.trace_hash == request.expected_trace_hash;
    return run.incident.has_value() && IsExpected(request, run.incident->clause);
  };
  if (request.in_process && request.modules.first() == Variant::kThread) {
    // This process has one try: children find out which start it has to be.
    auto children = Supervisor::Create(setup, 1, false);
    if (!children.ok()) return children.error();
    const auto tried = RunSingleUntil(setup, batch, children->get(), is_wanted);
    if (!tried.ok()) return tried.error();
    batch.races_passed = tried->races_passed;
    batch.memory_phase = tried->memory_phase;
  }
  return RunSingleUntil(setup, batch, supervisor, is_wanted);
}

// Whether the request's decisions have names, which files of earlier versions don't.
bool HasNames(const ReplayRequest& request) {
  const auto plain = static_cast<size_t>(
      std::count_if(request.schedule.begin(), request.schedule.end(),
                    [](const sched::Decision& decision) { return decision.answer == 0; }));
  return request.decisions.size() == request.schedule.size() - plain;
}

void JudgeByName(const ReplayRequest& request, const SingleRun& run, ReplayOutcome* outcome) {
  outcome->by_name = true;
  outcome->difference = FirstMissed(request, run);
  if (outcome->verdict != Verdict::kNoFinding) return;
  outcome->verdict = outcome->difference.empty() ? Verdict::kFixed : Verdict::kNoLongerApplies;
  if (outcome->difference.empty()) {
    outcome->explanation =
        "every decision was made as recorded, and the run keeps to the specification";
  } else {
    outcome->explanation =
        "the run keeps to the specification, but it is not the recorded one, so that it says "
        "nothing of the fault: verify the module again";
  }
}

void Judge(const ReplayRequest& request, const std::string& divergence, ReplayOutcome* outcome) {
  const auto expected =
      std::find_if(outcome->findings.begin(), outcome->findings.end(),
                   [&](const Finding& finding) { return IsExpected(request, finding.clause); });
  if (!divergence.empty()) {
    outcome->verdict = Verdict::kDiverged;
    outcome->explanation = divergence;
  } else if (expected != outcome->findings.end()) {
    outcome->verdict = Verdict::kSameFinding;
    outcome->explanation = expected->message;
  } else if (!outcome->findings.empty()) {
    outcome->verdict = Verdict::kOtherFinding;
    outcome->explanation =
        "the run breaks " + outcome->findings[0].clause + ", but not " + request.expected_clause;
  } else {
    outcome->verdict = Verdict::kNoFinding;
    outcome->explanation = "the run keeps to the specification";
  }
}

}  // namespace

platform::Result<ReplayOutcome> Replay(const ReplayRequest& request,
                                       const oracle::Specification& specification) {
  const Setup setup = SetupOf(request, specification);
  auto supervisor = Supervisor::Create(setup, 1, request.in_process);
  if (!supervisor.ok()) return supervisor.error();
  const bool has_names = HasNames(request);
  bool by_name = request.changed && has_names;
  auto done = Run(request, setup, by_name, supervisor->get());
  if (!done.ok()) return done.error();
  if (!by_name && request.allow_changed && has_names && !request.in_process &&
      !DivergenceOf(request, *done).empty()) {
    by_name = true;
    done = Run(request, setup, by_name, supervisor->get());
    if (!done.ok()) return done.error();
  }
  const SingleRun& run = *done;

  ReplayOutcome outcome;
  outcome.trace_hash = run.trace_hash;
  outcome.findings = FindingsOf(setup, run, request.scenario);
  Locations locations(request.modules);
  WantSites(run, &locations);
  locations.Resolve();
  outcome.trace = TraceOf(run, locations);
  for (Finding& finding : outcome.findings) Locate(run, locations, &finding);
  Judge(request, by_name ? "" : DivergenceOf(request, run), &outcome);
  if (by_name) JudgeByName(request, run, &outcome);
  return outcome;
}

platform::Result<MinimizedReplay> MinimizeReplay(const ReplayRequest& request,
                                                 const oracle::Specification& specification,
                                                 const MinimizeBudget& budget) {
  const Setup setup = SetupOf(request, specification);
  auto supervisor = Supervisor::Create(setup, 1, false);
  if (!supervisor.ok()) return supervisor.error();
  const bool by_name = request.changed && HasNames(request);
  auto done = Run(request, setup, by_name, supervisor->get());
  if (!done.ok()) return done.error();
  MinimizedReplay result;
  result.scenario = request.scenario;
  const std::string divergence = by_name ? "" : DivergenceOf(request, *done);
  const auto target = TargetIn(
      setup, *done, [&](const std::string& clause) { return IsExpected(request, clause); });
  if (!divergence.empty() || !target.has_value()) {
    result.explanation = !divergence.empty() ? divergence
                         : by_name           ? FirstMissed(request, *done)
                                             : "";
    result.diverged = !divergence.empty();
    return result;
  }
  Minimizer minimizer(setup, supervisor->get(), budget);
  minimizer.set_smaller_urls(request.smaller_urls);
  auto minimized =
      minimizer.Minimize(request.scenario, *done, *target, Minimizer::What::kDecisionsAndScenario);
  if (!minimized.ok()) return minimized.error();
  auto finding = FindingOf(setup, *minimized, *target, &minimizer, supervisor->get());
  if (!finding.ok()) return finding.error();
  if (!finding->has_value()) {
    result.explanation = "the smallest run did not repeat itself";
    result.diverged = true;
    return result;
  }
  result.scenario = std::move(minimized->scenario);
  result.finding = std::move((*finding)->finding);
  result.finding->reduction->scenario = DescribeChanges(request.scenario, result.scenario);
  Locations locations(request.modules);
  WantSites((*finding)->run, &locations);
  locations.Resolve();
  Locate((*finding)->run, locations, &*result.finding);
  return result;
}

}  // namespace pendulum::explore

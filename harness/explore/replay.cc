#include <algorithm>
#include <utility>

#include "harness/explore/investigation.h"
#include "harness/explore/locations.h"
#include "harness/explore/single_run.h"
#include "harness/explore/supervisor.h"
#include "harness/explore/verify.h"

namespace pendulum::explore {
namespace {

using Verdict = ReplayOutcome::Verdict;

constexpr const char* kResponseRule = "MODULE-SCHEDULE-DEPENDENT";

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

bool IsExpected(const ReplayRequest& request, const Finding& finding) {
  // "MODULE-HANG" expects any clause of that rule, "MODULE-HANG/spin" that one.
  return request.expected_clause.empty() || finding.clause == request.expected_clause ||
         finding.clause.starts_with(request.expected_clause + "/");
}

void Judge(const ReplayRequest& request, const SingleRun& run, ReplayOutcome* outcome) {
  const std::string divergence = DivergenceOf(request, run);
  const auto expected =
      std::find_if(outcome->findings.begin(), outcome->findings.end(),
                   [&](const Finding& finding) { return IsExpected(request, finding); });
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
  Batch batch;
  batch.scenario = &request.scenario;
  batch.schedule = &request.schedule;
  // Under a debugger the run of the plainest schedule would only be in the way of another finding.
  batch.rehearsal.compares_responses =
      !request.in_process || IsExpected(request, {.clause = kResponseRule});
  auto done = RunSingle(setup, batch, supervisor->get());
  if (!done.ok()) return done.error();
  const SingleRun& run = *done;

  ReplayOutcome outcome;
  outcome.trace_hash = run.trace_hash;
  outcome.findings = FindingsOf(setup, run, request.scenario);
  Locations locations(request.modules);
  WantSites(run, &locations);
  locations.Resolve();
  outcome.trace = TraceOf(run, locations);
  for (Finding& finding : outcome.findings) Locate(run, locations, &finding);
  Judge(request, run, &outcome);
  return outcome;
}

}  // namespace pendulum::explore

#include "harness/explore/single_run.h"

#include <algorithm>
#include <cassert>

#include "harness/oracle/blame.h"

namespace pendulum::explore {
namespace {

constexpr int kWaitMs = 1000;
constexpr uint32_t kMemoryPhases = 32;
constexpr const char* kRaceRule = "MODULE-DATA-RACE";

}  // namespace

std::vector<oracle::Violation> Judge(oracle::Oracle* oracle, const trace::TraceBuffer& trace) {
  oracle->BeginRun();
  for (uint32_t i = 0; i < trace.count; ++i) oracle->OnEvent(trace.events[i], i);
  return {oracle->violations().begin(), oracle->violations().end()};
}

SingleRun CaptureRun(const Setup& setup, size_t arm, BatchEnd end, BatchState* state) {
  SingleRun run;
  run.arm = arm;
  run.end = end;
  run.variant = setup.arms[arm].variant;
  run.races_passed = state->races_passed;
  run.memory_phase = state->memory_phase;
  if (state->crash.kind == CrashKind::kRace) {
    // It is the race that is told, though the run may have gone on.
    state->trace.count = std::min(state->trace.count, state->crash.events);
    state->log.count = std::min(state->log.count, state->crash.decisions);
    state->notes.count = std::min(state->notes.count, state->crash.notes);
  }
  run.divergence = state->divergence;
  run.decisions_used = state->decisions_used;
  if (end != BatchEnd::kDone) run.incident = DescribeIncident(setup, end, state);
  const auto decisions = sched::Recorded(state->log);
  run.schedule.assign(decisions.begin(), decisions.end());
  run.notes.assign(state->notes.decisions, state->notes.decisions + state->notes.count);
  run.given = state->notes.given;
  run.refused = state->notes.refused;
  const trace::TraceBuffer& trace = state->trace;
  if (trace.count != 0 &&
      trace.events[trace.count - 1].kind == trace::EventKind::kResponseDiffered) {
    const auto part = static_cast<trace::ResponsePart>(trace.events[trace.count - 1].d);
    run.responses = DescribeResponses(state->reference, state->received, part, decisions);
  }
  run.events.assign(trace.events, trace.events + trace.count);
  run.sites.assign(trace.sites, trace.sites + trace.count);
  run.trace_hash = trace::Recorder(&state->trace, nullptr).Hash();
  oracle::Oracle oracle(*setup.specification);
  run.violations = Judge(&oracle, trace);
  run.first_module_fault = oracle::FirstModuleFault(*setup.specification, run.violations);
  run.readings_seen = oracle.readings_seen();
  if (end == BatchEnd::kHung) {
    run.coverage.assign(oracle.coverage().begin(), oracle.coverage().end());
    run.reading_counts.assign(oracle.reading_counts().begin(), oracle.reading_counts().end());
  }
  for (const oracle::Violation& violation : run.violations) {
    run.messages.push_back(oracle.Message(violation));
    const std::string& clause = setup.specification->clauses()[violation.clause].id;
    // The specification says under which clause the run's end falls.
    if (run.incident.has_value() && violation.event + 1 == trace.count &&
        clause.starts_with(run.incident->clause)) {
      run.incident->clause = clause;
    }
  }
  return run;
}

platform::Result<SingleRun> RunSingle(const Setup& setup, const Batch& batch,
                                      Supervisor* supervisor) {
  assert(batch.runs == 1);
  Batch tried = batch;
  if (auto started = supervisor->Start(0, tried); !started.ok()) return started.error();
  for (;;) {
    const auto ended = supervisor->Wait(kWaitMs);
    if (!ended.has_value()) continue;
    BatchState& state = supervisor->state(ended->slot);
    if (ended->end == BatchEnd::kFailed) {
      return platform::Error{state.error, state.error_place, state.error_remedy};
    }
    if (!supervisor->in_process() && tried.rehearsal.LeaveOut(state.phase)) {
      if (auto started = supervisor->Start(0, tried); !started.ok()) return started.error();
      continue;
    }
    SingleRun run = CaptureRun(setup, batch.arm, ended->end, &state);
    if (batch.schedule != nullptr && ended->end == BatchEnd::kHung) {
      // The process was stopped before it could say so.
      const auto both = std::mismatch(batch.schedule->begin(), batch.schedule->end(),
                                      run.schedule.begin(), run.schedule.end());
      run.decisions_used = static_cast<size_t>(both.first - batch.schedule->begin());
    }
    return run;
  }
}

platform::Result<SingleRun> RunSingleUntil(const Setup& setup, const Batch& batch,
                                           Supervisor* supervisor,
                                           const std::function<bool(const SingleRun&)>& is_wanted) {
  auto first = RunSingle(setup, batch, supervisor);
  const bool varies =
      setup.arms[batch.arm].variant == Variant::kThread && !supervisor->in_process();
  if (!first.ok() || !varies || is_wanted(*first)) return first;
  Batch shifted = batch;
  for (shifted.memory_phase = 0; shifted.memory_phase < kMemoryPhases; ++shifted.memory_phase) {
    uint64_t last_hash = 0;
    for (shifted.races_passed = 0; shifted.races_passed < kRaceTurns; ++shifted.races_passed) {
      auto run = RunSingle(setup, shifted, supervisor);
      if (!run.ok() || is_wanted(*run)) return run;
      // A run that has no further race ends with the same one.
      const bool has_race = run->incident.has_value() && run->incident->clause == kRaceRule;
      if (!has_race || run->trace_hash == last_hash) break;
      last_hash = run->trace_hash;
    }
  }
  return first;
}

platform::Result<Rehearsal> SurvivedRehearsal(const Setup& setup, const Batch& batch) {
  auto supervisor = Supervisor::Create(setup, 1, false);
  if (!supervisor.ok()) return supervisor.error();
  Batch tried = batch;
  tried.runs = 0;
  for (;;) {
    if (auto started = (*supervisor)->Start(0, tried); !started.ok()) return started.error();
    std::optional<Supervisor::Ended> ended;
    while (!ended.has_value()) ended = (*supervisor)->Wait(kWaitMs);
    if (!tried.rehearsal.LeaveOut((*supervisor)->state(ended->slot).phase)) return tried.rehearsal;
  }
}

}  // namespace pendulum::explore

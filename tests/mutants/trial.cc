#include "tests/mutants/trial.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <memory>
#include <string>

#include "harness/explore/builtin_scenarios.h"
#include "harness/host/host.h"
#include "harness/host/mutants.h"
#include "harness/oracle/oracle.h"
#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "harness/trace/json_lines.h"
#include "harness/trace/recorder.h"
#include "harness/win32/boundary.h"
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

constexpr uint64_t kSeed = 20;
// How often the plainest schedule is taken instead of a random one.
constexpr uint64_t kPlainEvery = 8;
// Runs of a probe in a scenario before it is the next one's turn.
constexpr uint64_t kRunsAVisit = 4;

// Scheduler, host and oracle of this process.
class Trial {
 public:
  Trial(const oracle::Specification& specification, const TrialPlan& plan, TrialState* state)
      : specification_(specification),
        plan_(plan),
        state_(state),
        buffer_(std::make_unique<trace::TraceBuffer>()),
        oracle_(specification),
        recorder_(buffer_.get(), &oracle_),
        scheduler_(&log_),
        host_(&scheduler_, &recorder_),
        random_(kSeed) {
    assert(specification.clauses().size() <= kMostClauses);
    win32::boundary.scheduler = &scheduler_;
    win32::boundary.recorder = &recorder_;
  }
  ~Trial() {
    win32::boundary.scheduler = nullptr;
    win32::boundary.recorder = nullptr;
  }

  // The same run as Run does, and its trace.
  std::string Trace(uint32_t probe, uint32_t scenario, uint64_t run) {
    host_.SetScenario(explore::BuiltInScenarios()[scenario]);
    host_.SetModules(Probes()[probe].modules);
    RunOnce(run);
    std::string note;
    for (const oracle::Violation& violation : oracle_.violations()) {
      note += (note.empty() ? "" : "; ") + specification_.clauses()[violation.clause].id +
              " at event " + std::to_string(violation.event) + ": " + oracle_.Message(violation);
    }
    return trace::TraceJson({buffer_->events, buffer_->count}, note);
  }

  void Run() {
    const size_t probes = Probes().size();
    const size_t pairs = probes * explore::BuiltInScenarios().size();
    const uint64_t rounds = (plan_.runs + kRunsAVisit - 1) / kRunsAVisit;
    for (; state_->position < rounds * pairs; ++state_->position) {
      const uint64_t round = state_->position / pairs;
      const size_t pair = state_->position % pairs;
      Visit(static_cast<uint32_t>(pair % probes), static_cast<uint32_t>(pair / probes), round);
      state_->visits = host::MutantVisits();
      if (state_->first.clause != 0 && !plan_.goes_on) break;
    }
    state_->finished = 1;
  }

 private:
  void Visit(uint32_t probe, uint32_t scenario, uint64_t round) {
    host_.SetScenario(explore::BuiltInScenarios()[scenario]);
    host_.SetModules(Probes()[probe].modules);
    for (uint64_t i = 0; i < kRunsAVisit; ++i) {
      const uint64_t run = round * kRunsAVisit + i;
      RunOnce(run);
      Note({.probe = probe, .scenario = scenario, .run = run});
      if (state_->first.clause != 0 && !plan_.goes_on) return;
    }
  }

  void RunOnce(uint64_t run) {
    win32::BeginRun();
    oracle_.BeginRun();
    recorder_.Clear();
    BeginProbeRun(run);
    sched::Strategy* strategy = &random_;
    if (run % kPlainEvery == 0) strategy = &default_;
    host_.Run(strategy, run);
    ++state_->runs_done;
  }

  void Note(const Seen& here) {
    for (const oracle::Violation& violation : oracle_.violations()) {
      ++state_->broken[violation.clause];
      state_->last[violation.clause] = {here.probe, here.scenario, here.run};
      const oracle::Clause& clause = specification_.clauses()[violation.clause];
      if (clause.subject != oracle::Subject::kHost) continue;
      if (violation.clause < plan_.ignored.size() && plan_.ignored[violation.clause]) continue;
      const bool must = clause.level == oracle::Level::kMust;
      if (must || plan_.counts_should) NoteFirst(violation, here, &state_->first);
      if (!must) NoteFirst(violation, here, &state_->first_should);
    }
    const auto coverage = oracle_.coverage();
    for (size_t i = 0; i < specification_.clauses().size(); ++i) {
      state_->reached[i] = 0;
      for (size_t timing = 0; timing < oracle::Oracle::kTimingClasses; ++timing) {
        state_->reached[i] += coverage[i * oracle::Oracle::kTimingClasses + timing];
      }
    }
  }

  void NoteFirst(const oracle::Violation& violation, const Seen& here, Seen* first) {
    if (first->clause != 0) return;
    *first = here;
    first->clause = violation.clause + 1u;
    const std::string message = oracle_.Message(violation);
    std::strncpy(first->text, message.c_str(), kTextBytes - 1);
  }

  const oracle::Specification& specification_;
  const TrialPlan& plan_;
  TrialState* state_;
  sched::Decision decisions_[4096];
  sched::Scheduler::DecisionLog log_{0, 4096, decisions_};
  std::unique_ptr<trace::TraceBuffer> buffer_;
  oracle::Oracle oracle_;
  trace::Recorder recorder_;
  sched::Scheduler scheduler_;
  host::Host host_;
  sched::DefaultStrategy default_;
  sched::RandomStrategy random_;
};

}  // namespace

void RunTrial(const oracle::Specification& specification, const TrialPlan& plan,
              TrialState* state) {
  std::make_unique<Trial>(specification, plan, state)->Run();
}

std::string TraceOf(const oracle::Specification& specification, uint32_t probe, uint32_t scenario,
                    uint64_t run) {
  TrialState state{};
  const TrialPlan plan;
  return std::make_unique<Trial>(specification, plan, &state)->Trace(probe, scenario, run);
}

std::vector<std::string_view> ScenarioNames() {
  std::vector<std::string_view> names;
  for (const host::Scenario& scenario : explore::BuiltInScenarios()) {
    names.push_back(scenario.name);
  }
  return names;
}

}  // namespace pendulum::mutants

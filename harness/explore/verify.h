// The two things that users do: verify a module over many schedules, and replay one.
#ifndef PENDULUM_EXPLORE_VERIFY_H_
#define PENDULUM_EXPLORE_VERIFY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/explore/arm.h"
#include "harness/explore/decision_key.h"
#include "harness/explore/finding.h"
#include "harness/explore/module_builds.h"
#include "harness/host/scenario.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"
#include "harness/sched/schedule.h"

namespace pendulum::explore {

struct VerifyOptions {
  ModuleBuilds modules;
  std::vector<host::Scenario> scenarios;
  std::string strategy = "random";  // as sched::MakeStrategy takes it, or "portfolio"
  // Among which the runs of each scenario are divided; empty: one, with `strategy` and the
  // first variant that there is of the modules.
  std::vector<Arm> arms;
  uint64_t seed = 1;
  uint64_t runs = 1000;            // for each scenario
  uint64_t time_ms = 0;            // when not 0: go on until this much time has passed instead
  int jobs = 1;                    // child processes at the same time; results don't depend on it
  bool in_process = false;         // no child process: for a debugger
  bool check_determinism = false;  // every run twice, comparing trace hashes
  uint64_t watchdog_ms = 5000;     // a run that makes no call for so long hangs
  uint64_t memory_bytes = 512u << 20;  // the module's heap in one run
  size_t stack_bytes = 256 * 1024;
  uint64_t minimize_runs = 300;  // to make the schedule of each finding smaller; 0: don't
};

// Called from time to time with what is done so far, on the caller's thread.
using Progress = std::function<void(const std::string& scenario, uint64_t runs_done,
                                    uint64_t runs_total, size_t findings)>;

// Runs all scenarios and returns what was found. The same options give the same report, but for
// elapsed_seconds (and, with time_ms, how far it came). The error is for what could not be done:
// a module that does not load, a run that did not repeat itself (`diverged`).
platform::Result<Report> Verify(const VerifyOptions& options,
                                const oracle::Specification& specification,
                                const Progress& progress = {});

// One recorded run, to be repeated.
struct ReplayRequest {
  ModuleBuilds modules;  // the first that there is
  host::Scenario scenario;
  sched::Schedule schedule;
  std::string expected_clause;       // empty: any
  uint64_t expected_trace_hash = 0;  // 0: not compared
  // The decisions of the schedule that are not the plainest, by name.
  std::vector<NamedDecision> decisions;
  // The module is another than the recorded one: the decisions are followed by name.
  bool changed = false;
  // Follow them by name when the run leaves its recording.
  bool allow_changed = false;
  bool in_process = false;
  uint64_t watchdog_ms = 5000;
  uint64_t memory_bytes = 512u << 20;
  size_t stack_bytes = 256 * 1024;
  // To minimise: shorter forms of a URL that says what the module is to do; empty: there are none.
  std::function<std::vector<std::string>(const std::string& url)> smaller_urls;
};

struct ReplayOutcome {
  enum class Verdict : uint8_t {
    kSameFinding,   // the expected finding, and the same trace
    kOtherFinding,  // a finding, but not the expected one
    kNoFinding,     // the run kept to the specification
    kDiverged,      // the run no longer asks the recorded questions, or its trace differs
    // Of decisions that were followed by name:
    kFixed,            // all were made, and the run kept to the specification
    kNoLongerApplies,  // it kept to it too, but not all could be made: it says nothing of the fault
  };
  Verdict verdict = Verdict::kNoFinding;
  std::string explanation;        // one sentence; for kDiverged: where it first differs
  bool by_name = false;           // decisions were followed by name
  std::string difference;         // then: which decision could not be made first; empty: none
  std::vector<Finding> findings;  // of this run
  std::vector<TracedEvent> trace;
  uint64_t trace_hash = 0;
};

platform::Result<ReplayOutcome> Replay(const ReplayRequest& request,
                                       const oracle::Specification& specification);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_VERIFY_H_

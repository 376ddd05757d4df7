// Everything that one process needs to simulate runs: scheduler, host, oracle, modules.
#ifndef PENDULUM_EXPLORE_SIMULATION_H_
#define PENDULUM_EXPLORE_SIMULATION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/response_reference.h"
#include "harness/host/host.h"
#include "harness/host/scenario.h"
#include "harness/module/module.h"
#include "harness/oracle/oracle.h"
#include "harness/platform/result.h"
#include "harness/sched/profile.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

// One at a time in a process.
class Simulation {
 public:
  struct Memory {
    sched::Scheduler::DecisionLog* log = nullptr;
    trace::TraceBuffer* trace = nullptr;
    // To measure what it costs: false, nobody looks at the events; the oracle remembers no runs.
    bool judged = true;
    bool remembers = true;
  };

  // Loads the modules. `memory` and `specification` are borrowed for the simulation's life. Errors:
  // a module does not load.
  static platform::Result<std::unique_ptr<Simulation>> Create(
      const std::vector<std::string>& modules, const oracle::Specification& specification,
      size_t stack_bytes, const Memory& memory);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // Forgets the last scenario's reference.
  void SetScenario(const host::Scenario& scenario);
  // The same for one whose runs begin like those before: what these came to stays known.
  void SetSimilarScenario(const host::Scenario& scenario);

  // Learns where modules that tell of their loads and stores share memory, by a few runs; from then
  // on these places are scheduling points. To be called before TakeReference. Does nothing when no
  // module tells.
  void LearnAccesses();

  // Does the trial runs of a profile for strategies that learn by one: how long the scenario's runs
  // are and who takes part. To be called after LearnAccesses, which makes them longer.
  sched::Profile TakeProfile();

  // Does the run of the plainest schedule; from then on RunOnce compares with its response. False,
  // and nothing is compared, when the scenario's schedules may have different ones or this run did
  // not end well. To be called before the first run: the oracle's coverage is cleared afterwards.
  bool TakeReference();

  // Does what makes runs that don't count: no response is compared, and their coverage is cleared.
  template <class Runs>
  void Rehearse(const Runs& runs) {
    const bool compares = std::exchange(compares_, false);
    runs();
    compares_ = compares;
    oracle_.ClearCoverage();
  }

  // One run from a clean start: the modules as loaded, their Win32 objects forgotten. Its events,
  // decisions and violations stay readable until the next one. A run that ends well with another
  // response than the reference has response.differed as its last event. Allocates nothing in the
  // steady state.
  host::RunResult RunOnce(sched::Strategy* strategy, uint64_t run);

  // The same, telling `listener` what is touched.
  host::RunResult RunListened(sched::Strategy* strategy, sched::TouchListener* listener,
                              uint64_t run);

  // Forgets which clauses the runs so far have reached.
  void ClearCoverage() { oracle_.ClearCoverage(); }

  const oracle::Oracle& oracle() const { return oracle_; }
  const trace::Recorder& recorder() const { return recorder_; }
  const sched::Scheduler& scheduler() const { return scheduler_; }
  const host::Host& host() const { return host_; }
  const sched::Scheduler::DecisionLog& log() const { return *log_; }
  // How the last run's response differed from the reference; nothing when it did not, or was not
  // compared.
  const std::optional<ResponseDifference>& difference() const { return difference_; }
  std::span<const uint8_t> reference() const { return reference_; }

 private:
  Simulation(const oracle::Specification& specification, size_t stack_bytes, const Memory& memory);
  platform::Status LoadModules(const std::vector<std::string>& paths);
  // The run came to its end and broke no rule.
  bool EndedWell(const host::RunResult& result) const;
  void CompareResponse();
  static void OnSwitch(void* simulation, sched::WorkerId from, sched::WorkerId to);

  const oracle::Specification& specification_;
  const host::Scenario* scenario_ = nullptr;
  sched::Scheduler::DecisionLog* log_;
  sched::Scheduler scheduler_;
  oracle::Oracle oracle_;
  trace::Recorder recorder_;
  host::Host host_;
  std::vector<std::unique_ptr<module::Module>> modules_;
  bool compares_ = false;
  std::vector<uint8_t> reference_;
  std::optional<ResponseDifference> difference_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SIMULATION_H_

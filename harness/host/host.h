// The simulated IIS. One object serves all runs of a process: BeginRun/… reset, nothing is rebuilt.
#ifndef PENDULUM_HOST_HOST_H_
#define PENDULUM_HOST_HOST_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "harness/host/scenario.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/event.h"
#include "harness/trace/recorder.h"

// PFN_REGISTERMODULE of httpserv.h, without the header: (server version, registration info,
// server).
class IHttpModuleRegistrationInfo;
class IHttpServer;

namespace pendulum::host {

using RegisterModuleFunction = int32_t (*)(uint32_t server_version,
                                           IHttpModuleRegistrationInfo* info, IHttpServer* server);

// A module to load into the simulated server, in the order of the server's module list.
struct ModuleEntry {
  std::string name;  // what IHttpModuleRegistrationInfo::GetName returns (narrowed)
  RegisterModuleFunction register_module = nullptr;
};

// How a run ended, for the driver.
struct RunResult {
  trace::RunEnd end = trace::RunEnd::kComplete;
  uint32_t steps = 0;
};

class Host {
 public:
  // All are borrowed for the host's life.
  Host(sched::Scheduler* scheduler, trace::Recorder* recorder);
  ~Host();

  // Sets what the next runs do. Copies; may allocate. `scenario` must be valid (scenario_json.h
  // checks), modules not empty.
  void SetScenario(const Scenario& scenario);
  void SetModules(std::span<const ModuleEntry> modules);

  // One run from RegisterModule to the factories' Terminate, with decisions from `strategy`. Run
  // number `run` selects what the strategy draws. The caller has restored the modules' data before.
  RunResult Run(sched::Strategy* strategy, uint64_t run);

  // What the client of request `request` received in the last run: the response's bytes as it
  // arrived, status line and headers first.
  std::span<const uint8_t> ReceivedBytes(int request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_HOST_H_

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

// Who owns some memory.
struct MemoryPlace {
  enum class Owner : uint8_t { kOther, kPendingOperation, kEndedRequest };
  Owner owner = Owner::kOther;
  uint8_t request = trace::kNone8;
  uint16_t operation = trace::kNone16;
  uint32_t offset_bytes = 0;  // in the operation's buffer
  uint32_t bytes = 0;         // of that buffer
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

  // For reports while a run takes place; async-signal-safe.
  MemoryPlace PlaceOf(const void* address) const;
  // Whether it is memory that the host gave to a module, or a local variable on a worker's stack.
  bool IsModuleMemory(const void* address) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_HOST_H_

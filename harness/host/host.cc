#include "harness/host/host.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

#include "harness/host/call_module.h"
#include "harness/host/client.h"
#include "harness/host/global.h"
#include "harness/host/mutant.h"
#include "harness/host/pipeline.h"
#include "harness/host/providers.h"
#include "harness/host/registration.h"
#include "harness/host/server.h"
#include "harness/host/world.h"
#include "harness/win32/capture.h"

namespace pendulum::host {
namespace {

constexpr uint32_t kServerVersion = 10;
// How much of the end of a trace shows whether a run goes on without progress.
constexpr uint32_t kTailEvents = 1000;

World* current_world = nullptr;

// Whether an event brings a request or the server further.
bool IsProgress(const trace::Event& event) {
  switch (event.kind) {
    case trace::EventKind::kRequestBegan:
    case trace::EventKind::kRequestEnded:
    case trace::EventKind::kNotificationEntered:
    case trace::EventKind::kClientSent:
    case trace::EventKind::kClientReceived:
    case trace::EventKind::kBodyBytes:
    case trace::EventKind::kGlobalEntered:
      return true;
    default:
      return false;
  }
}

}  // namespace

struct Host::Impl {
  Impl(sched::Scheduler* scheduler, trace::Recorder* recorder)
      : world(scheduler, recorder), server(&world) {}

  void RegisterModules();
  void StartServer();
  void StopServer();
  bool AllEnded() const;
  sched::RunState RunOn();
  bool IsEndless() const;
  trace::Site EndlessSite() const;
  void RecordParked(bool blocked);
  RunResult Finish(trace::RunEnd end, bool endless = false);

  bool stopped = false;  // StopServer has come to its end
  // When the liveness phase began: see RunOn.
  uint32_t phase_steps = 0;
  uint64_t phase_ms = 0;

  World world;
  ServerObject server;
  RegistrationInfo registrations[kMaxModules];
};

void Host::Impl::RegisterModules() {
  for (size_t i = 0; i < world.modules.size(); ++i) {
    win32::boundary.module_of[world.scheduler.current()] = static_cast<uint8_t>(i);
    registrations[i].Attach(&world, static_cast<int>(i));
    const uint32_t version = Mutated(kServerVersionMissing, kServerVersion, 0u);
    LoadedModule& module = world.modules[i];
    HRESULT result = E_FAIL;
    world.Record(trace::EventKind::kModuleLoaded, nullptr, static_cast<uint8_t>(i), trace::kNone16,
                 version, 0, trace::kInfoGiven | trace::kServerGiven);
    CallModule(&world, nullptr,
               [&] { result = module.register_module(version, &registrations[i], &server); });
    world.Record(trace::EventKind::kModuleRegistered, nullptr, static_cast<uint8_t>(i),
                 trace::kNone16, static_cast<uint32_t>(result));
    if (world.scheduler.draining()) return;
    if (FAILED(result) && !Mutant(kFailedModuleUsed)) {
      char text[16];
      std::snprintf(text, sizeof(text), "0x%08X", static_cast<uint32_t>(result));
      win32::CaptureLine("RegisterModule returned ", text, ": the server does not use the module");
      // The server does not use a module whose registration failed.
      module.factory = nullptr;
      module.global = nullptr;
      module.notifications = module.post_notifications = module.global_notifications = 0;
    }
  }
}

// Loads the modules, starts the application, lets the requests arrive.
void Host::Impl::StartServer() {
  if (!world.scheduler.draining()) RegisterModules();
  if (world.scheduler.draining()) return;
  BuildSteps(&world);
  BuildGlobalSteps(&world);
  ApplicationProvider provider(&world);
  ResolveModulesProvider resolve(&world);
  if (!Mutant(kApplicationStartMissed)) {
    RaiseGlobal(&world, trace::GlobalNotification::kApplicationStart, nullptr, &provider);
  }
  if (world.scheduler.draining()) return;
  RaiseGlobal(&world, trace::GlobalNotification::kApplicationResolveModules, nullptr, &resolve);
  if (world.scheduler.draining()) return;
  world.started.Before();
  for (int i = 0; i < world.request_count; ++i) {
    Request* request = world.requests[static_cast<size_t>(i)].get();
    if (request->connection == i) StartRequest(request);
  }
}

// Stops the application and unloads the modules.
void Host::Impl::StopServer() {
  if (world.scheduler.draining()) return;
  world.started.After();
  for (int i = 0; i < world.request_count; ++i) {
    world.requests[static_cast<size_t>(i)]->order.handled.After();
    world.connections[static_cast<size_t>(i)].order.After();
  }
  EndConnections(&world);
  world.info.Cleanup();
  if (world.scheduler.draining()) return;
  ApplicationProvider provider(&world);
  StopListeningProvider stop;
  using trace::GlobalNotification;
  RaiseGlobal(&world, GlobalNotification::kStopListening, nullptr, &stop);
  if (world.scheduler.draining()) return;
  RaiseGlobal(&world, GlobalNotification::kApplicationStop, nullptr, &provider);
  if (world.scheduler.draining()) return;
  RaiseGlobal(&world, GlobalNotification::kCacheCleanup, nullptr, nullptr);
  if (world.scheduler.draining()) return;
  for (size_t i = 0; i < world.modules.size(); ++i) {
    LoadedModule& module = world.modules[i];
    win32::boundary.module_of[world.scheduler.current()] = static_cast<uint8_t>(i);
    const auto index = static_cast<uint8_t>(i);
    if (module.factory != nullptr && !Mutant(kFactoryNotTerminated)) {
      CallModule(&world, nullptr, [&] { module.factory->Terminate(); });
      if (Mutant(kFactoryTerminatedTwice)) {
        world.Record(trace::EventKind::kFactoryTerminated, nullptr, index, trace::kNone16);
      }
      world.Record(trace::EventKind::kFactoryTerminated, nullptr, index, trace::kNone16);
    }
    if (module.global != nullptr && !Mutant(kGlobalNotTerminated)) {
      CallModule(&world, nullptr, [&] { module.global->Terminate(); });
      world.Record(trace::EventKind::kFactoryTerminated, nullptr, index, trace::kNone16, 0, 0, 1);
    }
    if (world.scheduler.draining()) return;
  }
  stopped = true;
}

bool Host::Impl::AllEnded() const {
  for (int i = 0; i < world.request_count; ++i) {
    if (!world.requests[static_cast<size_t>(i)]->ended) return false;
  }
  return true;
}

void Host::Impl::RecordParked(bool blocked) {
  uint32_t count = 0;
  for (int i = 0; i < world.scheduler.workers_used(); ++i) {
    if (world.scheduler.IsBlocked(static_cast<sched::WorkerId>(i))) ++count;
  }
  for (int i = 0; i < world.request_count; ++i) {
    const Request& request = *world.requests[static_cast<size_t>(i)];
    if (request.ended || !request.began) continue;
    const Delivery& delivery = request.delivery;
    const auto word = static_cast<uint16_t>(static_cast<uint16_t>(delivery.notification) |
                                            (delivery.post ? uint16_t{trace::kPost} : 0));
    world.Record(trace::EventKind::kRequestParked, &request, delivery.module, trace::kNone16,
                 blocked && count > 0 ? 1 : 0, count, word);
  }
}

// Goes on until nothing can happen or the limit is met. When half of the limit is, faults end and
// every decision is the plainest from then on: what is still able to end does.
sched::RunState Host::Impl::RunOn() {
  const sched::RunState state = world.scheduler.Run();
  if (state != sched::RunState::kOutOfSteps || world.faults_over) return state;
  phase_steps = world.scheduler.steps();
  phase_ms = world.scheduler.now_ms();
  EndFaults(&world);
  world.scheduler.GoOnPlainly(world.scenario.limits.steps);
  return world.scheduler.Run();
}

// Whether a run that met its limit goes on for ever, as far as anybody can see: without faults it
// went on for long, calling the server again and again, and brought nothing further. Where it
// waited for time to pass, a client must have waited for longer than a server lets it.
bool Host::Impl::IsEndless() const {
  constexpr uint32_t kLeastSteps = 4000;
  constexpr uint64_t kLeastMs = 120'000;
  const trace::TraceBuffer& trace = world.recorder.buffer();
  if (!world.faults_over || world.scheduler.steps() - phase_steps < kLeastSteps) return false;
  if (trace.count < kTailEvents || AllEnded()) return false;
  const uint64_t passed_ms = world.scheduler.now_ms() - phase_ms;
  if (passed_ms != 0 && passed_ms < kLeastMs) return false;
  return std::none_of(trace.events + trace.count - kTailEvents, trace.events + trace.count,
                      IsProgress);
}

// The first place in the module of those that it comes to again and again.
trace::Site Host::Impl::EndlessSite() const {
  constexpr int kLeastTimes = 20;
  const trace::TraceBuffer& trace = world.recorder.buffer();
  std::map<std::pair<uint32_t, uint32_t>, int> times;
  for (uint32_t i = trace.count - kTailEvents; i < trace.count; ++i) {
    const trace::Site site = trace.sites[i];
    if (site.offset != 0) ++times[{site.image, site.offset}];
  }
  for (const auto& [place, count] : times) {
    if (count >= kLeastTimes) return {.offset = place.second, .image = place.first};
  }
  return {};
}

RunResult Host::Impl::Finish(trace::RunEnd end, bool endless) {
  if (endless) world.recorder.set_site(EndlessSite());
  world.Record(trace::EventKind::kRunEnded, nullptr, trace::kNone8, trace::kNone16,
               static_cast<uint32_t>(end), world.scheduler.steps(), endless ? trace::kEndless : 0);
  const uint32_t steps = world.scheduler.steps();
  // What a module's code does when waits that never end return after all is no fault of the
  // module's: where its memory is put back anyway, it does not run on.
  world.scheduler.EndRun(win32::boundary.is_freed != nullptr ? sched::Scheduler::Leftover::kAbandon
                                                             : sched::Scheduler::Leftover::kDrain);
  current_world = nullptr;
  return {end, steps};
}

Host::Host(sched::Scheduler* scheduler, trace::Recorder* recorder)
    : impl_(std::make_unique<Impl>(scheduler, recorder)) {}

Host::~Host() = default;

void Host::SetScenario(const Scenario& scenario) { impl_->world.SetScenario(scenario); }

void Host::SetModules(std::span<const ModuleEntry> modules) {
  assert(!modules.empty() && modules.size() <= kMaxModules);
  impl_->world.modules.clear();
  impl_->world.registered.clear();
  for (const ModuleEntry& entry : modules) {
    LoadedModule module;
    module.name.assign(entry.name.begin(), entry.name.end());
    module.register_module = entry.register_module;
    impl_->world.modules.push_back(module);
  }
}

RunResult Host::Run(sched::Strategy* strategy, uint64_t run) {
  Impl& impl = *impl_;
  World& world = impl.world;
  assert(!world.modules.empty() && world.request_count > 0);
  current_world = &world;
  world.Reset();
  world.scheduler.BeginRun(strategy, run, {.transitions = (world.scenario.limits.steps + 1) / 2});
  world.Record(trace::EventKind::kRunBegan, nullptr, trace::kNone8, trace::kNone16);
  impl.stopped = false;
  world.StartWorker(
      "server", [](void* argument) { static_cast<Impl*>(argument)->StartServer(); }, &impl,
      nullptr);
  sched::RunState state = impl.RunOn();
  const auto over = [&] {
    return state == sched::RunState::kQuiet || state == sched::RunState::kBlocked;
  };
  if (!over()) return impl.Finish(trace::RunEnd::kLimit, impl.IsEndless());
  if (!impl.AllEnded()) {
    impl.RecordParked(state == sched::RunState::kBlocked);
    return impl.Finish(trace::RunEnd::kStuck);
  }
  world.StartWorker(
      "shutdown", [](void* argument) { static_cast<Impl*>(argument)->StopServer(); }, &impl,
      nullptr);
  state = impl.RunOn();
  if (!over()) return impl.Finish(trace::RunEnd::kLimit);
  // Threads of the module may be left waiting; the server itself may not.
  return impl.Finish(impl.stopped ? trace::RunEnd::kComplete : trace::RunEnd::kStuck);
}

std::span<const uint8_t> Host::ReceivedBytes(int request) const {
  assert(request >= 0 && request < impl_->world.request_count);
  return impl_->world.requests[static_cast<size_t>(request)]->client.received;
}

MemoryPlace Host::PlaceOf(const void* address) const {
  const World& world = impl_->world;
  const auto* byte = static_cast<const uint8_t*>(address);
  MemoryPlace place;
  for (const Operation& operation : world.used_operations()) {
    if (operation.phase != OperationPhase::kPending || operation.buffer == nullptr) continue;
    if (byte < operation.buffer || byte >= operation.buffer + operation.buffer_bytes) continue;
    place.owner = MemoryPlace::Owner::kPendingOperation;
    place.request = operation.request->index;
    place.operation = operation.id;
    place.offset_bytes = static_cast<uint32_t>(byte - operation.buffer);
    place.bytes = operation.buffer_bytes;
    return place;
  }
  for (int i = 0; i < world.request_count; ++i) {
    const Request& request = *world.requests[static_cast<size_t>(i)];
    if (!request.ended || !request.memory.Contains(address)) continue;
    place.owner = MemoryPlace::Owner::kEndedRequest;
    place.request = request.index;
    return place;
  }
  return place;
}

bool Host::IsModuleMemory(const void* address) const {
  const World& world = impl_->world;
  if (world.scheduler.StackOwner(address) != sched::kNoWorker) return true;
  for (int i = 0; i < world.request_count; ++i) {
    if (world.requests[static_cast<size_t>(i)]->memory.Contains(address)) return true;
  }
  return false;
}

}  // namespace pendulum::host

extern "C" void PendulumUnexpectedNotification(const char*) {
  pendulum::win32::CallScope call(__builtin_return_address(0), pendulum::win32::Points::kQuiet);
  if (pendulum::host::current_world == nullptr || call.draining()) return;
  pendulum::host::RecordMissingHandler(pendulum::host::current_world);
}

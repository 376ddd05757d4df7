#include "harness/host/global.h"

#include <algorithm>

#include "harness/host/call_module.h"
#include "harness/host/mutant.h"
#include "harness/host/providers.h"

namespace pendulum::host {
namespace {

using trace::GlobalNotification;

// Handlers take the provider of their notification, which the caller of RaiseGlobal has.
GLOBAL_NOTIFICATION_STATUS Call(CGlobalModule* module, GlobalNotification notification,
                                void* provider) {
  switch (notification) {
    case GlobalNotification::kStopListening:
      return module->OnGlobalStopListening(static_cast<IGlobalStopListeningProvider*>(provider));
    case GlobalNotification::kCacheCleanup:
      return module->OnGlobalCacheCleanup();
    case GlobalNotification::kHealthCheck:
      return module->OnGlobalHealthCheck();
    case GlobalNotification::kPreBeginRequest:
      return module->OnGlobalPreBeginRequest(static_cast<IPreBeginRequestProvider*>(provider));
    case GlobalNotification::kApplicationStart:
      return module->OnGlobalApplicationStart(
          static_cast<IHttpApplicationStartProvider*>(provider));
    case GlobalNotification::kApplicationResolveModules:
      return module->OnGlobalApplicationResolveModules(
          static_cast<IHttpApplicationResolveModulesProvider*>(provider));
    case GlobalNotification::kApplicationStop:
      return module->OnGlobalApplicationStop(static_cast<IHttpApplicationStopProvider*>(provider));
    case GlobalNotification::kCustomNotification:
      return module->OnGlobalCustomNotification(
          static_cast<ICustomNotificationProvider*>(provider));
    case GlobalNotification::kThreadCleanup:
      return module->OnGlobalThreadCleanup(static_cast<IGlobalThreadCleanupProvider*>(provider));
    default:
      return GL_NOTIFICATION_CONTINUE;  // the others have no cause in the simulation
  }
}

}  // namespace

void BuildGlobalSteps(World* world) {
  world->has_global_steps =
      std::any_of(world->modules.begin(), world->modules.end(),
                  [](const LoadedModule& one) { return one.global != nullptr; });
  if (!world->has_global_steps) return;
  for (int i = 0; i < trace::kGlobalNotificationCount; ++i) {
    const uint32_t bit = trace::BitOf(static_cast<GlobalNotification>(i));
    auto& steps = world->global_steps[static_cast<size_t>(i)];
    steps.clear();
    for (size_t m = 0; m < world->modules.size(); ++m) {
      const LoadedModule& module = world->modules[m];
      const bool wanted = (module.global_notifications & bit) != 0 || Mutant(kGlobalUnasked);
      if (module.global == nullptr || !wanted) continue;
      const uint8_t priority =
          Mutated<uint8_t>(kGlobalPriorityIgnored, module.global_priority[i], 4);
      size_t place = steps.size();
      while (place > 0 && world->modules[steps[place - 1]].global_priority[i] > priority) --place;
      steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(place), static_cast<uint8_t>(m));
    }
  }
}

GLOBAL_NOTIFICATION_STATUS CallGlobalHandlers(World* world, GlobalNotification notification,
                                              const Request* request, void* provider) {
  GLOBAL_NOTIFICATION_STATUS status = GL_NOTIFICATION_CONTINUE;
  const auto index = static_cast<uint16_t>(notification);
  const auto& steps = world->global_steps[index];
  if (steps.empty() || Mutant(kGlobalMissed)) return status;
  const sched::WorkerId worker = world->scheduler.current();
  const uint8_t outer_module = win32::boundary.module_of[worker];
  for (const uint8_t m : steps) {
    CGlobalModule* module = world->modules[m].global;
    win32::boundary.module_of[worker] = m;
    world->Record(trace::EventKind::kGlobalEntered, request, m, trace::kNone16, 0, 0, index);
    status = GL_NOTIFICATION_CONTINUE;
    CallModule(world, request, [&] { status = Call(module, notification, provider); });
    world->Record(trace::EventKind::kGlobalReturned, request, m, trace::kNone16,
                  static_cast<uint32_t>(status), 0, index);
    const bool handled = status == GL_NOTIFICATION_HANDLED && !Mutant(kGlobalHandledIgnored);
    if (handled || world->scheduler.draining() || Mutant(kGlobalFirstOnly)) break;
  }
  win32::boundary.module_of[worker] = outer_module;
  return status;
}

void CallThreadCleanup(World* world) {
  if (world->scheduler.draining()) return;
  ThreadCleanupProvider provider(world);
  RaiseGlobal(world, GlobalNotification::kThreadCleanup, nullptr, &provider);
}

}  // namespace pendulum::host

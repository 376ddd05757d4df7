// Global notifications: raised on the modules that registered a CGlobalModule for them, the higher
// priority first, until one returns GL_NOTIFICATION_HANDLED. See cglobalmodule-class.md.
#ifndef PENDULUM_HOST_GLOBAL_H_
#define PENDULUM_HOST_GLOBAL_H_

#include "harness/host/world.h"

namespace pendulum::host {

// Orders the modules' registrations into World::global_steps.
void BuildGlobalSteps(World* world);

// Calls the handlers of `notification` on the current worker. `request` is the one that it concerns
// or nullptr, `provider` what its handlers are given or nullptr. Returns what the last one
// returned.
GLOBAL_NOTIFICATION_STATUS CallGlobalHandlers(World* world, trace::GlobalNotification notification,
                                              const Request* request, void* provider);
inline GLOBAL_NOTIFICATION_STATUS RaiseGlobal(World* world, trace::GlobalNotification notification,
                                              const Request* request, void* provider) {
  if (!world->has_global_steps) return GL_NOTIFICATION_CONTINUE;
  return CallGlobalHandlers(world, notification, request, provider);
}

// The thread of the current worker goes back to the pool: GL_THREAD_CLEANUP.
void CallThreadCleanup(World* world);
inline void CleanUpThread(World* world) {
  if (world->has_global_steps) CallThreadCleanup(world);
}

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_GLOBAL_H_

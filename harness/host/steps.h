// Who is notified of what, in which order: what the modules registered for, as lists of steps.
#ifndef PENDULUM_HOST_STEPS_H_
#define PENDULUM_HOST_STEPS_H_

#include <cstdint>

#include "harness/host/world.h"

namespace pendulum::host {

// The RQ_ bit of a notification, and back (kCustomNotification and others included).
inline uint32_t NotificationBit(trace::Notification notification) {
  return trace::BitOf(notification);
}

// Orders the registered modules into World::steps and the lists beside it.
void BuildSteps(World* world);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_STEPS_H_

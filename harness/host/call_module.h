// Calls into a module's code, for whatever is not a notification handler: exceptions stop here.
#ifndef PENDULUM_HOST_CALL_MODULE_H_
#define PENDULUM_HOST_CALL_MODULE_H_

#include "harness/host/world.h"
#include "harness/win32/boundary.h"

namespace pendulum::host {

// Runs `call` as the module's code. Returns false when a C++ exception came out of it, which is
// then in the trace.
template <class Call>
bool CallModule(World* world, const Request* request, const Call& call) {
  try {
    win32::ModuleScope scope;
    call();
    world->LeaveStack(__builtin_frame_address(0));
    world->Touch(request);
    return true;
  } catch (...) {
    world->LeaveStack(__builtin_frame_address(0));
    world->Touch(request);
    const sched::WorkerId worker = world->scheduler.current();
    const uint8_t module =
        worker == sched::kNoWorker ? trace::kNone8 : win32::boundary.module_of[worker];
    const uint16_t notification = worker == sched::kNoWorker
                                      ? uint16_t{0}
                                      : static_cast<uint16_t>(world->inside[worker].notification);
    world->Record(trace::EventKind::kExceptionCrossed, request, module, trace::kNone16, 0, 0,
                  notification);
    return false;
  }
}

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CALL_MODULE_H_

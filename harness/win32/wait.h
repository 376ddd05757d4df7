// The waiting core: which worker waits for which objects, and who is released when one of them
// becomes signalled. A release happens at once, in the call that signals, as in Windows's kernel:
// two SetEvent calls release two waiters of an auto-reset event even before either runs.
#ifndef PENDULUM_WIN32_WAIT_H_
#define PENDULUM_WIN32_WAIT_H_

#include <cstdint>

#include "harness/sched/scheduler.h"
#include "harness/trace/method.h"
#include "harness/win32/boundary.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {

inline constexpr int kMaxWaitObjects = 64;  // MAXIMUM_WAIT_OBJECTS

struct WaitRequest {
  Object* objects[kMaxWaitObjects];
  int count = 0;
  bool all = false;
  bool alertable = false;
  DWORD timeout_ms = 0;
  const char* what = nullptr;  // static text for the wait-for graph
  trace::Method method{};
};

// Waits as WaitForMultipleObjects does; returns WAIT_OBJECT_0 + i, WAIT_ABANDONED_0 + i,
// WAIT_TIMEOUT, WAIT_IO_COMPLETION, or WAIT_FAILED (draining). Takes and gives back references.
DWORD Wait(CallScope& call, const WaitRequest& request);

// To be called after an object has become signalled: releases the waiters that this satisfies.
// Where one of several can be released, the strategy chooses; the plainest is who waits longest.
void ObjectSignalled(Object& object);

// Wakes `worker` with WAIT_IO_COMPLETION if it waits alertably.
void AlertWaiter(sched::WorkerId worker);

// Runs the APCs queued to the current thread; returns whether there were any.
bool RunQueuedCalls();

// The virtual time at which a time-out that starts now is over.
uint64_t DeadlineMs(DWORD timeout_ms);

// True if `worker`'s wait is for `object`. For tests and reports.
bool IsWaitingFor(sched::WorkerId worker, const Object& object);

// Forgets all waits. Part of BeginRun.
void ResetWaits();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_WAIT_H_

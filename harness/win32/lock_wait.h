// Waiting for locks that live in the module's memory: critical sections, slim locks, condition
// variables, one-time initialisation. The lock's own state is in its struct; who waits for which
// address is kept here. A lock that becomes free wakes all who wait for it, and whoever runs first
// takes it: any of them may win, as on Windows, and so may one who comes later.
#ifndef PENDULUM_WIN32_LOCK_WAIT_H_
#define PENDULUM_WIN32_LOCK_WAIT_H_

#include <cstdint>

#include "harness/trace/method.h"
#include "harness/win32/boundary.h"

namespace pendulum::win32 {

enum class LockMode : uint8_t { kExclusive, kShared, kCondition };

// What a wait for a lock is about.
struct LockWait {
  const void* address = nullptr;
  LockMode mode = LockMode::kExclusive;
  trace::Method method{};
  const char* what = nullptr;  // static text for the wait-for graph
  uint32_t number = 0;         // names the lock
  uint32_t owner = 0;          // the owner's thread number, 0 for none
  uint64_t deadline_ms = sched::kForever;
};

// Blocks until the address is woken. False when the time is over, the run is draining, or on the
// driver's stack, where waiting is not possible.
bool WaitForLock(CallScope& call, const LockWait& wait);

// Wakes all who wait for `address`.
void WakeLockWaiters(const void* address);
// Wakes one; the strategy chooses among several, the plainest is who waits longest.
void WakeOneLockWaiter(const void* address);
// Whether somebody waits for `address` in this mode.
bool HasLockWaiter(const void* address, LockMode mode);

// Forgets all waits. Part of BeginRun.
void ResetLockWaits();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_LOCK_WAIT_H_

// Slim reader/writer locks, as far as condition variables use them.
#ifndef PENDULUM_WIN32_SRW_LOCK_H_
#define PENDULUM_WIN32_SRW_LOCK_H_

#include "harness/win32/boundary.h"
#include "windows.h"

namespace pendulum::win32 {

// False only when the run is draining. They are not recursive: a thread that takes its own lock
// again waits for ever.
bool AcquireExclusive(CallScope& call, SRWLOCK* lock, trace::Method method, const char* what);
bool AcquireShared(CallScope& call, SRWLOCK* lock, trace::Method method, const char* what);
// False when the lock is not held that way.
bool ReleaseExclusive(SRWLOCK* lock, trace::Method method);
bool ReleaseShared(SRWLOCK* lock, trace::Method method);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_SRW_LOCK_H_

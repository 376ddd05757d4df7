// Mutexes and semaphores, as far as other parts of this layer use them.
#ifndef PENDULUM_WIN32_MUTEX_H_
#define PENDULUM_WIN32_MUTEX_H_

#include <cstdint>

#include "harness/win32/object.h"

namespace pendulum::win32 {

inline constexpr DWORD kErrorTooManyPosts = 298;  // ERROR_TOO_MANY_POSTS

// A thread of the module ends: the mutexes that it owns become signalled and abandoned.
void AbandonMutexes(uint32_t thread);

// Adds `count` to a semaphore; false with the last error set when that is not possible.
bool AddToSemaphore(Object& semaphore, int32_t count);

// The first half of SignalObjectAndWait; false with the last error set when it fails.
bool SignalForWait(Object& object);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_MUTEX_H_

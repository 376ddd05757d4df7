// pthread mutexes, as far as condition variables use them. What is ours of one lies in the link of
// the list of robust mutexes, which the C library leaves alone.
#ifndef PENDULUM_WIN32_POSIX_MUTEX_H_
#define PENDULUM_WIN32_POSIX_MUTEX_H_

#include <pthread.h>

#include <cstdint>

#include "harness/win32/boundary.h"

namespace pendulum::win32 {

// 0, EDEADLK, EAGAIN or ETIMEDOUT. While the run is drained it is 0 at once: what the C++ library
// can't lock, it throws an exception for.
int LockMutex(CallScope& call, pthread_mutex_t* mutex, trace::Method method, const char* what,
              uint64_t deadline_ms);
// 0, or EPERM when another thread has it and its kind says so.
int UnlockMutex(pthread_mutex_t* mutex, trace::Method method);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_POSIX_MUTEX_H_

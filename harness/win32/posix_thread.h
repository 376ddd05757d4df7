// Threads that the C++ library starts for the module: std::thread, std::async. Each is a worker;
// its pthread_t is its thread number.
#ifndef PENDULUM_WIN32_POSIX_THREAD_H_
#define PENDULUM_WIN32_POSIX_THREAD_H_

#include <cstdint>

#include "harness/win32/boundary.h"

namespace pendulum::win32 {

inline constexpr int kMaxPosixThreads = 256;  // those that run or wait to be joined

// Starts a thread; 0 with its number in `thread`, or EAGAIN.
int StartPosixThread(CallScope& call, void* (*function)(void*), void* argument, bool detached,
                     uint64_t* thread);
// Waits for its end until `deadline_ms`; 0 with its result, EDEADLK, EINVAL, ESRCH or ETIMEDOUT.
int JoinPosixThread(CallScope& call, uint64_t thread, void** result, uint64_t deadline_ms);
int DetachPosixThread(CallScope& call, uint64_t thread);
// What pthread_exit does. Returns only on a thread that was not made here.
void ExitPosixThread(CallScope& call, void* result);

// Forgets all threads. Part of BeginRun.
void ResetPosixThreads();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_POSIX_THREAD_H_

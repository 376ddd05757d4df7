// Values that are random on Windows: the same in each run, from a generator that starts anew.
#ifndef PENDULUM_WIN32_RANDOM_H_
#define PENDULUM_WIN32_RANDOM_H_

#include <cstdint>

namespace pendulum::win32 {

// What GetCurrentProcessId returns: the worker process's number.
inline constexpr uint32_t kProcessId = 4004;

uint64_t NextRandom();

// Starts anew. Part of BeginRun.
void ResetRandom();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_RANDOM_H_

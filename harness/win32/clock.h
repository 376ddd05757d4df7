// Clocks from virtual time: a run starts at the same instant each time and moves only when nothing
// else can happen.
#ifndef PENDULUM_WIN32_CLOCK_H_
#define PENDULUM_WIN32_CLOCK_H_

#include <cstdint>

#include "windows.h"

namespace pendulum::win32 {

// Units of 100 ns, as in a FILETIME.
inline constexpr int64_t kTicksPerMs = 10000;
// The system has been up for a minute when a run starts: GetTickCount is not 0.
inline constexpr uint64_t kUptimeMs = 60000;
// 2024-01-01T00:00:00Z, in ticks since 1601-01-01.
inline constexpr int64_t kEpochTicks = 133485408000000000;

uint64_t TicksOf(const FILETIME& time);
FILETIME FileTimeOf(uint64_t ticks);
// The current time in ticks since 1601-01-01.
uint64_t NowTicks();
// The virtual time in ms of a due time: negative ticks count from now, others since 1601-01-01.
// Times that have passed are now.
uint64_t VirtualTimeMs(int64_t due_ticks);

// Calendar arithmetic, UTC; false for a time that no calendar has.
bool SystemTimeOf(uint64_t ticks, SYSTEMTIME* time);
bool TicksOfSystemTime(const SYSTEMTIME& time, uint64_t* ticks);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_CLOCK_H_

// POSIX times as virtual milliseconds.
#ifndef PENDULUM_WIN32_POSIX_TIME_H_
#define PENDULUM_WIN32_POSIX_TIME_H_

#include <time.h>

#include <cstdint>

namespace pendulum::win32 {

// What `clock` shows now, from virtual time: CLOCK_REALTIME and its kin the time since 1970, all
// others the time since the system started.
timespec NowOf(clockid_t clock);
// When it shows `time`, in virtual milliseconds, rounded up; what has passed is now. A time that
// does not fit is for ever.
uint64_t DeadlineOf(clockid_t clock, const timespec& time);
// The same for a time from now.
uint64_t DeadlineAfter(const timespec& duration);
bool IsValid(const timespec& time);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_POSIX_TIME_H_

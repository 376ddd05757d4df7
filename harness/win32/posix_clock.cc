// Clocks and sleeping, for the module: std::chrono, std::this_thread. Reading a clock is a
// scheduling point: a loop that waits for time to pass must let it pass.
#include <sched.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "harness/win32/posix_call.h"
#include "harness/win32/posix_time.h"
#include "harness/win32/thread.h"

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::sched::WaitReason;
using pendulum::trace::Method;

namespace {

constexpr int64_t kNsPerUs = 1000;
constexpr int64_t kUsPerSecond = 1000000;

// Clocks show virtual time while a module is being loaded, too: what it takes from them is the same
// in each process.
bool IsModulesClock() { return InModule() && boundary.scheduler != nullptr; }

void SleepUntil(CallScope& call, uint64_t deadline_ms, const char* what) {
  if (call.draining() || deadline_ms <= boundary.scheduler->now_ms()) return;
  call.Block(Method::kWin32_nanosleep, WaitReason{.what = what}, deadline_ms);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  if (!IsModulesClock()) return PENDULUM_REAL(clock_gettime)(clock, time);
  CallScope call(PENDULUM_CALLER);
  *time = NowOf(clock);
  return 0;
}

extern "C" int gettimeofday(timeval* time, void* zone) noexcept {
  if (!IsModulesClock()) return PENDULUM_REAL(gettimeofday)(time, zone);
  CallScope call(PENDULUM_CALLER);
  const timespec now = NowOf(CLOCK_REALTIME);
  *time = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / kNsPerUs};
  return 0;
}

extern "C" time_t time(time_t* result) noexcept {
  if (!IsModulesClock()) return PENDULUM_REAL(time)(result);
  CallScope call(PENDULUM_CALLER);
  const time_t now = NowOf(CLOCK_REALTIME).tv_sec;
  if (result != nullptr) *result = now;
  return now;
}

extern "C" clock_t clock() noexcept {
  if (!IsModulesClock()) return PENDULUM_REAL(clock)();
  CallScope call(PENDULUM_CALLER);
  return static_cast<clock_t>(boundary.scheduler->now_ms()) * (CLOCKS_PER_SEC / 1000);
}

extern "C" int nanosleep(const timespec* duration, timespec* left) {
  if (!IsModuleCall()) return PENDULUM_REAL(nanosleep)(duration, left);
  CallScope call(PENDULUM_CALLER);
  SleepUntil(call, DeadlineAfter(*duration), "nanosleep");
  return 0;
}

extern "C" int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  if (!IsModuleCall()) return PENDULUM_REAL(clock_nanosleep)(clock, flags, time, left);
  CallScope call(PENDULUM_CALLER);
  const bool is_absolute = (flags & TIMER_ABSTIME) != 0;
  SleepUntil(call, is_absolute ? DeadlineOf(clock, *time) : DeadlineAfter(*time),
             "clock_nanosleep");
  return 0;
}

extern "C" int usleep(useconds_t duration_us) {
  if (!IsModuleCall()) return PENDULUM_REAL(usleep)(duration_us);
  CallScope call(PENDULUM_CALLER);
  SleepUntil(call,
             DeadlineAfter({.tv_sec = duration_us / kUsPerSecond,
                            .tv_nsec = duration_us % kUsPerSecond * kNsPerUs}),
             "usleep");
  return 0;
}

extern "C" unsigned sleep(unsigned duration_s) {
  if (!IsModuleCall()) return PENDULUM_REAL(sleep)(duration_s);
  CallScope call(PENDULUM_CALLER);
  SleepUntil(call, DeadlineAfter({.tv_sec = duration_s, .tv_nsec = 0}), "sleep");
  return 0;
}

extern "C" int sched_yield() noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(sched_yield)();
  CallScope call(PENDULUM_CALLER);
  return 0;
}

// std::thread::hardware_concurrency: the same on every machine.
extern "C" int get_nprocs() noexcept {
  if (!InModule()) return PENDULUM_REAL(get_nprocs)();
  return kProcessors;
}

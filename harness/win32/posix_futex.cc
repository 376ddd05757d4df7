// syscall, for the module: what std::atomic waits with, and std::future. Other system calls go to
// the system.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdarg>

#include "harness/win32/lock_wait.h"
#include "harness/win32/posix_call.h"
#include "harness/win32/posix_time.h"
#include "harness/win32/posix_word.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

struct SystemCall {
  long number;
  long arguments[6];
};

uint64_t FutexDeadline(int operation, const timespec* time) {
  if (time == nullptr) return sched::kForever;
  if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT) return DeadlineAfter(*time);
  const bool is_real_time = (operation & FUTEX_CLOCK_REALTIME) != 0;
  return DeadlineOf(is_real_time ? CLOCK_REALTIME : CLOCK_MONOTONIC, *time);
}

// 0, or the error.
int WaitOnFutex(CallScope& call, const int* word, int expected, uint64_t deadline_ms) {
  constexpr Method kMethod = Method::kWin32_futex_wait;
  if (call.draining() || __atomic_load_n(word, __ATOMIC_RELAXED) != expected) return EAGAIN;
  if (deadline_ms <= boundary.scheduler->now_ms()) return ETIMEDOUT;
  const bool was_woken = WaitForLock(call, {.address = word,
                                            .mode = LockMode::kCondition,
                                            .method = kMethod,
                                            .what = "futex (std::atomic::wait, std::future::wait)",
                                            .number = NumberOfAddress(word),
                                            .deadline_ms = deadline_ms});
  if (call.draining()) return EAGAIN;
  if (!was_woken) return ETIMEDOUT;
  OrderAcquire(word);
  return 0;
}

int WakeFutex(CallScope& call, const int* word, int most) {
  if (call.draining()) return 0;
  OrderRelease(word);
  int woken = 0;
  while (woken < most && HasLockWaiter(word, LockMode::kCondition)) {
    WakeOneLockWaiter(word);
    ++woken;
  }
  call.Record(Method::kWin32_futex_wake, static_cast<uint32_t>(woken), NumberOfAddress(word));
  return woken;
}

bool IsSimulated(const SystemCall& wanted) {
  if (wanted.number != SYS_futex) return wanted.number == SYS_gettid;
  switch (wanted.arguments[1] & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return true;
    default:
      return false;
  }
}

// The result, with the error in `error`.
long Simulate(const void* caller, const SystemCall& wanted, int* error) {
  if (wanted.number == SYS_gettid) return CurrentThreadNumber();
  CallScope call(caller);
  const auto* word = reinterpret_cast<const int*>(wanted.arguments[0]);
  const int operation = static_cast<int>(wanted.arguments[1]);
  const int value = static_cast<int>(wanted.arguments[2]);
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return WakeFutex(call, word, value);
    default: {
      const auto* time = reinterpret_cast<const timespec*>(wanted.arguments[3]);
      *error = WaitOnFutex(call, word, value, FutexDeadline(operation, time));
      return *error == 0 ? 0 : -1;
    }
  }
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" long syscall(long number, ...) noexcept {
  SystemCall wanted{number, {}};
  va_list list;
  va_start(list, number);
  for (long& argument : wanted.arguments) argument = va_arg(list, long);
  va_end(list);
  const long* given = wanted.arguments;
  if (!IsModuleCall() || !IsSimulated(wanted)) {
    return PENDULUM_REAL(syscall)(number, given[0], given[1], given[2], given[3], given[4],
                                  given[5]);
  }
  int error = 0;
  const long result = Simulate(PENDULUM_CALLER, wanted, &error);
  // Set last: the scheduling point at the end of the call lets others of the same thread run.
  if (result == -1) errno = error;
  return result;
}

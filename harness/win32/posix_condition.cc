// pthread condition variables. Who waits is kept by the variable's address; its struct holds a
// number in the sequence that the C library counts with, and keeps the clock that it was made with.
#include <pthread.h>

#include <cerrno>

#include "harness/win32/lock_event.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/posix_call.h"
#include "harness/win32/posix_mutex.h"
#include "harness/win32/posix_time.h"
#include "harness/win32/posix_word.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// Of a condition variable, the C library has had another kind with the same names before.
constexpr const char* kVersion = "GLIBC_2.3.2";
constexpr unsigned kMonotonicBit = 2;

uint32_t NumberOf(pthread_cond_t* condition) { return LoadWord(&condition->__data.__wseq).number; }

clockid_t ClockOf(const pthread_cond_t* condition) {
  return (condition->__data.__wrefs & kMonotonicBit) != 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

int WaitForSignal(CallScope& call, pthread_cond_t* condition, pthread_mutex_t* mutex, Method method,
                  const char* what, uint64_t deadline_ms) {
  if (call.draining()) return 0;
  NoteFreedLock(method, condition);
  if (const int failed = UnlockMutex(mutex, method); failed != 0) return failed;
  bool was_woken = false;
  if (deadline_ms > boundary.scheduler->now_ms()) {
    was_woken = WaitForLock(call, {.address = condition,
                                   .mode = LockMode::kCondition,
                                   .method = method,
                                   .what = what,
                                   .number = NumberOf(condition),
                                   .deadline_ms = deadline_ms});
  } else {
    // The time is over, but others must get at the mutex.
    call.Point();
  }
  if (was_woken) OrderAcquire(condition);
  LockMutex(call, mutex, method, what, sched::kForever);
  if (call.draining()) return 0;
  call.Record(method, was_woken, NumberOf(condition));
  return was_woken ? 0 : ETIMEDOUT;
}

int WaitUntil(CallScope& call, pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
              const timespec* time) {
  if (!IsValid(*time)) return EINVAL;
  return WaitForSignal(call, condition, mutex, Method::kWin32_pthread_cond_timedwait,
                       "pthread_cond_timedwait", DeadlineOf(clock, *time));
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  if (!IsModuleCall()) {
    return PENDULUM_REAL_VERSION(pthread_cond_wait, kVersion)(condition, mutex);
  }
  CallScope call(PENDULUM_CALLER);
  return WaitForSignal(call, condition, mutex, Method::kWin32_pthread_cond_wait,
                       "pthread_cond_wait", pendulum::sched::kForever);
}

extern "C" int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                      const timespec* time) {
  if (!IsModuleCall()) {
    return PENDULUM_REAL_VERSION(pthread_cond_timedwait, kVersion)(condition, mutex, time);
  }
  CallScope call(PENDULUM_CALLER);
  return WaitUntil(call, condition, mutex, ClockOf(condition), time);
}

extern "C" int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                      clockid_t clock, const timespec* time) {
  if (!IsModuleCall()) {
    return PENDULUM_REAL(pthread_cond_clockwait)(condition, mutex, clock, time);
  }
  CallScope call(PENDULUM_CALLER);
  return WaitUntil(call, condition, mutex, clock, time);
}

extern "C" int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL_VERSION(pthread_cond_signal, kVersion)(condition);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  NoteFreedLock(Method::kWin32_pthread_cond_signal, condition);
  OrderRelease(condition);
  call.Record(Method::kWin32_pthread_cond_signal, 0, NumberOf(condition));
  WakeOneLockWaiter(condition);
  return 0;
}

extern "C" int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL_VERSION(pthread_cond_broadcast, kVersion)(condition);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  NoteFreedLock(Method::kWin32_pthread_cond_broadcast, condition);
  OrderRelease(condition);
  call.Record(Method::kWin32_pthread_cond_broadcast, 0, NumberOf(condition));
  WakeLockWaiters(condition);
  return 0;
}

extern "C" int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL_VERSION(pthread_cond_destroy, kVersion)(condition);
  CallScope call(PENDULUM_CALLER, Points::kQuiet);
  TouchLock(condition);
  StoreWord(&condition->__data.__wseq, {});
  return 0;
}

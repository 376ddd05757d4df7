#include "harness/win32/posix_mutex.h"

#include <cerrno>

#include "harness/win32/capture.h"
#include "harness/win32/lock_event.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/posix_call.h"
#include "harness/win32/posix_time.h"
#include "harness/win32/posix_word.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

constexpr int kKindMask = 3;
constexpr int kMostCount = 0xFFFF;

void* PlaceOf(pthread_mutex_t* mutex) { return &mutex->__data.__list; }
int KindOf(const pthread_mutex_t* mutex) { return mutex->__data.__kind & kKindMask; }

uint16_t Self16() { return static_cast<uint16_t>(CurrentThreadNumber()); }

void Take(CallScope& call, pthread_mutex_t* mutex, LockWord word, Method method, uint32_t flags) {
  const bool again = word.count > 0;
  word.owner = Self16();
  ++word.count;
  StoreWord(PlaceOf(mutex), word);
  if (!again) OrderAcquire(mutex);
  RecordTaken(call, method, word.number, flags | (again ? uint32_t{trace::kLockAgain} : 0));
}

// 0 when it has been taken, EBUSY when somebody else has it, or what its kind says.
int TryLock(CallScope& call, pthread_mutex_t* mutex, Method method, uint32_t flags) {
  const LockWord word = LoadWord(PlaceOf(mutex));
  if (word.count > 0 && word.owner != Self16()) return EBUSY;
  if (word.count > 0) {
    const int kind = KindOf(mutex);
    if (kind == PTHREAD_MUTEX_ERRORCHECK) return (flags & trace::kLockTried) ? EBUSY : EDEADLK;
    // A thread that takes its own plain mutex again waits for itself.
    if (kind != PTHREAD_MUTEX_RECURSIVE) return EBUSY;
    if (word.count == kMostCount) return EAGAIN;
  }
  Take(call, mutex, word, method, flags);
  return 0;
}

}  // namespace

int LockMutex(CallScope& call, pthread_mutex_t* mutex, Method method, const char* what,
              uint64_t deadline_ms) {
  if (call.draining()) return 0;
  NoteFreedLock(method, mutex);
  const uint32_t flags = deadline_ms == sched::kForever ? 0 : uint32_t{trace::kLockTried};
  for (;;) {
    const int result = TryLock(call, mutex, method, flags & ~uint32_t{trace::kLockTried});
    if (result != EBUSY) return result;
    if (deadline_ms <= boundary.scheduler->now_ms()) return ETIMEDOUT;
    const LockWord word = LoadWord(PlaceOf(mutex));
    const bool was_woken = WaitForLock(call, {.address = mutex,
                                              .method = method,
                                              .what = what,
                                              .number = word.number,
                                              .owner = word.owner,
                                              .deadline_ms = deadline_ms});
    if (call.draining()) return 0;
    if (!was_woken) return ETIMEDOUT;
  }
}

int UnlockMutex(pthread_mutex_t* mutex, Method method) {
  LockWord word = LoadWord(PlaceOf(mutex));
  if (word.count == 0 || word.owner != Self16()) {
    CaptureLine("pthread_mutex_unlock by a thread that does not own it");
    if (KindOf(mutex) != PTHREAD_MUTEX_TIMED_NP || word.count == 0) return EPERM;
  }
  --word.count;
  const uint32_t again = word.count > 0 ? uint32_t{trace::kLockAgain} : 0;
  RecordReleased(method, word.number, again);
  if (word.count == 0) {
    word.owner = 0;
    OrderRelease(mutex);
  }
  StoreWord(PlaceOf(mutex), word);
  if (word.count == 0) WakeLockWaiters(mutex);
  return 0;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::sched::kForever;
using pendulum::trace::Method;

extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_lock)(mutex);
  CallScope call(PENDULUM_CALLER);
  return LockMutex(call, mutex, Method::kWin32_pthread_mutex_lock, "pthread_mutex_lock", kForever);
}

extern "C" int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_trylock)(mutex);
  CallScope call(PENDULUM_CALLER);
  constexpr Method kMethod = Method::kWin32_pthread_mutex_trylock;
  if (call.draining()) return 0;
  NoteFreedLock(kMethod, mutex);
  const int result = TryLock(call, mutex, kMethod, pendulum::trace::kLockTried);
  if (result != 0) call.Record(kMethod, static_cast<uint32_t>(result));
  return result;
}

extern "C" int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* time) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_timedlock)(mutex, time);
  CallScope call(PENDULUM_CALLER);
  if (!IsValid(*time)) return EINVAL;
  return LockMutex(call, mutex, Method::kWin32_pthread_mutex_timedlock, "pthread_mutex_timedlock",
                   DeadlineOf(CLOCK_REALTIME, *time));
}

extern "C" int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock,
                                       const timespec* time) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_clocklock)(mutex, clock, time);
  CallScope call(PENDULUM_CALLER);
  if (!IsValid(*time)) return EINVAL;
  return LockMutex(call, mutex, Method::kWin32_pthread_mutex_timedlock, "pthread_mutex_clocklock",
                   DeadlineOf(clock, *time));
}

extern "C" int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_unlock)(mutex);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  NoteFreedLock(Method::kWin32_pthread_mutex_unlock, mutex);
  return UnlockMutex(mutex, Method::kWin32_pthread_mutex_unlock);
}

extern "C" int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_destroy)(mutex);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  NoteFreedLock(Method::kWin32_pthread_mutex_destroy, mutex);
  const bool is_held = LoadWord(&mutex->__data.__list).count > 0;
  const int result = is_held ? EBUSY : 0;
  if (!is_held) StoreWord(&mutex->__data.__list, {});
  call.Record(Method::kWin32_pthread_mutex_destroy, static_cast<uint32_t>(result));
  return result;
}

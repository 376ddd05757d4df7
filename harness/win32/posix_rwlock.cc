// pthread reader/writer locks (std::shared_mutex). What is ours of one lies in its padding.
#include <pthread.h>

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

constexpr uint16_t kExclusive = 0x8000;  // in `count`, which has the number of readers below it
constexpr uint32_t kShared = trace::kLockShared;

void* PlaceOf(pthread_rwlock_t* lock) { return &lock->__data.__pad2; }
uint16_t Self16() { return static_cast<uint16_t>(CurrentThreadNumber()); }

// As std::shared_mutex of Windows is, which is an SRWLOCK: who waits to write keeps further readers
// out.
bool TryTake(CallScope& call, pthread_rwlock_t* lock, Method method, uint32_t flags) {
  LockWord word = LoadWord(PlaceOf(lock));
  if ((word.count & kExclusive) != 0) return false;
  if ((flags & kShared) == 0) {
    if (word.count != 0) return false;
    word.count = kExclusive;
  } else {
    if (word.count != 0 && HasLockWaiter(lock, LockMode::kExclusive)) return false;
    ++word.count;
  }
  word.owner = Self16();
  StoreWord(PlaceOf(lock), word);
  OrderAcquire(lock);
  RecordTaken(call, method, word.number, flags);
  return true;
}

int Take(CallScope& call, pthread_rwlock_t* lock, Method method, const char* what, uint32_t flags,
         uint64_t deadline_ms) {
  if (call.draining()) return 0;
  NoteFreedLock(method, lock);
  if (deadline_ms != sched::kForever) flags |= trace::kLockTried;
  while (!TryTake(call, lock, method, flags)) {
    const LockWord word = LoadWord(PlaceOf(lock));
    const bool is_own = (word.count & kExclusive) != 0 && word.owner == Self16();
    if (is_own && deadline_ms == sched::kForever && (flags & kShared) == 0) {
      CaptureLine("pthread_rwlock_wrlock by the thread that has it already");
    }
    if (deadline_ms <= boundary.scheduler->now_ms()) return ETIMEDOUT;
    const bool was_woken = WaitForLock(
        call, {.address = lock,
               .mode = (flags & kShared) != 0 ? LockMode::kShared : LockMode::kExclusive,
               .method = method,
               .what = what,
               .number = word.number,
               .owner = word.owner,
               .deadline_ms = deadline_ms});
    if (call.draining()) return 0;
    if (!was_woken) return ETIMEDOUT;
  }
  return 0;
}

int TryOnce(CallScope& call, pthread_rwlock_t* lock, Method method, uint32_t flags) {
  if (call.draining()) return 0;
  NoteFreedLock(method, lock);
  if (TryTake(call, lock, method, flags | trace::kLockTried)) return 0;
  call.Record(method, EBUSY);
  return EBUSY;
}

int GiveBack(pthread_rwlock_t* lock) {
  constexpr Method kMethod = Method::kWin32_pthread_rwlock_unlock;
  LockWord word = LoadWord(PlaceOf(lock));
  if (word.count == 0) {
    CaptureLine("pthread_rwlock_unlock of a lock that is not held");
    return EPERM;
  }
  const bool was_shared = (word.count & kExclusive) == 0;
  RecordReleased(kMethod, word.number, was_shared ? kShared : 0);
  OrderRelease(lock);
  word.count = was_shared ? static_cast<uint16_t>(word.count - 1) : uint16_t{0};
  if (word.count == 0 || word.owner == Self16()) word.owner = 0;
  StoreWord(PlaceOf(lock), word);
  if (word.count == 0) WakeLockWaiters(lock);
  return 0;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::sched::kForever;
using pendulum::trace::Method;

extern "C" int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_rdlock)(lock);
  CallScope call(PENDULUM_CALLER);
  return Take(call, lock, Method::kWin32_pthread_rwlock_rdlock, "pthread_rwlock_rdlock", kShared,
              kForever);
}

extern "C" int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_wrlock)(lock);
  CallScope call(PENDULUM_CALLER);
  return Take(call, lock, Method::kWin32_pthread_rwlock_wrlock, "pthread_rwlock_wrlock", 0,
              kForever);
}

extern "C" int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_tryrdlock)(lock);
  CallScope call(PENDULUM_CALLER);
  return TryOnce(call, lock, Method::kWin32_pthread_rwlock_tryrdlock, kShared);
}

extern "C" int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_trywrlock)(lock);
  CallScope call(PENDULUM_CALLER);
  return TryOnce(call, lock, Method::kWin32_pthread_rwlock_trywrlock, 0);
}

extern "C" int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* time) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_timedrdlock)(lock, time);
  CallScope call(PENDULUM_CALLER);
  return Take(call, lock, Method::kWin32_pthread_rwlock_rdlock, "pthread_rwlock_timedrdlock",
              kShared, DeadlineOf(CLOCK_REALTIME, *time));
}

extern "C" int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* time) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_timedwrlock)(lock, time);
  CallScope call(PENDULUM_CALLER);
  return Take(call, lock, Method::kWin32_pthread_rwlock_wrlock, "pthread_rwlock_timedwrlock", 0,
              DeadlineOf(CLOCK_REALTIME, *time));
}

extern "C" int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock,
                                          const timespec* time) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_clockrdlock)(lock, clock, time);
  CallScope call(PENDULUM_CALLER);
  return Take(call, lock, Method::kWin32_pthread_rwlock_rdlock, "pthread_rwlock_clockrdlock",
              kShared, DeadlineOf(clock, *time));
}

extern "C" int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock,
                                          const timespec* time) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_clockwrlock)(lock, clock, time);
  CallScope call(PENDULUM_CALLER);
  return Take(call, lock, Method::kWin32_pthread_rwlock_wrlock, "pthread_rwlock_clockwrlock", 0,
              DeadlineOf(clock, *time));
}

extern "C" int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_unlock)(lock);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  NoteFreedLock(Method::kWin32_pthread_rwlock_unlock, lock);
  return GiveBack(lock);
}

extern "C" int pthread_rwlock_destroy(pthread_rwlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_rwlock_destroy)(lock);
  CallScope call(PENDULUM_CALLER, Points::kQuiet);
  TouchLock(lock);
  StoreWord(&lock->__data.__pad2, {});
  return 0;
}

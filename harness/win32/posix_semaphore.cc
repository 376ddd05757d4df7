// Semaphores, spin locks and barriers of POSIX, for the module.
#include <pthread.h>
#include <semaphore.h>

#include <cerrno>
#include <cstring>

#include "harness/win32/lock_event.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/posix_call.h"
#include "harness/win32/posix_time.h"
#include "harness/win32/posix_word.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// The count stands where the C library has it too, in the lower half of its first word.
unsigned CountOf(const sem_t* semaphore) {
  unsigned count = 0;
  std::memcpy(&count, semaphore, sizeof count);
  return count;
}
void SetCount(sem_t* semaphore, unsigned count) { std::memcpy(semaphore, &count, sizeof count); }

// 0, or the error.
int TakeOne(CallScope& call, sem_t* semaphore, uint64_t deadline_ms) {
  constexpr Method kMethod = Method::kWin32_sem_wait;
  if (call.draining()) return 0;
  while (CountOf(semaphore) == 0) {
    if (deadline_ms <= boundary.scheduler->now_ms()) return ETIMEDOUT;
    const bool was_woken = WaitForLock(call, {.address = semaphore,
                                              .mode = LockMode::kCondition,
                                              .method = kMethod,
                                              .what = "sem_wait",
                                              .number = NumberOfAddress(semaphore),
                                              .deadline_ms = deadline_ms});
    if (call.draining()) return 0;
    if (!was_woken) return ETIMEDOUT;
  }
  SetCount(semaphore, CountOf(semaphore) - 1);
  OrderAcquire(semaphore);
  call.Record(kMethod, 0, NumberOfAddress(semaphore));
  return 0;
}

// As the functions of semaphores return it; errno comes after the last scheduling point.
int Returned(int error) {
  if (error == 0) return 0;
  errno = error;
  return -1;
}

int WaitUntil(const void* caller, sem_t* semaphore, clockid_t clock, const timespec* time) {
  CallScope call(caller);
  return TakeOne(call, semaphore, time == nullptr ? sched::kForever : DeadlineOf(clock, *time));
}

int TryOnce(const void* caller, sem_t* semaphore) {
  CallScope call(caller);
  const int error = TakeOne(call, semaphore, 0);
  return error == ETIMEDOUT ? EAGAIN : error;
}

void PostOne(const void* caller, sem_t* semaphore) {
  CallScope call(caller);
  if (call.draining()) return;
  OrderRelease(semaphore);
  SetCount(semaphore, CountOf(semaphore) + 1);
  call.Record(Method::kWin32_sem_post, 0, NumberOfAddress(semaphore));
  WakeLockWaiters(semaphore);
}

// A spin lock is 1 or 0 when it is free; when it is held it has its owner.
constexpr int kSpinFree = 1;
constexpr int kSpinHeld = 1 << 30;

bool TrySpin(CallScope& call, volatile int* lock, Method method, uint32_t flags) {
  if ((*lock & kSpinHeld) != 0) return false;
  *lock = kSpinHeld | static_cast<int>(CurrentThreadNumber());
  OrderAcquire(const_cast<int*>(lock));
  RecordTaken(call, method, NumberOfAddress(const_cast<int*>(lock)), flags);
  return true;
}

// The sizes that pthread_barrier_init has been given stand where the C library has them.
struct Barrier {
  uint32_t arrived;
  uint32_t rounds;
  uint32_t count;
};
static_assert(sizeof(Barrier) <= sizeof(pthread_barrier_t));

int WaitAtBarrier(CallScope& call, pthread_barrier_t* place) {
  constexpr Method kMethod = Method::kWin32_pthread_barrier_wait;
  if (call.draining()) return 0;
  auto* barrier = reinterpret_cast<Barrier*>(place);
  OrderRelease(barrier);
  if (++barrier->arrived == barrier->count) {
    barrier->arrived = 0;
    ++barrier->rounds;
    call.Record(kMethod, 0, NumberOfAddress(barrier));
    WakeLockWaiters(barrier);
    OrderAcquire(barrier);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  for (const uint32_t round = barrier->rounds; barrier->rounds == round && !call.draining();) {
    WaitForLock(call, {.address = barrier,
                       .mode = LockMode::kCondition,
                       .method = kMethod,
                       .what = "pthread_barrier_wait",
                       .number = NumberOfAddress(barrier)});
  }
  OrderAcquire(barrier);
  return 0;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" int sem_wait(sem_t* semaphore) {
  if (!IsModuleCall()) return PENDULUM_REAL(sem_wait)(semaphore);
  return Returned(WaitUntil(PENDULUM_CALLER, semaphore, CLOCK_REALTIME, nullptr));
}

extern "C" int sem_trywait(sem_t* semaphore) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(sem_trywait)(semaphore);
  return Returned(TryOnce(PENDULUM_CALLER, semaphore));
}

extern "C" int sem_timedwait(sem_t* semaphore, const timespec* time) {
  if (!IsModuleCall()) return PENDULUM_REAL(sem_timedwait)(semaphore, time);
  return Returned(WaitUntil(PENDULUM_CALLER, semaphore, CLOCK_REALTIME, time));
}

extern "C" int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* time) {
  if (!IsModuleCall()) return PENDULUM_REAL(sem_clockwait)(semaphore, clock, time);
  return Returned(WaitUntil(PENDULUM_CALLER, semaphore, clock, time));
}

extern "C" int sem_post(sem_t* semaphore) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(sem_post)(semaphore);
  PostOne(PENDULUM_CALLER, semaphore);
  return 0;
}

extern "C" int pthread_spin_lock(pthread_spinlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_spin_lock)(lock);
  CallScope call(PENDULUM_CALLER);
  constexpr Method kMethod = Method::kWin32_pthread_spin_lock;
  while (!call.draining() && !TrySpin(call, lock, kMethod, 0)) {
    WaitForLock(call, {.address = const_cast<int*>(lock),
                       .method = kMethod,
                       .what = "pthread_spin_lock",
                       .number = NumberOfAddress(const_cast<int*>(lock)),
                       .owner = static_cast<uint32_t>(*lock & ~kSpinHeld)});
  }
  return 0;
}

extern "C" int pthread_spin_trylock(pthread_spinlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_spin_trylock)(lock);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  constexpr Method kMethod = Method::kWin32_pthread_spin_lock;
  return TrySpin(call, lock, kMethod, pendulum::trace::kLockTried) ? 0 : EBUSY;
}

extern "C" int pthread_spin_unlock(pthread_spinlock_t* lock) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_spin_unlock)(lock);
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return 0;
  const void* address = const_cast<int*>(lock);
  if ((*lock & kSpinHeld) != 0) {
    RecordReleased(Method::kWin32_pthread_spin_unlock, NumberOfAddress(address), 0);
  }
  OrderRelease(address);
  *lock = kSpinFree;
  WakeLockWaiters(address);
  return 0;
}

extern "C" int pthread_barrier_init(pthread_barrier_t* barrier,
                                    const pthread_barrierattr_t* attributes,
                                    unsigned count) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_barrier_init)(barrier, attributes, count);
  if (count == 0) return EINVAL;
  const Barrier made{.arrived = 0, .rounds = 0, .count = count};
  std::memcpy(barrier, &made, sizeof made);
  return 0;
}

extern "C" int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_barrier_wait)(barrier);
  CallScope call(PENDULUM_CALLER);
  return WaitAtBarrier(call, barrier);
}

extern "C" int pthread_barrier_destroy(pthread_barrier_t* barrier) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_barrier_destroy)(barrier);
  return 0;
}

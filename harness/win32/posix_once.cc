// pthread_once (std::call_once) and the guards of static local variables: whoever comes while
// another worker initialises waits in the simulation, not in the C library.
#include "harness/win32/posix_once.h"

#include <pthread.h>

#include <cstring>
#include <mutex>

#include "harness/win32/lock_wait.h"
#include "harness/win32/posix_call.h"
#include "harness/win32/posix_word.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// What a pthread_once_t holds: as in the C library when it is done, so that what the harness has
// initialised in libstdc++ is done for the module too, and the other way round.
constexpr int kOnceDone = 2;
constexpr int kOnceInProgress = 1;
constexpr int kOwnerShift = 2;
constexpr uint32_t kOwnerMask = 0x7FFF;
constexpr int kStampShift = 17;
constexpr uint32_t kStampMask = 0x7FFF;

int InProgressWord() {
  const uint32_t owner = CurrentThreadNumber() & kOwnerMask;
  const uint32_t stamp = RunStamp() & kStampMask;
  return static_cast<int>(stamp << kStampShift | owner << kOwnerShift | kOnceInProgress);
}

// A run that was abandoned within the initialisation has left its mark where memory is not put
// back; that is none of this run's business.
bool IsInProgress(int word) {
  return (word & 3) == kOnceInProgress &&
         (static_cast<uint32_t>(word) >> kStampShift & kStampMask) == (RunStamp() & kStampMask);
}

// What std::call_once hands to its callback through the thread. All workers are one thread of the
// system, so it is remembered before another worker can run.
struct OnceCall {
  void* callable = std::__once_callable;
  void (*call)() = std::__once_call;
  void Restore() const {
    std::__once_callable = callable;
    std::__once_call = call;
  }
};

OnceCall handed_by[sched::kMaxWorkers + 1];  // the last is the driver's

OnceCall& HandedBy(sched::WorkerId worker) {
  return handed_by[worker == sched::kNoWorker ? sched::kMaxWorkers : worker];
}

// In a run that is drained nobody waits, but what is initialised must be there: whoever comes does
// it.
int CallWhileDraining(pthread_once_t* once, void (*routine)(), const OnceCall& handed) {
  *once = kOnceDone;
  ModuleScope module;
  handed.Restore();
  routine();
  return 0;
}

int CallOnce(CallScope& call, pthread_once_t* once, void (*routine)(), const OnceCall& handed) {
  constexpr Method kMethod = Method::kWin32_pthread_once;
  TouchLock(once);
  while (IsInProgress(*once)) {
    const uint32_t owner = static_cast<uint32_t>(*once) >> kOwnerShift & kOwnerMask;
    WaitForLock(call, {.address = once,
                       .method = kMethod,
                       .what = "pthread_once",
                       .number = NumberOfAddress(once),
                       .owner = owner});
    if (call.draining()) return CallWhileDraining(once, routine, handed);
  }
  if (*once == kOnceDone) {
    OrderAcquire(once);
    return 0;
  }
  *once = InProgressWord();
  try {
    ModuleScope module;
    handed.Restore();
    routine();
  } catch (...) {
    *once = PTHREAD_ONCE_INIT;
    WakeLockWaiters(once);
    throw;
  }
  OrderRelease(once);
  *once = kOnceDone;
  WakeLockWaiters(once);
  if (!call.draining()) call.Record(kMethod, 0, NumberOfAddress(once));
  return 0;
}

// The eight bytes of a guard: the first is 1 when the variable is there, which the compiled code
// looks at; the others are the library's.
struct Guard {
  uint8_t is_done;
  uint8_t in_progress;
  uint16_t run;
  uint32_t owner;
};
static_assert(sizeof(Guard) == sizeof(uint64_t));

Guard Load(const uint64_t* place) {
  Guard guard;
  std::memcpy(&guard, place, sizeof guard);
  if (guard.run != RunStamp()) guard.in_progress = 0;
  return guard;
}

void Store(uint64_t* place, const Guard& guard) { std::memcpy(place, &guard, sizeof guard); }

// True when the caller is to initialise.
bool AcquireGuard(CallScope& call, uint64_t* place) {
  constexpr Method kMethod = Method::kWin32_cxa_guard_acquire;
  for (;;) {
    TouchLock(place);
    const Guard guard = Load(place);
    if (guard.is_done || call.draining()) {
      OrderAcquire(place);
      return !guard.is_done;
    }
    if (!guard.in_progress) break;
    WaitForLock(call, {.address = place,
                       .method = kMethod,
                       .what = "the initialisation of a static local variable",
                       .number = NumberOfAddress(place),
                       .owner = guard.owner});
  }
  Store(place, {.is_done = 0, .in_progress = 1, .run = RunStamp(), .owner = CurrentThreadNumber()});
  return true;
}

void EndGuard(uint64_t* place, bool is_done) {
  TouchMemory(place, sizeof *place, true);
  OrderRelease(place);
  Store(place, {.is_done = is_done, .in_progress = 0, .run = 0, .owner = 0});
  WakeLockWaiters(place);
}

}  // namespace

void SwitchOnceCall(sched::WorkerId from, sched::WorkerId to) {
  HandedBy(from) = OnceCall{};
  HandedBy(to).Restore();
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" int pthread_once(pthread_once_t* once, void (*routine)()) {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_once)(once, routine);
  TouchLock(once);
  if (*once == kOnceDone) {
    OrderAcquire(once);
    return 0;
  }
  const OnceCall handed;
  CallScope call(PENDULUM_CALLER);
  if (call.draining()) return CallWhileDraining(once, routine, handed);
  return CallOnce(call, once, routine, handed);
}

// ThreadSanitizer has functions of these names, beside which there may be no others: ours are weak,
// and modules that are compiled here call them by the names with __wrap_ (harness/module).

extern "C" __attribute__((weak)) int __cxa_guard_acquire(uint64_t* guard) {
  if (!IsModuleCall()) return PENDULUM_REAL(__cxa_guard_acquire)(guard);
  CallScope call(PENDULUM_CALLER);
  return AcquireGuard(call, guard) ? 1 : 0;
}

extern "C" __attribute__((weak)) void __cxa_guard_release(uint64_t* guard) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(__cxa_guard_release)(guard);
  CallScope call(PENDULUM_CALLER);
  EndGuard(guard, true);
}

extern "C" __attribute__((weak)) void __cxa_guard_abort(uint64_t* guard) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(__cxa_guard_abort)(guard);
  CallScope call(PENDULUM_CALLER);
  EndGuard(guard, false);
}

extern "C" __attribute__((alias("__cxa_guard_acquire"))) int __wrap___cxa_guard_acquire(
    uint64_t* guard);
extern "C" __attribute__((alias("__cxa_guard_release"))) void __wrap___cxa_guard_release(
    uint64_t* guard) noexcept;
extern "C" __attribute__((alias("__cxa_guard_abort"))) void __wrap___cxa_guard_abort(
    uint64_t* guard) noexcept;

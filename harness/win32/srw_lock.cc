#include "harness/win32/srw_lock.h"

#include <cstring>

#include "harness/win32/capture.h"
#include "harness/win32/lock_event.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// What the eight bytes of the module's struct hold. All zeros: free.
struct LockState {
  uint32_t owner : 24;  // the exclusive owner, or the last one that shares it, 0 when not known
  uint32_t is_exclusive : 8;
  uint16_t sharing;  // how many share it
  uint16_t number;   // names the lock
};
static_assert(sizeof(LockState) == sizeof(SRWLOCK));

LockState Load(const SRWLOCK* lock) {
  LockState state;
  std::memcpy(&state, lock, sizeof(state));
  return state;
}

void Store(SRWLOCK* lock, const LockState& state) { std::memcpy(lock, &state, sizeof(state)); }

uint32_t NumberOf(SRWLOCK* lock) {
  LockState state = Load(lock);
  if (state.number == 0) {
    state.number = static_cast<uint16_t>(NewObjectNumber());
    Store(lock, state);
  }
  return state.number;
}

bool TryExclusive(CallScope& call, SRWLOCK* lock, Method method, uint32_t flags) {
  TouchLock(lock);
  LockState state = Load(lock);
  if (state.is_exclusive || state.sharing > 0) return false;
  state.is_exclusive = 1;
  state.owner = CurrentThreadNumber();
  Store(lock, state);
  OrderAcquire(lock);
  RecordTaken(call, method, NumberOf(lock), flags);
  return true;
}

// Windows lets nobody share a lock for whose exclusive use somebody waits, which makes taking it
// shared twice on one thread a deadlock that strikes now and then. TryAcquire… is the same.
bool TryShared(CallScope& call, SRWLOCK* lock, Method method, uint32_t flags) {
  TouchLock(lock);
  LockState state = Load(lock);
  if (state.is_exclusive) return false;
  if (state.sharing > 0 && HasLockWaiter(lock, LockMode::kExclusive)) return false;
  ++state.sharing;
  state.owner = CurrentThreadNumber();
  Store(lock, state);
  OrderAcquire(lock);
  RecordTaken(call, method, NumberOf(lock), flags | trace::kLockShared);
  return true;
}

LockWait WaitOf(SRWLOCK* lock, LockMode mode, Method method, const char* what) {
  return {.address = lock,
          .mode = mode,
          .method = method,
          .what = what,
          .number = NumberOf(lock),
          .owner = Load(lock).owner};
}

}  // namespace

bool AcquireExclusive(CallScope& call, SRWLOCK* lock, Method method, const char* what) {
  NoteFreedLock(method, lock);
  while (!TryExclusive(call, lock, method, 0)) {
    if (!WaitForLock(call, WaitOf(lock, LockMode::kExclusive, method, what))) return false;
  }
  return true;
}

bool AcquireShared(CallScope& call, SRWLOCK* lock, Method method, const char* what) {
  NoteFreedLock(method, lock);
  while (!TryShared(call, lock, method, 0)) {
    if (!WaitForLock(call, WaitOf(lock, LockMode::kShared, method, what))) return false;
  }
  return true;
}

bool ReleaseExclusive(SRWLOCK* lock, Method method) {
  TouchLock(lock);
  NoteFreedLock(method, lock);
  LockState state = Load(lock);
  if (!state.is_exclusive) return false;
  RecordReleased(method, NumberOf(lock), 0);
  OrderRelease(lock);
  state.is_exclusive = 0;
  state.owner = 0;
  Store(lock, state);
  WakeLockWaiters(lock);
  return true;
}

bool ReleaseShared(SRWLOCK* lock, Method method) {
  TouchLock(lock);
  NoteFreedLock(method, lock);
  LockState state = Load(lock);
  if (state.sharing == 0) return false;
  RecordReleased(method, NumberOf(lock), trace::kLockShared);
  OrderRelease(lock);
  --state.sharing;
  if (state.owner == CurrentThreadNumber()) state.owner = 0;
  Store(lock, state);
  if (state.sharing == 0) WakeLockWaiters(lock);
  return true;
}

namespace {

void RecordRelease(CallScope& call, SRWLOCK* lock, Method method, const char* what, bool was_held) {
  if (!was_held) CaptureLine(what, " of a lock that is not held that way");
  call.Record(method, was_held, NumberOf(lock));
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" VOID WINAPI InitializeSRWLock(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  TouchLock(lock);
  *lock = SRWLOCK{};
}

extern "C" VOID WINAPI AcquireSRWLockExclusive(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  if (AcquireExclusive(call, lock, Method::kWin32_AcquireSRWLockExclusive,
                       "AcquireSRWLockExclusive")) {
    call.Record(Method::kWin32_AcquireSRWLockExclusive, 0, NumberOf(lock));
  }
}

extern "C" VOID WINAPI AcquireSRWLockShared(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  if (AcquireShared(call, lock, Method::kWin32_AcquireSRWLockShared, "AcquireSRWLockShared")) {
    call.Record(Method::kWin32_AcquireSRWLockShared, 0, NumberOf(lock));
  }
}

extern "C" VOID WINAPI ReleaseSRWLockExclusive(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  constexpr Method kMethod = Method::kWin32_ReleaseSRWLockExclusive;
  RecordRelease(call, lock, kMethod, "ReleaseSRWLockExclusive", ReleaseExclusive(lock, kMethod));
}

extern "C" VOID WINAPI ReleaseSRWLockShared(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  constexpr Method kMethod = Method::kWin32_ReleaseSRWLockShared;
  RecordRelease(call, lock, kMethod, "ReleaseSRWLockShared", ReleaseShared(lock, kMethod));
}

extern "C" BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return FALSE;
  constexpr Method kMethod = Method::kWin32_TryAcquireSRWLockExclusive;
  const bool is_taken = TryExclusive(call, lock, kMethod, pendulum::trace::kLockTried);
  call.Record(kMethod, is_taken, NumberOf(lock));
  return is_taken;
}

extern "C" BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK lock) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return FALSE;
  constexpr Method kMethod = Method::kWin32_TryAcquireSRWLockShared;
  const bool is_taken = TryShared(call, lock, kMethod, pendulum::trace::kLockTried);
  call.Record(kMethod, is_taken, NumberOf(lock));
  return is_taken;
}

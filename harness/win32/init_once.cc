// One-time initialisation. The struct holds the context with the state in its two lowest bits,
// which a context may not use, as on Windows.
#include "harness/win32/capture.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/object.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

constexpr uintptr_t kNotBegun = 0;
constexpr uintptr_t kInProgress = 1;
constexpr uintptr_t kDone = 2;
constexpr uintptr_t kStateBits = 3;

uintptr_t Word(const INIT_ONCE* once) { return reinterpret_cast<uintptr_t>(once->Ptr); }
uintptr_t StateOf(const INIT_ONCE* once) { return Word(once) & kStateBits; }

// While in progress the word holds the thread that initialises.
void SetInProgress(INIT_ONCE* once) {
  once->Ptr = reinterpret_cast<void*>((uintptr_t{CurrentThreadNumber()} << 2) | kInProgress);
}

void SetDone(INIT_ONCE* once, void* context) {
  OrderRelease(once);
  once->Ptr = reinterpret_cast<void*>(reinterpret_cast<uintptr_t>(context) | kDone);
  WakeLockWaiters(once);
}

void SetFailed(INIT_ONCE* once) {
  once->Ptr = nullptr;
  WakeLockWaiters(once);
}

void GiveContext(const INIT_ONCE* once, void** context) {
  OrderAcquire(once);
  if (context != nullptr) *context = reinterpret_cast<void*>(Word(once) & ~kStateBits);
}

// Waits while another thread initialises; false when the run is draining.
bool WaitWhileInProgress(CallScope& call, INIT_ONCE* once, Method method, const char* what) {
  while (StateOf(once) == kInProgress) {
    const auto owner = static_cast<uint32_t>(Word(once) >> 2);
    const bool was_woken =
        WaitForLock(call, {.address = once, .method = method, .what = what, .owner = owner});
    if (!was_woken) return false;
  }
  return true;
}

BOOL Fail(DWORD error) {
  Self().last_error = error;
  return FALSE;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" VOID WINAPI InitOnceInitialize(PINIT_ONCE once) {
  CallScope call(__builtin_return_address(0));
  once->Ptr = nullptr;
}

extern "C" BOOL WINAPI InitOnceExecuteOnce(PINIT_ONCE once, PINIT_ONCE_FN function, PVOID parameter,
                                           LPVOID* context) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_InitOnceExecuteOnce;
  if (call.draining()) return FALSE;
  if (!WaitWhileInProgress(call, once, kMethod, "InitOnceExecuteOnce")) return FALSE;
  if (StateOf(once) == kNotBegun) {
    SetInProgress(once);
    void* made = nullptr;
    BOOL is_done = FALSE;
    {
      ModuleScope module;
      is_done = function(once, parameter, &made);
    }
    if (!is_done) {
      SetFailed(once);
      call.Record(kMethod, FALSE);
      return FALSE;
    }
    SetDone(once, made);
  }
  GiveContext(once, context);
  call.Record(kMethod, TRUE);
  return TRUE;
}

extern "C" BOOL WINAPI InitOnceBeginInitialize(LPINIT_ONCE once, DWORD flags, PBOOL pending,
                                               LPVOID* context) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_InitOnceBeginInitialize;
  if (call.draining()) return FALSE;
  if ((flags & INIT_ONCE_ASYNC) != 0) {
    NotSimulated("InitOnceBeginInitialize with INIT_ONCE_ASYNC");
    return FALSE;
  }
  if ((flags & INIT_ONCE_CHECK_ONLY) != 0) {
    if (StateOf(once) != kDone) return Fail(ERROR_GEN_FAILURE);
  } else {
    if (!WaitWhileInProgress(call, once, kMethod, "InitOnceBeginInitialize")) return FALSE;
  }
  const bool is_done = StateOf(once) == kDone;
  if (is_done) {
    GiveContext(once, context);
  } else {
    SetInProgress(once);
  }
  *pending = !is_done;
  call.Record(kMethod, TRUE);
  return TRUE;
}

extern "C" BOOL WINAPI InitOnceComplete(LPINIT_ONCE once, DWORD flags, LPVOID context) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  if (StateOf(once) != kInProgress) return Fail(ERROR_GEN_FAILURE);
  if ((flags & INIT_ONCE_INIT_FAILED) != 0) {
    SetFailed(once);
  } else {
    SetDone(once, context);
  }
  call.Record(Method::kWin32_InitOnceComplete, TRUE);
  return TRUE;
}

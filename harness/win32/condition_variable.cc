// Condition variables. Who waits is kept by the variable's address; its struct holds a number only.
#include "harness/win32/critical_section.h"
#include "harness/win32/lock_event.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/object.h"
#include "harness/win32/srw_lock.h"
#include "harness/win32/wait.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

uint32_t NumberOf(CONDITION_VARIABLE* variable) {
  if (variable->Ptr == nullptr) {
    variable->Ptr = reinterpret_cast<void*>(uintptr_t{NewObjectNumber()});
  }
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(variable->Ptr));
}

// Waits for a wake-up; the lock has been released, and is taken again by the caller.
bool WaitForCondition(CallScope& call, CONDITION_VARIABLE* variable, DWORD timeout_ms,
                      Method method, const char* what) {
  NoteFreedLock(method, variable);
  if (timeout_ms == 0 || CurrentWorker() == sched::kNoWorker) return false;
  const bool was_woken = WaitForLock(call, {.address = variable,
                                            .mode = LockMode::kCondition,
                                            .method = method,
                                            .what = what,
                                            .number = NumberOf(variable),
                                            .deadline_ms = DeadlineMs(timeout_ms)});
  if (was_woken) OrderAcquire(variable);
  return was_woken;
}

BOOL Finish(CallScope& call, CONDITION_VARIABLE* variable, Method method, bool was_woken) {
  if (!was_woken) Self().last_error = ERROR_TIMEOUT;
  if (!call.draining()) call.Record(method, was_woken, NumberOf(variable));
  return was_woken;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" VOID WINAPI InitializeConditionVariable(PCONDITION_VARIABLE variable) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  TouchLock(variable);
  *variable = CONDITION_VARIABLE{};
}

extern "C" BOOL WINAPI SleepConditionVariableCS(PCONDITION_VARIABLE variable,
                                                PCRITICAL_SECTION section, DWORD timeout_ms) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  constexpr Method kMethod = Method::kWin32_SleepConditionVariableCS;
  if (call.draining()) return FALSE;
  LeaveSection(section, kMethod);
  const bool was_woken =
      WaitForCondition(call, variable, timeout_ms, kMethod, "SleepConditionVariableCS");
  EnterSection(call, section, kMethod, "SleepConditionVariableCS (to enter its critical section)");
  return Finish(call, variable, kMethod, was_woken);
}

extern "C" BOOL WINAPI SleepConditionVariableSRW(PCONDITION_VARIABLE variable, PSRWLOCK lock,
                                                 DWORD timeout_ms, ULONG flags) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  constexpr Method kMethod = Method::kWin32_SleepConditionVariableSRW;
  constexpr const char* kAgain = "SleepConditionVariableSRW (to acquire its lock)";
  if (call.draining()) return FALSE;
  const bool is_shared = (flags & CONDITION_VARIABLE_LOCKMODE_SHARED) != 0;
  is_shared ? ReleaseShared(lock, kMethod) : ReleaseExclusive(lock, kMethod);
  const bool was_woken =
      WaitForCondition(call, variable, timeout_ms, kMethod, "SleepConditionVariableSRW");
  is_shared ? AcquireShared(call, lock, kMethod, kAgain)
            : AcquireExclusive(call, lock, kMethod, kAgain);
  return Finish(call, variable, kMethod, was_woken);
}

extern "C" VOID WINAPI WakeConditionVariable(PCONDITION_VARIABLE variable) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  NoteFreedLock(Method::kWin32_WakeConditionVariable, variable);
  OrderRelease(variable);
  call.Record(Method::kWin32_WakeConditionVariable, 0, NumberOf(variable));
  WakeOneLockWaiter(variable);
}

extern "C" VOID WINAPI WakeAllConditionVariable(PCONDITION_VARIABLE variable) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  NoteFreedLock(Method::kWin32_WakeAllConditionVariable, variable);
  OrderRelease(variable);
  call.Record(Method::kWin32_WakeAllConditionVariable, 0, NumberOf(variable));
  WakeLockWaiters(variable);
}

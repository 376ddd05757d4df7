#include "harness/win32/critical_section.h"

#include "harness/win32/capture.h"
#include "harness/win32/lock_event.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// All state is in the module's struct, where zeros mean free: OwningThread has the owner's thread
// number, RecursionCount how often it is held, SpinCount the number that names it.
uint32_t OwnerOf(const CRITICAL_SECTION* section) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(section->OwningThread));
}

void SetOwner(CRITICAL_SECTION* section, uint32_t thread) {
  section->OwningThread = reinterpret_cast<HANDLE>(uintptr_t{thread});
}

bool TryEnter(CallScope& call, CRITICAL_SECTION* section, Method method, uint32_t flags) {
  TouchLock(section);
  const uint32_t self = CurrentThreadNumber();
  if (section->RecursionCount != 0 && OwnerOf(section) != self) return false;
  const bool again = section->RecursionCount != 0;
  if (!again) OrderAcquire(section);
  SetOwner(section, self);
  ++section->RecursionCount;
  if (again) flags |= trace::kLockAgain;
  RecordTaken(call, method, SectionNumber(section), flags);
  return true;
}

void Initialize(CRITICAL_SECTION* section) {
  TouchLock(section);
  *section = CRITICAL_SECTION{};
  SectionNumber(section);
}

}  // namespace

uint32_t SectionNumber(CRITICAL_SECTION* section) {
  if (section->SpinCount == 0) section->SpinCount = NewObjectNumber();
  return static_cast<uint32_t>(section->SpinCount);
}

bool EnterSection(CallScope& call, CRITICAL_SECTION* section, Method method, const char* what) {
  NoteFreedLock(method, section);
  while (!TryEnter(call, section, method, 0)) {
    const bool was_woken = WaitForLock(call, {.address = section,
                                              .mode = LockMode::kExclusive,
                                              .method = method,
                                              .what = what,
                                              .number = SectionNumber(section),
                                              .owner = OwnerOf(section)});
    if (!was_woken) return false;
  }
  return true;
}

bool LeaveSection(CRITICAL_SECTION* section, Method method) {
  TouchLock(section);
  NoteFreedLock(method, section);
  if (section->RecursionCount == 0 || OwnerOf(section) != CurrentThreadNumber()) return false;
  const bool again = --section->RecursionCount > 0;
  RecordReleased(method, SectionNumber(section), again ? uint32_t{trace::kLockAgain} : 0);
  if (again) return true;
  OrderRelease(section);
  SetOwner(section, 0);
  WakeLockWaiters(section);
  return true;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION section) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  Initialize(section);
}

extern "C" BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  Initialize(section);
  return TRUE;
}

extern "C" BOOL WINAPI InitializeCriticalSectionEx(LPCRITICAL_SECTION section, DWORD, DWORD) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  Initialize(section);
  return TRUE;
}

extern "C" DWORD WINAPI SetCriticalSectionSpinCount(LPCRITICAL_SECTION, DWORD) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return 0;
}

extern "C" VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION section) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  if (EnterSection(call, section, Method::kWin32_EnterCriticalSection, "EnterCriticalSection")) {
    call.Record(Method::kWin32_EnterCriticalSection, 0, SectionNumber(section));
  }
}

extern "C" BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return FALSE;
  constexpr Method kMethod = Method::kWin32_TryEnterCriticalSection;
  NoteFreedLock(kMethod, section);
  const bool has_entered = TryEnter(call, section, kMethod, pendulum::trace::kLockTried);
  call.Record(kMethod, has_entered, SectionNumber(section));
  return has_entered;
}

extern "C" VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  const bool was_owner = LeaveSection(section, Method::kWin32_LeaveCriticalSection);
  if (!was_owner) CaptureLine("LeaveCriticalSection by a thread that does not own it");
  call.Record(Method::kWin32_LeaveCriticalSection, was_owner, SectionNumber(section));
}

extern "C" VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION section) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  TouchLock(section);
  if (!call.draining()) {
    call.Record(Method::kWin32_DeleteCriticalSection, 0, SectionNumber(section));
  }
  *section = CRITICAL_SECTION{};
}

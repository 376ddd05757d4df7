#include "harness/win32/critical_section.h"

#include "harness/win32/capture.h"
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

bool TryEnter(CRITICAL_SECTION* section) {
  TouchLock(section);
  const uint32_t self = CurrentThreadNumber();
  if (section->RecursionCount != 0 && OwnerOf(section) != self) return false;
  if (section->RecursionCount == 0) OrderAcquire(section);
  SetOwner(section, self);
  ++section->RecursionCount;
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
  while (!TryEnter(section)) {
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

bool LeaveSection(CRITICAL_SECTION* section) {
  TouchLock(section);
  if (section->RecursionCount == 0 || OwnerOf(section) != CurrentThreadNumber()) return false;
  if (--section->RecursionCount > 0) return true;
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
  const bool has_entered = TryEnter(section);
  call.Record(Method::kWin32_TryEnterCriticalSection, has_entered, SectionNumber(section));
  return has_entered;
}

extern "C" VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section) {
  CallScope call(__builtin_return_address(0), Points::kYes, Shares::kNothing);
  if (call.draining()) return;
  const bool was_owner = LeaveSection(section);
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

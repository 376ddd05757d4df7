// The scheduling point before Interlocked operations, and interlocked lists.
#include "harness/win32/boundary.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

// A header holds the first entry's address and the number of entries.
SLIST_ENTRY* First(const SLIST_HEADER* head) {
  return reinterpret_cast<SLIST_ENTRY*>(static_cast<uintptr_t>(head->Region));
}

void SetFirst(SLIST_HEADER* head, SLIST_ENTRY* entry) {
  head->Region = reinterpret_cast<uintptr_t>(entry);
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

// The operation follows in the module's own code, so one point before it is enough.
extern "C" VOID PendulumInterlockedPoint() {
  CallScope call(__builtin_return_address(0), Points::kQuiet, Shares::kNothing);
  call.Point();
}

extern "C" VOID WINAPI InitializeSListHead(PSLIST_HEADER head) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *head = SLIST_HEADER{};
}

extern "C" PSLIST_ENTRY WINAPI InterlockedPushEntrySList(PSLIST_HEADER head, PSLIST_ENTRY entry) {
  CallScope call(__builtin_return_address(0));
  SLIST_ENTRY* first = First(head);
  entry->Next = first;
  SetFirst(head, entry);
  ++head->Alignment;
  OrderRelease(head);
  if (!call.draining()) {
    call.Record(Method::kWin32_InterlockedPushEntrySList, first != nullptr,
                static_cast<uint32_t>(head->Alignment));
  }
  return first;
}

extern "C" PSLIST_ENTRY WINAPI InterlockedPopEntrySList(PSLIST_HEADER head) {
  CallScope call(__builtin_return_address(0));
  SLIST_ENTRY* first = First(head);
  if (first != nullptr) {
    OrderAcquire(head);
    SetFirst(head, first->Next);
    --head->Alignment;
  }
  if (!call.draining()) {
    call.Record(Method::kWin32_InterlockedPopEntrySList, first != nullptr,
                static_cast<uint32_t>(head->Alignment));
  }
  return first;
}

extern "C" PSLIST_ENTRY WINAPI InterlockedFlushSList(PSLIST_HEADER head) {
  CallScope call(__builtin_return_address(0));
  SLIST_ENTRY* first = First(head);
  OrderAcquire(head);
  *head = SLIST_HEADER{};
  return first;
}

extern "C" USHORT WINAPI QueryDepthSList(PSLIST_HEADER head) {
  CallScope call(__builtin_return_address(0));
  return static_cast<USHORT>(head->Alignment);
}

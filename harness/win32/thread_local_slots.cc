#include "harness/win32/thread_local_slots.h"

#include <algorithm>
#include <utility>

#include "harness/win32/boundary.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

struct Slot {
  bool is_used = false;
  PFLS_CALLBACK_FUNCTION callback = nullptr;
};

struct Slots {
  Slot slots[kLocalSlots];
  int used = 0;  // those from here on were not taken in this run
};
Slots tls_slots;
Slots fls_slots;

using Values = void* (ThreadState::*)[kLocalSlots];

DWORD TakeSlot(Slots& slots, Values values, PFLS_CALLBACK_FUNCTION callback) {
  for (int i = 0; i < kLocalSlots; ++i) {
    if (slots.slots[i].is_used) continue;
    slots.slots[i] = {.is_used = true, .callback = callback};
    slots.used = std::max(slots.used, i + 1);
    (Self().*values)[i] = nullptr;
    return static_cast<DWORD>(i);
  }
  Self().last_error = ERROR_NO_MORE_ITEMS;
  return TLS_OUT_OF_INDEXES;
}

bool IsValid(const Slots& slots, DWORD index) {
  const bool is_valid = index < kLocalSlots && slots.slots[index].is_used;
  if (!is_valid) Self().last_error = ERROR_INVALID_PARAMETER;
  return is_valid;
}

// The values of all threads go: a slot that is taken again starts empty everywhere.
void ClearValues(Values values, DWORD index) {
  (StateOf(sched::kNoWorker).*values)[index] = nullptr;
  if (boundary.scheduler == nullptr) return;
  for (int worker = 0; worker < boundary.scheduler->workers_used(); ++worker) {
    (StateOf(static_cast<sched::WorkerId>(worker)).*values)[index] = nullptr;
  }
}

BOOL FreeSlot(Slots& slots, Values values, DWORD index) {
  if (!IsValid(slots, index)) return FALSE;
  slots.slots[index] = Slot{};
  ClearValues(values, index);
  return TRUE;
}

// Getting a value that was never set must be told from an error, so success clears the error.
void* GetValue(const Slots& slots, Values values, DWORD index) {
  if (!IsValid(slots, index)) return nullptr;
  ThreadState& self = Self();
  self.last_error = ERROR_SUCCESS;
  return (self.*values)[index];
}

BOOL SetValue(const Slots& slots, Values values, DWORD index, void* value) {
  if (!IsValid(slots, index)) return FALSE;
  ThreadState& self = Self();
  self.has_values = true;
  (self.*values)[index] = value;
  return TRUE;
}

}  // namespace

void CallSlotDestructors() {
  for (int i = 0; i < fls_slots.used; ++i) {
    const Slot& slot = fls_slots.slots[i];
    if (!slot.is_used || slot.callback == nullptr) continue;
    void* value = std::exchange(Self().fls[i], nullptr);
    if (value == nullptr) continue;
    ModuleScope module;
    slot.callback(value);
  }
}

void ResetSlots() {
  for (Slots* slots : {&tls_slots, &fls_slots}) {
    std::fill_n(slots->slots, slots->used, Slot{});
    slots->used = 0;
  }
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" DWORD WINAPI TlsAlloc() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return TakeSlot(tls_slots, &ThreadState::tls, nullptr);
}

extern "C" BOOL WINAPI TlsFree(DWORD index) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FreeSlot(tls_slots, &ThreadState::tls, index);
}

extern "C" LPVOID WINAPI TlsGetValue(DWORD index) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetValue(tls_slots, &ThreadState::tls, index);
}

extern "C" BOOL WINAPI TlsSetValue(DWORD index, LPVOID value) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return SetValue(tls_slots, &ThreadState::tls, index, value);
}

extern "C" DWORD WINAPI FlsAlloc(PFLS_CALLBACK_FUNCTION callback) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return TakeSlot(fls_slots, &ThreadState::fls, callback);
}

extern "C" BOOL WINAPI FlsFree(DWORD index) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FreeSlot(fls_slots, &ThreadState::fls, index);
}

extern "C" PVOID WINAPI FlsGetValue(DWORD index) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetValue(fls_slots, &ThreadState::fls, index);
}

extern "C" BOOL WINAPI FlsSetValue(DWORD index, PVOID value) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return SetValue(fls_slots, &ThreadState::fls, index, value);
}

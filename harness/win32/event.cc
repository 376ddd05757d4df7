// Events: CreateEvent and what goes with it.
#include "harness/win32/conversion.h"
#include "harness/win32/named_object.h"
#include "harness/win32/object.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

HANDLE MakeEvent(CallScope& call, DWORD flags, const char* name) {
  if (call.draining()) return nullptr;
  const NamedObject named = OpenOrCreate(ObjectKind::kEvent, name);
  if (named.object != nullptr && named.is_new) {
    named.object->manual_reset = (flags & CREATE_EVENT_MANUAL_RESET) != 0;
    named.object->signalled = (flags & CREATE_EVENT_INITIAL_SET) != 0;
  }
  return HandleFor(call, Method::kWin32_CreateEvent, named);
}

DWORD FlagsOf(BOOL manual_reset, BOOL initial_state) {
  return (manual_reset ? CREATE_EVENT_MANUAL_RESET : 0) |
         (initial_state ? CREATE_EVENT_INITIAL_SET : 0);
}

HANDLE OpenExisting(CallScope& call, const char* name) {
  if (call.draining()) return nullptr;
  return OpenNamed(call, Method::kWin32_OpenEvent, ObjectKind::kEvent, name);
}

void Signal(Object& event) {
  OrderRelease(&event);
  event.signalled = true;
  ObjectSignalled(event);
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using EventName = NarrowText<kMaxObjectNameBytes + 1>;

extern "C" HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES, BOOL manual_reset, BOOL initial_state,
                                      LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeEvent(call, FlagsOf(manual_reset, initial_state), name);
}

extern "C" HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES, BOOL manual_reset, BOOL initial_state,
                                      LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return MakeEvent(call, FlagsOf(manual_reset, initial_state), EventName(name).c_str());
}

extern "C" HANDLE WINAPI CreateEventExA(LPSECURITY_ATTRIBUTES, LPCSTR name, DWORD flags, DWORD) {
  CallScope call(__builtin_return_address(0));
  return MakeEvent(call, flags, name);
}

extern "C" HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES, LPCWSTR name, DWORD flags, DWORD) {
  CallScope call(__builtin_return_address(0));
  return MakeEvent(call, flags, EventName(name).c_str());
}

extern "C" HANDLE WINAPI OpenEventA(DWORD, BOOL, LPCSTR name) {
  CallScope call(__builtin_return_address(0));
  return OpenExisting(call, name);
}

extern "C" HANDLE WINAPI OpenEventW(DWORD, BOOL, LPCWSTR name) {
  CallScope call(__builtin_return_address(0));
  return OpenExisting(call, EventName(name).c_str());
}

extern "C" BOOL WINAPI SetEvent(HANDLE handle) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* event = ObjectOf(handle, ObjectKind::kEvent);
  if (event != nullptr) Signal(*event);
  call.Record(pendulum::trace::Method::kWin32_SetEvent, event != nullptr,
              event != nullptr ? event->number : 0);
  return event != nullptr;
}

extern "C" BOOL WINAPI ResetEvent(HANDLE handle) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* event = ObjectOf(handle, ObjectKind::kEvent);
  if (event != nullptr) event->signalled = false;
  call.Record(pendulum::trace::Method::kWin32_ResetEvent, event != nullptr,
              event != nullptr ? event->number : 0);
  return event != nullptr;
}

extern "C" BOOL WINAPI PulseEvent(HANDLE handle) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  Object* event = ObjectOf(handle, ObjectKind::kEvent);
  if (event != nullptr) {
    Signal(*event);
    event->signalled = false;
  }
  call.Record(pendulum::trace::Method::kWin32_PulseEvent, event != nullptr,
              event != nullptr ? event->number : 0);
  return event != nullptr;
}

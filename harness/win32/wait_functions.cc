// WaitForSingleObject and its relatives, Sleep, CloseHandle.
#include "harness/win32/mutex.h"
#include "harness/win32/object.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

DWORD Failed(DWORD error) {
  Self().last_error = error;
  return WAIT_FAILED;
}

bool IsWaitable(const Object& object) {
  switch (object.kind) {
    case ObjectKind::kEvent:
    case ObjectKind::kMutex:
    case ObjectKind::kSemaphore:
    case ObjectKind::kThread:
    case ObjectKind::kTimer:
    case ObjectKind::kFile:
      return true;
    default:
      return false;
  }
}

DWORD WaitForHandles(CallScope& call, WaitRequest& request, const HANDLE* handles, DWORD count) {
  if (call.draining()) return WAIT_FAILED;
  if (handles == nullptr || count == 0 || count > kMaxWaitObjects) {
    return Failed(ERROR_INVALID_PARAMETER);
  }
  for (DWORD i = 0; i < count; ++i) {
    Object* object = ObjectOf(handles[i]);
    if (object == nullptr || !IsWaitable(*object)) return Failed(ERROR_INVALID_HANDLE);
    request.objects[i] = object;
  }
  request.count = static_cast<int>(count);
  uint32_t numbers[kMaxWaitObjects];
  for (DWORD i = 0; i < count; ++i) numbers[i] = request.objects[i]->number;
  const DWORD result = Wait(call, request);
  // The object that ended the wait, where it is one of several.
  const uint32_t number = numbers[!request.all && result < count ? result : 0];
  call.Record(request.method, result, number);
  return result;
}

DWORD WaitForOne(CallScope& call, HANDLE handle, DWORD timeout_ms, BOOL alertable, Method method,
                 const char* what) {
  WaitRequest request;
  request.alertable = alertable != FALSE;
  request.timeout_ms = timeout_ms;
  request.method = method;
  request.what = what;
  return WaitForHandles(call, request, &handle, 1);
}

DWORD WaitForSeveral(CallScope& call, DWORD count, const HANDLE* handles, BOOL wait_all,
                     DWORD timeout_ms, BOOL alertable, Method method, const char* what) {
  WaitRequest request;
  request.all = wait_all != FALSE;
  request.alertable = alertable != FALSE;
  request.timeout_ms = timeout_ms;
  request.method = method;
  request.what = what;
  return WaitForHandles(call, request, handles, count);
}

DWORD SleepFor(CallScope& call, DWORD duration_ms, BOOL alertable, Method method,
               const char* what) {
  if (call.draining()) return 0;
  WaitRequest request;
  request.alertable = alertable != FALSE;
  request.timeout_ms = duration_ms;
  request.method = method;
  request.what = what;
  const DWORD result = Wait(call, request);
  return result == WAIT_IO_COMPLETION ? result : 0;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD timeout_ms) {
  CallScope call(__builtin_return_address(0));
  return WaitForOne(call, handle, timeout_ms, FALSE, Method::kWin32_WaitForSingleObject,
                    "WaitForSingleObject");
}

extern "C" DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD timeout_ms, BOOL alertable) {
  CallScope call(__builtin_return_address(0));
  return WaitForOne(call, handle, timeout_ms, alertable, Method::kWin32_WaitForSingleObjectEx,
                    "WaitForSingleObjectEx");
}

extern "C" DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE* handles, BOOL wait_all,
                                               DWORD timeout_ms) {
  CallScope call(__builtin_return_address(0));
  return WaitForSeveral(call, count, handles, wait_all, timeout_ms, FALSE,
                        Method::kWin32_WaitForMultipleObjects, "WaitForMultipleObjects");
}

extern "C" DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, const HANDLE* handles, BOOL wait_all,
                                                 DWORD timeout_ms, BOOL alertable) {
  CallScope call(__builtin_return_address(0));
  return WaitForSeveral(call, count, handles, wait_all, timeout_ms, alertable,
                        Method::kWin32_WaitForMultipleObjectsEx, "WaitForMultipleObjectsEx");
}

extern "C" DWORD WINAPI SignalObjectAndWait(HANDLE to_signal, HANDLE to_wait, DWORD timeout_ms,
                                            BOOL alertable) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return WAIT_FAILED;
  Object* signalled = ObjectOf(to_signal);
  Object* waited = ObjectOf(to_wait);
  if (signalled == nullptr || waited == nullptr || !SignalForWait(*signalled)) return WAIT_FAILED;
  return WaitForOne(call, to_wait, timeout_ms, alertable, Method::kWin32_SignalObjectAndWait,
                    "SignalObjectAndWait");
}

extern "C" VOID WINAPI Sleep(DWORD duration_ms) {
  CallScope call(__builtin_return_address(0));
  SleepFor(call, duration_ms, FALSE, Method::kWin32_Sleep, "Sleep");
}

extern "C" DWORD WINAPI SleepEx(DWORD duration_ms, BOOL alertable) {
  CallScope call(__builtin_return_address(0));
  return SleepFor(call, duration_ms, alertable, Method::kWin32_SleepEx, "SleepEx");
}

extern "C" BOOL WINAPI SwitchToThread() {
  CallScope call(__builtin_return_address(0));
  return call.draining() ? FALSE : TRUE;
}

extern "C" BOOL WINAPI CloseHandle(HANDLE handle) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return TRUE;
  const auto value = reinterpret_cast<intptr_t>(handle);
  const bool is_pseudo_handle = value == -1 || value == -2;
  const bool is_closed = is_pseudo_handle || RemoveHandle(handle);
  call.Record(Method::kWin32_CloseHandle, is_closed);
  return is_closed;
}

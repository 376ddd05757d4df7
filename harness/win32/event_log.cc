// The event log and the debugger's output: captured, never written anywhere.
#include <cstdio>
#include <string_view>

#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"
#include "harness/win32/conversion.h"
#include "harness/win32/object.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;
using Line = NarrowText<kMaxCapturedLineBytes + 1>;

HANDLE OpenLog(CallScope& call, const char* source) {
  if (call.draining()) return nullptr;
  if (source == nullptr) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return nullptr;
  }
  Object* log = NewObject(ObjectKind::kEventSource);
  if (log == nullptr) return nullptr;
  SetObjectName(log, source);
  HANDLE handle = NewHandle(log);
  call.Record(Method::kWin32_RegisterEventSource, handle != nullptr);
  return handle;
}

const char* TypeName(WORD type) {
  switch (type) {
    case EVENTLOG_ERROR_TYPE:
      return "error";
    case EVENTLOG_WARNING_TYPE:
      return "warning";
    case EVENTLOG_INFORMATION_TYPE:
      return "information";
    case EVENTLOG_AUDIT_SUCCESS:
      return "audit success";
    case EVENTLOG_AUDIT_FAILURE:
      return "audit failure";
    default:
      return "success";
  }
}

// "event log: <source> <type> <id>: <text>", one line for each string.
void CaptureEvent(const Object& log, WORD type, DWORD id, std::string_view text) {
  char head[kMaxObjectNameBytes + 64];
  std::snprintf(head, sizeof(head), "%s %s %u: ", log.name, TypeName(type), id);
  CaptureLine("event log: ", head, text);
}

const Object* LogOf(CallScope& call, HANDLE handle) {
  return call.draining() ? nullptr : ObjectOf(handle, ObjectKind::kEventSource);
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" HANDLE WINAPI RegisterEventSourceA(LPCSTR, LPCSTR source_name) {
  CallScope call(__builtin_return_address(0));
  return OpenLog(call, source_name);
}

extern "C" HANDLE WINAPI RegisterEventSourceW(LPCWSTR, LPCWSTR source_name) {
  CallScope call(__builtin_return_address(0));
  return OpenLog(call, NarrowText<kMaxObjectNameBytes + 1>(source_name).c_str());
}

extern "C" BOOL WINAPI DeregisterEventSource(HANDLE event_log) {
  CallScope call(__builtin_return_address(0));
  const bool is_closed = LogOf(call, event_log) != nullptr && RemoveHandle(event_log);
  if (!call.draining()) call.Record(Method::kWin32_DeregisterEventSource, is_closed);
  return is_closed;
}

extern "C" BOOL WINAPI ReportEventA(HANDLE event_log, WORD type, WORD, DWORD event_id, PSID,
                                    WORD string_count, DWORD, LPCSTR* strings, LPVOID) {
  CallScope call(__builtin_return_address(0));
  const Object* log = LogOf(call, event_log);
  if (log == nullptr) return FALSE;
  if (strings == nullptr || string_count == 0) CaptureEvent(*log, type, event_id, "");
  for (WORD i = 0; strings != nullptr && i < string_count; ++i) {
    if (strings[i] != nullptr) CaptureEvent(*log, type, event_id, strings[i]);
  }
  call.Record(Method::kWin32_ReportEvent, TRUE, event_id);
  return TRUE;
}

extern "C" BOOL WINAPI ReportEventW(HANDLE event_log, WORD type, WORD, DWORD event_id, PSID,
                                    WORD string_count, DWORD, LPCWSTR* strings, LPVOID) {
  CallScope call(__builtin_return_address(0));
  const Object* log = LogOf(call, event_log);
  if (log == nullptr) return FALSE;
  if (strings == nullptr || string_count == 0) CaptureEvent(*log, type, event_id, "");
  for (WORD i = 0; strings != nullptr && i < string_count; ++i) {
    if (strings[i] != nullptr) CaptureEvent(*log, type, event_id, Line(strings[i]).c_str());
  }
  call.Record(Method::kWin32_ReportEvent, TRUE, event_id);
  return TRUE;
}

extern "C" VOID WINAPI OutputDebugStringA(LPCSTR text) {
  CallScope call(__builtin_return_address(0));
  if (call.draining() || text == nullptr) return;
  CaptureLine("debug output: ", text);
  call.Record(Method::kWin32_OutputDebugString, 0);
}

extern "C" VOID WINAPI OutputDebugStringW(LPCWSTR text) {
  CallScope call(__builtin_return_address(0));
  if (call.draining() || text == nullptr) return;
  CaptureLine("debug output: ", Line(text).c_str());
  call.Record(Method::kWin32_OutputDebugString, 0);
}

extern "C" BOOL WINAPI IsDebuggerPresent() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FALSE;
}

extern "C" BOOL WINAPI CheckRemoteDebuggerPresent(HANDLE, PBOOL present) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (present != nullptr) *present = FALSE;
  return present != nullptr;
}

// Without a debugger a breakpoint ends the process, on Windows too.
extern "C" VOID WINAPI DebugBreak() {
  CallScope call(__builtin_return_address(0));
  CaptureLine("DebugBreak without a debugger");
  if (!call.draining()) __builtin_trap();
}

extern "C" USHORT WINAPI RtlCaptureStackBackTrace(ULONG, ULONG, PVOID*, PULONG hash) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (hash != nullptr) *hash = 0;
  return 0;  // addresses would differ from run to run
}

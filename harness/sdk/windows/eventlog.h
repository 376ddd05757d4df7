// The event log and the debugger; both are captured in the report.
#ifndef PENDULUM_SDK_WINDOWS_EVENTLOG_H_
#define PENDULUM_SDK_WINDOWS_EVENTLOG_H_

#include "windows/types.h"

#define EVENTLOG_SUCCESS 0x0000
#define EVENTLOG_ERROR_TYPE 0x0001
#define EVENTLOG_WARNING_TYPE 0x0002
#define EVENTLOG_INFORMATION_TYPE 0x0004
#define EVENTLOG_AUDIT_SUCCESS 0x0008
#define EVENTLOG_AUDIT_FAILURE 0x0010

extern "C" {
HANDLE WINAPI RegisterEventSourceA(LPCSTR server_name, LPCSTR source_name);
HANDLE WINAPI RegisterEventSourceW(LPCWSTR server_name, LPCWSTR source_name);
BOOL WINAPI DeregisterEventSource(HANDLE event_log);
BOOL WINAPI ReportEventA(HANDLE event_log, WORD type, WORD category, DWORD event_id, PSID user,
                         WORD string_count, DWORD data_bytes, LPCSTR* strings, LPVOID data);
BOOL WINAPI ReportEventW(HANDLE event_log, WORD type, WORD category, DWORD event_id, PSID user,
                         WORD string_count, DWORD data_bytes, LPCWSTR* strings, LPVOID data);
VOID WINAPI OutputDebugStringA(LPCSTR text);
VOID WINAPI OutputDebugStringW(LPCWSTR text);
BOOL WINAPI IsDebuggerPresent(VOID);
BOOL WINAPI CheckRemoteDebuggerPresent(HANDLE process, PBOOL present);
VOID WINAPI DebugBreak(VOID);
USHORT WINAPI RtlCaptureStackBackTrace(ULONG frames_to_skip, ULONG frames_to_capture, PVOID* frames,
                                       PULONG hash);
}
#define CaptureStackBackTrace RtlCaptureStackBackTrace

#ifdef UNICODE
#define RegisterEventSource RegisterEventSourceW
#define ReportEvent ReportEventW
#define OutputDebugString OutputDebugStringW
#else
#define RegisterEventSource RegisterEventSourceA
#define ReportEvent ReportEventA
#define OutputDebugString OutputDebugStringA
#endif

#endif  // PENDULUM_SDK_WINDOWS_EVENTLOG_H_

// The module's own process, COM's start, and handles that are copied.
#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"
#include "harness/win32/object.h"
#include "harness/win32/random.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

HANDLE CurrentProcess() { return reinterpret_cast<HANDLE>(intptr_t{-1}); }

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" HANDLE WINAPI GetCurrentProcess() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return CurrentProcess();
}

extern "C" DWORD WINAPI GetCurrentProcessId() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return kProcessId;
}

extern "C" DWORD WINAPI GetProcessId(HANDLE process) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (process == CurrentProcess()) return kProcessId;
  Self().last_error = ERROR_INVALID_HANDLE;
  return 0;
}

// The server would be gone: the run stops here.
extern "C" VOID WINAPI ExitProcess(UINT exit_code) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  CaptureLine("ExitProcess: the module ended the worker process");
  call.Record(Method::kWin32_ExitProcess, exit_code);
  boundary.scheduler->Stop();
}

extern "C" BOOL WINAPI TerminateProcess(HANDLE process, UINT exit_code) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  if (process != CurrentProcess()) {
    NotSimulated("TerminateProcess");
    return FALSE;
  }
  CaptureLine("TerminateProcess: the module ended the worker process");
  call.Record(Method::kWin32_TerminateProcess, exit_code);
  boundary.scheduler->Stop();
  return TRUE;
}

extern "C" BOOL WINAPI GetExitCodeProcess(HANDLE process, LPDWORD exit_code) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (process == CurrentProcess() && exit_code != nullptr) {
    *exit_code = STILL_ACTIVE;
    return TRUE;
  }
  NotSimulated("GetExitCodeProcess");
  return FALSE;
}

extern "C" BOOL WINAPI DuplicateHandle(HANDLE source_process, HANDLE source, HANDLE target_process,
                                       LPHANDLE target, DWORD, BOOL, DWORD options) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  if (source_process != CurrentProcess() || target_process != CurrentProcess()) {
    NotSimulated("DuplicateHandle with another process");
    return FALSE;
  }
  Object* object = ObjectOf(source);
  if (object == nullptr) return FALSE;
  if (target != nullptr) {
    Reference(object);
    *target = NewHandle(object);
    if (*target == nullptr) return FALSE;
  }
  if ((options & DUPLICATE_CLOSE_SOURCE) != 0) RemoveHandle(source);
  return TRUE;
}

extern "C" HRESULT WINAPI CoInitialize(LPVOID) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return S_OK;
}

extern "C" HRESULT WINAPI CoInitializeEx(LPVOID, DWORD) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return S_OK;
}

extern "C" VOID WINAPI CoUninitialize() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
}

extern "C" HRESULT WINAPI CoCreateInstance(REFCLSID, LPUNKNOWN, DWORD, REFIID, LPVOID* object) {
  CallScope call(__builtin_return_address(0));
  if (object != nullptr) *object = nullptr;
  NotSimulated("CoCreateInstance");
  return REGDB_E_CLASSNOTREG;
}

extern "C" LPSTR WINAPI GetCommandLineA() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  static char line[] = "w3wp.exe -ap \"DefaultAppPool\"";
  return line;
}

extern "C" LPWSTR WINAPI GetCommandLineW() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  static wchar_t line[] = L"w3wp.exe -ap \"DefaultAppPool\"";
  return line;
}

// A worker process is started without a window and without standard handles.
extern "C" VOID WINAPI GetStartupInfoA(LPSTARTUPINFOA startup) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *startup = STARTUPINFOA{};
  startup->cb = sizeof(*startup);
}

extern "C" VOID WINAPI GetStartupInfoW(LPSTARTUPINFOW startup) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *startup = STARTUPINFOW{};
  startup->cb = sizeof(*startup);
}

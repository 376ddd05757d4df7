// Functions about files and pipes that this layer declares and does not simulate.
#include "harness/win32/not_simulated.h"
#include "io.h"
#include "windows.h"

using namespace pendulum::win32;  // For what the macro uses.

PENDULUM_NOT_SIMULATED(FILE *, nullptr, _wfopen, (const wchar_t *, const wchar_t *))
PENDULUM_NOT_SIMULATED(FILE *, nullptr, _fsopen, (const char *, const char *, int))
PENDULUM_NOT_SIMULATED(FILE *, nullptr, _wfsopen, (const wchar_t *, const wchar_t *, int))
PENDULUM_NOT_SIMULATED(char *, nullptr, _fullpath, (char *, const char *, size_t))
PENDULUM_NOT_SIMULATED(wchar_t *, nullptr, _wfullpath, (wchar_t *, const wchar_t *, size_t))
PENDULUM_NOT_SIMULATED(errno_t, NotSupported(), _splitpath_s,
                       (const char *, char *, size_t, char *, size_t, char *, size_t, char *,
                        size_t))
PENDULUM_NOT_SIMULATED(errno_t, NotSupported(), _wsplitpath_s,
                       (const wchar_t *, wchar_t *, size_t, wchar_t *, size_t, wchar_t *, size_t,
                        wchar_t *, size_t))
PENDULUM_NOT_SIMULATED(int, Failed(), sscanf_s, (const char *, const char *, ...))
PENDULUM_NOT_SIMULATED(int, Failed(), swscanf_s, (const wchar_t *, const wchar_t *, ...))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ReadFileEx,
                       (HANDLE, LPVOID, DWORD, LPOVERLAPPED, LPOVERLAPPED_COMPLETION_ROUTINE))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WriteFileEx,
                       (HANDLE, LPCVOID, DWORD, LPOVERLAPPED, LPOVERLAPPED_COMPLETION_ROUTINE))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, LockFileEx, (HANDLE, DWORD, DWORD, DWORD, DWORD, LPOVERLAPPED))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, UnlockFileEx, (HANDLE, DWORD, DWORD, DWORD, LPOVERLAPPED))
PENDULUM_NOT_SIMULATED(HANDLE, nullptr, GetStdHandle, (DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, SetHandleInformation, (HANDLE, DWORD, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CancelSynchronousIo, (HANDLE))
PENDULUM_NOT_SIMULATED(HANDLE, INVALID_HANDLE_VALUE, FindFirstFileA, (LPCSTR, LPWIN32_FIND_DATAA))
PENDULUM_NOT_SIMULATED(HANDLE, INVALID_HANDLE_VALUE, FindFirstFileW, (LPCWSTR, LPWIN32_FIND_DATAW))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, FindNextFileA, (HANDLE, LPWIN32_FIND_DATAA))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, FindNextFileW, (HANDLE, LPWIN32_FIND_DATAW))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, FindClose, (HANDLE))
PENDULUM_NOT_SIMULATED(UINT, 0, GetTempFileNameA, (LPCSTR, LPCSTR, UINT, LPSTR))
PENDULUM_NOT_SIMULATED(UINT, 0, GetTempFileNameW, (LPCWSTR, LPCWSTR, UINT, LPWSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, SetCurrentDirectoryA, (LPCSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, SetCurrentDirectoryW, (LPCWSTR))
PENDULUM_NOT_SIMULATED(HANDLE, INVALID_HANDLE_VALUE, FindFirstChangeNotificationA,
                       (LPCSTR, BOOL, DWORD))
PENDULUM_NOT_SIMULATED(HANDLE, INVALID_HANDLE_VALUE, FindFirstChangeNotificationW,
                       (LPCWSTR, BOOL, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, FindNextChangeNotification, (HANDLE))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, FindCloseChangeNotification, (HANDLE))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ReadDirectoryChangesW,
                       (HANDLE, LPVOID, DWORD, BOOL, DWORD, LPDWORD, LPOVERLAPPED,
                        LPOVERLAPPED_COMPLETION_ROUTINE))

PENDULUM_NOT_SIMULATED(BOOL, FALSE, CreatePipe, (PHANDLE, PHANDLE, LPSECURITY_ATTRIBUTES, DWORD))
PENDULUM_NOT_SIMULATED(HANDLE, INVALID_HANDLE_VALUE, CreateNamedPipeA,
                       (LPCSTR, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, LPSECURITY_ATTRIBUTES))
PENDULUM_NOT_SIMULATED(HANDLE, INVALID_HANDLE_VALUE, CreateNamedPipeW,
                       (LPCWSTR, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, LPSECURITY_ATTRIBUTES))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConnectNamedPipe, (HANDLE, LPOVERLAPPED))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, DisconnectNamedPipe, (HANDLE))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WaitNamedPipeA, (LPCSTR, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WaitNamedPipeW, (LPCWSTR, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PeekNamedPipe,
                       (HANDLE, LPVOID, DWORD, LPDWORD, LPDWORD, LPDWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, SetNamedPipeHandleState, (HANDLE, LPDWORD, LPDWORD, LPDWORD))
PENDULUM_NOT_SIMULATED(HANDLE, nullptr, CreateFileMappingA,
                       (HANDLE, LPSECURITY_ATTRIBUTES, DWORD, DWORD, DWORD, LPCSTR))
PENDULUM_NOT_SIMULATED(HANDLE, nullptr, CreateFileMappingW,
                       (HANDLE, LPSECURITY_ATTRIBUTES, DWORD, DWORD, DWORD, LPCWSTR))
PENDULUM_NOT_SIMULATED(HANDLE, nullptr, OpenFileMappingA, (DWORD, BOOL, LPCSTR))
PENDULUM_NOT_SIMULATED(HANDLE, nullptr, OpenFileMappingW, (DWORD, BOOL, LPCWSTR))
PENDULUM_NOT_SIMULATED(LPVOID, nullptr, MapViewOfFile, (HANDLE, DWORD, DWORD, DWORD, SIZE_T))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, UnmapViewOfFile, (LPCVOID))

PENDULUM_NOT_SIMULATED(int, Failed(), _access, (const char *, int))
PENDULUM_NOT_SIMULATED(int, Failed(), _waccess, (const wchar_t *, int))
PENDULUM_NOT_SIMULATED(errno_t, NotSupported(), _access_s, (const char *, int))
PENDULUM_NOT_SIMULATED(int, Failed(), _unlink, (const char *))
PENDULUM_NOT_SIMULATED(int, Failed(), _wunlink, (const wchar_t *))
PENDULUM_NOT_SIMULATED(int, Failed(), _mkdir, (const char *))
PENDULUM_NOT_SIMULATED(int, Failed(), _wmkdir, (const wchar_t *))
PENDULUM_NOT_SIMULATED(int, Failed(), _open_osfhandle, (intptr_t, int))
PENDULUM_NOT_SIMULATED(intptr_t, Failed(), _get_osfhandle, (int))
PENDULUM_NOT_SIMULATED(int, Failed(), _close, (int))
PENDULUM_NOT_SIMULATED(int, Failed(), _read, (int, void *, unsigned int))
PENDULUM_NOT_SIMULATED(int, Failed(), _write, (int, const void *, unsigned int))
PENDULUM_NOT_SIMULATED(int, Failed(), _dup, (int))
PENDULUM_NOT_SIMULATED(int, Failed(), _dup2, (int, int))
PENDULUM_NOT_SIMULATED(int, Failed(), _fileno, (FILE *))
PENDULUM_NOT_SIMULATED(int, Failed(), _isatty, (int))

// These say through their place that there is no stream.
#define PENDULUM_NO_STREAM(name, parameters)     \
  extern "C" errno_t name parameters {           \
    CallScope call(__builtin_return_address(0)); \
    NotSimulated(#name);                         \
    if (stream != nullptr) *stream = nullptr;    \
    return NotSupported();                       \
  }

PENDULUM_NO_STREAM(fopen_s, (FILE * *stream, const char *, const char *))
PENDULUM_NO_STREAM(freopen_s, (FILE * *stream, const char *, const char *, FILE *))
PENDULUM_NO_STREAM(_wfopen_s, (FILE * *stream, const wchar_t *, const wchar_t *))

// Functions about networks, cryptography, tracing, paths and texts of security that this layer
// declares and does not simulate. The socket functions that the C library has too are not defined
// here: that would replace them for the whole process.
#include "evntprov.h"
#include "harness/win32/not_simulated.h"
#include "harness/win32/thread_state.h"
#include "sddl.h"
#include "shlwapi.h"
#include "wincrypt.h"
#include "windows.h"
#include "winhttp.h"
#include "winsock2.h"
#include "ws2tcpip.h"

using namespace pendulum::win32;  // For what the macro uses.

PENDULUM_NOT_SIMULATED(BOOLEAN, FALSE, EventEnabled, (REGHANDLE, PCEVENT_DESCRIPTOR))
PENDULUM_NOT_SIMULATED(ULONG, ERROR_CALL_NOT_IMPLEMENTED, EventRegister,
                       (LPCGUID, PENABLECALLBACK, PVOID, PREGHANDLE))
PENDULUM_NOT_SIMULATED(ULONG, ERROR_CALL_NOT_IMPLEMENTED, EventUnregister, (REGHANDLE))
PENDULUM_NOT_SIMULATED(ULONG, ERROR_CALL_NOT_IMPLEMENTED, EventWrite,
                       (REGHANDLE, PCEVENT_DESCRIPTOR, ULONG, PEVENT_DATA_DESCRIPTOR))

PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConvertSidToStringSidA, (PSID, LPSTR *))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConvertSidToStringSidW, (PSID, LPWSTR *))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConvertStringSecurityDescriptorToSecurityDescriptorA,
                       (LPCSTR, DWORD, PSECURITY_DESCRIPTOR *, PULONG))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConvertStringSecurityDescriptorToSecurityDescriptorW,
                       (LPCWSTR, DWORD, PSECURITY_DESCRIPTOR *, PULONG))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConvertStringSidToSidA, (LPCSTR, PSID *))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, ConvertStringSidToSidW, (LPCWSTR, PSID *))

PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathAppendA, (LPSTR, LPCSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathAppendW, (LPWSTR, LPCWSTR))
PENDULUM_NOT_SIMULATED(LPSTR, nullptr, PathCombineA, (LPSTR, LPCSTR, LPCSTR))
PENDULUM_NOT_SIMULATED(LPWSTR, nullptr, PathCombineW, (LPWSTR, LPCWSTR, LPCWSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathFileExistsA, (LPCSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathFileExistsW, (LPCWSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathIsRelativeA, (LPCSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathIsRelativeW, (LPCWSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathRemoveFileSpecA, (LPSTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, PathRemoveFileSpecW, (LPWSTR))

PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptAcquireContextA,
                       (HCRYPTPROV *, LPCSTR, LPCSTR, DWORD, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptAcquireContextW,
                       (HCRYPTPROV *, LPCWSTR, LPCWSTR, DWORD, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptBinaryToStringA,
                       (const BYTE *, DWORD, DWORD, LPSTR, DWORD *))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptCreateHash,
                       (HCRYPTPROV, ALG_ID, HCRYPTKEY, DWORD, HCRYPTHASH *))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptDestroyHash, (HCRYPTHASH))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptGenRandom, (HCRYPTPROV, DWORD, BYTE *))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptGetHashParam, (HCRYPTHASH, DWORD, BYTE *, DWORD *, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptHashData, (HCRYPTHASH, const BYTE *, DWORD, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, CryptReleaseContext, (HCRYPTPROV, DWORD))

PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpAddRequestHeaders, (HINTERNET, LPCWSTR, DWORD, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpCloseHandle, (HINTERNET))
PENDULUM_NOT_SIMULATED(HINTERNET, nullptr, WinHttpConnect,
                       (HINTERNET, LPCWSTR, INTERNET_PORT, DWORD))
PENDULUM_NOT_SIMULATED(HINTERNET, nullptr, WinHttpOpen, (LPCWSTR, DWORD, LPCWSTR, LPCWSTR, DWORD))
PENDULUM_NOT_SIMULATED(HINTERNET, nullptr, WinHttpOpenRequest,
                       (HINTERNET, LPCWSTR, LPCWSTR, LPCWSTR, LPCWSTR, LPCWSTR *, DWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpQueryDataAvailable, (HINTERNET, LPDWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpQueryHeaders,
                       (HINTERNET, DWORD, LPCWSTR, LPVOID, LPDWORD, LPDWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpQueryOption, (HINTERNET, DWORD, LPVOID, LPDWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpReadData, (HINTERNET, LPVOID, DWORD, LPDWORD))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpReceiveResponse, (HINTERNET, LPVOID))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpSendRequest,
                       (HINTERNET, LPCWSTR, DWORD, LPVOID, DWORD, DWORD, DWORD_PTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpSetOption, (HINTERNET, DWORD, LPVOID, DWORD))
PENDULUM_NOT_SIMULATED(WINHTTP_STATUS_CALLBACK, WINHTTP_INVALID_STATUS_CALLBACK,
                       WinHttpSetStatusCallback,
                       (HINTERNET, WINHTTP_STATUS_CALLBACK, DWORD, DWORD_PTR))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpSetTimeouts, (HINTERNET, int, int, int, int))
PENDULUM_NOT_SIMULATED(BOOL, FALSE, WinHttpWriteData, (HINTERNET, LPCVOID, DWORD, LPDWORD))

PENDULUM_NOT_SIMULATED(INT, SOCKET_ERROR, WSAAddressToStringA,
                       (LPSOCKADDR, DWORD, PVOID, LPSTR, LPDWORD))
PENDULUM_NOT_SIMULATED(INT, SOCKET_ERROR, WSAAddressToStringW,
                       (LPSOCKADDR, DWORD, PVOID, LPWSTR, LPDWORD))
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, WSACleanup, ())
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, WSARecv,
                       (SOCKET, LPWSABUF, DWORD, LPDWORD, LPDWORD, LPWSAOVERLAPPED,
                        LPOVERLAPPED_COMPLETION_ROUTINE))
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, WSASend,
                       (SOCKET, LPWSABUF, DWORD, LPDWORD, DWORD, LPWSAOVERLAPPED,
                        LPOVERLAPPED_COMPLETION_ROUTINE))
PENDULUM_NOT_SIMULATED(int, kSystemNotReady, WSAStartup, (WORD, LPWSADATA))
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, closesocket, (SOCKET))
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, ioctlsocket, (SOCKET, LONG, ULONG *))
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, pendulum_gethostname, (char *, int))
PENDULUM_NOT_SIMULATED(int, SOCKET_ERROR, pendulum_select,
                       (int, fd_set *, fd_set *, fd_set *, const struct timeval *))

PENDULUM_NOT_SIMULATED(PCWSTR, nullptr, InetNtopW, (INT, const void *, PWSTR, size_t))
PENDULUM_NOT_SIMULATED(INT, 0, InetPtonW, (INT, PCWSTR, PVOID))

extern "C" int WINAPI WSAGetLastError() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return static_cast<int>(Self().last_error);
}

extern "C" void WINAPI WSASetLastError(int code) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  Self().last_error = static_cast<DWORD>(code);
}

namespace {

// The part behind the last separator that has something behind it.
template <typename Character>
Character *FileName(const Character *path) {
  const Character *name = path;
  for (const Character *at = path; at != nullptr && *at != 0; ++at) {
    const bool is_separator = *at == '\\' || *at == '/' || *at == ':';
    if (is_separator && at[1] != 0 && at[1] != '\\' && at[1] != '/') name = at + 1;
  }
  return const_cast<Character *>(name);
}

}  // namespace

extern "C" LPSTR WINAPI PathFindFileNameA(LPCSTR path) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FileName(path);
}

extern "C" LPWSTR WINAPI PathFindFileNameW(LPCWSTR path) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FileName(path);
}

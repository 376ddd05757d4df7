// Windows Sockets: declared and not simulated. They fail as on a Windows whose socket library does
// not start, WSAStartup first. The names of the C library's sockets are this layer's own at link
// time (see winsock2.h), so a module never reaches the sockets of this machine.
#include "harness/win32/not_simulated.h"
#include "harness/win32/thread_state.h"
#include "windows.h"
#include "winsock2.h"
#include "ws2tcpip.h"

namespace pendulum::win32 {
namespace {

// What is left of a call whose result is an error code, too.
int NoSockets(const char* function) {
  NotSimulated(function);
  Self().last_error = WSANOTINITIALISED;
  return WSANOTINITIALISED;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // For what the macros use.

#define PENDULUM_NO_SOCKETS_NAMED(result, failure, name, text, parameters) \
  extern "C" result WINAPI name parameters {                               \
    CallScope call(__builtin_return_address(0));                           \
    NoSockets(text);                                                       \
    return failure;                                                        \
  }
#define PENDULUM_NO_SOCKETS(result, failure, name, parameters) \
  PENDULUM_NO_SOCKETS_NAMED(result, failure, name, #name, parameters)

extern "C" int WINAPI WSAStartup(WORD, LPWSADATA) {
  CallScope call(__builtin_return_address(0));
  NoSockets("WSAStartup");
  return WSASYSNOTREADY;
}

PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, WSACleanup, (VOID))
PENDULUM_NO_SOCKETS(INT, SOCKET_ERROR, WSAAddressToStringA,
                    (LPSOCKADDR, DWORD, PVOID, LPSTR, LPDWORD))
PENDULUM_NO_SOCKETS(INT, SOCKET_ERROR, WSAAddressToStringW,
                    (LPSOCKADDR, DWORD, PVOID, LPWSTR, LPDWORD))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, WSARecv,
                    (SOCKET, LPWSABUF, DWORD, LPDWORD, LPDWORD, LPWSAOVERLAPPED,
                     LPOVERLAPPED_COMPLETION_ROUTINE))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, WSASend,
                    (SOCKET, LPWSABUF, DWORD, LPDWORD, DWORD, LPWSAOVERLAPPED,
                     LPOVERLAPPED_COMPLETION_ROUTINE))

PENDULUM_NO_SOCKETS(SOCKET, INVALID_SOCKET, socket, (int, int, int))
PENDULUM_NO_SOCKETS(SOCKET, INVALID_SOCKET, accept, (SOCKET, SOCKADDR*, int*))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, bind, (SOCKET, const SOCKADDR*, int))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, closesocket, (SOCKET))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, connect, (SOCKET, const SOCKADDR*, int))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, getpeername, (SOCKET, SOCKADDR*, int*))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, getsockname, (SOCKET, SOCKADDR*, int*))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, getsockopt, (SOCKET, int, int, char*, int*))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, ioctlsocket, (SOCKET, LONG, ULONG*))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, listen, (SOCKET, int))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, recv, (SOCKET, char*, int, int))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, send, (SOCKET, const char*, int, int))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, setsockopt, (SOCKET, int, int, const char*, int))
PENDULUM_NO_SOCKETS(int, SOCKET_ERROR, shutdown, (SOCKET, int))
PENDULUM_NO_SOCKETS_NAMED(int, SOCKET_ERROR, pendulum_select, "select",
                          (int, fd_set*, fd_set*, fd_set*, const struct timeval*))

PENDULUM_NO_SOCKETS_NAMED(int, SOCKET_ERROR, pendulum_gethostname, "gethostname", (char*, int))
PENDULUM_NO_SOCKETS(HOSTENT*, nullptr, gethostbyname, (const char*))
PENDULUM_NO_SOCKETS(ULONG, INADDR_NONE, inet_addr, (const char*))
PENDULUM_NO_SOCKETS(char*, nullptr, inet_ntoa, (IN_ADDR))
PENDULUM_NO_SOCKETS(const char*, nullptr, inet_ntop, (int, const void*, char*, size_t))
PENDULUM_NO_SOCKETS(int, -1, inet_pton, (int, const char*, void*))
PENDULUM_NO_SOCKETS(PCWSTR, nullptr, InetNtopW, (INT, const VOID*, PWSTR, size_t))
PENDULUM_NO_SOCKETS(INT, -1, InetPtonW, (INT, PCWSTR, PVOID))

// These two answer with the error itself.
extern "C" int WINAPI getaddrinfo(const char*, const char*, const ADDRINFOA*, PADDRINFOA* result) {
  CallScope call(__builtin_return_address(0));
  if (result != nullptr) *result = nullptr;
  return NoSockets("getaddrinfo");
}

extern "C" int WINAPI getnameinfo(const SOCKADDR*, socklen_t, char*, DWORD, char*, DWORD, int) {
  CallScope call(__builtin_return_address(0));
  return NoSockets("getnameinfo");
}

extern "C" void WINAPI freeaddrinfo(PADDRINFOA) {
  CallScope call(__builtin_return_address(0));
  NoSockets("freeaddrinfo");
}

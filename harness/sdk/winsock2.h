// Windows Sockets, as far as modules use them. The functions have names of their own at link time
// (pendulum_socket for socket), so that a module never reaches the sockets of this machine.
#ifndef PENDULUM_SDK_WINSOCK2_H_
#define PENDULUM_SDK_WINSOCK2_H_

#ifndef _WINSOCKAPI_
#define _WINSOCKAPI_
#endif

#include "http/address.h"
#include "windows.h"

typedef UINT_PTR SOCKET;
typedef unsigned char u_char;
typedef HANDLE WSAEVENT;
typedef OVERLAPPED WSAOVERLAPPED, *LPWSAOVERLAPPED;

#define INVALID_SOCKET ((SOCKET)(~0))
#define SOCKET_ERROR (-1)
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define IPPROTO_IP 0
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define SOL_SOCKET 0xFFFF
#define SO_REUSEADDR 0x0004
#define SO_KEEPALIVE 0x0008
#define SO_LINGER 0x0080
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_SNDTIMEO 0x1005
#define SO_RCVTIMEO 0x1006
#define SO_ERROR 0x1007
#define TCP_NODELAY 0x0001
#define SOMAXCONN 0x7FFFFFFF
#define SD_RECEIVE 0
#define SD_SEND 1
#define SD_BOTH 2
#define INADDR_ANY ((ULONG)0)
#define INADDR_LOOPBACK ((ULONG)0x7F000001)
#define INADDR_NONE ((ULONG)0xFFFFFFFF)
#define FIONBIO ((LONG)0x8004667E)
#define FIONREAD 0x4004667F
#define WSADESCRIPTION_LEN 256
#define WSASYS_STATUS_LEN 128
#define WSA_FLAG_OVERLAPPED 0x01
#define NI_NUMERICHOST 0x02
#define NI_NUMERICSERV 0x08
#define WSAEINTR 10004
#define WSAEACCES 10013
#define WSAEFAULT 10014
#define WSAEINVAL 10022
#define WSAEWOULDBLOCK 10035
#define WSAEINPROGRESS 10036
#define WSAENOTSOCK 10038
#define WSAEAFNOSUPPORT 10047
#define WSAEADDRINUSE 10048
#define WSAENETUNREACH 10051
#define WSAECONNABORTED 10053
#define WSAECONNRESET 10054
#define WSAENOTCONN 10057
#define WSAETIMEDOUT 10060
#define WSAECONNREFUSED 10061
#define WSASYSNOTREADY 10091
#define WSANOTINITIALISED 10093
#define WSAHOST_NOT_FOUND 11001
#define WSA_IO_PENDING ERROR_IO_PENDING

typedef struct WSAData {
  WORD wVersion;
  WORD wHighVersion;
  USHORT iMaxSockets;
  USHORT iMaxUdpDg;
  char* lpVendorInfo;
  char szDescription[WSADESCRIPTION_LEN + 1];
  char szSystemStatus[WSASYS_STATUS_LEN + 1];
} WSADATA, *LPWSADATA;

typedef struct _WSABUF {
  ULONG len;
  CHAR* buf;
} WSABUF, *LPWSABUF;

struct hostent {
  char* h_name;
  char** h_aliases;
  short h_addrtype;
  short h_length;
  char** h_addr_list;
};
#define h_addr h_addr_list[0]
typedef struct hostent HOSTENT, *PHOSTENT, *LPHOSTENT;

struct linger {
  USHORT l_onoff;
  USHORT l_linger;
};

static inline USHORT htons(USHORT value) { return __builtin_bswap16(value); }
static inline USHORT ntohs(USHORT value) { return __builtin_bswap16(value); }
static inline ULONG htonl(ULONG value) { return __builtin_bswap32(value); }
static inline ULONG ntohl(ULONG value) { return __builtin_bswap32(value); }

extern "C" {
int WINAPI WSAStartup(WORD version, LPWSADATA data);
int WINAPI WSACleanup(VOID);
int WINAPI WSAGetLastError(VOID);
VOID WINAPI WSASetLastError(int error);
INT WINAPI WSAAddressToStringA(LPSOCKADDR address, DWORD address_bytes, PVOID protocol, LPSTR text,
                               LPDWORD length);
INT WINAPI WSAAddressToStringW(LPSOCKADDR address, DWORD address_bytes, PVOID protocol, LPWSTR text,
                               LPDWORD length);
int WINAPI WSASend(SOCKET socket, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                   LPWSAOVERLAPPED overlapped, LPOVERLAPPED_COMPLETION_ROUTINE routine);
int WINAPI WSARecv(SOCKET socket, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags,
                   LPWSAOVERLAPPED overlapped, LPOVERLAPPED_COMPLETION_ROUTINE routine);
int WINAPI closesocket(SOCKET socket);
int WINAPI ioctlsocket(SOCKET socket, LONG command, ULONG* argument);

SOCKET WINAPI socket(int family, int type, int protocol) __asm__("pendulum_socket");
SOCKET WINAPI accept(SOCKET socket, SOCKADDR* address, int* bytes) __asm__("pendulum_accept");
int WINAPI bind(SOCKET socket, const SOCKADDR* address, int bytes) __asm__("pendulum_bind");
int WINAPI connect(SOCKET socket, const SOCKADDR* address, int bytes) __asm__("pendulum_connect");
int WINAPI listen(SOCKET socket, int backlog) __asm__("pendulum_listen");
int WINAPI send(SOCKET socket, const char* data, int bytes, int flags) __asm__("pendulum_send");
int WINAPI recv(SOCKET socket, char* data, int bytes, int flags) __asm__("pendulum_recv");
int WINAPI shutdown(SOCKET socket, int how) __asm__("pendulum_shutdown");
int WINAPI getsockname(SOCKET socket, SOCKADDR* address,
                       int* bytes) __asm__("pendulum_getsockname");
int WINAPI getpeername(SOCKET socket, SOCKADDR* address,
                       int* bytes) __asm__("pendulum_getpeername");
int WINAPI getsockopt(SOCKET socket, int level, int option, char* value,
                      int* bytes) __asm__("pendulum_getsockopt");
int WINAPI setsockopt(SOCKET socket, int level, int option, const char* value,
                      int bytes) __asm__("pendulum_setsockopt");
HOSTENT* WINAPI gethostbyname(const char* name) __asm__("pendulum_gethostbyname");
ULONG WINAPI inet_addr(const char* text) __asm__("pendulum_inet_addr");
char* WINAPI inet_ntoa(IN_ADDR address) __asm__("pendulum_inet_ntoa");
int WINAPI pendulum_select(int count, fd_set* readable, fd_set* writable, fd_set* failed,
                           const struct timeval* timeout);
int WINAPI pendulum_gethostname(char* name, int length);
}

// The C library has these names already, with other types.
#define select(count, readable, writable, failed, timeout) \
  pendulum_select(count, readable, writable, failed, timeout)
#define gethostname(name, length) pendulum_gethostname(name, length)

#ifdef UNICODE
#define WSAAddressToString WSAAddressToStringW
#else
#define WSAAddressToString WSAAddressToStringA
#endif

#endif  // PENDULUM_SDK_WINSOCK2_H_

// Addresses as text, and name resolution.
#ifndef PENDULUM_SDK_WS2TCPIP_H_
#define PENDULUM_SDK_WS2TCPIP_H_

#include "winsock2.h"

// The C library has a type of this name; on Windows it is int.
#define socklen_t int

typedef struct addrinfo {
  int ai_flags;
  int ai_family;
  int ai_socktype;
  int ai_protocol;
  size_t ai_addrlen;
  char* ai_canonname;
  SOCKADDR* ai_addr;
  struct addrinfo* ai_next;
} ADDRINFOA, *PADDRINFOA;
typedef ADDRINFOA ADDRINFO, *PADDRINFO;

#define AI_PASSIVE 0x00000001
#define AI_CANONNAME 0x00000002
#define AI_NUMERICHOST 0x00000004
#define NI_MAXHOST 1025
#define NI_MAXSERV 32

#define IN6_ADDR_EQUAL(left, right) (!memcmp((left), (right), sizeof(IN6_ADDR)))

extern "C" {
const char* WINAPI inet_ntop(int family, const void* address, char* text,
                             size_t size) __asm__("pendulum_inet_ntop");
int WINAPI inet_pton(int family, const char* text, void* address) __asm__("pendulum_inet_pton");
PCWSTR WINAPI InetNtopW(INT family, const VOID* address, PWSTR text, size_t size);
INT WINAPI InetPtonW(INT family, PCWSTR text, PVOID address);
int WINAPI getaddrinfo(const char* node, const char* service, const ADDRINFOA* hints,
                       PADDRINFOA* result) __asm__("pendulum_getaddrinfo");
void WINAPI freeaddrinfo(PADDRINFOA info) __asm__("pendulum_freeaddrinfo");
int WINAPI getnameinfo(const SOCKADDR* address, socklen_t bytes, char* host, DWORD host_size,
                       char* service, DWORD service_size,
                       int flags) __asm__("pendulum_getnameinfo");
}

#ifdef UNICODE
#define InetNtop InetNtopW
#define InetPton InetPtonW
#else
#define InetNtop inet_ntop
#define InetPton inet_pton
#endif

#endif  // PENDULUM_SDK_WS2TCPIP_H_

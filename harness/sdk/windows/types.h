// The basic Windows types. 32-bit types stay 32 bits on LP64: LONG is `int`, not `long`.
// WCHAR is wchar_t, which has 32 bits on Linux; lengths in bytes are n * sizeof(WCHAR).
#ifndef PENDULUM_SDK_WINDOWS_TYPES_H_
#define PENDULUM_SDK_WINDOWS_TYPES_H_

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#ifndef PENDULUM_SDK_LAYOUT_ONLY
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#endif

#define VOID void
#define CONST const
#define FAR
#define NEAR
#define IN
#define OUT
#define OPTIONAL
#define WINAPI
#define APIENTRY
#define CALLBACK
#define NTAPI
#define PASCAL
#define WINBASEAPI
#define WINADVAPI
#define DECLSPEC_NORETURN __declspec(noreturn)
#define DECLSPEC_ALIGN(bytes) __declspec(align(bytes))
#define DECLSPEC_SELECTANY __declspec(selectany)
#define DECLSPEC_NOINLINE __declspec(noinline)
#define FORCEINLINE static inline

#ifndef NULL
#define NULL 0
#endif
#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif

typedef char CHAR;
typedef signed char INT8;
typedef unsigned char UCHAR;
typedef unsigned char BYTE;
typedef unsigned char UINT8;
typedef unsigned char BOOLEAN;
typedef short SHORT;
typedef short INT16;
typedef unsigned short USHORT;
typedef unsigned short WORD;
typedef unsigned short UINT16;
typedef int INT;
typedef int INT32;
typedef int LONG;
typedef int LONG32;
typedef int BOOL;
typedef int HRESULT;
typedef int NTSTATUS;
typedef int SECURITY_STATUS;
typedef unsigned int UINT;
typedef unsigned int UINT32;
typedef unsigned int ULONG;
typedef unsigned int ULONG32;
typedef unsigned int DWORD;
typedef unsigned int DWORD32;
typedef long long INT64;
typedef long long LONG64;
typedef long long LONGLONG;
typedef unsigned long long UINT64;
typedef unsigned long long ULONG64;
typedef unsigned long long ULONGLONG;
typedef unsigned long long DWORD64;
typedef unsigned long long DWORDLONG;
typedef float FLOAT;
typedef double DOUBLE;
typedef wchar_t WCHAR;

typedef intptr_t INT_PTR;
typedef intptr_t LONG_PTR;
typedef intptr_t SSIZE_T;
typedef uintptr_t UINT_PTR;
typedef uintptr_t ULONG_PTR;
typedef uintptr_t DWORD_PTR;
typedef size_t SIZE_T;
typedef uintptr_t WPARAM;
typedef intptr_t LPARAM;
typedef intptr_t LRESULT;
typedef ULONG_PTR KAFFINITY;
typedef WORD ATOM;
typedef DWORD LCID;
typedef DWORD ACCESS_MASK;
typedef WORD LANGID;

typedef void* PVOID;
typedef void* PVOID64;
typedef void* LPVOID;
typedef const void* LPCVOID;
typedef BOOL *PBOOL, *LPBOOL;
typedef BOOLEAN* PBOOLEAN;
typedef BYTE *PBYTE, *LPBYTE;
typedef UCHAR* PUCHAR;
typedef SHORT* PSHORT;
typedef USHORT* PUSHORT;
typedef WORD *PWORD, *LPWORD;
typedef INT *PINT, *LPINT;
typedef UINT* PUINT;
typedef LONG *PLONG, *LPLONG;
typedef ULONG* PULONG;
typedef DWORD *PDWORD, *LPDWORD;
typedef LONGLONG* PLONGLONG;
typedef ULONGLONG* PULONGLONG;
typedef LONG64* PLONG64;
typedef ULONG64* PULONG64;
typedef SIZE_T* PSIZE_T;
typedef ULONG_PTR* PULONG_PTR;
typedef DWORD_PTR* PDWORD_PTR;

typedef CHAR *PCHAR, *LPCH, *PCH;
typedef CHAR *NPSTR, *LPSTR, *PSTR;
typedef const CHAR *LPCSTR, *PCSTR, *LPCCH, *PCCH;
typedef WCHAR *PWCHAR, *LPWCH, *PWCH;
typedef WCHAR *NWPSTR, *LPWSTR, *PWSTR;
typedef const WCHAR *LPCWSTR, *PCWSTR, *LPCWCH, *PCWCH;
typedef PSTR* PZPSTR;

#ifdef UNICODE
typedef WCHAR TCHAR;
#define __TEXT(quote) L##quote
#else
typedef char TCHAR;
#define __TEXT(quote) quote
#endif
typedef TCHAR* PTCHAR;
typedef TCHAR *LPTSTR, *PTSTR;
typedef const TCHAR *LPCTSTR, *PCTSTR;
#define TEXT(quote) __TEXT(quote)

typedef void* HANDLE;
typedef HANDLE *PHANDLE, *LPHANDLE;
#define DECLARE_HANDLE(name) \
  struct name##__ {          \
    int unused;              \
  };                         \
  typedef struct name##__* name
DECLARE_HANDLE(HINSTANCE);
DECLARE_HANDLE(HKEY);
DECLARE_HANDLE(HRSRC);
DECLARE_HANDLE(HWND);
DECLARE_HANDLE(HDESK);
DECLARE_HANDLE(HWINSTA);
typedef HINSTANCE HMODULE;
typedef HKEY* PHKEY;
typedef HANDLE HGLOBAL;
typedef HANDLE HLOCAL;
typedef PVOID PSID;
typedef PVOID PSECURITY_DESCRIPTOR;
typedef INT_PTR (*FARPROC)();
typedef INT_PTR (*PROC)();

#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)

typedef union _LARGE_INTEGER {
  struct {
    DWORD LowPart;
    LONG HighPart;
  };
  struct {
    DWORD LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
  struct {
    DWORD LowPart;
    DWORD HighPart;
  };
  struct {
    DWORD LowPart;
    DWORD HighPart;
  } u;
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef struct _FILETIME {
  DWORD dwLowDateTime;
  DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

typedef struct _SYSTEMTIME {
  WORD wYear;
  WORD wMonth;
  WORD wDayOfWeek;
  WORD wDay;
  WORD wHour;
  WORD wMinute;
  WORD wSecond;
  WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef struct _SECURITY_ATTRIBUTES {
  DWORD nLength;
  LPVOID lpSecurityDescriptor;
  BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

typedef struct _OVERLAPPED {
  ULONG_PTR Internal;
  ULONG_PTR InternalHigh;
  union {
    struct {
      DWORD Offset;
      DWORD OffsetHigh;
    };
    PVOID Pointer;
  };
  HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

typedef VOID(WINAPI* LPOVERLAPPED_COMPLETION_ROUTINE)(DWORD dwErrorCode,
                                                      DWORD dwNumberOfBytesTransfered,
                                                      LPOVERLAPPED lpOverlapped);

typedef struct _LIST_ENTRY {
  struct _LIST_ENTRY* Flink;
  struct _LIST_ENTRY* Blink;
} LIST_ENTRY, *PLIST_ENTRY;

typedef struct _LUID {
  DWORD LowPart;
  LONG HighPart;
} LUID, *PLUID;

#endif  // PENDULUM_SDK_WINDOWS_TYPES_H_

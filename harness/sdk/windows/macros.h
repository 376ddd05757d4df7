// Helper macros of windows.h that need no library.
#ifndef PENDULUM_SDK_WINDOWS_MACROS_H_
#define PENDULUM_SDK_WINDOWS_MACROS_H_

#include "windows/types.h"

#define MAX_PATH 260
#define INFINITE 0xFFFFFFFFu
#define MAXDWORD 0xFFFFFFFFu
#define MAXWORD 0xFFFF
#define MAXLONG 0x7FFFFFFF
#define MINLONG ((LONG)0x80000000)
#define MAXLONGLONG 0x7FFFFFFFFFFFFFFFLL
#define ANSI_NULL ((CHAR)0)
#define UNICODE_NULL ((WCHAR)0)

#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define DBG_UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(variable) ((void)(variable))
#define ARRAYSIZE(array) (sizeof(array) / sizeof((array)[0]))
#define RTL_NUMBER_OF(array) ARRAYSIZE(array)
#define _countof(array) ARRAYSIZE(array)
#define FIELD_OFFSET(type, field) ((LONG) __builtin_offsetof(type, field))
#define CONTAINING_RECORD(address, type, field) \
  ((type*)((PCHAR)(address) - __builtin_offsetof(type, field)))
#define C_ASSERT(expression) static_assert(expression, #expression)

#define MAKEWORD(low, high) \
  ((WORD)(((BYTE)((DWORD_PTR)(low)&0xFF)) | ((WORD)((BYTE)((DWORD_PTR)(high)&0xFF))) << 8))
#define MAKELONG(low, high) \
  ((LONG)(((WORD)((DWORD_PTR)(low)&0xFFFF)) | ((DWORD)((WORD)((DWORD_PTR)(high)&0xFFFF))) << 16))
#define LOWORD(value) ((WORD)(((DWORD_PTR)(value)) & 0xFFFF))
#define HIWORD(value) ((WORD)((((DWORD_PTR)(value)) >> 16) & 0xFFFF))
#define LOBYTE(value) ((BYTE)(((DWORD_PTR)(value)) & 0xFF))
#define HIBYTE(value) ((BYTE)((((DWORD_PTR)(value)) >> 8) & 0xFF))
#define MAKELANGID(primary, sub) ((((WORD)(sub)) << 10) | (WORD)(primary))

#define RtlZeroMemory(destination, bytes) __builtin_memset((destination), 0, (bytes))
#define RtlFillMemory(destination, bytes, fill) __builtin_memset((destination), (fill), (bytes))
#define RtlCopyMemory(destination, source, bytes) __builtin_memcpy((destination), (source), (bytes))
#define RtlMoveMemory(destination, source, bytes) \
  __builtin_memmove((destination), (source), (bytes))
#define RtlEqualMemory(left, right, bytes) (!__builtin_memcmp((left), (right), (bytes)))
#define ZeroMemory RtlZeroMemory
#define FillMemory RtlFillMemory
#define CopyMemory RtlCopyMemory
#define MoveMemory RtlMoveMemory

#endif  // PENDULUM_SDK_WINDOWS_MACROS_H_

// min and max are macros on Windows. Outside the guard, since a standard header included in
// between removes them again.
#ifndef NOMINMAX
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#endif

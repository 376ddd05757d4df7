// The registry.
#ifndef PENDULUM_SDK_WINDOWS_REGISTRY_H_
#define PENDULUM_SDK_WINDOWS_REGISTRY_H_

#include "windows/types.h"

#define HKEY_CLASSES_ROOT ((HKEY)(ULONG_PTR)((LONG)0x80000000))
#define HKEY_CURRENT_USER ((HKEY)(ULONG_PTR)((LONG)0x80000001))
#define HKEY_LOCAL_MACHINE ((HKEY)(ULONG_PTR)((LONG)0x80000002))
#define HKEY_USERS ((HKEY)(ULONG_PTR)((LONG)0x80000003))
#define KEY_QUERY_VALUE 0x0001u
#define KEY_SET_VALUE 0x0002u
#define KEY_ENUMERATE_SUB_KEYS 0x0008u
#define KEY_READ 0x00020019u
#define KEY_WRITE 0x00020006u
#define KEY_ALL_ACCESS 0x000F003Fu
#define KEY_WOW64_64KEY 0x0100u
#define KEY_WOW64_32KEY 0x0200u
#define REG_NONE 0
#define REG_SZ 1
#define REG_EXPAND_SZ 2
#define REG_BINARY 3
#define REG_DWORD 4
#define REG_MULTI_SZ 7
#define REG_QWORD 11
#define RRF_RT_REG_SZ 0x00000002u
#define RRF_RT_REG_DWORD 0x00000010u
#define RRF_RT_ANY 0x0000FFFFu

typedef ACCESS_MASK REGSAM;
typedef LONG LSTATUS;

extern "C" {
LSTATUS WINAPI RegOpenKeyA(HKEY key, LPCSTR name, PHKEY result);
LSTATUS WINAPI RegOpenKeyW(HKEY key, LPCWSTR name, PHKEY result);
LSTATUS WINAPI RegOpenKeyExA(HKEY key, LPCSTR name, DWORD options, REGSAM access, PHKEY result);
LSTATUS WINAPI RegOpenKeyExW(HKEY key, LPCWSTR name, DWORD options, REGSAM access, PHKEY result);
LSTATUS WINAPI RegQueryValueExA(HKEY key, LPCSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data,
                                LPDWORD bytes);
LSTATUS WINAPI RegQueryValueExW(HKEY key, LPCWSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data,
                                LPDWORD bytes);
LSTATUS WINAPI RegGetValueA(HKEY key, LPCSTR name, LPCSTR value, DWORD flags, LPDWORD type,
                            PVOID data, LPDWORD bytes);
LSTATUS WINAPI RegGetValueW(HKEY key, LPCWSTR name, LPCWSTR value, DWORD flags, LPDWORD type,
                            PVOID data, LPDWORD bytes);
LSTATUS WINAPI RegEnumKeyExA(HKEY key, DWORD index, LPSTR name, LPDWORD length, LPDWORD reserved,
                             LPSTR key_class, LPDWORD class_length, PFILETIME write_time);
LSTATUS WINAPI RegEnumKeyExW(HKEY key, DWORD index, LPWSTR name, LPDWORD length, LPDWORD reserved,
                             LPWSTR key_class, LPDWORD class_length, PFILETIME write_time);
LSTATUS WINAPI RegSetValueExA(HKEY key, LPCSTR name, DWORD reserved, DWORD type, const BYTE* data,
                              DWORD bytes);
LSTATUS WINAPI RegSetValueExW(HKEY key, LPCWSTR name, DWORD reserved, DWORD type, const BYTE* data,
                              DWORD bytes);
LSTATUS WINAPI RegCloseKey(HKEY key);
}

#ifdef UNICODE
#define RegOpenKey RegOpenKeyW
#define RegOpenKeyEx RegOpenKeyExW
#define RegQueryValueEx RegQueryValueExW
#define RegGetValue RegGetValueW
#define RegEnumKeyEx RegEnumKeyExW
#define RegSetValueEx RegSetValueExW
#else
#define RegOpenKey RegOpenKeyA
#define RegOpenKeyEx RegOpenKeyExA
#define RegQueryValueEx RegQueryValueExA
#define RegGetValue RegGetValueA
#define RegEnumKeyEx RegEnumKeyExA
#define RegSetValueEx RegSetValueExA
#endif

#endif  // PENDULUM_SDK_WINDOWS_REGISTRY_H_

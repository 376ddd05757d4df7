// The last error, loaded modules, the environment, resources, and facts about the machine.
#ifndef PENDULUM_SDK_WINDOWS_SYSTEM_H_
#define PENDULUM_SDK_WINDOWS_SYSTEM_H_

#include "windows/types.h"

#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3
#define LOAD_LIBRARY_AS_DATAFILE 0x00000002u
#define LOAD_WITH_ALTERED_SEARCH_PATH 0x00000008u
#define GET_MODULE_HANDLE_EX_FLAG_PIN 0x00000001u
#define GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT 0x00000002u
#define GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS 0x00000004u
#define PROCESSOR_ARCHITECTURE_INTEL 0
#define PROCESSOR_ARCHITECTURE_AMD64 9
#define MAX_COMPUTERNAME_LENGTH 15

typedef struct _SYSTEM_INFO {
  union {
    DWORD dwOemId;
    struct {
      WORD wProcessorArchitecture;
      WORD wReserved;
    };
  };
  DWORD dwPageSize;
  LPVOID lpMinimumApplicationAddress;
  LPVOID lpMaximumApplicationAddress;
  DWORD_PTR dwActiveProcessorMask;
  DWORD dwNumberOfProcessors;
  DWORD dwProcessorType;
  DWORD dwAllocationGranularity;
  WORD wProcessorLevel;
  WORD wProcessorRevision;
} SYSTEM_INFO, *LPSYSTEM_INFO;

typedef struct _MEMORYSTATUSEX {
  DWORD dwLength;
  DWORD dwMemoryLoad;
  DWORDLONG ullTotalPhys;
  DWORDLONG ullAvailPhys;
  DWORDLONG ullTotalPageFile;
  DWORDLONG ullAvailPageFile;
  DWORDLONG ullTotalVirtual;
  DWORDLONG ullAvailVirtual;
  DWORDLONG ullAvailExtendedVirtual;
} MEMORYSTATUSEX, *LPMEMORYSTATUSEX;

typedef enum _COMPUTER_NAME_FORMAT {
  ComputerNameNetBIOS,
  ComputerNameDnsHostname,
  ComputerNameDnsDomain,
  ComputerNameDnsFullyQualified
} COMPUTER_NAME_FORMAT;

extern "C" {
DWORD WINAPI GetLastError(VOID);
VOID WINAPI SetLastError(DWORD error);
UINT WINAPI SetErrorMode(UINT mode);

HMODULE WINAPI LoadLibraryA(LPCSTR name);
HMODULE WINAPI LoadLibraryW(LPCWSTR name);
HMODULE WINAPI LoadLibraryExA(LPCSTR name, HANDLE reserved, DWORD flags);
HMODULE WINAPI LoadLibraryExW(LPCWSTR name, HANDLE reserved, DWORD flags);
BOOL WINAPI FreeLibrary(HMODULE module);
FARPROC WINAPI GetProcAddress(HMODULE module, LPCSTR name);
HMODULE WINAPI GetModuleHandleA(LPCSTR name);
HMODULE WINAPI GetModuleHandleW(LPCWSTR name);
BOOL WINAPI GetModuleHandleExA(DWORD flags, LPCSTR name, HMODULE* module);
BOOL WINAPI GetModuleHandleExW(DWORD flags, LPCWSTR name, HMODULE* module);
DWORD WINAPI GetModuleFileNameA(HMODULE module, LPSTR buffer, DWORD length);
DWORD WINAPI GetModuleFileNameW(HMODULE module, LPWSTR buffer, DWORD length);
BOOL WINAPI DisableThreadLibraryCalls(HMODULE module);

DWORD WINAPI GetEnvironmentVariableA(LPCSTR name, LPSTR buffer, DWORD length);
DWORD WINAPI GetEnvironmentVariableW(LPCWSTR name, LPWSTR buffer, DWORD length);
BOOL WINAPI SetEnvironmentVariableA(LPCSTR name, LPCSTR value);
BOOL WINAPI SetEnvironmentVariableW(LPCWSTR name, LPCWSTR value);
DWORD WINAPI ExpandEnvironmentStringsA(LPCSTR source, LPSTR buffer, DWORD length);
DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR source, LPWSTR buffer, DWORD length);
LPSTR WINAPI GetEnvironmentStringsA(VOID);
LPWSTR WINAPI GetEnvironmentStringsW(VOID);
BOOL WINAPI FreeEnvironmentStringsA(LPSTR environment);
BOOL WINAPI FreeEnvironmentStringsW(LPWSTR environment);

VOID WINAPI GetSystemInfo(LPSYSTEM_INFO information);
VOID WINAPI GetNativeSystemInfo(LPSYSTEM_INFO information);
BOOL WINAPI GlobalMemoryStatusEx(LPMEMORYSTATUSEX status);
DWORD WINAPI GetVersion(VOID);
BOOL WINAPI GetComputerNameA(LPSTR buffer, LPDWORD length);
BOOL WINAPI GetComputerNameW(LPWSTR buffer, LPDWORD length);
BOOL WINAPI GetComputerNameExA(COMPUTER_NAME_FORMAT format, LPSTR buffer, LPDWORD length);
BOOL WINAPI GetComputerNameExW(COMPUTER_NAME_FORMAT format, LPWSTR buffer, LPDWORD length);
UINT WINAPI GetSystemDirectoryA(LPSTR buffer, UINT length);
UINT WINAPI GetSystemDirectoryW(LPWSTR buffer, UINT length);
UINT WINAPI GetWindowsDirectoryA(LPSTR buffer, UINT length);
UINT WINAPI GetWindowsDirectoryW(LPWSTR buffer, UINT length);

int WINAPI LoadStringA(HINSTANCE module, UINT id, LPSTR buffer, int length);
int WINAPI LoadStringW(HINSTANCE module, UINT id, LPWSTR buffer, int length);
HRSRC WINAPI FindResourceA(HMODULE module, LPCSTR name, LPCSTR type);
HRSRC WINAPI FindResourceW(HMODULE module, LPCWSTR name, LPCWSTR type);
HGLOBAL WINAPI LoadResource(HMODULE module, HRSRC resource);
LPVOID WINAPI LockResource(HGLOBAL resource);
DWORD WINAPI SizeofResource(HMODULE module, HRSRC resource);
}

#define MAKEINTRESOURCEA(id) ((LPSTR)((ULONG_PTR)((WORD)(id))))
#define MAKEINTRESOURCEW(id) ((LPWSTR)((ULONG_PTR)((WORD)(id))))

#ifdef UNICODE
#define LoadLibrary LoadLibraryW
#define LoadLibraryEx LoadLibraryExW
#define GetModuleHandle GetModuleHandleW
#define GetModuleHandleEx GetModuleHandleExW
#define GetModuleFileName GetModuleFileNameW
#define GetEnvironmentVariable GetEnvironmentVariableW
#define SetEnvironmentVariable SetEnvironmentVariableW
#define ExpandEnvironmentStrings ExpandEnvironmentStringsW
#define GetEnvironmentStrings GetEnvironmentStringsW
#define FreeEnvironmentStrings FreeEnvironmentStringsW
#define GetComputerName GetComputerNameW
#define GetComputerNameEx GetComputerNameExW
#define GetSystemDirectory GetSystemDirectoryW
#define GetWindowsDirectory GetWindowsDirectoryW
#define LoadString LoadStringW
#define FindResource FindResourceW
#define MAKEINTRESOURCE MAKEINTRESOURCEW
#else
#define LoadLibrary LoadLibraryA
#define LoadLibraryEx LoadLibraryExA
#define GetModuleHandle GetModuleHandleA
#define GetModuleHandleEx GetModuleHandleExA
#define GetModuleFileName GetModuleFileNameA
#define GetEnvironmentVariable GetEnvironmentVariableA
#define SetEnvironmentVariable SetEnvironmentVariableA
#define ExpandEnvironmentStrings ExpandEnvironmentStringsA
#define GetEnvironmentStrings GetEnvironmentStringsA
#define FreeEnvironmentStrings FreeEnvironmentStringsA
#define GetComputerName GetComputerNameA
#define GetComputerNameEx GetComputerNameExA
#define GetSystemDirectory GetSystemDirectoryA
#define GetWindowsDirectory GetWindowsDirectoryA
#define LoadString LoadStringA
#define FindResource FindResourceA
#define MAKEINTRESOURCE MAKEINTRESOURCEA
#endif

#endif  // PENDULUM_SDK_WINDOWS_SYSTEM_H_

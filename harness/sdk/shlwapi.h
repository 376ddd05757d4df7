// Path helpers.
#ifndef PENDULUM_SDK_SHLWAPI_H_
#define PENDULUM_SDK_SHLWAPI_H_

#include "windows.h"

extern "C" {
BOOL WINAPI PathFileExistsA(LPCSTR path);
BOOL WINAPI PathFileExistsW(LPCWSTR path);
BOOL WINAPI PathIsRelativeA(LPCSTR path);
BOOL WINAPI PathIsRelativeW(LPCWSTR path);
BOOL WINAPI PathRemoveFileSpecA(LPSTR path);
BOOL WINAPI PathRemoveFileSpecW(LPWSTR path);
BOOL WINAPI PathAppendA(LPSTR path, LPCSTR more);
BOOL WINAPI PathAppendW(LPWSTR path, LPCWSTR more);
LPSTR WINAPI PathCombineA(LPSTR result, LPCSTR folder, LPCSTR file);
LPWSTR WINAPI PathCombineW(LPWSTR result, LPCWSTR folder, LPCWSTR file);
LPSTR WINAPI PathFindFileNameA(LPCSTR path);
LPWSTR WINAPI PathFindFileNameW(LPCWSTR path);
}

#ifdef UNICODE
#define PathFileExists PathFileExistsW
#define PathIsRelative PathIsRelativeW
#define PathRemoveFileSpec PathRemoveFileSpecW
#define PathAppend PathAppendW
#define PathCombine PathCombineW
#define PathFindFileName PathFindFileNameW
#else
#define PathFileExists PathFileExistsA
#define PathIsRelative PathIsRelativeA
#define PathRemoveFileSpec PathRemoveFileSpecA
#define PathAppend PathAppendA
#define PathCombine PathCombineA
#define PathFindFileName PathFindFileNameA
#endif

#endif  // PENDULUM_SDK_SHLWAPI_H_

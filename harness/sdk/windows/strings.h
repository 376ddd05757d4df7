// Conversions between character sets, string helpers, and message texts. Always UTF-8.
#ifndef PENDULUM_SDK_WINDOWS_STRINGS_H_
#define PENDULUM_SDK_WINDOWS_STRINGS_H_

#include "windows/types.h"

#define CP_ACP 0
#define CP_OEMCP 1
#define CP_THREAD_ACP 3
#define CP_UTF8 65001
#define MB_PRECOMPOSED 0x00000001u
#define MB_ERR_INVALID_CHARS 0x00000008u
#define WC_ERR_INVALID_CHARS 0x00000080u
#define WC_NO_BEST_FIT_CHARS 0x00000400u
#define WC_COMPOSITECHECK 0x00000200u
#define CSTR_LESS_THAN 1
#define CSTR_EQUAL 2
#define CSTR_GREATER_THAN 3
#define NORM_IGNORECASE 0x00000001u
#define LOCALE_INVARIANT 0x007Fu
#define LOCALE_USER_DEFAULT 0x0400u
#define LOCALE_SYSTEM_DEFAULT 0x0800u
#define LANG_NEUTRAL 0x00
#define LANG_ENGLISH 0x09
#define SUBLANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100u
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200u
#define FORMAT_MESSAGE_FROM_STRING 0x00000400u
#define FORMAT_MESSAGE_FROM_HMODULE 0x00000800u
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000u
#define FORMAT_MESSAGE_ARGUMENT_ARRAY 0x00002000u
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000FFu

extern "C" {
int WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR text, int length, LPWSTR buffer,
                               int buffer_length);
int WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR text, int length, LPSTR buffer,
                               int buffer_length, LPCSTR default_char, LPBOOL used_default_char);
UINT WINAPI GetACP(VOID);
int WINAPI CompareStringOrdinal(LPCWSTR left, int left_length, LPCWSTR right, int right_length,
                                BOOL ignore_case);
int WINAPI CompareStringA(LCID locale, DWORD flags, LPCSTR left, int left_length, LPCSTR right,
                          int right_length);
int WINAPI CompareStringW(LCID locale, DWORD flags, LPCWSTR left, int left_length, LPCWSTR right,
                          int right_length);
int WINAPI lstrlenA(LPCSTR text);
int WINAPI lstrlenW(LPCWSTR text);
int WINAPI lstrcmpA(LPCSTR left, LPCSTR right);
int WINAPI lstrcmpW(LPCWSTR left, LPCWSTR right);
int WINAPI lstrcmpiA(LPCSTR left, LPCSTR right);
int WINAPI lstrcmpiW(LPCWSTR left, LPCWSTR right);
LPSTR WINAPI lstrcpyA(LPSTR target, LPCSTR source);
LPWSTR WINAPI lstrcpyW(LPWSTR target, LPCWSTR source);
LPSTR WINAPI lstrcpynA(LPSTR target, LPCSTR source, int length);
LPWSTR WINAPI lstrcpynW(LPWSTR target, LPCWSTR source, int length);
LPSTR WINAPI lstrcatA(LPSTR target, LPCSTR source);
LPWSTR WINAPI lstrcatW(LPWSTR target, LPCWSTR source);
LPSTR WINAPI CharLowerA(LPSTR text);
LPWSTR WINAPI CharLowerW(LPWSTR text);
LPSTR WINAPI CharUpperA(LPSTR text);
LPWSTR WINAPI CharUpperW(LPWSTR text);
int wsprintfA(LPSTR buffer, LPCSTR format, ...);
int wsprintfW(LPWSTR buffer, LPCWSTR format, ...);
int WINAPI wvsprintfA(LPSTR buffer, LPCSTR format, va_list arguments);
int WINAPI wvsprintfW(LPWSTR buffer, LPCWSTR format, va_list arguments);
DWORD WINAPI FormatMessageA(DWORD flags, LPCVOID source, DWORD message_id, DWORD language_id,
                            LPSTR buffer, DWORD length, va_list* arguments);
DWORD WINAPI FormatMessageW(DWORD flags, LPCVOID source, DWORD message_id, DWORD language_id,
                            LPWSTR buffer, DWORD length, va_list* arguments);
}

#ifdef UNICODE
#define CompareString CompareStringW
#define lstrlen lstrlenW
#define lstrcmp lstrcmpW
#define lstrcmpi lstrcmpiW
#define lstrcpy lstrcpyW
#define lstrcpyn lstrcpynW
#define lstrcat lstrcatW
#define CharLower CharLowerW
#define CharUpper CharUpperW
#define wsprintf wsprintfW
#define wvsprintf wvsprintfW
#define FormatMessage FormatMessageW
#else
#define CompareString CompareStringA
#define lstrlen lstrlenA
#define lstrcmp lstrcmpA
#define lstrcmpi lstrcmpiA
#define lstrcpy lstrcpyA
#define lstrcpyn lstrcpynA
#define lstrcat lstrcatA
#define CharLower CharLowerA
#define CharUpper CharUpperA
#define wsprintf wsprintfA
#define wvsprintf wvsprintfA
#define FormatMessage FormatMessageA
#endif

#endif  // PENDULUM_SDK_WINDOWS_STRINGS_H_

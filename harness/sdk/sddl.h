// Security identifiers as text.
#ifndef PENDULUM_SDK_SDDL_H_
#define PENDULUM_SDK_SDDL_H_

#include "windows.h"

#define SDDL_REVISION_1 1

extern "C" {
BOOL WINAPI ConvertSidToStringSidA(PSID sid, LPSTR* text);
BOOL WINAPI ConvertSidToStringSidW(PSID sid, LPWSTR* text);
BOOL WINAPI ConvertStringSidToSidA(LPCSTR text, PSID* sid);
BOOL WINAPI ConvertStringSidToSidW(LPCWSTR text, PSID* sid);
BOOL WINAPI ConvertStringSecurityDescriptorToSecurityDescriptorA(LPCSTR text, DWORD revision,
                                                                 PSECURITY_DESCRIPTOR* descriptor,
                                                                 PULONG bytes);
BOOL WINAPI ConvertStringSecurityDescriptorToSecurityDescriptorW(LPCWSTR text, DWORD revision,
                                                                 PSECURITY_DESCRIPTOR* descriptor,
                                                                 PULONG bytes);
}

#ifdef UNICODE
#define ConvertSidToStringSid ConvertSidToStringSidW
#define ConvertStringSidToSid ConvertStringSidToSidW
#else
#define ConvertSidToStringSid ConvertSidToStringSidA
#define ConvertStringSidToSid ConvertStringSidToSidA
#endif

#endif  // PENDULUM_SDK_SDDL_H_

// Tokens and impersonation, as far as modules touch them.
#ifndef PENDULUM_SDK_WINDOWS_SECURITY_H_
#define PENDULUM_SDK_WINDOWS_SECURITY_H_

#include "windows/types.h"

#define TOKEN_DUPLICATE 0x0002u
#define TOKEN_IMPERSONATE 0x0004u
#define TOKEN_QUERY 0x0008u
#define TOKEN_ADJUST_PRIVILEGES 0x0020u
#define TOKEN_ALL_ACCESS 0x000F01FFu

typedef enum _SECURITY_IMPERSONATION_LEVEL {
  SecurityAnonymous,
  SecurityIdentification,
  SecurityImpersonation,
  SecurityDelegation
} SECURITY_IMPERSONATION_LEVEL;

typedef enum _TOKEN_TYPE { TokenPrimary = 1, TokenImpersonation } TOKEN_TYPE;

typedef enum _TOKEN_INFORMATION_CLASS {
  TokenUser = 1,
  TokenGroups,
  TokenPrivileges,
  TokenOwner,
  TokenPrimaryGroup,
  TokenDefaultDacl,
  TokenSource,
  TokenType,
  TokenImpersonationLevel,
  TokenStatistics
} TOKEN_INFORMATION_CLASS;

typedef struct _SID_AND_ATTRIBUTES {
  PSID Sid;
  DWORD Attributes;
} SID_AND_ATTRIBUTES, *PSID_AND_ATTRIBUTES;

typedef struct _TOKEN_USER {
  SID_AND_ATTRIBUTES User;
} TOKEN_USER, *PTOKEN_USER;

typedef enum _SID_NAME_USE {
  SidTypeUser = 1,
  SidTypeGroup,
  SidTypeDomain,
  SidTypeAlias,
  SidTypeWellKnownGroup,
  SidTypeDeletedAccount,
  SidTypeInvalid,
  SidTypeUnknown
} SID_NAME_USE,
    *PSID_NAME_USE;

extern "C" {
BOOL WINAPI OpenProcessToken(HANDLE process, DWORD access, PHANDLE token);
BOOL WINAPI OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, PHANDLE token);
BOOL WINAPI SetThreadToken(PHANDLE thread, HANDLE token);
BOOL WINAPI GetTokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS information_class,
                                LPVOID information, DWORD bytes, PDWORD returned_bytes);
BOOL WINAPI DuplicateToken(HANDLE token, SECURITY_IMPERSONATION_LEVEL level, PHANDLE duplicate);
BOOL WINAPI DuplicateTokenEx(HANDLE token, DWORD access, LPSECURITY_ATTRIBUTES attributes,
                             SECURITY_IMPERSONATION_LEVEL level, TOKEN_TYPE type,
                             PHANDLE duplicate);
BOOL WINAPI ImpersonateLoggedOnUser(HANDLE token);
BOOL WINAPI RevertToSelf(VOID);
BOOL WINAPI LogonUserA(LPCSTR user, LPCSTR domain, LPCSTR password, DWORD logon_type,
                       DWORD provider, PHANDLE token);
BOOL WINAPI LogonUserW(LPCWSTR user, LPCWSTR domain, LPCWSTR password, DWORD logon_type,
                       DWORD provider, PHANDLE token);
BOOL WINAPI LookupAccountSidA(LPCSTR system, PSID sid, LPSTR name, LPDWORD name_length,
                              LPSTR domain, LPDWORD domain_length, PSID_NAME_USE use);
BOOL WINAPI LookupAccountSidW(LPCWSTR system, PSID sid, LPWSTR name, LPDWORD name_length,
                              LPWSTR domain, LPDWORD domain_length, PSID_NAME_USE use);
BOOL WINAPI GetUserNameA(LPSTR buffer, LPDWORD length);
BOOL WINAPI GetUserNameW(LPWSTR buffer, LPDWORD length);
DWORD WINAPI GetLengthSid(PSID sid);
BOOL WINAPI CopySid(DWORD bytes, PSID target, PSID source);
BOOL WINAPI EqualSid(PSID left, PSID right);
BOOL WINAPI IsValidSid(PSID sid);
PVOID WINAPI FreeSid(PSID sid);
BOOL WINAPI InitializeSecurityDescriptor(PSECURITY_DESCRIPTOR descriptor, DWORD revision);
BOOL WINAPI SetSecurityDescriptorDacl(PSECURITY_DESCRIPTOR descriptor, BOOL present, PVOID dacl,
                                      BOOL defaulted);
}
// GetUserName itself is no macro here: IHttpUser has a method of that name.

#ifdef UNICODE
#define LogonUser LogonUserW
#define LookupAccountSid LookupAccountSidW
#else
#define LogonUser LogonUserA
#define LookupAccountSid LookupAccountSidA
#endif

#endif  // PENDULUM_SDK_WINDOWS_SECURITY_H_

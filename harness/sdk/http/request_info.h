// What HTTP_REQUEST_INFO::pInfo can point to.
#ifndef PENDULUM_SDK_HTTP_REQUEST_INFO_H_
#define PENDULUM_SDK_HTTP_REQUEST_INFO_H_

#include "http/request.h"

typedef enum _HTTP_AUTH_STATUS {
  HttpAuthStatusSuccess = 0,
  HttpAuthStatusNotAuthenticated = 1,
  HttpAuthStatusFailure = 2,
} HTTP_AUTH_STATUS;
typedef HTTP_AUTH_STATUS* PHTTP_AUTH_STATUS;

typedef enum _HTTP_REQUEST_AUTH_TYPE {
  HttpRequestAuthTypeNone = 0,
  HttpRequestAuthTypeBasic = 1,
  HttpRequestAuthTypeDigest = 2,
  HttpRequestAuthTypeNTLM = 3,
  HttpRequestAuthTypeNegotiate = 4,
  HttpRequestAuthTypeKerberos = 5,
} HTTP_REQUEST_AUTH_TYPE;
typedef HTTP_REQUEST_AUTH_TYPE* PHTTP_REQUEST_AUTH_TYPE;

typedef struct _HTTP_REQUEST_AUTH_INFO {
  HTTP_AUTH_STATUS AuthStatus;
  SECURITY_STATUS SecStatus;
  ULONG Flags;
  HTTP_REQUEST_AUTH_TYPE AuthType;
  HANDLE AccessToken;
  ULONG ContextAttributes;
  ULONG PackedContextLength;
  ULONG PackedContextType;
  PVOID PackedContext;
  ULONG MutualAuthDataLength;
  PCHAR pMutualAuthData;
  USHORT PackageNameLength;
  PWSTR pPackageName;
} HTTP_REQUEST_AUTH_INFO, *PHTTP_REQUEST_AUTH_INFO;

typedef enum _HTTP_AUTHENTICATION_HARDENING_LEVELS {
  HttpAuthenticationHardeningLegacy = 0,
  HttpAuthenticationHardeningMedium = 1,
  HttpAuthenticationHardeningStrict = 2,
} HTTP_AUTHENTICATION_HARDENING_LEVELS;

typedef enum _HTTP_SERVICE_BINDING_TYPE {
  HttpServiceBindingTypeNone = 0,
  HttpServiceBindingTypeW = 1,
  HttpServiceBindingTypeA = 2,
} HTTP_SERVICE_BINDING_TYPE;

typedef struct _HTTP_SERVICE_BINDING_BASE {
  HTTP_SERVICE_BINDING_TYPE Type;
} HTTP_SERVICE_BINDING_BASE, *PHTTP_SERVICE_BINDING_BASE;

typedef struct _HTTP_CHANNEL_BIND_INFO {
  HTTP_AUTHENTICATION_HARDENING_LEVELS Hardening;
  ULONG Flags;
  PHTTP_SERVICE_BINDING_BASE* ServiceNames;
  ULONG NumberOfServiceNames;
} HTTP_CHANNEL_BIND_INFO, *PHTTP_CHANNEL_BIND_INFO;

typedef struct _HTTP_REQUEST_CHANNEL_BIND_STATUS {
  PHTTP_SERVICE_BINDING_BASE ServiceName;
  PUCHAR ChannelToken;
  ULONG ChannelTokenSize;
  ULONG Flags;
} HTTP_REQUEST_CHANNEL_BIND_STATUS, *PHTTP_REQUEST_CHANNEL_BIND_STATUS;

typedef struct _HTTP_REQUEST_TOKEN_BINDING_INFO {
  PUCHAR TokenBinding;
  ULONG TokenBindingSize;
  PUCHAR EKM;
  ULONG EKMSize;
  UCHAR KeyType;
} HTTP_REQUEST_TOKEN_BINDING_INFO, *PHTTP_REQUEST_TOKEN_BINDING_INFO;

typedef struct _HTTP_SSL_PROTOCOL_INFO {
  ULONG Protocol;
  ULONG CipherType;
  ULONG CipherStrength;
  ULONG HashType;
  ULONG HashStrength;
  ULONG KeyExchangeType;
  ULONG KeyExchangeStrength;
} HTTP_SSL_PROTOCOL_INFO, *PHTTP_SSL_PROTOCOL_INFO;

typedef struct _HTTP_REQUEST_SIZING_INFO {
  ULONGLONG Flags;
  ULONG RequestIndex;
  ULONG RequestSizingCount;
  ULONGLONG RequestSizing[5];
} HTTP_REQUEST_SIZING_INFO, *PHTTP_REQUEST_SIZING_INFO;

typedef struct _HTTP_REQUEST_TIMING_INFO {
  ULONG RequestTimingCount;
  ULONGLONG RequestTiming[30];
} HTTP_REQUEST_TIMING_INFO, *PHTTP_REQUEST_TIMING_INFO;

#endif  // PENDULUM_SDK_HTTP_REQUEST_INFO_H_

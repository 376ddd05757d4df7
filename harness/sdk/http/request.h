// HTTP_REQUEST and the flags of http.h. Lengths of wide strings are in bytes: n * sizeof(WCHAR).
#ifndef PENDULUM_SDK_HTTP_REQUEST_H_
#define PENDULUM_SDK_HTTP_REQUEST_H_

#include "http/address.h"
#include "http/data.h"

typedef ULONGLONG HTTP_OPAQUE_ID, *PHTTP_OPAQUE_ID;
typedef HTTP_OPAQUE_ID HTTP_REQUEST_ID, *PHTTP_REQUEST_ID;
typedef HTTP_OPAQUE_ID HTTP_CONNECTION_ID, *PHTTP_CONNECTION_ID;
typedef HTTP_OPAQUE_ID HTTP_RAW_CONNECTION_ID, *PHTTP_RAW_CONNECTION_ID;
typedef ULONGLONG HTTP_URL_CONTEXT;

#define HTTP_REQUEST_INFO_FLAG_INITIAL_TTL (0x00000001ULL)
#define HTTP_RECEIVE_REQUEST_FLAG_COPY_BODY 0x00000001
#define HTTP_RECEIVE_REQUEST_FLAG_FLUSH_BODY 0x00000002
#define HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER 0x00000001
#define HTTP_SEND_RESPONSE_FLAG_DISCONNECT 0x00000001
#define HTTP_SEND_RESPONSE_FLAG_MORE_DATA 0x00000002
#define HTTP_SEND_RESPONSE_FLAG_BUFFER_DATA 0x00000004
#define HTTP_SEND_RESPONSE_FLAG_ENABLE_NAGLING 0x00000008
#define HTTP_SEND_RESPONSE_FLAG_PROCESS_RANGES 0x00000020
#define HTTP_SEND_RESPONSE_FLAG_OPAQUE 0x00000040
#define HTTP_SEND_RESPONSE_FLAG_GOAWAY 0x00000100
#define HTTP_SEND_RESPONSE_FLAG_AUTOMATIC_CHUNKING 0x00000200
#define HTTP_FLUSH_RESPONSE_FLAG_RECURSIVE 0x00000001
#define HTTP_NULL_ID ((ULONGLONG)0)
#define HTTP_RECEIVE_SECURE_CHANNEL_TOKEN 0x1
#define HTTP_RECEIVE_FULL_CHAIN 0x2
#define HTTP_REQUEST_AUTH_FLAG_TOKEN_FOR_CACHED_CRED (0x00000001)
#define HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS 0x00000001
#define HTTP_REQUEST_FLAG_IP_ROUTED 0x00000002
#define HTTP_REQUEST_FLAG_HTTP2 0x00000004
#define HTTP_REQUEST_FLAG_HTTP3 0x00000008
#define HTTP_REQUEST_FLAG_FAST_FORWARDING_ALLOWED 0x00000010
#define HTTP_REQUEST_FLAG_FAST_FORWARDING_RESPONSE_ALLOWED HTTP_REQUEST_FLAG_FAST_FORWARDING_ALLOWED
#define HTTP_RESPONSE_FLAG_MULTIPLE_ENCODINGS_AVAILABLE 0x00000001
#define HTTP_RESPONSE_FLAG_MORE_ENTITY_BODY_EXISTS 0x00000002
#define HTTP_RESPONSE_INFO_FLAGS_PRESERVE_ORDER 0x00000001

typedef enum _HTTP_SCHEME {
  HttpSchemeHttp = 0,
  HttpSchemeHttps = 1,
  HttpSchemeMaximum = 2,
} HTTP_SCHEME;
typedef HTTP_SCHEME* PHTTP_SCHEME;

typedef struct _HTTP_COOKED_URL {
  USHORT FullUrlLength;
  USHORT HostLength;
  USHORT AbsPathLength;
  USHORT QueryStringLength;
  PCWSTR pFullUrl;
  PCWSTR pHost;
  PCWSTR pAbsPath;
  PCWSTR pQueryString;
} HTTP_COOKED_URL, *PHTTP_COOKED_URL;

typedef struct _HTTP_TRANSPORT_ADDRESS {
  PSOCKADDR pRemoteAddress;
  PSOCKADDR pLocalAddress;
} HTTP_TRANSPORT_ADDRESS, *PHTTP_TRANSPORT_ADDRESS;

typedef struct _HTTP_SSL_CLIENT_CERT_INFO {
  ULONG CertFlags;
  ULONG CertEncodedSize;
  PUCHAR pCertEncoded;
  HANDLE Token;
  BOOLEAN CertDeniedByMapper;
} HTTP_SSL_CLIENT_CERT_INFO, *PHTTP_SSL_CLIENT_CERT_INFO;

typedef struct _HTTP_SSL_INFO {
  USHORT ServerCertKeySize;
  USHORT ConnectionKeySize;
  ULONG ServerCertIssuerSize;
  ULONG ServerCertSubjectSize;
  PCSTR pServerCertIssuer;
  PCSTR pServerCertSubject;
  PHTTP_SSL_CLIENT_CERT_INFO pClientCertInfo;
  ULONG SslClientCertNegotiated;
} HTTP_SSL_INFO, *PHTTP_SSL_INFO;

typedef enum _HTTP_REQUEST_INFO_TYPE {
  HttpRequestInfoTypeAuth = 0,
  HttpRequestInfoTypeChannelBind = 1,
  HttpRequestInfoTypeSslProtocol = 2,
  HttpRequestInfoTypeSslTokenBindingDraft = 3,
  HttpRequestInfoTypeSslTokenBinding = 4,
  HttpRequestInfoTypeRequestTiming = 5,
  HttpRequestInfoTypeTcpInfoV0 = 6,
  HttpRequestInfoTypeRequestSizing = 7,
  HttpRequestInfoTypeQuicStats = 8,
  HttpRequestInfoTypeTcpInfoV1 = 9,
  HttpRequestInfoTypeQuicStatsV2 = 10,
  HttpRequestInfoTypeTcpInfoV2 = 11,
  HttpRequestInfoTypeTransportIdleConnectionTimeout = 12,
  HttpRequestInfoTypeDscpTag = 13,
  HttpRequestInfoTypeInitialPacketTtl = 14,
} HTTP_REQUEST_INFO_TYPE;
typedef HTTP_REQUEST_INFO_TYPE* PHTTP_REQUEST_INFO_TYPE;

typedef struct _HTTP_REQUEST_INFO {
  HTTP_REQUEST_INFO_TYPE InfoType;
  ULONG InfoLength;
  PVOID pInfo;
} HTTP_REQUEST_INFO, *PHTTP_REQUEST_INFO;

typedef enum _HTTP_REQUEST_PROPERTY {
  HttpRequestPropertyIsb = 0,
  HttpRequestPropertyTcpInfoV0 = 1,
  HttpRequestPropertyQuicStats = 2,
  HttpRequestPropertyTcpInfoV1 = 3,
  HttpRequestPropertySni = 4,
  HttpRequestPropertyStreamError = 5,
  HttpRequestPropertyWskApiTimings = 6,
  HttpRequestPropertyQuicApiTimings = 7,
  HttpRequestPropertyQuicStatsV2 = 8,
  HttpRequestPropertyQuicStreamStats = 9,
  HttpRequestPropertyTcpInfoV2 = 10,
  HttpRequestPropertyTlsClientHello = 11,
  HttpRequestPropertyTransportIdleConnectionTimeout = 12,
  HttpRequestPropertyDscpTag = 13,
  HttpRequestPropertyTlsCipherInfo = 14,
} HTTP_REQUEST_PROPERTY;
typedef HTTP_REQUEST_PROPERTY* PHTTP_REQUEST_PROPERTY;

typedef struct _HTTP_REQUEST_V1 {
  ULONG Flags;
  HTTP_CONNECTION_ID ConnectionId;
  HTTP_REQUEST_ID RequestId;
  HTTP_URL_CONTEXT UrlContext;
  HTTP_VERSION Version;
  HTTP_VERB Verb;
  USHORT UnknownVerbLength;
  USHORT RawUrlLength;
  PCSTR pUnknownVerb;
  PCSTR pRawUrl;
  HTTP_COOKED_URL CookedUrl;
  HTTP_TRANSPORT_ADDRESS Address;
  HTTP_REQUEST_HEADERS Headers;
  ULONGLONG BytesReceived;
  USHORT EntityChunkCount;
  PHTTP_DATA_CHUNK pEntityChunks;
  HTTP_RAW_CONNECTION_ID RawConnectionId;
  PHTTP_SSL_INFO pSslInfo;
} HTTP_REQUEST_V1, *PHTTP_REQUEST_V1;

typedef struct _HTTP_REQUEST_V2 : HTTP_REQUEST_V1 {
  USHORT RequestInfoCount;
  PHTTP_REQUEST_INFO pRequestInfo;
} HTTP_REQUEST_V2, *PHTTP_REQUEST_V2;

typedef HTTP_REQUEST_V2 HTTP_REQUEST, *PHTTP_REQUEST;

#endif  // PENDULUM_SDK_HTTP_REQUEST_H_

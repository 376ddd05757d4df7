// Entity chunks, cache policy and log data of http.h.
#ifndef PENDULUM_SDK_HTTP_DATA_H_
#define PENDULUM_SDK_HTTP_DATA_H_

#include "http/headers.h"

#define HTTP_BYTE_RANGE_TO_EOF ((ULONGLONG)-1)

typedef enum _HTTP_DATA_CHUNK_TYPE {
  HttpDataChunkFromMemory = 0,
  HttpDataChunkFromFileHandle = 1,
  HttpDataChunkFromFragmentCache = 2,
  HttpDataChunkFromFragmentCacheEx = 3,
  HttpDataChunkTrailers = 4,
  HttpDataChunkFromWinHttpFastForwarding = 5,
  HttpDataChunkMaximum = 6,
} HTTP_DATA_CHUNK_TYPE;
typedef HTTP_DATA_CHUNK_TYPE* PHTTP_DATA_CHUNK_TYPE;

typedef struct _HTTP_BYTE_RANGE {
  ULARGE_INTEGER StartingOffset;
  ULARGE_INTEGER Length;
} HTTP_BYTE_RANGE, *PHTTP_BYTE_RANGE;

typedef struct _HTTP_WINHTTP_FAST_FORWARDING_DATA {
  UCHAR Reserved[16];
} HTTP_WINHTTP_FAST_FORWARDING_DATA, *PHTTP_WINHTTP_FAST_FORWARDING_DATA;

typedef struct _HTTP_DATA_CHUNK {
  HTTP_DATA_CHUNK_TYPE DataChunkType;
  union {
    struct {
      PVOID pBuffer;
      ULONG BufferLength;
    } FromMemory;
    struct {
      HTTP_BYTE_RANGE ByteRange;
      HANDLE FileHandle;
    } FromFileHandle;
    struct {
      USHORT FragmentNameLength;
      PCWSTR pFragmentName;
    } FromFragmentCache;
    struct {
      HTTP_BYTE_RANGE ByteRange;
      PCWSTR pFragmentName;
    } FromFragmentCacheEx;
    struct {
      USHORT TrailerCount;
      PHTTP_UNKNOWN_HEADER pTrailers;
    } Trailers;
    struct {
      HTTP_WINHTTP_FAST_FORWARDING_DATA WhFastForwardingData;
    } FromWinHttpFastForwarding;
  };
} HTTP_DATA_CHUNK, *PHTTP_DATA_CHUNK;

typedef enum _HTTP_CACHE_POLICY_TYPE {
  HttpCachePolicyNocache = 0,
  HttpCachePolicyUserInvalidates = 1,
  HttpCachePolicyTimeToLive = 2,
  HttpCachePolicyMaximum = 3,
} HTTP_CACHE_POLICY_TYPE;
typedef HTTP_CACHE_POLICY_TYPE* PHTTP_CACHE_POLICY_TYPE;

typedef struct _HTTP_CACHE_POLICY {
  HTTP_CACHE_POLICY_TYPE Policy;
  ULONG SecondsToLive;
} HTTP_CACHE_POLICY, *PHTTP_CACHE_POLICY;

typedef enum _HTTP_LOG_DATA_TYPE {
  HttpLogDataTypeFields = 0,
} HTTP_LOG_DATA_TYPE;
typedef HTTP_LOG_DATA_TYPE* PHTTP_LOG_DATA_TYPE;

typedef struct _HTTP_LOG_DATA {
  HTTP_LOG_DATA_TYPE Type;
} HTTP_LOG_DATA, *PHTTP_LOG_DATA;

typedef struct _HTTP_LOG_FIELDS_DATA : HTTP_LOG_DATA {
  USHORT UserNameLength;
  USHORT UriStemLength;
  USHORT ClientIpLength;
  USHORT ServerNameLength;
  USHORT ServiceNameLength;
  USHORT ServerIpLength;
  USHORT MethodLength;
  USHORT UriQueryLength;
  USHORT HostLength;
  USHORT UserAgentLength;
  USHORT CookieLength;
  USHORT ReferrerLength;
  PWCHAR UserName;
  PWCHAR UriStem;
  PCHAR ClientIp;
  PCHAR ServerName;
  PCHAR ServiceName;
  PCHAR ServerIp;
  PCHAR Method;
  PCHAR UriQuery;
  PCHAR Host;
  PCHAR UserAgent;
  PCHAR Cookie;
  PCHAR Referrer;
  USHORT ServerPort;
  USHORT ProtocolStatus;
  ULONG Win32Status;
  HTTP_VERB MethodNum;
  USHORT SubStatus;
} HTTP_LOG_FIELDS_DATA, *PHTTP_LOG_FIELDS_DATA;

#endif  // PENDULUM_SDK_HTTP_DATA_H_

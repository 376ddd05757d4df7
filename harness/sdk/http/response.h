// HTTP_RESPONSE of http.h.
#ifndef PENDULUM_SDK_HTTP_RESPONSE_H_
#define PENDULUM_SDK_HTTP_RESPONSE_H_

#include "http/data.h"

typedef enum _HTTP_RESPONSE_INFO_TYPE {
  HttpResponseInfoTypeMultipleKnownHeaders = 0,
  HttpResponseInfoTypeAuthenticationProperty = 1,
  HttpResponseInfoTypeQoSProperty = 2,
  HttpResponseInfoTypeChannelBind = 3,
} HTTP_RESPONSE_INFO_TYPE;
typedef HTTP_RESPONSE_INFO_TYPE* PHTTP_RESPONSE_INFO_TYPE;

typedef struct _HTTP_RESPONSE_INFO {
  HTTP_RESPONSE_INFO_TYPE Type;
  ULONG Length;
  PVOID pInfo;
} HTTP_RESPONSE_INFO, *PHTTP_RESPONSE_INFO;

typedef struct _HTTP_RESPONSE_V1 {
  ULONG Flags;
  HTTP_VERSION Version;
  USHORT StatusCode;
  USHORT ReasonLength;
  PCSTR pReason;
  HTTP_RESPONSE_HEADERS Headers;
  USHORT EntityChunkCount;
  PHTTP_DATA_CHUNK pEntityChunks;
} HTTP_RESPONSE_V1, *PHTTP_RESPONSE_V1;

typedef struct _HTTP_RESPONSE_V2 : HTTP_RESPONSE_V1 {
  USHORT ResponseInfoCount;
  PHTTP_RESPONSE_INFO pResponseInfo;
} HTTP_RESPONSE_V2, *PHTTP_RESPONSE_V2;

typedef HTTP_RESPONSE_V2 HTTP_RESPONSE, *PHTTP_RESPONSE;

#endif  // PENDULUM_SDK_HTTP_RESPONSE_H_

// IHttpResponse in all versions, and its cache policy.
#ifndef PENDULUM_SDK_HTTPSERV_RESPONSE_H_
#define PENDULUM_SDK_HTTPSERV_RESPONSE_H_

#include "httpserv/base.h"

// How the response may be cached. See ihttpcachepolicy-interface.md.
class __declspec(uuid("cb1c40ca-70f2-41a0-add2-881f5ef57388")) IHttpCachePolicy {
 public:
  virtual HTTP_CACHE_POLICY* GetKernelCachePolicy() = 0;
  virtual VOID SetKernelCacheInvalidatorSet() = 0;
  virtual HTTP_CACHE_POLICY* GetUserCachePolicy() = 0;
  virtual HRESULT AppendVaryByHeader(PCSTR pszHeader) = 0;
  virtual PCSTR GetVaryByHeaders() const = 0;
  virtual HRESULT AppendVaryByQueryString(PCSTR pszParam) = 0;
  virtual PCSTR GetVaryByQueryStrings() const = 0;
  virtual HRESULT SetVaryByValue(PCSTR pszValue) = 0;
  virtual PCSTR GetVaryByValue() const = 0;
  virtual BOOL IsUserCacheEnabled() const = 0;
  virtual VOID DisableUserCache() = 0;
  virtual BOOL IsCached() const = 0;
  virtual VOID SetIsCached() = 0;
  virtual BOOL GetKernelCacheInvalidatorSet() const = 0;
};

// Adds forced updates.
class __declspec(uuid("9f4ba807-050e-4495-ae55-8870f7e9194a")) IHttpCachePolicy2
    : public IHttpCachePolicy {
 public:
  virtual BOOL IsForceUpdateSet() const = 0;
  virtual VOID SetForceUpdate() = 0;
};

// The response. See ihttpresponse-interface.md. Memory given to WriteEntityChunks must stay valid
// until the chunks have been sent.
class __declspec(uuid("7e1c6b38-628f-4e6c-95dc-41237eb7f95e")) IHttpResponse {
 public:
  virtual HTTP_RESPONSE* GetRawHttpResponse() = 0;
  virtual const HTTP_RESPONSE* GetRawHttpResponse() const = 0;
  virtual IHttpCachePolicy* GetCachePolicy() = 0;
  virtual HRESULT SetStatus(USHORT statusCode, PCSTR pszReason, USHORT uSubStatus = 0,
                            HRESULT hrErrorToReport = S_OK,
                            IAppHostConfigException* pException = NULL,
                            BOOL fTrySkipCustomErrors = FALSE) = 0;
  virtual HRESULT SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                            BOOL fReplace) = 0;
  virtual HRESULT SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue,
                            USHORT cchHeaderValue, BOOL fReplace) = 0;
  virtual HRESULT DeleteHeader(PCSTR pszHeaderName) = 0;
  virtual HRESULT DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) = 0;
  virtual PCSTR GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue = NULL) const = 0;
  virtual PCSTR GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue = NULL) const = 0;
  virtual VOID Clear() = 0;
  virtual VOID ClearHeaders() = 0;
  virtual VOID SetNeedDisconnect() = 0;
  virtual VOID ResetConnection() = 0;
  virtual VOID DisableKernelCache(ULONG reason = 9) = 0;
  virtual BOOL GetKernelCacheEnabled() const = 0;
  virtual VOID SuppressHeaders() = 0;
  virtual BOOL GetHeadersSuppressed() const = 0;
  // Sends what is buffered. With `fMoreData` FALSE the response is complete. TRUE in
  // `*pfCompletionExpected` means that OnAsyncCompletion follows and that the module has to return
  // RQ_NOTIFICATION_PENDING at once. See ihttpresponse-flush-method.md.
  virtual HRESULT Flush(BOOL fAsync, BOOL fMoreData, DWORD* pcbSent,
                        BOOL* pfCompletionExpected = NULL) = 0;
  virtual HRESULT Redirect(PCSTR pszUrl, BOOL fResetStatusCode = TRUE,
                           BOOL fIncludeParameters = FALSE) = 0;
  // Inserts a chunk into the response buffer, at the end for -1. Its memory is not copied. See
  // ihttpresponse-writeentitychunkbyreference-method.md.
  virtual HRESULT WriteEntityChunkByReference(HTTP_DATA_CHUNK* pDataChunk,
                                              LONG lInsertPosition = -1) = 0;
  // Adds chunks to the response (65535 in all), and sends them if buffering is off. An operation
  // that went pending owns chunks and memory until it completes; else as Flush. See
  // ihttpresponse-writeentitychunks-method.md.
  virtual HRESULT WriteEntityChunks(HTTP_DATA_CHUNK* pDataChunks, DWORD nChunks, BOOL fAsync,
                                    BOOL fMoreData, DWORD* pcbSent,
                                    BOOL* pfCompletionExpected = NULL) = 0;
  virtual VOID DisableBuffering() = 0;
  virtual VOID GetStatus(USHORT* pStatusCode, USHORT* pSubStatus = NULL, PCSTR* ppszReason = NULL,
                         USHORT* pcchReason = NULL, HRESULT* phrErrorToReport = NULL,
                         PCWSTR* ppszModule = NULL, DWORD* pdwNotification = NULL,
                         IAppHostConfigException** ppException = NULL,
                         BOOL* pfTrySkipCustomErrors = NULL) = 0;
  virtual HRESULT SetErrorDescription(PCWSTR pszDescription, DWORD cchDescription,
                                      BOOL fHtmlEncode = TRUE) = 0;
  virtual PCWSTR GetErrorDescription(DWORD* pcchDescription = NULL) = 0;
  virtual HRESULT GetHeaderChanges(DWORD dwOldChangeNumber, DWORD* pdwNewChangeNumber,
                                   PCSTR knownHeaderSnapshot[HttpHeaderResponseMaximum],
                                   DWORD* pdwUnknownHeaderSnapshot,
                                   PCSTR** ppUnknownHeaderNameSnapshot,
                                   PCSTR** ppUnknownHeaderValueSnapshot,
                                   DWORD diffedKnownHeaderIndices[HttpHeaderResponseMaximum + 1],
                                   DWORD* pdwDiffedUnknownHeaders,
                                   DWORD** ppDiffedUnknownHeaderIndices) = 0;
  virtual VOID CloseConnection() = 0;
};

// Adds writes and flushes whose completions go to a function instead of OnAsyncCompletion.
class __declspec(uuid("0822c871-f14e-4974-a1e6-5b3c1f09b76a")) IHttpResponse2
    : public IHttpResponse {
 public:
  virtual HRESULT WriteEntityChunks(HTTP_DATA_CHUNK* pDataChunks, DWORD nChunks, BOOL fAsync,
                                    BOOL fMoreData, PFN_ASYNC_COMPLETION pfnCompletionCallback,
                                    VOID* pvCompletionContext, DWORD* pcbSent,
                                    BOOL* pfCompletionExpected = NULL) = 0;
  virtual HRESULT Flush(BOOL fAsync, BOOL fMoreData, PFN_ASYNC_COMPLETION pfnCompletionCallback,
                        VOID* pvCompletionContext, DWORD* pcbSent,
                        BOOL* pfCompletionExpected = NULL) = 0;
};

// Adds HTTP/2 server push.
class __declspec(uuid("19578e49-d080-45da-b673-96cb475d3c5d")) IHttpResponse3
    : public IHttpResponse2 {
 public:
  virtual HRESULT PushPromise(PCSTR pszVerb, PCWSTR pwszPath, PCWSTR pwszQuery, DWORD cHeaders,
                              PCSTR* rgHeaderNames, PCSTR* rgHeaderValues) = 0;
};

// Adds trailers and stream control.
class __declspec(uuid("1a2acc57-cae2-4f28-b4ab-00c8f96b12ec")) IHttpResponse4
    : public IHttpResponse3 {
 public:
  virtual HRESULT DeleteTrailer(PCSTR pszHeaderName) = 0;
  virtual PCSTR GetTrailer(PCSTR pszHeaderName, USHORT* pcchHeaderValue = NULL) const = 0;
  virtual VOID ResetStream(ULONG errorCode) = 0;
  virtual VOID SetNeedGoAway() = 0;
  virtual HRESULT SetTrailer(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                             BOOL fReplace) = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_RESPONSE_H_

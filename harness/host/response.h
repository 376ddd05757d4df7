// IHttpResponse, versions 1 to 4, over ResponseState.
#ifndef PENDULUM_HOST_RESPONSE_H_
#define PENDULUM_HOST_RESPONSE_H_

#include "harness/host/world.h"
#include "httpserv.h"

namespace pendulum::host {

// Makes the response of a request that has just arrived.
void ResetResponse(Request* request);

// The server answers 500: the request could not be carried on.
void FailRequest(Request* request);

// Puts the status line and the headers as they stand on the wire.
void SendHeaders(Request* request);

class ResponseObject final : public IHttpResponse4 {
 public:
  explicit ResponseObject(Request* request);
  virtual ~ResponseObject() = default;
  HeaderTable& headers() { return headers_; }
  void ResetCachePolicy() { cache_policy_.Reset(); }

  HTTP_RESPONSE* GetRawHttpResponse() override;
  const HTTP_RESPONSE* GetRawHttpResponse() const override;
  IHttpCachePolicy* GetCachePolicy() override;
  HRESULT SetStatus(USHORT statusCode, PCSTR pszReason, USHORT uSubStatus, HRESULT hrErrorToReport,
                    IAppHostConfigException* pException, BOOL fTrySkipCustomErrors) override;
  HRESULT SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                    BOOL fReplace) override;
  HRESULT SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                    BOOL fReplace) override;
  HRESULT DeleteHeader(PCSTR pszHeaderName) override;
  HRESULT DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) override;
  PCSTR GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue) const override;
  PCSTR GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue) const override;
  VOID Clear() override;
  VOID ClearHeaders() override;
  VOID SetNeedDisconnect() override;
  VOID ResetConnection() override;
  VOID DisableKernelCache(ULONG reason) override;
  BOOL GetKernelCacheEnabled() const override;
  VOID SuppressHeaders() override;
  BOOL GetHeadersSuppressed() const override;
  HRESULT Flush(BOOL fAsync, BOOL fMoreData, DWORD* pcbSent, BOOL* pfCompletionExpected) override;
  HRESULT Redirect(PCSTR pszUrl, BOOL fResetStatusCode, BOOL fIncludeParameters) override;
  HRESULT WriteEntityChunkByReference(HTTP_DATA_CHUNK* pDataChunk, LONG lInsertPosition) override;
  HRESULT WriteEntityChunks(HTTP_DATA_CHUNK* pDataChunks, DWORD nChunks, BOOL fAsync,
                            BOOL fMoreData, DWORD* pcbSent, BOOL* pfCompletionExpected) override;
  VOID DisableBuffering() override;
  VOID GetStatus(USHORT* pStatusCode, USHORT* pSubStatus, PCSTR* ppszReason, USHORT* pcchReason,
                 HRESULT* phrErrorToReport, PCWSTR* ppszModule, DWORD* pdwNotification,
                 IAppHostConfigException** ppException, BOOL* pfTrySkipCustomErrors) override;
  HRESULT SetErrorDescription(PCWSTR pszDescription, DWORD cchDescription,
                              BOOL fHtmlEncode) override;
  PCWSTR GetErrorDescription(DWORD* pcchDescription) override;
  HRESULT GetHeaderChanges(DWORD dwOldChangeNumber, DWORD* pdwNewChangeNumber,
                           PCSTR knownHeaderSnapshot[HttpHeaderResponseMaximum],
                           DWORD* pdwUnknownHeaderSnapshot, PCSTR** ppUnknownHeaderNameSnapshot,
                           PCSTR** ppUnknownHeaderValueSnapshot,
                           DWORD diffedKnownHeaderIndices[HttpHeaderResponseMaximum + 1],
                           DWORD* pdwDiffedUnknownHeaders,
                           DWORD** ppDiffedUnknownHeaderIndices) override;
  VOID CloseConnection() override;
  HRESULT WriteEntityChunks(HTTP_DATA_CHUNK* pDataChunks, DWORD nChunks, BOOL fAsync,
                            BOOL fMoreData, PFN_ASYNC_COMPLETION pfnCompletionCallback,
                            VOID* pvCompletionContext, DWORD* pcbSent,
                            BOOL* pfCompletionExpected) override;
  HRESULT Flush(BOOL fAsync, BOOL fMoreData, PFN_ASYNC_COMPLETION pfnCompletionCallback,
                VOID* pvCompletionContext, DWORD* pcbSent, BOOL* pfCompletionExpected) override;
  HRESULT PushPromise(PCSTR pszVerb, PCWSTR pwszPath, PCWSTR pwszQuery, DWORD cHeaders,
                      PCSTR* rgHeaderNames, PCSTR* rgHeaderValues) override;
  HRESULT DeleteTrailer(PCSTR pszHeaderName) override;
  PCSTR GetTrailer(PCSTR pszHeaderName, USHORT* pcchHeaderValue) const override;
  VOID ResetStream(ULONG errorCode) override;
  VOID SetNeedGoAway() override;
  HRESULT SetTrailer(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                     BOOL fReplace) override;

 private:
  Request* request_;
  HeaderTable headers_;
  CachePolicy cache_policy_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_RESPONSE_H_

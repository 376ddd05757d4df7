// IHttpRequest in all versions.
#ifndef PENDULUM_SDK_HTTPSERV_REQUEST_H_
#define PENDULUM_SDK_HTTPSERV_REQUEST_H_

#include "httpserv/base.h"

// The request. See ihttprequest-interface.md. Strings belong to the request.
class __declspec(uuid("e8698f7e-576e-4cac-a309-67435355faef")) IHttpRequest {
 public:
  virtual HTTP_REQUEST* GetRawHttpRequest() = 0;
  virtual const HTTP_REQUEST* GetRawHttpRequest() const = 0;
  virtual PCSTR GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue = NULL) const = 0;
  virtual PCSTR GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue = NULL) const = 0;
  virtual HRESULT SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                            BOOL fReplace) = 0;
  virtual HRESULT SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue,
                            USHORT cchHeaderValue, BOOL fReplace) = 0;
  virtual HRESULT DeleteHeader(PCSTR pszHeaderName) = 0;
  virtual HRESULT DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) = 0;
  virtual PCSTR GetHttpMethod() const = 0;
  virtual HRESULT SetHttpMethod(PCSTR pszHttpMethod) = 0;
  virtual HRESULT SetUrl(PCWSTR pszUrl, DWORD cchUrl, BOOL fResetQueryString) = 0;
  virtual HRESULT SetUrl(PCSTR pszUrl, DWORD cchUrl, BOOL fResetQueryString) = 0;
  virtual BOOL GetUrlChanged() const = 0;
  virtual PCWSTR GetForwardedUrl() const = 0;
  virtual PSOCKADDR GetLocalAddress() const = 0;
  virtual PSOCKADDR GetRemoteAddress() const = 0;
  // Reads at most `cbBuffer` bytes of what is left of the body. Synchronously, `*pcbBytesReceived`
  // says how many. Asynchronously, with TRUE in `*pfCompletionPending` the buffer belongs to the
  // host until OnAsyncCompletion, and the byte count is the completion's. At the end of the body
  // HRESULT_FROM_WIN32(ERROR_HANDLE_EOF). See ihttprequest-readentitybody-method.md.
  virtual HRESULT ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync,
                                 DWORD* pcbBytesReceived, BOOL* pfCompletionPending = NULL) = 0;
  // Replaces the body for what reads it later; the memory stays in use until the request ends. See
  // ihttprequest-insertentitybody-method.md.
  virtual HRESULT InsertEntityBody(VOID* pvBuffer, DWORD cbBuffer) = 0;
  // Bytes of the body that are left to read; 0xFFFFFFFF while the length is unknown (chunked). See
  // ihttprequest-getremainingentitybytes-method.md.
  virtual DWORD GetRemainingEntityBytes() = 0;
  virtual VOID GetHttpVersion(USHORT* pMajorVersion, USHORT* pMinorVersion) const = 0;
  virtual HRESULT GetClientCertificate(HTTP_SSL_CLIENT_CERT_INFO** ppClientCertInfo,
                                       BOOL* pfClientCertNegotiated) = 0;
  virtual HRESULT NegotiateClientCertificate(BOOL fAsync, BOOL* pfCompletionPending = NULL) = 0;
  virtual DWORD GetSiteId() const = 0;
  virtual HRESULT GetHeaderChanges(DWORD dwOldChangeNumber, DWORD* pdwNewChangeNumber,
                                   PCSTR knownHeaderSnapshot[HttpHeaderRequestMaximum],
                                   DWORD* pdwUnknownHeaderSnapshot,
                                   PCSTR** ppUnknownHeaderNameSnapshot,
                                   PCSTR** ppUnknownHeaderValueSnapshot,
                                   DWORD diffedKnownHeaderIndices[HttpHeaderRequestMaximum + 1],
                                   DWORD* pdwDiffedUnknownHeaders,
                                   DWORD** ppDiffedUnknownHeaderIndices) = 0;
};

// Adds the channel binding token.
class __declspec(uuid("d9244ae1-51f8-4aa1-a66d-19277c33e610")) IHttpRequest2 : public IHttpRequest {
 public:
  virtual HRESULT GetChannelBindingToken(PBYTE* ppToken, DWORD* pTokenSize) = 0;
};

// Adds a read whose completion goes to a function instead of OnAsyncCompletion.
class __declspec(uuid("b32e4e0f-4057-4feb-aeab-7b69c03c6314")) IHttpRequest3
    : public IHttpRequest2 {
 public:
  virtual HRESULT ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync,
                                 PFN_ASYNC_COMPLETION pfnCompletionCallback,
                                 VOID* pvCompletionContext, DWORD* pcbBytesReceived,
                                 BOOL* pfCompletionPending = NULL) = 0;
};

// Adds a read with flags.
class __declspec(uuid("3816f517-f631-49f0-8b51-16d6f0c6ffb2")) IHttpRequest4
    : public IHttpRequest3 {
 public:
  virtual HRESULT ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync, ULONG ulFlags,
                                 DWORD* pcbBytesReceived, BOOL* pfCompletionPending = NULL) = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_REQUEST_H_

// IHttpRequest, versions 1 to 4, over Request.
#ifndef PENDULUM_HOST_REQUEST_H_
#define PENDULUM_HOST_REQUEST_H_

#include "harness/host/world.h"
#include "httpserv.h"

namespace pendulum::host {

class RequestObject final : public IHttpRequest4 {
 public:
  explicit RequestObject(Request* request);
  virtual ~RequestObject() = default;

  // Fills in HTTP_REQUEST from the request's description.
  void Reset();
  // The description has changed since the last Reset.
  void ForgetDescription() { described_.memory.clear(); }
  HeaderTable& headers() { return headers_; }
  // What the Content-Length header says; trace::kUnknownLength without one.
  uint32_t ContentLength() const;

  HTTP_REQUEST* GetRawHttpRequest() override;
  const HTTP_REQUEST* GetRawHttpRequest() const override;
  PCSTR GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue) const override;
  PCSTR GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue) const override;
  HRESULT SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                    BOOL fReplace) override;
  HRESULT SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                    BOOL fReplace) override;
  HRESULT DeleteHeader(PCSTR pszHeaderName) override;
  HRESULT DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) override;
  PCSTR GetHttpMethod() const override;
  HRESULT SetHttpMethod(PCSTR pszHttpMethod) override;
  HRESULT SetUrl(PCWSTR pszUrl, DWORD cchUrl, BOOL fResetQueryString) override;
  HRESULT SetUrl(PCSTR pszUrl, DWORD cchUrl, BOOL fResetQueryString) override;
  BOOL GetUrlChanged() const override;
  PCWSTR GetForwardedUrl() const override;
  PSOCKADDR GetLocalAddress() const override;
  PSOCKADDR GetRemoteAddress() const override;
  HRESULT ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync, DWORD* pcbBytesReceived,
                         BOOL* pfCompletionPending) override;
  HRESULT InsertEntityBody(VOID* pvBuffer, DWORD cbBuffer) override;
  DWORD GetRemainingEntityBytes() override;
  VOID GetHttpVersion(USHORT* pMajorVersion, USHORT* pMinorVersion) const override;
  HRESULT GetClientCertificate(HTTP_SSL_CLIENT_CERT_INFO** ppClientCertInfo,
                               BOOL* pfClientCertNegotiated) override;
  HRESULT NegotiateClientCertificate(BOOL fAsync, BOOL* pfCompletionPending) override;
  DWORD GetSiteId() const override;
  HRESULT GetHeaderChanges(DWORD dwOldChangeNumber, DWORD* pdwNewChangeNumber,
                           PCSTR knownHeaderSnapshot[HttpHeaderRequestMaximum],
                           DWORD* pdwUnknownHeaderSnapshot, PCSTR** ppUnknownHeaderNameSnapshot,
                           PCSTR** ppUnknownHeaderValueSnapshot,
                           DWORD diffedKnownHeaderIndices[HttpHeaderRequestMaximum + 1],
                           DWORD* pdwDiffedUnknownHeaders,
                           DWORD** ppDiffedUnknownHeaderIndices) override;
  HRESULT GetChannelBindingToken(PBYTE* ppToken, DWORD* pTokenSize) override;
  HRESULT ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync,
                         PFN_ASYNC_COMPLETION pfnCompletionCallback, VOID* pvCompletionContext,
                         DWORD* pcbBytesReceived, BOOL* pfCompletionPending) override;
  HRESULT ReadEntityBody(VOID* pvBuffer, DWORD cbBuffer, BOOL fAsync, ULONG ulFlags,
                         DWORD* pcbBytesReceived, BOOL* pfCompletionPending) override;

 private:
  // What Reset has made of the description: the same run after run, at the same addresses.
  struct Described {
    HTTP_REQUEST raw{};
    SOCKADDR_IN remote{};
    SOCKADDR_IN local{};
    std::vector<uint8_t> memory;  // the texts; empty: nothing is kept
  };
  bool DescribeAgain();
  void Describe();
  void SetRawUrl(const char* url, size_t length);
  void SetVerb(const char* method, size_t length);

  Request* request_;
  HeaderTable headers_;
  Described described_;
};

// The number of a verb of http.h; HttpVerbUnknown for one that is not in its list.
HTTP_VERB VerbFromName(std::string_view name);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_REQUEST_H_

#include "harness/host/response.h"

#include <cstring>
#include <string>

#include "harness/host/client.h"
#include "harness/host/entry.h"
#include "harness/host/request.h"
#include "harness/host/send.h"

namespace pendulum::host {
namespace {

void SetReason(Request* request, PCSTR reason, size_t length) {
  HTTP_RESPONSE& raw = request->response.raw;
  raw.pReason = request->memory.Copy(reason, length);
  raw.ReasonLength = static_cast<USHORT>(length);
}

void DefaultStatus(Request* request) {
  request->response.raw.StatusCode = 200;
  request->response.raw.pReason = "OK";
  request->response.raw.ReasonLength = 2;
  request->response.sub_status = 0;
  request->response.error = S_OK;
}

}  // namespace

void ResetResponse(Request* request) {
  ResponseState& response = request->response;
  const bool buffering = request->world->scenario.host.response_buffering;
  response.chunks.clear();
  response.references.clear();
  response.buffer.Reset();
  response.buffered_bytes = response.chunks_written = 0;
  response.buffering = buffering;
  response.headers_sent = response.headers_suppressed = response.last_said = false;
  response.need_disconnect = response.skip_custom_errors = response.in_send_response = false;
  response.kernel_cache = response.given_known = true;
  response.error_description.clear();
  response.given = response.given_sent = {};
  response.raw.Flags = 0;
  response.raw.Version = {1, 1};
  DefaultStatus(request);
  ShowChunks(&response);
  request->response_object->headers().Attach(response.raw.Headers.KnownHeaders,
                                             &response.raw.Headers.UnknownHeaderCount,
                                             &response.raw.Headers.pUnknownHeaders);
  request->response_object->ResetCachePolicy();
}

void FailRequest(Request* request) {
  request->response.raw.StatusCode = 500;
  SetReason(request, "Internal Server Error", 21);
}

void SendHeaders(Request* request) {
  std::vector<uint8_t>& bytes = request->world->scratch;
  const HTTP_RESPONSE& raw = request->response.raw;
  bytes.clear();
  const auto append = [&bytes](std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
  };
  append("HTTP/1.1 ");
  const char digits[] = {static_cast<char>('0' + raw.StatusCode / 100 % 10),
                         static_cast<char>('0' + raw.StatusCode / 10 % 10),
                         static_cast<char>('0' + raw.StatusCode % 10), ' '};
  append({digits, sizeof(digits)});
  if (raw.pReason != nullptr) append({raw.pReason, raw.ReasonLength});
  append("\r\n");
  request->response_object->headers().Serialize(&bytes);
  append("\r\n");
  Receive(request, bytes.data(), static_cast<uint32_t>(bytes.size()));
}

ResponseObject::ResponseObject(Request* request)
    : request_(request), headers_(false, &request->memory), cache_policy_(request) {}

HTTP_RESPONSE* ResponseObject::GetRawHttpResponse() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetRawHttpResponse, &request_->response.raw);
  entry.Done(0u);
  // The module may change the body behind the interface's back.
  request_->response.given_known = false;
  return &request_->response.raw;
}

const HTTP_RESPONSE* ResponseObject::GetRawHttpResponse() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetRawHttpResponse, &request_->response.raw);
  entry.Done(0u);
  return &request_->response.raw;
}

IHttpCachePolicy* ResponseObject::GetCachePolicy() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetCachePolicy, &cache_policy_);
  entry.Done(0u);
  return &cache_policy_;
}

HRESULT ResponseObject::SetStatus(USHORT statusCode, PCSTR pszReason, USHORT uSubStatus,
                                  HRESULT hrErrorToReport, IAppHostConfigException*,
                                  BOOL fTrySkipCustomErrors) {
  PENDULUM_ENTER(request_, IHttpResponse_SetStatus, kErrorEnded);
  if (statusCode > 999 || pszReason == nullptr) return entry.Done(kErrorInvalidParameter);
  ResponseState& response = request_->response;
  response.raw.StatusCode = statusCode;
  SetReason(request_, pszReason, std::strlen(pszReason));
  response.sub_status = uSubStatus;
  response.error = hrErrorToReport;
  response.skip_custom_errors = fTrySkipCustomErrors != FALSE;
  entry.Done(static_cast<uint32_t>(S_OK), statusCode);
  return S_OK;
}

HRESULT ResponseObject::SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                                  BOOL fReplace) {
  PENDULUM_ENTER(request_, IHttpResponse_SetHeader, kErrorEnded);
  return entry.Done(headers_.Set(pszHeaderName, pszHeaderValue, cchHeaderValue, fReplace));
}

HRESULT ResponseObject::SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue,
                                  USHORT cchHeaderValue, BOOL fReplace) {
  PENDULUM_ENTER(request_, IHttpResponse_SetHeader, kErrorEnded);
  return entry.Done(
      headers_.Set(static_cast<int>(ulHeaderIndex), pszHeaderValue, cchHeaderValue, fReplace));
}

HRESULT ResponseObject::DeleteHeader(PCSTR pszHeaderName) {
  PENDULUM_ENTER(request_, IHttpResponse_DeleteHeader, kErrorEnded);
  return entry.Done(headers_.Delete(pszHeaderName));
}

HRESULT ResponseObject::DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) {
  PENDULUM_ENTER(request_, IHttpResponse_DeleteHeader, kErrorEnded);
  return entry.Done(headers_.Delete(static_cast<int>(ulHeaderIndex)));
}

PCSTR ResponseObject::GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetHeader, nullptr);
  entry.Done(0u);
  return headers_.Get(pszHeaderName, pcchHeaderValue);
}

PCSTR ResponseObject::GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetHeader, nullptr);
  entry.Done(0u);
  return headers_.Get(static_cast<int>(ulHeaderIndex), pcchHeaderValue);
}

VOID ResponseObject::Clear() {
  PENDULUM_ENTER(request_, IHttpResponse_Clear, );
  ClearBody(request_);
  if (!request_->response.headers_sent) {
    headers_.Clear();
    DefaultStatus(request_);
  }
  entry.Done(0u);
}

VOID ResponseObject::ClearHeaders() {
  PENDULUM_ENTER(request_, IHttpResponse_ClearHeaders, );
  if (!request_->response.headers_sent) headers_.Clear();
  entry.Done(0u);
}

VOID ResponseObject::SetNeedDisconnect() {
  PENDULUM_ENTER(request_, IHttpResponse_SetNeedDisconnect, );
  request_->response.need_disconnect = true;
  entry.Done(0u);
}

VOID ResponseObject::ResetConnection() {
  PENDULUM_ENTER(request_, IHttpResponse_ResetConnection, );
  entry.Done(0u);
  Disconnect(request_, true);
}

VOID ResponseObject::CloseConnection() {
  PENDULUM_ENTER(request_, IHttpResponse_CloseConnection, );
  entry.Done(0u);
  Disconnect(request_, true);
}

VOID ResponseObject::DisableKernelCache(ULONG) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_DisableKernelCache, );
  request_->response.kernel_cache = false;
  entry.Done(0u);
}

BOOL ResponseObject::GetKernelCacheEnabled() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetKernelCacheEnabled, FALSE);
  entry.Done(request_->response.kernel_cache);
  return request_->response.kernel_cache ? TRUE : FALSE;
}

VOID ResponseObject::SuppressHeaders() {
  PENDULUM_ENTER(request_, IHttpResponse_SuppressHeaders, );
  request_->response.headers_suppressed = true;
  entry.Done(0u);
}

BOOL ResponseObject::GetHeadersSuppressed() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetHeadersSuppressed, FALSE);
  entry.Done(request_->response.headers_suppressed);
  return request_->response.headers_suppressed ? TRUE : FALSE;
}

HRESULT ResponseObject::Redirect(PCSTR pszUrl, BOOL fResetStatusCode, BOOL fIncludeParameters) {
  PENDULUM_ENTER(request_, IHttpResponse_Redirect, kErrorEnded);
  if (pszUrl == nullptr) return entry.Done(kErrorInvalidParameter);
  if (request_->response.headers_sent) return entry.Done(S_OK);
  std::string target = pszUrl;
  if (target.find("://") == std::string::npos) {
    USHORT length = 0;
    const char* host = request_->request->headers().Get(HttpHeaderHost, &length);
    const std::string name = host == nullptr ? "localhost" : std::string(host, length);
    target = "http://" + name + (target.starts_with("/") ? "" : "/") + target;
  }
  const std::string& url = request_->description->url;
  const size_t query = url.find('?');
  if (fIncludeParameters && query != std::string::npos) target += url.substr(query);
  ClearBody(request_);
  if (fResetStatusCode) {
    request_->response.raw.StatusCode = 302;
    SetReason(request_, "Redirect", 8);
  }
  return entry.Done(headers_.Set(static_cast<int>(HttpHeaderLocation), target.c_str(),
                                 static_cast<USHORT>(target.size()), TRUE));
}

VOID ResponseObject::DisableBuffering() {
  PENDULUM_ENTER(request_, IHttpResponse_DisableBuffering, );
  request_->response.buffering = false;
  entry.Done(0u);
}

VOID ResponseObject::GetStatus(USHORT* pStatusCode, USHORT* pSubStatus, PCSTR* ppszReason,
                               USHORT* pcchReason, HRESULT* phrErrorToReport, PCWSTR* ppszModule,
                               DWORD* pdwNotification, IAppHostConfigException** ppException,
                               BOOL* pfTrySkipCustomErrors) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetStatus, );
  const ResponseState& response = request_->response;
  if (pStatusCode != nullptr) *pStatusCode = response.raw.StatusCode;
  if (pSubStatus != nullptr) *pSubStatus = response.sub_status;
  if (ppszReason != nullptr) *ppszReason = response.raw.pReason;
  if (pcchReason != nullptr) *pcchReason = response.raw.ReasonLength;
  if (phrErrorToReport != nullptr) *phrErrorToReport = response.error;
  if (ppszModule != nullptr) *ppszModule = nullptr;
  if (pdwNotification != nullptr) *pdwNotification = 0;
  if (ppException != nullptr) *ppException = nullptr;
  if (pfTrySkipCustomErrors != nullptr) *pfTrySkipCustomErrors = response.skip_custom_errors;
  entry.Done(0u, response.raw.StatusCode);
}

HRESULT ResponseObject::SetErrorDescription(PCWSTR pszDescription, DWORD cchDescription, BOOL) {
  PENDULUM_ENTER(request_, IHttpResponse_SetErrorDescription, kErrorEnded);
  if (pszDescription == nullptr) return entry.Done(kErrorInvalidParameter);
  request_->response.error_description.assign(pszDescription, cchDescription);
  return entry.Done(S_OK);
}

PCWSTR ResponseObject::GetErrorDescription(DWORD* pcchDescription) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetErrorDescription, nullptr);
  const std::wstring& text = request_->response.error_description;
  if (pcchDescription != nullptr) *pcchDescription = static_cast<DWORD>(text.size());
  entry.Done(0u);
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace pendulum::host

#include "harness/host/response.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "harness/host/chunks.h"
#include "harness/host/client.h"
#include "harness/host/entry.h"
#include "harness/host/pipeline.h"
#include "harness/host/request.h"
#include "harness/host/response_events.h"
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
  request->response.status_module = request->response.status_notification = trace::kNone8;
}

// Who sets the status now, for GetStatus to tell.
void NoteSetter(Request* request) {
  const sched::WorkerId worker = request->world->scheduler.current();
  if (worker == sched::kNoWorker) return;
  const Delivery& inside = request->world->inside[worker];
  request->response.status_module = win32::boundary.module_of[worker];
  request->response.status_notification =
      inside.serial == 0 ? trace::kNone8 : static_cast<uint8_t>(inside.notification);
}

// b of a SetHeader call, see harness/trace/method.h.
uint32_t SetHeaderWord(bool null, PCSTR old_value, USHORT old_length, USHORT length, BOOL replace) {
  if (null) return trace::kArgumentNull;
  return replace || old_value == nullptr ? length : old_length + 1u + length;
}

// The longest reason that HTTP_RESPONSE can hold.
constexpr size_t kMaxReason = 0xFFFF;
constexpr HRESULT kErrorInvalidData = HRESULT_FROM_WIN32(ERROR_INVALID_DATA);

HRESULT Done(Entry* entry, HRESULT result, uint32_t value) {
  entry->Done(static_cast<uint32_t>(result), value);
  return result;
}

// What GetHeader gives out, recorded.
PCSTR Asked(const Request* request, Entry* entry, std::string_view name, PCSTR value,
            const USHORT* length) {
  const size_t bytes = value == nullptr ? 0 : length != nullptr ? *length : std::strlen(value);
  RecordHeaderAsked(request, name, {value, bytes});
  entry->Done(value != nullptr, length == nullptr ? 0 : *length);
  return value;
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
  response.given_pieces.clear();
  response.log = {};
  response.log_set = nullptr;
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
  RecordClientHead(request);
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
  entry.Done(1u);
  return &cache_policy_;
}

HRESULT ResponseObject::SetStatus(USHORT statusCode, PCSTR pszReason, USHORT uSubStatus,
                                  HRESULT hrErrorToReport, IAppHostConfigException*,
                                  BOOL fTrySkipCustomErrors) {
  PENDULUM_ENTER(request_, IHttpResponse_SetStatus, kErrorEnded);
  const size_t length = pszReason == nullptr ? 0 : std::strlen(pszReason);
  const auto word =
      static_cast<uint32_t>(std::min<size_t>(length, 0x1FFFFF) << trace::kStatusCodeBits) |
      (statusCode & ((1u << trace::kStatusCodeBits) - 1)) |
      (pszReason == nullptr ? trace::kArgumentNull : 0u);
  if (statusCode > 999 || pszReason == nullptr) return Done(&entry, kErrorInvalidParameter, word);
  if (length > kMaxReason) return Done(&entry, kErrorInvalidData, word);
  ResponseState& response = request_->response;
  response.raw.StatusCode = statusCode;
  SetReason(request_, pszReason, length);
  NoteSetter(request_);
  response.sub_status = uSubStatus;
  response.error = hrErrorToReport;
  response.skip_custom_errors = fTrySkipCustomErrors != FALSE;
  return Done(&entry, S_OK, word);
}

HRESULT ResponseObject::SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                                  BOOL fReplace) {
  PENDULUM_ENTER(request_, IHttpResponse_SetHeader, kErrorEnded);
  USHORT old_length = 0;
  PCSTR old_value = headers_.Get(pszHeaderName, &old_length);
  const HRESULT result = headers_.Set(pszHeaderName, pszHeaderValue, cchHeaderValue, fReplace);
  if (SUCCEEDED(result)) {
    RecordHeaderChanged(request_, pszHeaderName, {pszHeaderValue, cchHeaderValue},
                        fReplace ? uint16_t{0} : uint16_t{trace::kAppended});
  }
  const bool null = pszHeaderName == nullptr || pszHeaderValue == nullptr;
  return Done(&entry, result, SetHeaderWord(null, old_value, old_length, cchHeaderValue, fReplace));
}

HRESULT ResponseObject::SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue,
                                  USHORT cchHeaderValue, BOOL fReplace) {
  PENDULUM_ENTER(request_, IHttpResponse_SetHeader, kErrorEnded);
  const auto id = static_cast<int>(ulHeaderIndex);
  // By id, the Server header is appended to, whatever the caller wants.
  const BOOL replace = ulHeaderIndex == HttpHeaderServer ? FALSE : fReplace;
  USHORT old_length = 0;
  PCSTR old_value = headers_.Get(id, &old_length);
  const HRESULT result = headers_.Set(id, pszHeaderValue, cchHeaderValue, replace);
  if (SUCCEEDED(result)) {
    RecordHeaderChanged(request_, ResponseHeaderName(id), {pszHeaderValue, cchHeaderValue},
                        trace::kById | (fReplace ? 0 : trace::kAppended));
  }
  return Done(
      &entry, result,
      SetHeaderWord(pszHeaderValue == nullptr, old_value, old_length, cchHeaderValue, replace));
}

HRESULT ResponseObject::DeleteHeader(PCSTR pszHeaderName) {
  PENDULUM_ENTER(request_, IHttpResponse_DeleteHeader, kErrorEnded);
  const HRESULT result = headers_.Delete(pszHeaderName);
  if (SUCCEEDED(result)) RecordHeaderChanged(request_, pszHeaderName, {}, trace::kDeleted);
  return Done(&entry, result, pszHeaderName == nullptr ? trace::kArgumentNull : 0);
}

HRESULT ResponseObject::DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) {
  PENDULUM_ENTER(request_, IHttpResponse_DeleteHeader, kErrorEnded);
  const auto id = static_cast<int>(ulHeaderIndex);
  const HRESULT result = headers_.Delete(id);
  if (SUCCEEDED(result)) {
    RecordHeaderChanged(request_, ResponseHeaderName(id), {}, trace::kDeleted | trace::kById);
  }
  return Done(&entry, result, SUCCEEDED(result) ? 0 : trace::kArgumentNull);
}

PCSTR ResponseObject::GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetHeader, nullptr);
  return Asked(request_, &entry, pszHeaderName == nullptr ? "" : pszHeaderName,
               headers_.Get(pszHeaderName, pcchHeaderValue), pcchHeaderValue);
}

PCSTR ResponseObject::GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpResponse_GetHeader, nullptr);
  const auto id = static_cast<int>(ulHeaderIndex);
  return Asked(request_, &entry, ResponseHeaderName(id), headers_.Get(id, pcchHeaderValue),
               pcchHeaderValue);
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
  Disconnect(request_, true);
  entry.Done(0u);
}

VOID ResponseObject::CloseConnection() {
  PENDULUM_ENTER(request_, IHttpResponse_CloseConnection, );
  Disconnect(request_, true);
  entry.Done(0u);
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
  const uint32_t word = (fResetStatusCode ? trace::kResetStatus : 0u) |
                        (fIncludeParameters ? trace::kIncludeParameters : 0u);
  if (pszUrl == nullptr) return Done(&entry, kErrorInvalidParameter, word | trace::kArgumentNull);
  if (request_->world->MemoryFault(request_)) {
    return Done(&entry, kErrorNotEnoughMemory, word | trace::kRedirectMemoryShort);
  }
  if (request_->response.headers_sent) return Done(&entry, S_OK, word);
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
    NoteSetter(request_);
    headers_.Set(static_cast<int>(HttpHeaderLocation), target.c_str(),
                 static_cast<USHORT>(target.size()), TRUE);
  } else {
    const std::string page =
        "<html><head><title>Moved</title></head><body>This page is now at <a "
        "href=\"" +
        target + "\">" + target + "</a>.</body></html>";
    AddText(request_, page);
    headers_.Set(static_cast<int>(HttpHeaderContentType), "text/html", 9, TRUE);
  }
  return Done(&entry, S_OK, word);
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
  const uint8_t setter = response.status_module;
  const uint8_t notification = response.status_notification;
  if (ppszModule != nullptr) {
    *ppszModule = setter == trace::kNone8 ? nullptr : request_->world->modules[setter].name.c_str();
  }
  if (pdwNotification != nullptr) {
    *pdwNotification = notification == trace::kNone8
                           ? 0
                           : NotificationBit(static_cast<trace::Notification>(notification));
  }
  if (ppException != nullptr) *ppException = nullptr;
  if (pfTrySkipCustomErrors != nullptr) *pfTrySkipCustomErrors = response.skip_custom_errors;
  const bool asked = ppszModule != nullptr && pdwNotification != nullptr;
  entry.Done(trace::SetterWord(setter, notification, asked), response.raw.StatusCode);
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

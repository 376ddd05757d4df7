#include "harness/host/request.h"

#include <cstring>
#include <string>

#include "harness/host/body.h"
#include "harness/host/entry.h"
#include "harness/host/insertion.h"

namespace pendulum::host {
namespace {

constexpr std::string_view kVerbs[] = {"",          "",      "",     "OPTIONS", "GET",
                                       "HEAD",      "POST",  "PUT",  "DELETE",  "TRACE",
                                       "CONNECT",   "TRACK", "MOVE", "COPY",    "PROPFIND",
                                       "PROPPATCH", "MKCOL", "LOCK", "UNLOCK",  "SEARCH"};
static_assert(std::size(kVerbs) == HttpVerbMaximum);

USHORT Bytes(size_t characters) { return static_cast<USHORT>(characters * sizeof(WCHAR)); }

// A dotted IPv4 address in network order; 0 for anything else.
ULONG ParseAddress(const std::string& text) {
  uint8_t parts[4] = {};
  size_t part = 0;
  for (const char c : text) {
    if (c == '.') {
      if (++part > 3) return 0;
    } else if (c >= '0' && c <= '9') {
      parts[part] = static_cast<uint8_t>(parts[part] * 10 + (c - '0'));
    } else {
      return 0;
    }
  }
  ULONG address = 0;
  std::memcpy(&address, parts, sizeof(address));
  return address;
}

SOCKADDR_IN Address(const std::string& text, uint16_t port) {
  SOCKADDR_IN address{};
  address.sin_family = AF_INET;
  address.sin_port = static_cast<USHORT>(port << 8 | port >> 8);
  address.sin_addr.S_un.S_addr = ParseAddress(text);
  return address;
}

uint32_t PathDigest(const HTTP_REQUEST& raw) {
  const std::string_view url(raw.pRawUrl, raw.RawUrlLength);
  return TextDigest(url.substr(0, url.find('?')));
}

}  // namespace

HTTP_VERB VerbFromName(std::string_view name) {
  for (size_t i = HttpVerbOPTIONS; i < std::size(kVerbs); ++i) {
    if (kVerbs[i] == name) return static_cast<HTTP_VERB>(i);
  }
  return HttpVerbUnknown;
}

RequestObject::RequestObject(Request* request)
    : request_(request), headers_(true, &request->memory) {}

void RequestObject::Reset() {
  if (DescribeAgain()) return;
  Describe();
  // A table of unknown headers is no part of the request's memory.
  described_.memory.clear();
  const std::span<const uint8_t> texts = request_->memory.Given();
  if (request_->raw.Headers.UnknownHeaderCount != 0) return;
  described_.raw = request_->raw;
  described_.remote = request_->remote;
  described_.local = request_->local;
  described_.memory.assign(texts.begin(), texts.end());
}

bool RequestObject::DescribeAgain() {
  const Described& described = described_;
  if (described.memory.empty() || described.raw.ConnectionId != request_->connection + 1u) {
    return false;
  }
  if (!request_->memory.GiveAgain(described.memory)) return false;
  HTTP_REQUEST& raw = request_->raw;
  headers_.Attach(raw.Headers.KnownHeaders, &raw.Headers.UnknownHeaderCount,
                  &raw.Headers.pUnknownHeaders);
  raw = described.raw;
  request_->remote = described.remote;
  request_->local = described.local;
  return true;
}

void RequestObject::Describe() {
  const RequestDescription& description = *request_->description;
  const HostSettings& host = request_->world->scenario.host;
  HTTP_REQUEST& raw = request_->raw;
  raw = HTTP_REQUEST{};
  raw.ConnectionId = request_->connection + 1u;
  raw.RequestId = request_->index + 1u;
  raw.Version = {1, 1};
  headers_.Attach(raw.Headers.KnownHeaders, &raw.Headers.UnknownHeaderCount,
                  &raw.Headers.pUnknownHeaders);
  for (const auto& [name, value] : description.headers) {
    headers_.Set(name.c_str(), value.c_str(), static_cast<USHORT>(value.size()), TRUE);
  }
  if (headers_.Get(HttpHeaderHost, nullptr) == nullptr) {
    headers_.Set(HttpHeaderHost, "localhost", 9, TRUE);
  }
  if (description.framing == BodyFraming::kContentLength) {
    const std::string length = std::to_string(request_->body.total());
    headers_.Set(HttpHeaderContentLength, length.c_str(), static_cast<USHORT>(length.size()), TRUE);
  } else if (description.framing == BodyFraming::kChunked) {
    headers_.Set(HttpHeaderTransferEncoding, "chunked", 7, TRUE);
  }
  if (request_->body.total() != 0) raw.Flags |= HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS;
  SetVerb(description.method.data(), description.method.size());
  SetRawUrl(description.url.data(), description.url.size());
  request_->remote = Address(host.remote_address, host.remote_port);
  request_->local = Address(host.local_address, host.local_port);
  raw.Address.pRemoteAddress = reinterpret_cast<PSOCKADDR>(&request_->remote);
  raw.Address.pLocalAddress = reinterpret_cast<PSOCKADDR>(&request_->local);
}

void RequestObject::SetVerb(const char* method, size_t length) {
  HTTP_REQUEST& raw = request_->raw;
  raw.Verb = VerbFromName({method, length});
  const bool unknown = raw.Verb == HttpVerbUnknown;
  raw.pUnknownVerb = unknown ? request_->memory.Copy(method, length) : nullptr;
  raw.UnknownVerbLength = static_cast<USHORT>(unknown ? length : 0);
}

void RequestObject::SetRawUrl(const char* url, size_t length) {
  HTTP_REQUEST& raw = request_->raw;
  Arena& memory = request_->memory;
  raw.pRawUrl = memory.Copy(url, length);
  raw.RawUrlLength = static_cast<USHORT>(length);
  USHORT host_length = 0;
  const char* host = headers_.Get(HttpHeaderHost, &host_length);
  const std::string_view scheme = "http://";
  const size_t full_length = scheme.size() + host_length + length;
  auto* full = static_cast<wchar_t*>(memory.Allocate((full_length + 1) * sizeof(wchar_t)));
  size_t at = 0;
  const auto append = [&](const char* text, size_t count) {
    for (size_t i = 0; i < count; ++i) full[at++] = static_cast<unsigned char>(text[i]);
  };
  append(scheme.data(), scheme.size());
  append(host, host_length);
  append(url, length);
  full[at] = 0;
  const void* question = std::memchr(url, '?', length);
  const size_t path_length =
      question == nullptr ? length : static_cast<size_t>(static_cast<const char*>(question) - url);
  HTTP_COOKED_URL& cooked = raw.CookedUrl;
  cooked.pFullUrl = full;
  cooked.FullUrlLength = Bytes(full_length);
  cooked.pHost = full + scheme.size();
  cooked.HostLength = Bytes(host_length);
  cooked.pAbsPath = cooked.pHost + host_length;
  cooked.AbsPathLength = Bytes(path_length);
  cooked.pQueryString = path_length == length ? nullptr : cooked.pAbsPath + path_length;
  cooked.QueryStringLength = Bytes(length - path_length);
}

uint32_t RequestObject::ContentLength() const {
  USHORT length = 0;
  const char* text = headers_.Get(HttpHeaderContentLength, &length);
  if (text == nullptr) return trace::kUnknownLength;
  uint32_t bytes = 0;
  for (USHORT i = 0; i < length && text[i] >= '0' && text[i] <= '9'; ++i) {
    bytes = bytes * 10 + static_cast<uint32_t>(text[i] - '0');
  }
  return bytes;
}

HTTP_REQUEST* RequestObject::GetRawHttpRequest() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetRawHttpRequest, &request_->raw);
  entry.Done(0u, PathDigest(request_->raw));
  return &request_->raw;
}

const HTTP_REQUEST* RequestObject::GetRawHttpRequest() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetRawHttpRequest, &request_->raw);
  entry.Done(0u, PathDigest(request_->raw));
  return &request_->raw;
}

PCSTR RequestObject::GetHeader(PCSTR pszHeaderName, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetHeader, nullptr);
  const PCSTR value = headers_.Get(pszHeaderName, pcchHeaderValue);
  entry.Done(value != nullptr, pcchHeaderValue != nullptr ? *pcchHeaderValue : 0u);
  return value;
}

PCSTR RequestObject::GetHeader(HTTP_HEADER_ID ulHeaderIndex, USHORT* pcchHeaderValue) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetHeader, nullptr);
  const PCSTR value = headers_.Get(static_cast<int>(ulHeaderIndex), pcchHeaderValue);
  entry.Done(value != nullptr, pcchHeaderValue != nullptr ? *pcchHeaderValue : 0u);
  return value;
}

HRESULT RequestObject::SetHeader(PCSTR pszHeaderName, PCSTR pszHeaderValue, USHORT cchHeaderValue,
                                 BOOL fReplace) {
  PENDULUM_ENTER(request_, IHttpRequest_SetHeader, kErrorEnded);
  return entry.Done(headers_.Set(pszHeaderName, pszHeaderValue, cchHeaderValue, fReplace));
}

HRESULT RequestObject::SetHeader(HTTP_HEADER_ID ulHeaderIndex, PCSTR pszHeaderValue,
                                 USHORT cchHeaderValue, BOOL fReplace) {
  PENDULUM_ENTER(request_, IHttpRequest_SetHeader, kErrorEnded);
  return entry.Done(
      headers_.Set(static_cast<int>(ulHeaderIndex), pszHeaderValue, cchHeaderValue, fReplace));
}

HRESULT RequestObject::DeleteHeader(PCSTR pszHeaderName) {
  PENDULUM_ENTER(request_, IHttpRequest_DeleteHeader, kErrorEnded);
  return entry.Done(headers_.Delete(pszHeaderName));
}

HRESULT RequestObject::DeleteHeader(HTTP_HEADER_ID ulHeaderIndex) {
  PENDULUM_ENTER(request_, IHttpRequest_DeleteHeader, kErrorEnded);
  return entry.Done(headers_.Delete(static_cast<int>(ulHeaderIndex)));
}

PCSTR RequestObject::GetHttpMethod() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetHttpMethod, "");
  const HTTP_REQUEST& raw = request_->raw;
  const PCSTR method = raw.Verb == HttpVerbUnknown ? raw.pUnknownVerb : kVerbs[raw.Verb].data();
  entry.Done(0u, TextDigest(method));
  return method;
}

HRESULT RequestObject::SetHttpMethod(PCSTR pszHttpMethod) {
  PENDULUM_ENTER(request_, IHttpRequest_SetHttpMethod, kErrorEnded);
  if (pszHttpMethod == nullptr || *pszHttpMethod == 0) return entry.Done(kErrorInvalidParameter);
  SetVerb(pszHttpMethod, std::strlen(pszHttpMethod));
  entry.Done(static_cast<uint32_t>(S_OK), TextDigest(pszHttpMethod));
  return S_OK;
}

HRESULT RequestObject::SetUrl(PCSTR pszUrl, DWORD cchUrl, BOOL fResetQueryString) {
  PENDULUM_ENTER(request_, IHttpRequest_SetUrl, kErrorEnded);
  if (pszUrl == nullptr) return entry.Done(kErrorInvalidParameter);
  std::string url(pszUrl, cchUrl);
  const std::string_view old(request_->raw.pRawUrl, request_->raw.RawUrlLength);
  const size_t query = old.find('?');
  if (!fResetQueryString && query != std::string_view::npos && url.find('?') == std::string::npos) {
    url += old.substr(query);
  }
  const uint32_t digest = TextDigest(std::string_view(url).substr(0, url.find('?')));
  SetRawUrl(url.data(), url.size());
  request_->url_changed = true;
  entry.Done(static_cast<uint32_t>(S_OK), digest);
  return S_OK;
}

HRESULT RequestObject::SetUrl(PCWSTR pszUrl, DWORD cchUrl, BOOL fResetQueryString) {
  if (pszUrl == nullptr) return SetUrl(static_cast<PCSTR>(nullptr), 0, fResetQueryString);
  std::string narrow;
  for (DWORD i = 0; i < cchUrl; ++i) narrow += static_cast<char>(pszUrl[i]);
  return SetUrl(narrow.c_str(), cchUrl, fResetQueryString);
}

BOOL RequestObject::GetUrlChanged() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetUrlChanged, FALSE);
  const BOOL changed = request_->url_changed ? TRUE : FALSE;
  entry.Done(static_cast<uint32_t>(changed));
  return changed;
}

PCWSTR RequestObject::GetForwardedUrl() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetForwardedUrl, nullptr);
  entry.Done(0u);
  return request_->url_changed ? request_->raw.CookedUrl.pAbsPath : nullptr;
}

PSOCKADDR RequestObject::GetLocalAddress() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetLocalAddress, nullptr);
  entry.Done(0u);
  return request_->raw.Address.pLocalAddress;
}

PSOCKADDR RequestObject::GetRemoteAddress() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetRemoteAddress, nullptr);
  entry.Done(0u);
  return request_->raw.Address.pRemoteAddress;
}

VOID RequestObject::GetHttpVersion(USHORT* pMajorVersion, USHORT* pMinorVersion) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetHttpVersion, );
  if (pMajorVersion != nullptr) *pMajorVersion = request_->raw.Version.MajorVersion;
  if (pMinorVersion != nullptr) *pMinorVersion = request_->raw.Version.MinorVersion;
  entry.Done(0u);
}

DWORD RequestObject::GetSiteId() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpRequest_GetSiteId, 0);
  entry.Done(0u);
  return request_->world->scenario.host.site_id;
}

}  // namespace pendulum::host

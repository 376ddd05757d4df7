#include "harness/host/headers.h"

#include <cassert>
#include <cstring>

namespace pendulum::host {
namespace {

constexpr HRESULT kInvalidParameter = HRESULT_FROM_WIN32(ERROR_INVALID_PARAMETER);
constexpr HRESULT kInvalidData = HRESULT_FROM_WIN32(ERROR_INVALID_DATA);
constexpr size_t kMaxLength = 0xFFFF;  // that the raw structures can hold

constexpr std::string_view kCommonNames[] = {"Cache-Control",
                                             "Connection",
                                             "Date",
                                             "Keep-Alive",
                                             "Pragma",
                                             "Trailer",
                                             "Transfer-Encoding",
                                             "Upgrade",
                                             "Via",
                                             "Warning",
                                             "Allow",
                                             "Content-Length",
                                             "Content-Type",
                                             "Content-Encoding",
                                             "Content-Language",
                                             "Content-Location",
                                             "Content-MD5",
                                             "Content-Range",
                                             "Expires",
                                             "Last-Modified"};
constexpr std::string_view kRequestNames[] = {"Accept",
                                              "Accept-Charset",
                                              "Accept-Encoding",
                                              "Accept-Language",
                                              "Authorization",
                                              "Cookie",
                                              "Expect",
                                              "From",
                                              "Host",
                                              "If-Match",
                                              "If-Modified-Since",
                                              "If-None-Match",
                                              "If-Range",
                                              "If-Unmodified-Since",
                                              "Max-Forwards",
                                              "Proxy-Authorization",
                                              "Referer",
                                              "Range",
                                              "TE",
                                              "Translate",
                                              "User-Agent"};
constexpr std::string_view kResponseNames[] = {
    "Accept-Ranges", "Age",    "ETag",       "Location", "Proxy-Authenticate",
    "Retry-After",   "Server", "Set-Cookie", "Vary",     "WWW-Authenticate"};
constexpr int kCommonCount = 20;
static_assert(std::size(kCommonNames) == kCommonCount);
static_assert(kCommonCount + std::size(kRequestNames) == HttpHeaderRequestMaximum);
static_assert(kCommonCount + std::size(kResponseNames) == HttpHeaderResponseMaximum);

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

template <size_t N>
int Find(const std::string_view (&names)[N], std::string_view name, int first) {
  for (size_t i = 0; i < N; ++i) {
    if (EqualIgnoringCase(names[i], name)) return first + static_cast<int>(i);
  }
  return -1;
}

template <size_t N>
std::string_view Name(const std::string_view (&names)[N], int id) {
  if (id < 0) return {};
  if (id < kCommonCount) return kCommonNames[id];
  const auto index = static_cast<size_t>(id - kCommonCount);
  return index < N ? names[index] : std::string_view{};
}

bool TooLong(PCSTR old_value, USHORT old_length, USHORT length, BOOL replace) {
  return !replace && old_value != nullptr && size_t{old_length} + 1 + length > kMaxLength;
}

}  // namespace

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (Lower(a[i]) != Lower(b[i])) return false;
  }
  return true;
}

int KnownRequestHeader(std::string_view name) {
  const int common = Find(kCommonNames, name, 0);
  return common >= 0 ? common : Find(kRequestNames, name, kCommonCount);
}

int KnownResponseHeader(std::string_view name) {
  const int common = Find(kCommonNames, name, 0);
  return common >= 0 ? common : Find(kResponseNames, name, kCommonCount);
}

std::string_view RequestHeaderName(int id) { return Name(kRequestNames, id); }
std::string_view ResponseHeaderName(int id) { return Name(kResponseNames, id); }

void HeaderTable::Attach(HTTP_KNOWN_HEADER* known, USHORT* unknown_count,
                         PHTTP_UNKNOWN_HEADER* unknown) {
  known_ = known;
  unknown_count_ = unknown_count;
  unknown_pointer_ = unknown;
  Clear();
}

void HeaderTable::Clear() {
  assert(known_ != nullptr);
  std::memset(static_cast<void*>(known_), 0, sizeof(*known_) * static_cast<size_t>(count()));
  unknown_.clear();
  *unknown_count_ = 0;
  *unknown_pointer_ = nullptr;
}

int HeaderTable::FindKnown(PCSTR name) const {
  return is_request_ ? KnownRequestHeader(name) : KnownResponseHeader(name);
}

int HeaderTable::FindUnknown(PCSTR name) const {
  for (int i = 0; i < *unknown_count_; ++i) {
    const HTTP_UNKNOWN_HEADER& header = (*unknown_pointer_)[i];
    if (EqualIgnoringCase({header.pName, header.NameLength}, name)) return i;
  }
  return -1;
}

PCSTR HeaderTable::Get(int id, USHORT* length) const {
  const bool there = id >= 0 && id < count() && known_[id].pRawValue != nullptr;
  if (length != nullptr) *length = there ? known_[id].RawValueLength : USHORT{0};
  return there ? known_[id].pRawValue : nullptr;
}

PCSTR HeaderTable::Get(PCSTR name, USHORT* length) const {
  if (length != nullptr) *length = 0;
  if (name == nullptr) return nullptr;
  const int id = FindKnown(name);
  if (id >= 0) return Get(id, length);
  const int index = FindUnknown(name);
  if (index < 0) return nullptr;
  const HTTP_UNKNOWN_HEADER& header = (*unknown_pointer_)[index];
  if (length != nullptr) *length = header.RawValueLength;
  return header.pRawValue;
}

PCSTR HeaderTable::Join(PCSTR old_value, USHORT old_length, PCSTR value, USHORT length,
                        USHORT* joined) const {
  if (old_value == nullptr) {
    *joined = length;
    return arena_->Copy(value, length);
  }
  *joined = static_cast<USHORT>(old_length + 1 + length);
  auto* text = static_cast<char*>(arena_->Allocate(*joined + size_t{1}));
  std::memcpy(text, old_value, old_length);
  text[old_length] = ',';
  std::memcpy(text + old_length + 1, value, length);
  return text;
}

HRESULT HeaderTable::Set(int id, PCSTR value, USHORT length, BOOL replace) {
  if (value == nullptr || id < 0 || id >= count()) return kInvalidParameter;
  HTTP_KNOWN_HEADER& header = known_[id];
  if (TooLong(header.pRawValue, header.RawValueLength, length, replace)) return kInvalidData;
  header.pRawValue = Join(replace ? nullptr : header.pRawValue, header.RawValueLength, value,
                          length, &header.RawValueLength);
  return S_OK;
}

HRESULT HeaderTable::Set(PCSTR name, PCSTR value, USHORT length, BOOL replace) {
  if (name == nullptr || value == nullptr) return kInvalidParameter;
  const int id = FindKnown(name);
  if (id >= 0) return Set(id, value, length, replace);
  int index = FindUnknown(name);
  if (std::strlen(name) > kMaxLength) return kInvalidData;
  if (index < 0) {
    HTTP_UNKNOWN_HEADER header{};
    header.NameLength = static_cast<USHORT>(std::strlen(name));
    header.pName = arena_->Copy(name, header.NameLength);
    unknown_.push_back(header);
    index = static_cast<int>(unknown_.size()) - 1;
    *unknown_count_ = static_cast<USHORT>(unknown_.size());
    *unknown_pointer_ = unknown_.data();
  }
  HTTP_UNKNOWN_HEADER& header = (*unknown_pointer_)[index];
  if (TooLong(header.pRawValue, header.RawValueLength, length, replace)) return kInvalidData;
  header.pRawValue = Join(replace ? nullptr : header.pRawValue, header.RawValueLength, value,
                          length, &header.RawValueLength);
  return S_OK;
}

HRESULT HeaderTable::Delete(int id) {
  if (id < 0 || id >= count()) return kInvalidParameter;
  known_[id] = {};
  return S_OK;
}

HRESULT HeaderTable::Delete(PCSTR name) {
  if (name == nullptr) return kInvalidParameter;
  const int id = FindKnown(name);
  if (id >= 0) return Delete(id);
  const int index = FindUnknown(name);
  if (index >= 0) {
    unknown_.erase(unknown_.begin() + index);
    *unknown_count_ = static_cast<USHORT>(unknown_.size());
    *unknown_pointer_ = unknown_.data();
  }
  return S_OK;
}

void HeaderTable::Serialize(std::vector<uint8_t>* out) const {
  const auto append = [out](std::string_view text) {
    out->insert(out->end(), text.begin(), text.end());
  };
  const auto line = [&](std::string_view name, std::string_view value) {
    append(name);
    append(": ");
    append(value);
    append("\r\n");
  };
  for (int i = 0; i < count(); ++i) {
    if (known_[i].pRawValue == nullptr) continue;
    line(is_request_ ? RequestHeaderName(i) : ResponseHeaderName(i),
         {known_[i].pRawValue, known_[i].RawValueLength});
  }
  for (int i = 0; i < *unknown_count_; ++i) {
    const HTTP_UNKNOWN_HEADER& header = (*unknown_pointer_)[i];
    line({header.pName, header.NameLength}, {header.pRawValue, header.RawValueLength});
  }
}

}  // namespace pendulum::host

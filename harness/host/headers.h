// The known headers of http.h by number and name, and the raw header structures as storage: what
// SetHeader changes is what GetRawHttpRequest and GetRawHttpResponse show.
#ifndef PENDULUM_HOST_HEADERS_H_
#define PENDULUM_HOST_HEADERS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/host/arena.h"
#include "httpserv.h"

namespace pendulum::host {

// The id of a known header of requests (or responses), -1 if it is not one. Case does not matter.
int KnownRequestHeader(std::string_view name);
int KnownResponseHeader(std::string_view name);
// The name of a known header; empty for an id out of range.
std::string_view RequestHeaderName(int id);
std::string_view ResponseHeaderName(int id);

bool EqualIgnoringCase(std::string_view a, std::string_view b);

// A view of the header part of an HTTP_REQUEST or HTTP_RESPONSE. Strings go to the arena.
class HeaderTable {
 public:
  HeaderTable(bool is_request, Arena* arena) : is_request_(is_request), arena_(arena) {}

  // Connects to the structure's fields and forgets all headers.
  void Attach(HTTP_KNOWN_HEADER* known, USHORT* unknown_count, PHTTP_UNKNOWN_HEADER* unknown);
  void Clear();

  // nullptr and length 0 when the header is not there. `length` may be nullptr.
  PCSTR Get(int id, USHORT* length) const;
  PCSTR Get(PCSTR name, USHORT* length) const;

  // With `replace` FALSE a value is appended to what is there, after a comma.
  // ERROR_INVALID_PARAMETER (as an HRESULT) for a NULL value or name, or an id out of range;
  // ERROR_INVALID_DATA for what is too long.
  HRESULT Set(int id, PCSTR value, USHORT length, BOOL replace);
  HRESULT Set(PCSTR name, PCSTR value, USHORT length, BOOL replace);
  HRESULT Delete(int id);
  HRESULT Delete(PCSTR name);

  // Appends "Name: value\r\n" for each header.
  void Serialize(std::vector<uint8_t>* out) const;

 private:
  int count() const { return is_request_ ? 41 : 30; }
  int FindKnown(PCSTR name) const;
  int FindUnknown(PCSTR name) const;
  PCSTR Join(PCSTR old_value, USHORT old_length, PCSTR value, USHORT length, USHORT* joined) const;

  bool is_request_;
  Arena* arena_;
  HTTP_KNOWN_HEADER* known_ = nullptr;
  USHORT* unknown_count_ = nullptr;
  std::vector<HTTP_UNKNOWN_HEADER> unknown_;
  PHTTP_UNKNOWN_HEADER* unknown_pointer_ = nullptr;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_HEADERS_H_

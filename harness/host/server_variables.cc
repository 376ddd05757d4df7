// Server variables of a request, from the request itself and the scenario.
#include <cstring>
#include <string>

#include "harness/host/context.h"
#include "harness/host/request.h"

namespace pendulum::host {
namespace {

std::string HeaderOf(Request* request, const char* name) {
  USHORT length = 0;
  const char* value = request->request->headers().Get(name, &length);
  return value == nullptr ? std::string() : std::string(value, length);
}

std::string AllHeaders(Request* request) {
  std::vector<uint8_t> bytes;
  request->request->headers().Serialize(&bytes);
  return {bytes.begin(), bytes.end()};
}

// HTTP_<NAME>: the request header NAME with - for _. False when there is no such header.
bool HeaderVariable(Request* request, std::string_view name, std::string* value) {
  if (name.size() < 6 || !EqualIgnoringCase(name.substr(0, 5), "HTTP_")) return false;
  std::string header(name.substr(5));
  for (char& c : header) {
    if (c == '_') c = '-';
  }
  USHORT length = 0;
  const char* text = request->request->headers().Get(header.c_str(), &length);
  if (text == nullptr) return false;
  value->assign(text, length);
  return true;
}

struct Variable {
  const char* name;
  std::string (*value)(Request*);
};

std::string_view Path(const Request& request) {
  const std::string_view url(request.raw.pRawUrl, request.raw.RawUrlLength);
  return url.substr(0, url.find('?'));
}

const HostSettings& Settings(const Request* request) { return request->world->scenario.host; }

const Variable kVariables[] = {
    {"REQUEST_METHOD",
     [](Request* r) {
       return r->raw.Verb == HttpVerbUnknown ? std::string(r->raw.pUnknownVerb)
                                             : r->description->method;
     }},
    {"URL", [](Request* r) { return std::string(Path(*r)); }},
    {"PATH_INFO", [](Request* r) { return std::string(Path(*r)); }},
    {"SCRIPT_NAME", [](Request* r) { return std::string(Path(*r)); }},
    {"UNENCODED_URL", [](Request* r) { return std::string(r->raw.pRawUrl, r->raw.RawUrlLength); }},
    {"QUERY_STRING",
     [](Request* r) {
       const std::string_view url(r->raw.pRawUrl, r->raw.RawUrlLength);
       const size_t query = url.find('?');
       return query == std::string_view::npos ? std::string() : std::string(url.substr(query + 1));
     }},
    {"CONTENT_LENGTH",
     [](Request* r) {
       const std::string length = HeaderOf(r, "Content-Length");
       return length.empty() ? std::string("0") : length;
     }},
    {"CONTENT_TYPE", [](Request* r) { return HeaderOf(r, "Content-Type"); }},
    {"ALL_RAW", AllHeaders},
    {"ALL_HTTP", AllHeaders},
    {"SERVER_NAME", [](Request* r) { return HeaderOf(r, "Host"); }},
    {"SERVER_PORT", [](Request* r) { return std::to_string(Settings(r).local_port); }},
    {"SERVER_PORT_SECURE", [](Request*) { return std::string("0"); }},
    {"SERVER_PROTOCOL", [](Request*) { return std::string("HTTP/1.1"); }},
    {"SERVER_SOFTWARE", [](Request*) { return std::string("Microsoft-IIS/10.0"); }},
    {"HTTPS", [](Request*) { return std::string("off"); }},
    {"LOCAL_ADDR", [](Request* r) { return Settings(r).local_address; }},
    {"REMOTE_ADDR", [](Request* r) { return Settings(r).remote_address; }},
    {"REMOTE_HOST", [](Request* r) { return Settings(r).remote_address; }},
    {"REMOTE_PORT", [](Request* r) { return std::to_string(Settings(r).remote_port); }},
    {"REMOTE_USER", [](Request* r) { return Settings(r).user_name; }},
    {"LOGON_USER", [](Request* r) { return Settings(r).user_name; }},
    {"AUTH_TYPE", [](Request* r) { return Settings(r).authentication_type; }},
    {"APP_POOL_ID", [](Request* r) { return Settings(r).app_pool_name; }},
    {"INSTANCE_ID", [](Request* r) { return std::to_string(Settings(r).site_id); }},
};

bool Lookup(Request* request, std::string_view name, std::string* value) {
  for (const auto& [known, text] : Settings(request).server_variables) {
    if (EqualIgnoringCase(known, name)) {
      *value = text;
      return true;
    }
  }
  for (const Variable& variable : kVariables) {
    if (EqualIgnoringCase(variable.name, name)) {
      *value = variable.value(request);
      return true;
    }
  }
  return HeaderVariable(request, name, value);
}

}  // namespace

const wchar_t* ServerVariable(Request* request, const char* name, size_t* length) {
  for (const auto& [set, value] : request->variables) {
    if (EqualIgnoringCase(set, name)) {
      *length = value.size();
      return request->memory.Copy(value.c_str(), value.size());
    }
  }
  std::string value;
  *length = 0;
  if (!Lookup(request, name, &value)) return nullptr;
  *length = value.size();
  return request->memory.Widen(value.data(), value.size());
}

}  // namespace pendulum::host

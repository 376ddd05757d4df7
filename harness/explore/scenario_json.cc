#include "harness/explore/scenario_json.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cfloat>

namespace pendulum::explore {
namespace {

using host::BodyFraming;
using host::Choice;
using host::ClientBehaviour;
using host::DisconnectWhen;
using host::HostSettings;
using host::RequestDescription;
using host::Scenario;
using platform::JsonKind;
using platform::JsonValue;

// The names of the values of each enumeration, in the order of their numbers.
constexpr std::array<std::string_view, 3> kTimings = {"either", "inline", "pending"};
constexpr std::array<std::string_view, 3> kEndsOfBody = {"either", "handle-eof", "zero-bytes"};
constexpr std::array<std::string_view, 3> kWritesAfter = {"either", "succeed", "fail"};
constexpr std::array<std::string_view, 3> kPostRoutines = {"either", "alone", "both"};
constexpr std::array<std::string_view, 3> kFramings = {"none", "content-length", "chunked"};
constexpr std::array<std::string_view, 6> kDisconnects = {
    "never", "any-time", "before-body", "during-body", "after-body", "during-response"};

constexpr uint32_t kMostSteps = 20000;

template <typename Enum, size_t kCount>
void ReadChoice(const JsonValue& json, const std::array<std::string_view, kCount>& names,
                Enum* value) {
  *value = static_cast<Enum>(json.Choice(names, static_cast<int>(*value)));
}

template <typename Number>
void ReadNumber(const JsonValue& json, int64_t least, int64_t most, Number* value) {
  *value = static_cast<Number>(json.Integer(least, most, static_cast<int64_t>(*value)));
}

void ReadBoolean(const JsonValue& json, bool* value) { *value = json.Boolean(*value); }
void ReadString(const JsonValue& json, std::string* value) { *value = json.String(*value); }

// RFC 9110's token: what methods and header names are made of.
bool IsToken(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 ||
           kMarks.find(character) != std::string_view::npos;
  });
}

bool IsFieldValue(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// Reads a list of {"name": …, "value": …}.
std::vector<std::pair<std::string, std::string>> ReadPairs(const JsonValue& json) {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (!json) return pairs;
  for (const JsonValue& element : json.Elements()) {
    element.AllowOnly({"name", "value"});
    const JsonValue name = element.Required("name");
    const JsonValue value = element.Required("value");
    pairs.emplace_back(name.String(), value.String());
    if (name.Is(JsonKind::kString) && !IsToken(pairs.back().first)) {
      name.Report("expected letters, digits, '-' and '_'");
    }
    if (value.Is(JsonKind::kString) && !IsFieldValue(pairs.back().second)) {
      value.Report("expected a value without line breaks");
    }
  }
  return pairs;
}

Json PairsToJson(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json json = Json::array();
  for (const auto& [name, value] : pairs) {
    Json one;
    one["name"] = name;
    one["value"] = value;
    json.push_back(std::move(one));
  }
  return json;
}

// The value as it stands, for what another part of the program reads.
Json Copy(const JsonValue& value) {
  switch (value.kind()) {
    case JsonKind::kNull:
      return nullptr;
    case JsonKind::kBoolean:
      return value.Boolean();
    case JsonKind::kInteger:
      return value.Integer();
    case JsonKind::kNumber:
      return value.Number(-DBL_MAX, DBL_MAX);
    case JsonKind::kString:
      return value.String();
    case JsonKind::kArray: {
      Json array = Json::array();
      for (const JsonValue& element : value.Elements()) array.push_back(Copy(element));
      return array;
    }
    case JsonKind::kObject: {
      Json object = Json::object();
      for (const auto& [name, member] : value.Members()) object[name] = Copy(member);
      return object;
    }
  }
  return nullptr;
}

void ReadServer(const JsonValue& json, HostSettings* host) {
  ReadString(json.Optional("app_pool_name"), &host->app_pool_name);
  ReadString(json.Optional("site_name"), &host->site_name);
  ReadNumber(json.Optional("site_id"), 1, UINT32_MAX, &host->site_id);
  ReadString(json.Optional("application_path"), &host->application_path);
  ReadString(json.Optional("physical_path"), &host->physical_path);
  ReadString(json.Optional("user_name"), &host->user_name);
  ReadString(json.Optional("authentication_type"), &host->authentication_type);
  ReadString(json.Optional("remote_address"), &host->remote_address);
  ReadString(json.Optional("local_address"), &host->local_address);
  ReadNumber(json.Optional("remote_port"), 1, UINT16_MAX, &host->remote_port);
  ReadNumber(json.Optional("local_port"), 1, UINT16_MAX, &host->local_port);
  ReadBoolean(json.Optional("connection_is_null"), &host->connection_is_null);
  host->server_variables = ReadPairs(json.Optional("server_variables"));
  const JsonValue configuration = json.Optional("configuration");
  if (configuration.Is(JsonKind::kObject)) {
    host->configuration = Copy(configuration).dump();
  } else if (configuration) {
    configuration.Report("expected an object of sections");
  }
}

HostSettings ReadHost(const JsonValue& json) {
  HostSettings host;
  if (!json) return host;
  json.AllowOnly({"response_buffering",
                  "response_buffer_limit_bytes",
                  "completion_timing",
                  "buffered_writes_complete_inline",
                  "end_of_body",
                  "partial_reads",
                  "poison_out_parameters",
                  "zero_request_memory",
                  "memory_faults",
                  "network_faults",
                  "write_after_disconnect",
                  "concurrent_completions",
                  "post_routine",
                  "client_certificate",
                  "app_pool_name",
                  "site_name",
                  "site_id",
                  "application_path",
                  "physical_path",
                  "user_name",
                  "authentication_type",
                  "remote_address",
                  "local_address",
                  "remote_port",
                  "local_port",
                  "connection_is_null",
                  "server_variables",
                  "configuration"});
  ReadBoolean(json.Optional("response_buffering"), &host.response_buffering);
  ReadNumber(json.Optional("response_buffer_limit_bytes"), 1, UINT32_MAX,
             &host.response_buffer_limit_bytes);
  ReadChoice(json.Optional("completion_timing"), kTimings, &host.completion_timing);
  ReadBoolean(json.Optional("buffered_writes_complete_inline"),
              &host.buffered_writes_complete_inline);
  ReadChoice(json.Optional("end_of_body"), kEndsOfBody, &host.end_of_body);
  ReadBoolean(json.Optional("partial_reads"), &host.partial_reads);
  ReadBoolean(json.Optional("poison_out_parameters"), &host.poison_out_parameters);
  ReadBoolean(json.Optional("zero_request_memory"), &host.zero_request_memory);
  ReadBoolean(json.Optional("memory_faults"), &host.memory_faults);
  ReadBoolean(json.Optional("network_faults"), &host.network_faults);
  ReadChoice(json.Optional("write_after_disconnect"), kWritesAfter, &host.write_after_disconnect);
  ReadBoolean(json.Optional("concurrent_completions"), &host.concurrent_completions);
  ReadChoice(json.Optional("post_routine"), kPostRoutines, &host.post_routine);
  ReadBoolean(json.Optional("client_certificate"), &host.client_certificate);
  ReadServer(json, &host);
  return host;
}

Json HostToJson(const HostSettings& host) {
  Json json;
  json["response_buffering"] = host.response_buffering;
  json["response_buffer_limit_bytes"] = host.response_buffer_limit_bytes;
  json["completion_timing"] = kTimings[static_cast<size_t>(host.completion_timing)];
  json["buffered_writes_complete_inline"] = host.buffered_writes_complete_inline;
  json["end_of_body"] = kEndsOfBody[static_cast<size_t>(host.end_of_body)];
  json["partial_reads"] = host.partial_reads;
  json["poison_out_parameters"] = host.poison_out_parameters;
  json["zero_request_memory"] = host.zero_request_memory;
  json["memory_faults"] = host.memory_faults;
  json["network_faults"] = host.network_faults;
  json["write_after_disconnect"] = kWritesAfter[static_cast<size_t>(host.write_after_disconnect)];
  json["concurrent_completions"] = host.concurrent_completions;
  json["post_routine"] = kPostRoutines[static_cast<size_t>(host.post_routine)];
  json["client_certificate"] = host.client_certificate;
  json["app_pool_name"] = host.app_pool_name;
  json["site_name"] = host.site_name;
  json["site_id"] = host.site_id;
  json["application_path"] = host.application_path;
  json["physical_path"] = host.physical_path;
  json["user_name"] = host.user_name;
  json["authentication_type"] = host.authentication_type;
  json["remote_address"] = host.remote_address;
  json["local_address"] = host.local_address;
  json["remote_port"] = host.remote_port;
  json["local_port"] = host.local_port;
  json["connection_is_null"] = host.connection_is_null;
  json["server_variables"] = PairsToJson(host.server_variables);
  json["configuration"] = Json::parse(host.configuration);
  return json;
}

ClientBehaviour ReadClient(const JsonValue& json, bool has_body) {
  ClientBehaviour client;
  if (!json) return client;
  json.AllowOnly({"arrival_bytes", "disconnect", "reads_slowly"});
  if (const JsonValue arrival = json.Optional("arrival_bytes")) {
    for (const JsonValue& size : arrival.Elements()) {
      client.arrival_bytes.push_back(
          static_cast<uint32_t>(size.Integer(1, host::kMaxBodyBytes, 1)));
    }
    if (!has_body) arrival.Report("the request has no body that could arrive in pieces");
  }
  const JsonValue disconnect = json.Optional("disconnect");
  ReadChoice(disconnect, kDisconnects, &client.disconnect);
  if (client.disconnect == DisconnectWhen::kDuringBody && !has_body) {
    disconnect.Report("the request has no body during which the client could leave");
  }
  ReadBoolean(json.Optional("reads_slowly"), &client.reads_slowly);
  return client;
}

void ReadBody(const JsonValue& json, RequestDescription* request) {
  const JsonValue framing = json.Optional("framing");
  const JsonValue length = json.Optional("body_bytes");
  const JsonValue body = json.Optional("body");
  ReadString(body, &request->body);
  ReadNumber(length, 0, host::kMaxBodyBytes, &request->body_bytes);
  if (request->body.size() > host::kMaxBodyBytes) {
    body.Report("the body is longer than " + std::to_string(host::kMaxBodyBytes) + " bytes");
  }
  if (body.Is(JsonKind::kString) && !request->body.empty()) {
    if (length && request->body_bytes != request->body.size()) {
      length.Report("the body has " + std::to_string(request->body.size()) + " bytes",
                    "leave \"body_bytes\" out when there is a \"body\"");
    }
    request->body_bytes = static_cast<uint32_t>(request->body.size());
  }
  const bool has_body = request->body_bytes > 0;
  request->framing = has_body ? BodyFraming::kContentLength : BodyFraming::kNone;
  ReadChoice(framing, kFramings, &request->framing);
  if (framing && request->framing == BodyFraming::kNone && has_body) {
    framing.Report("a body of " + std::to_string(request->body_bytes) +
                   " bytes needs \"content-length\" or \"chunked\"");
  }
}

void CheckHeaders(const JsonValue& json) {
  if (!json.Is(JsonKind::kArray)) return;
  for (const JsonValue& element : json.Elements()) {
    if (!element.Is(JsonKind::kObject)) continue;
    const JsonValue name = element.Optional("name");
    if (!name.Is(JsonKind::kString)) continue;
    std::string lower = name.String();
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char character) {
      return static_cast<char>(std::tolower(character));
    });
    if (lower == "content-length" || lower == "transfer-encoding") {
      name.Report("this header follows from \"framing\" and \"body_bytes\"", "leave it out");
    }
  }
}

RequestDescription ReadRequest(const JsonValue& json, bool is_first) {
  RequestDescription request;
  json.AllowOnly({"method", "url", "headers", "framing", "body_bytes", "body", "client",
                  "on_same_connection"});
  const JsonValue method = json.Optional("method");
  ReadString(method, &request.method);
  if (method.Is(JsonKind::kString) && !IsToken(request.method)) {
    method.Report("expected a method such as \"GET\"");
  }
  const JsonValue url = json.Optional("url");
  ReadString(url, &request.url);
  if (url.Is(JsonKind::kString) && (!request.url.starts_with('/') || !IsFieldValue(request.url))) {
    url.Report("expected a path that begins with '/'");
  }
  request.headers = ReadPairs(json.Optional("headers"));
  CheckHeaders(json.Optional("headers"));
  ReadBody(json, &request);
  request.client = ReadClient(json.Optional("client"), request.body_bytes > 0);
  const JsonValue shared = json.Optional("on_same_connection");
  ReadBoolean(shared, &request.on_same_connection);
  if (request.on_same_connection && is_first) {
    shared.Report("there is no request before the first one");
  }
  return request;
}

Json RequestToJson(const RequestDescription& request) {
  Json json;
  json["method"] = request.method;
  json["url"] = request.url;
  json["headers"] = PairsToJson(request.headers);
  json["framing"] = kFramings[static_cast<size_t>(request.framing)];
  json["body_bytes"] = request.body_bytes;
  if (!request.body.empty()) json["body"] = request.body;
  Json client = Json::object();
  if (!request.client.arrival_bytes.empty()) {
    client["arrival_bytes"] = request.client.arrival_bytes;
  }
  client["disconnect"] = kDisconnects[static_cast<size_t>(request.client.disconnect)];
  client["reads_slowly"] = request.client.reads_slowly;
  json["client"] = std::move(client);
  json["on_same_connection"] = request.on_same_connection;
  return json;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
           character == '-';
  });
}

void ReadRequests(const JsonValue& json, Scenario* scenario) {
  if (!json) return;
  const std::vector<JsonValue> requests = json.Elements();
  for (const JsonValue& request : requests) {
    scenario->requests.push_back(ReadRequest(request, scenario->requests.empty()));
  }
  const auto most = static_cast<size_t>(host::kMaxRequests);
  if (json.Is(JsonKind::kArray) && (requests.empty() || requests.size() > most)) {
    json.Report("expected 1 to " + std::to_string(most) + " requests, got " +
                std::to_string(requests.size()));
  }
}

}  // namespace

Scenario ScenarioFromJson(const JsonValue& json) {
  Scenario scenario;
  if (!json) return scenario;
  json.AllowOnly({"schema", "name", "title", "host", "requests", "limits"});
  json.Required("schema").Choice({kScenarioSchema});
  const JsonValue name = json.Required("name");
  ReadString(name, &scenario.name);
  if (name.Is(JsonKind::kString) && !IsName(scenario.name)) {
    name.Report("expected a name of lower-case letters, digits and '-'");
  }
  ReadString(json.Required("title"), &scenario.title);
  scenario.host = ReadHost(json.Optional("host"));
  ReadRequests(json.Required("requests"), &scenario);
  if (const JsonValue limits = json.Optional("limits")) {
    limits.AllowOnly({"steps"});
    ReadNumber(limits.Optional("steps"), 1, kMostSteps, &scenario.limits.steps);
  }
  return scenario;
}

platform::Result<Scenario> ReadScenario(std::string_view text, const std::string& file) {
  platform::JsonErrors errors;
  const platform::JsonDocument document(text, file, &errors);
  Scenario scenario = ScenarioFromJson(document.root());
  if (!errors.ok()) return errors.first();
  return scenario;
}

platform::Result<Scenario> LoadScenario(const std::string& path) {
  platform::JsonErrors errors;
  const platform::JsonDocument document = platform::JsonDocument::Load(path, &errors);
  Scenario scenario = ScenarioFromJson(document.root());
  if (!errors.ok()) return errors.first();
  return scenario;
}

Json ScenarioToJson(const Scenario& scenario) {
  Json json;
  json["schema"] = kScenarioSchema;
  json["name"] = scenario.name;
  json["title"] = scenario.title;
  json["host"] = HostToJson(scenario.host);
  json["requests"] = Json::array();
  for (const RequestDescription& request : scenario.requests) {
    json["requests"].push_back(RequestToJson(request));
  }
  json["limits"]["steps"] = scenario.limits.steps;
  return json;
}

}  // namespace pendulum::explore

#include "harness/fuzz/scenario_code.h"

#include <array>
#include <cctype>
#include <utility>

#include "harness/fuzz/input.h"
#include "harness/fuzz/script.h"

namespace pendulum::fuzz {
namespace {

using host::BodyFraming;
using host::DisconnectWhen;
using host::HostSettings;
using host::RequestDescription;
using host::Scenario;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr uint32_t kMostSteps = 20000;

// A number in the encoding each; the last one is followed by a text.
constexpr std::array<std::string_view, 8> kMethods = {"GET",    "POST",    "HEAD",  "PUT",
                                                      "DELETE", "OPTIONS", "TRACE", "PATCH"};
constexpr uint32_t kOtherMethod = kMethods.size();

enum Url : uint32_t { kRoot, kScript, kText, kUrls };

bool FollowsFromBody(std::string_view name) {
  std::string lower(name);
  for (char& character : lower) {
    character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
  }
  return lower == "content-length" || lower == "transfer-encoding";
}

template <class Codec>
void CodePairs(Codec* codec, Pairs* pairs, std::string_view place) {
  auto count = static_cast<uint32_t>(pairs->size());
  codec->Number(&count, 0, kMostHeaders, place);
  pairs->resize(count);
  for (auto& [name, value] : *pairs) {
    codec->Text(&name, TextKind::kToken, kMostTextBytes, place);
    codec->Text(&value, TextKind::kLine, kMostTextBytes, place);
  }
}

template <class Codec>
void CodeServer(Codec* codec, HostSettings* host) {
  const auto line = [&](std::string* text, std::string_view place) {
    codec->Text(text, TextKind::kLine, kMostTextBytes, place);
  };
  line(&host->app_pool_name, "/host/app_pool_name");
  line(&host->site_name, "/host/site_name");
  codec->Number(&host->site_id, 1, UINT32_MAX, "/host/site_id");
  line(&host->application_path, "/host/application_path");
  line(&host->physical_path, "/host/physical_path");
  line(&host->user_name, "/host/user_name");
  line(&host->authentication_type, "/host/authentication_type");
  line(&host->remote_address, "/host/remote_address");
  line(&host->local_address, "/host/local_address");
  uint32_t ports[] = {host->remote_port, host->local_port};
  codec->Number(&ports[0], 1, UINT16_MAX, "/host/remote_port");
  codec->Number(&ports[1], 1, UINT16_MAX, "/host/local_port");
  host->remote_port = static_cast<uint16_t>(ports[0]);
  host->local_port = static_cast<uint16_t>(ports[1]);
  CodePairs(codec, &host->server_variables, "/host/server_variables");
  codec->Text(&host->configuration, TextKind::kObject, kMostBodyTextBytes, "/host/configuration");
}

// Whether there is more to say of the server than most scenarios do.
bool HasServer(const HostSettings& host) {
  static const HostSettings kPlain;
  return host.app_pool_name != kPlain.app_pool_name || host.site_name != kPlain.site_name ||
         host.site_id != kPlain.site_id || host.application_path != kPlain.application_path ||
         host.physical_path != kPlain.physical_path || host.user_name != kPlain.user_name ||
         host.authentication_type != kPlain.authentication_type ||
         host.remote_address != kPlain.remote_address ||
         host.local_address != kPlain.local_address || host.remote_port != kPlain.remote_port ||
         host.local_port != kPlain.local_port || host.server_variables != kPlain.server_variables ||
         host.configuration != kPlain.configuration;
}

template <class Codec>
void CodeHost(Codec* codec, Scenario* scenario, uint32_t* requests) {
  HostSettings* const host = &scenario->host;
  bool has_limit = host->response_buffer_limit_bytes != host::kDefaultBufferLimitBytes;
  bool has_steps = scenario->limits.steps != host::ScenarioLimits().steps;
  bool has_server = HasServer(*host);
  {
    Bits bits(codec);
    bits.Flag(&host->response_buffering, true);
    bits.Flag(&host->buffered_writes_complete_inline);
    bits.Flag(&host->partial_reads, true);
    bits.Flag(&host->poison_out_parameters, true);
    bits.Flag(&host->zero_request_memory, true);
    bits.Flag(&host->memory_faults);
    bits.Flag(&host->network_faults);
    bits.Flag(&host->concurrent_completions, true);
  }
  {
    Bits bits(codec);
    bits.Choice(&host->completion_timing, 2, 3);
    bits.Choice(&host->end_of_body, 2, 3);
    bits.Choice(&host->write_after_disconnect, 2, 3);
    bits.Choice(&host->post_routine, 2, 3);
  }
  {
    Bits bits(codec);
    uint32_t further = *requests - 1;
    bits.Field(&further, 3, host::kMaxRequests);
    *requests = further + 1;
    bits.Flag(&host->client_certificate);
    bits.Flag(&host->connection_is_null);
    bits.Flag(&has_limit);
    bits.Flag(&has_steps);
    bits.Flag(&has_server);
  }
  if (has_limit) {
    codec->Number(&host->response_buffer_limit_bytes, 1, UINT32_MAX,
                  "/host/response_buffer_limit_bytes");
  }
  if (has_steps) codec->Number(&scenario->limits.steps, 1, kMostSteps, "/limits/steps");
  if (has_server) CodeServer(codec, host);
}

template <class Codec>
void CodeMethod(Codec* codec, uint32_t number, RequestDescription* request) {
  if constexpr (Codec::kReads) {
    if (number < kOtherMethod) request->method = kMethods[number];
  }
  if (number == kOtherMethod) {
    codec->Text(&request->method, TextKind::kToken, kMostTextBytes, "/method");
  }
}

template <class Codec>
void CodeUrl(Codec* codec, uint32_t kind, Script* script, RequestDescription* request) {
  if (kind == kText) codec->Text(&request->url, TextKind::kUrl, kMostTextBytes, "/url");
  if (kind != kScript) return;
  CodeScript(codec, script);
  if constexpr (Codec::kReads) request->url = ScriptUrl(*script);
}

template <class Codec>
void CodeBody(Codec* codec, bool has_text, RequestDescription* request) {
  if (has_text) {
    codec->Text(&request->body, TextKind::kLines, kMostBodyTextBytes, "/body");
    if constexpr (Codec::kReads) request->body_bytes = static_cast<uint32_t>(request->body.size());
  } else {
    codec->Number(&request->body_bytes, 0, host::kMaxBodyBytes, "/body_bytes");
  }
  if constexpr (Codec::kReads) {
    if (request->body_bytes > 0 && request->framing == BodyFraming::kNone) {
      request->framing = BodyFraming::kContentLength;
    }
  }
  if (request->body_bytes == 0) return;
  std::vector<uint32_t>* const pieces = &request->client.arrival_bytes;
  auto count = static_cast<uint32_t>(pieces->size());
  codec->Number(&count, 0, kMostPieces, "/client/arrival_bytes");
  pieces->resize(count);
  for (uint32_t& bytes : *pieces) {
    codec->Number(&bytes, 1, host::kMaxBodyBytes, "/client/arrival_bytes");
  }
}

template <class Codec>
void CodeRequest(Codec* codec, RequestDescription* request) {
  uint32_t method = 0;
  while (method < kOtherMethod && kMethods[method] != request->method) ++method;
  const std::optional<Script> found = ParseScript(request->url);
  Script script = found.value_or(Script());
  uint32_t url = request->url == "/" ? kRoot : found.has_value() ? kScript : kText;
  bool has_headers = !request->headers.empty();
  bool has_text = !request->body.empty();
  {
    Bits bits(codec);
    bits.Field(&method, 4, kOtherMethod + 1);
    bits.Choice(&request->framing, 2, 3);
    bits.Field(&url, 2, kUrls);
  }
  {
    Bits bits(codec);
    bits.Choice(&request->client.disconnect, 3, 6);
    bits.Flag(&request->client.reads_slowly);
    bits.Flag(&request->on_same_connection);
    bits.Flag(&has_headers);
    bits.Flag(&has_text);
  }
  CodeMethod(codec, method, request);
  CodeUrl(codec, url, &script, request);
  if (has_headers) CodePairs(codec, &request->headers, "/headers");
  CodeBody(codec, has_text, request);
}

// Mends what no host could run.
void Mend(Scenario* scenario) {
  scenario->requests.front().on_same_connection = false;
  for (RequestDescription& request : scenario->requests) {
    std::erase_if(request.headers, [](const auto& one) { return FollowsFromBody(one.first); });
    if (request.body_bytes == 0 && request.client.disconnect == DisconnectWhen::kDuringBody) {
      request.client.disconnect = DisconnectWhen::kAfterBody;
    }
  }
}

}  // namespace

void CodeScenario(Reader* reader, Scenario* scenario) {
  uint32_t requests = 1;
  CodeHost(reader, scenario, &requests);
  scenario->requests.resize(requests);
  for (RequestDescription& request : scenario->requests) CodeRequest(reader, &request);
  Mend(scenario);
}

void CodeScenario(Writer* writer, Scenario* scenario) {
  auto requests = static_cast<uint32_t>(scenario->requests.size());
  CodeHost(writer, scenario, &requests);
  for (size_t i = 0; i < scenario->requests.size(); ++i) {
    writer->Enter("/requests/" + std::to_string(i));
    CodeRequest(writer, &scenario->requests[i]);
  }
  writer->Enter("");
}

}  // namespace pendulum::fuzz

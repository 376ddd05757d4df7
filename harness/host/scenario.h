// What the world of a run is: the server's settings, the requests and how their bodies arrive, what
// the client does. There are no decisions in it. The JSON form (`pendulum-scenario/1`) is read by
// harness/explore/scenario_json.h and documented in corpus/scenarios/README.md.
#ifndef PENDULUM_HOST_SCENARIO_H_
#define PENDULUM_HOST_SCENARIO_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace pendulum::host {

// How the host may answer where the documentation leaves it open. Each defaults to "either", the
// strategy choosing; answer 0 is the first value.
enum class Choice : uint8_t { kEither, kFirst, kSecond };

// responseBufferLimit where the configuration does not say.
inline constexpr uint32_t kDefaultBufferLimitBytes = 4 * 1024 * 1024;

// The server's settings: the `host` object of a scenario.
struct HostSettings {
  // Whether a response starts with buffering on (system.webServer's default), and its limit.
  bool response_buffering = true;
  uint32_t response_buffer_limit_bytes = kDefaultBufferLimitBytes;
  // Asynchronous operations complete: either, "inline", "pending".
  Choice completion_timing = Choice::kEither;
  // A buffered WriteEntityChunks with fAsync TRUE: inline always (true, as IIS is seen to do below
  // the limit) or like any other operation.
  bool buffered_writes_complete_inline = false;
  // The end of the body is told as 0x80070026 (first) or as S_OK with 0 bytes (second, D10).
  Choice end_of_body = Choice::kEither;
  // Reads may deliver fewer bytes than asked for and available.
  bool partial_reads = true;
  // What the host leaves in out-parameters of a pending call: untouched (false) or poison (true).
  bool poison_out_parameters = true;
  // Memory from AllocateRequestMemory is zeroed (false: filled with 0xCD).
  bool zero_request_memory = true;
  // Calls may fail with ERROR_NOT_ENOUGH_MEMORY when the strategy says so.
  bool memory_faults = false;
  // Sends and reads may fail with ERROR_NETNAME_DELETED though the client is there.
  bool network_faults = false;
  // Writes after the client has gone: succeed (first) or fail (second) (D24).
  Choice write_after_disconnect = Choice::kEither;
  // Completions of one request may run at the same time on several workers (open question 1).
  bool concurrent_completions = true;
  // IHttpContext3::PostCompletion with a routine: the routine is called alone (first), or
  // OnAsyncCompletion after it (second). The page says neither.
  Choice post_routine = Choice::kEither;
  // The client has a certificate, so that NegotiateClientCertificate succeeds.
  bool client_certificate = false;

  std::string app_pool_name = "DefaultAppPool";
  std::string site_name = "Default Web Site";
  uint32_t site_id = 1;
  std::string application_path = "/";
  std::string physical_path = R"(C:\inetpub\wwwroot\)";
  std::string user_name;            // empty: anonymous
  std::string authentication_type;  // "Basic" …
  std::string remote_address = "192.0.2.10";
  std::string local_address = "192.0.2.1";
  uint16_t remote_port = 49152;
  uint16_t local_port = 80;
  bool connection_is_null = false;  // GetConnection returns NULL, as for a warm-up request (D22)
  std::vector<std::pair<std::string, std::string>> server_variables;  // further ones
  // Configuration (`host.configuration`): section path to element tree, as JSON text; read by the
  // Win32 layer's IAppHostAdminManager. "{}" when absent.
  std::string configuration = "{}";
};

enum class BodyFraming : uint8_t { kNone, kContentLength, kChunked };

// When the client goes away.
enum class DisconnectWhen : uint8_t {
  kNever,
  kAnyTime,         // a transition that is always enabled until the response is complete
  kBeforeBody,      // before any body byte is sent
  kDuringBody,      // after about half of the body
  kAfterBody,       // when the body is sent and nothing of the response has arrived
  kDuringResponse,  // after the first response bytes have arrived
};

struct ClientBehaviour {
  // Sizes of the pieces in which the body arrives, in bytes; empty: all at once with the headers.
  // The last size repeats.
  std::vector<uint32_t> arrival_bytes;
  DisconnectWhen disconnect = DisconnectWhen::kNever;
  // A slow reader: sends never complete inline.
  bool reads_slowly = false;
};

struct RequestDescription {
  std::string method = "GET";
  std::string url = "/";  // path and query
  std::vector<std::pair<std::string, std::string>> headers;
  BodyFraming framing = BodyFraming::kNone;
  uint32_t body_bytes = 0;
  std::string body;  // the bytes; when empty and body_bytes > 0, a fixed pattern of that length
  ClientBehaviour client;
  bool on_same_connection = false;  // keep-alive: shares the previous request's connection
};

struct ScenarioLimits {
  uint32_t steps = 20000;  // scheduling steps in a run
};

struct Scenario {
  std::string name;   // "post-small"
  std::string title;  // "a POST of 768 bytes with Content-Length, in one piece"
  HostSettings host;
  std::vector<RequestDescription> requests;  // 1 to kMaxRequests, all arriving at once
  ScenarioLimits limits;
};

inline constexpr int kMaxRequests = 8;
inline constexpr uint32_t kMaxBodyBytes = 1024 * 1024;

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_SCENARIO_H_

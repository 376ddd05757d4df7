// All that the simulated server knows of one request, its client and its connection. Plain state:
// the interfaces that modules see are thin objects over it (context.h, request.h, response.h).
#ifndef PENDULUM_HOST_REQUEST_STATE_H_
#define PENDULUM_HOST_REQUEST_STATE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/host/arena.h"
#include "harness/host/containers.h"
#include "harness/host/headers.h"
#include "harness/host/operation.h"
#include "harness/host/order.h"
#include "harness/host/scenario.h"
#include "harness/trace/digest.h"
#include "harness/trace/names.h"
#include "httpserv.h"

namespace pendulum::host {

class ContextObject;
class RequestObject;
class ResponseObject;

inline constexpr int kMaxModules = 8;

// One delivery of a notification to one module: a handler call and what becomes of it.
struct Delivery {
  uint32_t serial = 0;
  trace::Notification notification = trace::Notification::kBeginRequest;
  bool post = false;
  uint8_t module = trace::kNone8;
  bool parked = false;      // the handler has returned pending
  bool taken = false;       // a completion or IndicateCompletion has carried the request on
  bool completing = false;  // World::inside: the call is OnAsyncCompletion
};

// The bytes that a read is expected to bring because a module has put them there.
struct ReadBack {
  trace::Digest digest;  // of those that reads have brought
  uint32_t expected_bytes = 0;
  trace::BodyDirection direction = trace::BodyDirection::kReadInserted;
};

// The request's entity body as it arrives from the client and is handed to the module.
struct RequestBody {
  const std::vector<uint8_t>* bytes = nullptr;                // all that the client will send
  uint32_t arrived = 0;                                       // bytes of it that are here
  uint32_t next_piece = 0;                                    // index in the client's arrival sizes
  uint32_t handed = 0;                                        // bytes of it given to the module
  std::vector<std::pair<const uint8_t*, uint32_t>> inserted;  // InsertEntityBody, oldest first
  uint32_t inserted_offset = 0;                               // consumed of inserted.front()
  // The preloaded body as RQ_READ_ENTITY handlers see and replace it.
  void* entity = nullptr;
  uint32_t entity_bytes = 0;
  uint32_t entity_buffer_bytes = 0;
  trace::Digest handed_digest;
  std::vector<Guard> insertions;  // the memory given to InsertEntityBody
  ReadBack back;

  uint32_t total() const { return static_cast<uint32_t>(bytes->size()); }
  bool all_arrived() const { return arrived >= total(); }
};

// Memory of the module's that the response refers to since `guard` began.
struct Reference {
  const void* memory = nullptr;
  Segment segment;
};

// The response on the server's side.
struct ResponseState {
  HTTP_RESPONSE raw{};
  std::vector<HTTP_DATA_CHUNK> chunks;  // what raw.pEntityChunks points to
  std::vector<Reference> references;    // chunks whose memory is the module's
  Arena buffer;                         // copies of body data
  uint32_t buffered_bytes = 0;
  uint32_t chunks_written = 0;  // in this request, against the limit of 65535
  USHORT sub_status = 0;
  HRESULT error = S_OK;
  bool buffering = true;
  bool headers_sent = false;
  bool headers_suppressed = false;
  bool last_said = false;  // a write or flush said that no more follows
  bool need_disconnect = false;
  bool kernel_cache = true;
  bool skip_custom_errors = false;
  bool in_send_response = false;
  bool given_known = true;  // `given` still describes the body
  std::wstring error_description;
  trace::Digest given;       // body bytes that the module gave and did not clear
  trace::Digest given_sent;  // those that have been sent: what Clear goes back to
  std::vector<std::pair<const uint8_t*, uint32_t>> given_pieces;  // the others, in order
  uint8_t status_module = trace::kNone8;  // who set the status, and in which notification
  uint8_t status_notification = trace::kNone8;
  HTTP_LOG_FIELDS_DATA log{};        // what GetLogData gives
  HTTP_LOG_DATA* log_set = nullptr;  // SetLogData
};

// The client of a request.
struct ClientState {
  bool connected = true;
  bool response_complete = false;
  std::vector<uint8_t> received;  // status line, headers, body
  uint32_t header_bytes = 0;
  uint32_t body_bytes = 0;
  trace::Digest digest;
  sched::TransitionId arrival = sched::kNoTransition;
  sched::TransitionId disconnect = sched::kNoTransition;
};

// What a call that goes pending leaves as its count; the order is that of the answers.
enum class PendingCount : uint8_t { kRubbish, kUntouched, kZero, kMost, kNotChosen };

struct Request {
  World* world = nullptr;
  uint8_t index = 0;
  const RequestDescription* description = nullptr;
  bool began = false;
  bool ended = false;
  bool full_duplex = false;
  bool url_changed = false;
  bool handled = false;   // SetRequestHandled was called
  uint64_t start_ms = 0;  // when it arrived
  uint8_t connection = 0;

  size_t step = 0;  // index in World::steps of the delivery in progress
  Delivery delivery;
  uint32_t next_serial = 1;
  uint32_t disabled[kMaxModules] = {};  // DisableNotifications, by module
  uint32_t disabled_post[kMaxModules] = {};
  CHttpModule* modules[kMaxModules] = {};
  bool disposing = false;
  PendingCount pending_count = PendingCount::kNotChosen;
  RequestOrder order;
  int deliveries = 0;  // completions being delivered now

  HTTP_REQUEST raw{};
  SOCKADDR_IN remote{};
  SOCKADDR_IN local{};
  Arena memory;                                                 // strings and AllocateRequestMemory
  std::vector<std::span<const uint8_t>> given_memory;           // to the module, the last pieces
  std::vector<std::pair<std::string, std::wstring>> variables;  // SetServerVariable
  RequestBody body;
  ResponseState response;
  ClientState client;
  ContextContainer contexts;
  NamedContainer named_contexts;
  ContextContainer url_contexts;
  ContextContainer metadata_contexts;
  ContextContainer file_contexts;
  bool certificate_negotiated = false;
  IHttpUser* user = nullptr;  // set by a module through IAuthenticationProvider
  // How many calls of SetUser and SetScriptMap there have been: by these numbers a trace tells
  // which user or script map a later call gives.
  uint32_t users_set = 0;
  uint32_t script_maps_set = 0;
  IScriptMapInfo* script_map = nullptr;

  // The interfaces, made once and borrowed here.
  ContextObject* context = nullptr;
  RequestObject* request = nullptr;
  ResponseObject* response_object = nullptr;
};

// A connection: shared by the requests of a keep-alive client.
struct Connection {
  bool connected = true;
  bool notified = false;                 // NotifyDisconnect was called
  uint8_t last_request = trace::kNone8;  // the one whose client has disconnected
  ConnectionContainer contexts;
  OrderMark order;  // what its requests have done
};

// A module loaded into the server, and what it registered in this run.
struct LoadedModule {
  std::wstring name;
  int32_t (*register_module)(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*) = nullptr;
  IHttpModuleFactory* factory = nullptr;
  CGlobalModule* global = nullptr;
  uint32_t notifications = 0;
  uint32_t post_notifications = 0;
  uint32_t global_notifications = 0;
  uint8_t priority[trace::kNotificationCount] = {};  // 0 FIRST to 4 LAST
  uint8_t post_priority[trace::kNotificationCount] = {};
  uint8_t global_priority[trace::kGlobalNotificationCount] = {};
};

// What of that decides who is notified when.
struct Registered {
  bool has_factory = false;
  uint32_t notifications = 0;
  uint32_t post_notifications = 0;
  std::array<uint8_t, size_t{2} * trace::kNotificationCount> priorities{};
  friend bool operator==(const Registered&, const Registered&) = default;
};

// One step of the pipeline: a notification delivered to a module. Of four bytes, since there is no
// quick division by three.
struct alignas(4) Step {
  trace::Notification notification;
  bool post;
  uint8_t module;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_REQUEST_STATE_H_

#include "harness/host/lifetime.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "harness/host/body.h"
#include "harness/host/call_module.h"
#include "harness/host/client.h"
#include "harness/host/context.h"
#include "harness/host/global.h"
#include "harness/host/insertion.h"
#include "harness/host/mutant.h"
#include "harness/host/providers.h"
#include "harness/host/request.h"
#include "harness/host/response.h"
#include "harness/host/send.h"

namespace pendulum::host {
namespace {

constexpr size_t kRememberedPieces = 64;

class Allocator final : public IModuleAllocator {
 public:
  explicit Allocator(Request* request) : request_(request) {}
  VOID* AllocateMemory(DWORD cbAllocation) override {
    win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
    return GiveRequestMemory(request_, cbAllocation,
                             trace::Method::kIModuleAllocator_AllocateMemory);
  }

 private:
  Request* request_;
};

uint16_t RequestFlags(const Request& request) {
  const HostSettings& host = request.world->scenario.host;
  const RequestDescription& description = *request.description;
  uint16_t flags = 0;
  if (host.response_buffering) flags |= trace::kBufferingOn;
  if (request.body.total() != 0) flags |= trace::kHasBody;
  if (description.framing == BodyFraming::kChunked) flags |= trace::kChunkedBody;
  if (description.client.disconnect != DisconnectWhen::kNever) flags |= trace::kClientMayLeave;
  if (host.memory_faults || host.network_faults) flags |= trace::kFaults;
  if (description.method == "HEAD") flags |= trace::kHeadRequest;
  if (description.url.find('?') != std::string::npos) flags |= trace::kHasQuery;
  if (host.response_buffer_limit_bytes != kDefaultBufferLimitBytes) {
    flags |= trace::kLimitConfigured;
  }
  return flags;
}

void ResetBody(Request* request, const std::vector<uint8_t>& bytes) {
  RequestBody& body = request->body;
  body.bytes = &bytes;
  body.arrived = body.next_piece = body.handed = 0;
  body.inserted.clear();
  body.inserted_offset = 0;
  body.entity = nullptr;
  body.entity_bytes = body.entity_buffer_bytes = 0;
  body.handed_digest = {};
  body.insertions.clear();
  body.back = {};
}

void ResetClient(ClientState* client) {
  client->connected = true;
  client->response_complete = false;
  client->received.clear();
  client->header_bytes = client->body_bytes = 0;
  client->digest = {};
  client->arrival = client->disconnect = sched::kNoTransition;
}

void RecordDigest(Request* request, const trace::Digest& digest, uint16_t stream) {
  request->world->Record(trace::EventKind::kBodyBytes, request, trace::kNone8, trace::kNone16,
                         digest.value(), digest.bytes(), stream);
}

// Pairs of digests over the same number of bytes: what the module read against what the client
// sent, and what the client received against what the module gave.
void RecordDigests(Request* request) {
  const RequestBody& body = request->body;
  const bool as_sent = body.back.expected_bytes == 0 && body.entity == nullptr;
  if (body.handed_digest.bytes() != 0 && body.inserted.empty() && as_sent) {
    trace::Digest sent = request->world->body_digests[request->index];
    if (body.handed != body.total()) {
      sent = {};
      sent.Add({body.bytes->data(), body.handed});
    }
    RecordDigest(request, body.handed_digest, 0);
    RecordDigest(request, sent, 1);
  }
  const ResponseState& response = request->response;
  if (response.given_known && request->client.digest.bytes() != 0) {
    RecordDigest(request, response.given, 2);
    RecordDigest(request, request->client.digest, 3);
  }
}

void DisposeModules(Request* request) {
  World& world = *request->world;
  for (size_t i = 0; i < world.modules.size(); ++i) {
    CHttpModule* module = request->modules[i];
    if (module == nullptr || Mutant(kDisposeMissed)) continue;
    if (!Mutant(kCompletionAfterEnd) && !Mutant(kDisposeEarly)) request->modules[i] = nullptr;
    win32::boundary.module_of[world.scheduler.current()] = static_cast<uint8_t>(i);
    CallModule(&world, request, [module] { module->Dispose(); });
    if (Mutant(kDisposeTwice)) {
      world.Record(trace::EventKind::kModuleDisposed, request, static_cast<uint8_t>(i),
                   trace::kNone16);
    }
    world.Record(trace::EventKind::kModuleDisposed, request, static_cast<uint8_t>(i),
                 trace::kNone16);
    if (world.scheduler.draining()) return;
  }
}

}  // namespace

void* GiveRequestMemory(Request* request, uint32_t bytes, trace::Method method) {
  World& world = *request->world;
  const bool zero = world.scenario.host.zero_request_memory;
  auto* memory = static_cast<uint8_t*>(request->memory.Allocate(bytes, zero ? 0 : 0xCD));
  if (Mutant(kMemoryGivenTwice) && !request->given_memory.empty()) {
    memory = const_cast<uint8_t*>(request->given_memory.front().data());
  }
  const std::span<const uint8_t> piece(memory, bytes);
  const auto overlaps = [&](std::span<const uint8_t> other) {
    return piece.data() < other.data() + other.size() && other.data() < piece.data() + bytes;
  };
  const bool given =
      std::any_of(request->given_memory.begin(), request->given_memory.end(), overlaps);
  if (request->given_memory.size() < kRememberedPieces) request->given_memory.push_back(piece);
  const sched::WorkerId worker = world.scheduler.current();
  world.Record(trace::EventKind::kMemoryAllocated, request,
               worker == sched::kNoWorker ? trace::kNone8 : win32::boundary.module_of[worker],
               trace::kNone16, bytes, given ? 1 : 0, static_cast<uint16_t>(method));
  return memory;
}

void ResetRequest(Request* request, const RequestDescription& description,
                  const std::vector<uint8_t>& body) {
  request->description = &description;
  request->began = request->ended = request->full_duplex = false;
  request->pending_count = PendingCount::kNotChosen;
  request->url_changed = request->disposing = request->handled = false;
  request->start_ms = 0;
  request->given_memory.clear();
  request->deliveries = 0;
  request->step = 0;
  request->delivery = {};
  request->next_serial = 1;
  std::memset(request->disabled, 0, sizeof(request->disabled));
  std::memset(request->disabled_post, 0, sizeof(request->disabled_post));
  std::memset(request->modules, 0, sizeof(request->modules));
  request->memory.Reset();
  request->variables.clear();
  request->user = nullptr;
  request->users_set = request->script_maps_set = 0;
  request->certificate_negotiated = false;
  request->script_map = nullptr;
  ResetBody(request, body);
  ResetClient(&request->client);
  ResetResponse(request);
  request->request->Reset();
  World* world = request->world;
  request->contexts.slots.Reset(world, request, 1 + request->index);
  request->named_contexts.Reset(world, request, 11 + request->index);
  request->url_contexts.slots.Reset(world, request, 21 + request->index);
  request->metadata_contexts.slots.Reset(world, request, 31 + request->index);
  request->file_contexts.slots.Reset(world, request, 41 + request->index);
}

void AnnounceRequest(Request* request) {
  World& world = *request->world;
  assert(!request->began);
  request->began = true;
  request->start_ms = world.scheduler.now_ms();
  const bool chunked = request->description->framing == BodyFraming::kChunked;
  world.Record(trace::EventKind::kRequestBegan, request, trace::kNone8, trace::kNone16,
               chunked ? trace::kUnknownLength : request->body.total(),
               world.scenario.host.response_buffer_limit_bytes, RequestFlags(*request));
  StartClient(request);
  PreBeginProvider provider(request);
  if (Mutant(kPreBeginLate)) return;
  RaiseGlobal(&world, trace::GlobalNotification::kPreBeginRequest, request, &provider);
}

bool CreateModules(Request* request) {
  World& world = *request->world;
  Allocator allocator(request);
  for (size_t i = 0; i < world.modules.size(); ++i) {
    IHttpModuleFactory* factory = world.modules[i].factory;
    if (factory == nullptr) continue;
    const sched::WorkerId worker = world.scheduler.current();
    win32::boundary.module_of[worker] = static_cast<uint8_t>(i);
    win32::boundary.request_of[worker] = request->index;
    CHttpModule* module = nullptr;
    HRESULT result = E_FAIL;
    IModuleAllocator* given = Mutant(kAllocatorMissing) ? nullptr : &allocator;
    CallModule(&world, request, [&] { result = factory->GetHttpModule(&module, given); });
    world.Record(trace::EventKind::kModuleCreated, request, static_cast<uint8_t>(i), trace::kNone16,
                 static_cast<uint32_t>(result),
                 (module != nullptr ? 1 : 0) | (given != nullptr ? 2 : 0));
    if (world.scheduler.draining()) return true;
    if ((FAILED(result) || module == nullptr) && Mutant(kFactoryFailureIgnored)) continue;
    if (FAILED(result) || module == nullptr) {
      FailRequest(request);
      return false;
    }
    request->modules[i] = module;
  }
  return true;
}

void ReleaseUser(Request* request) {
  IHttpUser* user = request->user;
  if (user == nullptr) return;
  request->user = nullptr;
  CallModule(request->world, request, [user] { user->DereferenceUser(); });
  request->world->Record(trace::EventKind::kUserReleased, request, trace::kNone8, trace::kNone16,
                         request->users_set);
}

void EndRequest(Request* request) {
  World& world = *request->world;
  if (request->disposing) return;
  request->disposing = true;
  request->order.handled.After();
  if (Mutant(kPreBeginLate)) {
    PreBeginProvider provider(request);
    RaiseGlobal(&world, trace::GlobalNotification::kPreBeginRequest, request, &provider);
  }
  if (Mutant(kDisposeEarly)) DisposeModules(request);
  FinishResponse(request);
  if (world.scheduler.draining()) return;
  StopClient(request);
  CheckInsertions(request);
  if (!Mutant(kDisposeEarly)) DisposeModules(request);
  if (world.scheduler.draining()) return;
  if (!Mutant(kRequestContextsKept)) request->contexts.slots.Cleanup();
  if (!Mutant(kNamedContextsKept)) request->named_contexts.Cleanup();
  request->url_contexts.slots.Cleanup();
  request->metadata_contexts.slots.Cleanup();
  request->file_contexts.slots.Cleanup();
  if (world.scheduler.draining()) return;
  ReleaseUser(request);
  RecordDigests(request);
  world.Record(trace::EventKind::kRequestEnded, request, trace::kNone8, trace::kNone16);
  if (Mutant(kRequestEndsTwice)) {
    world.Record(trace::EventKind::kRequestEnded, request, trace::kNone8, trace::kNone16);
  }
  request->ended = true;
  if (request->response.need_disconnect) Disconnect(request, true);
  world.connections[request->connection].order.Before();
  request->memory.Retire();
  BodyChanged(request);  // who still waits in a read goes on, to meet the tombstone
  EndOnConnection(request);
}

}  // namespace pendulum::host

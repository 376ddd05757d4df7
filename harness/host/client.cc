#include "harness/host/client.h"

#include <algorithm>
#include <cassert>

#include "harness/host/body.h"
#include "harness/host/global.h"
#include "harness/host/lifetime.h"
#include "harness/host/pipeline.h"
#include "harness/host/send.h"

namespace pendulum::host {
namespace {

// Body pieces and the client's departure are transitions that the strategy places.
void PostArrival(Request* request);
void PostDisconnect(Request* request);

uint32_t PieceBytes(const Request& request) {
  const std::vector<uint32_t>& sizes = request.description->client.arrival_bytes;
  const uint32_t left = request.body.total() - request.body.arrived;
  if (sizes.empty()) return left;
  const size_t index = std::min<size_t>(request.body.next_piece, sizes.size() - 1);
  return std::min(left, std::max<uint32_t>(sizes[index], 1));
}

void ArriveNow(Request* request) {
  RequestBody& body = request->body;
  const uint32_t bytes = PieceBytes(*request);
  ++body.next_piece;
  body.arrived += bytes;
  assert(body.arrived <= body.total());
  request->world->Record(trace::EventKind::kClientSent, request, trace::kNone8, trace::kNone16,
                         bytes, body.arrived, body.all_arrived() ? 1 : 0);
}

bool DisconnectEnabled(const Request& request) {
  const RequestBody& body = request.body;
  const ClientState& client = request.client;
  if (!client.connected || client.response_complete || request.world->faults_over) return false;
  switch (request.description->client.disconnect) {
    case DisconnectWhen::kNever:
      return false;
    case DisconnectWhen::kAnyTime:
    case DisconnectWhen::kBeforeBody:
      return true;
    case DisconnectWhen::kDuringBody:
      return body.arrived * 2 >= body.total();
    case DisconnectWhen::kAfterBody:
      return body.all_arrived() && client.header_bytes == 0;
    case DisconnectWhen::kDuringResponse:
      return client.header_bytes != 0;
  }
  return false;
}

// Whether the client sends the next piece: one that leaves during the body stops there.
bool ArrivalEnabled(const Request& request) {
  const RequestBody& body = request.body;
  if (!request.client.connected || body.all_arrived()) return false;
  if (request.world->faults_over) return true;
  switch (request.description->client.disconnect) {
    case DisconnectWhen::kBeforeBody:
      return false;
    case DisconnectWhen::kDuringBody:
      return body.arrived * 2 < body.total();
    default:
      return true;
  }
}

void Arrive(void* argument, uint32_t) {
  auto* request = static_cast<Request*>(argument);
  request->world->Touch(request);
  request->client.arrival = sched::kNoTransition;
  if (request->ended || !request->client.connected) return;
  ArriveNow(request);
  PostArrival(request);
  PostDisconnect(request);
  BodyChanged(request);
}

void PostArrival(Request* request) {
  ClientState& client = request->client;
  if (client.arrival != sched::kNoTransition || !ArrivalEnabled(*request)) return;
  client.arrival =
      request->world->scheduler.Post(&Arrive, request, 0, request->index, sched::kNoOperation);
}

void Leave(void* argument, uint32_t) {
  auto* request = static_cast<Request*>(argument);
  request->world->Touch(request);
  request->client.disconnect = sched::kNoTransition;
  if (!request->ended) Disconnect(request, false);
}

void PostDisconnect(Request* request) {
  ClientState& client = request->client;
  if (client.disconnect != sched::kNoTransition || !DisconnectEnabled(*request)) return;
  client.disconnect =
      request->world->scheduler.Post(&Leave, request, 0, request->index, sched::kNoOperation);
}

// The server dropped the connection of the request before: what would have followed on it comes on
// a new one.
void Reconnect(World* world, int first) {
  const uint8_t old = world->requests[static_cast<size_t>(first)]->connection;
  for (int i = first; i < world->request_count; ++i) {
    Request& request = *world->requests[static_cast<size_t>(i)];
    if (request.connection == old) request.connection = static_cast<uint8_t>(first);
  }
}

// A job may begin only when the run is already being ended: it does nothing then.
void NotifyJob(void* argument) {
  auto* connection = static_cast<Connection*>(argument);
  World* world = connection->contexts.slots.world();
  world->started.After();
  connection->contexts.slots.AfterSet();
  if (world->scheduler.draining()) return;
  win32::TouchWin32();
  connection->contexts.NotifyDisconnect(world->requests[connection->last_request].get());
}

void RequestJob(void* argument) {
  auto* request = static_cast<Request*>(argument);
  const sched::Scheduler& scheduler = request->world->scheduler;
  request->world->started.After();
  request->world->connections[request->connection].order.After();
  request->world->Touch(request);
  if (!scheduler.draining()) AnnounceRequest(request);
  if (!scheduler.draining()) BeginRequest(request);
  CleanUpThread(request->world);
}

}  // namespace

void StartClient(Request* request) {
  // A body that comes in one piece comes with the headers.
  const ClientBehaviour& behaviour = request->description->client;
  if (behaviour.arrival_bytes.empty() && request->body.total() != 0 && ArrivalEnabled(*request) &&
      behaviour.disconnect != DisconnectWhen::kDuringBody) {
    ArriveNow(request);
  }
  PostArrival(request);
  PostDisconnect(request);
}

void EndFaults(World* world) {
  world->faults_over = true;
  for (int i = 0; i < world->request_count; ++i) {
    Request* request = world->requests[static_cast<size_t>(i)].get();
    if (!request->began || request->ended) continue;
    sched::TransitionId& leaving = request->client.disconnect;
    if (leaving != sched::kNoTransition) world->scheduler.Cancel(leaving);
    leaving = sched::kNoTransition;
    PostArrival(request);
  }
}

void StopClient(Request* request) {
  ClientState& client = request->client;
  sched::Scheduler& scheduler = request->world->scheduler;
  if (client.arrival != sched::kNoTransition) scheduler.Cancel(client.arrival);
  if (client.disconnect != sched::kNoTransition) scheduler.Cancel(client.disconnect);
  client.arrival = client.disconnect = sched::kNoTransition;
}

void Disconnect(Request* request, bool by_module) {
  if (!request->client.connected) return;
  World& world = *request->world;
  request->client.connected = false;
  Connection& connection = world.connections[request->connection];
  connection.connected = false;
  connection.last_request = request->index;
  StopClient(request);
  world.Record(trace::EventKind::kClientDisconnected, request, trace::kNone8, trace::kNone16, 0, 0,
               by_module ? 1 : 0);
  BodyChanged(request);
  if ((!connection.notified || Mutant(kDisconnectToldTwice)) &&
      !connection.contexts.slots.empty()) {
    connection.notified = true;
    world.StartWorker("disconnect", &NotifyJob, &connection, nullptr);
  }
}

void Receive(Request* request, const uint8_t* headers, uint32_t header_bytes) {
  ClientState& client = request->client;
  assert(client.header_bytes == 0);
  client.received.insert(client.received.end(), headers, headers + header_bytes);
  client.header_bytes = header_bytes;
}

void ReceiveBody(Request* request, const uint8_t* data, uint32_t bytes) {
  ClientState& client = request->client;
  client.received.insert(client.received.end(), data, data + bytes);
  client.body_bytes += bytes;
  client.digest.Add({data, bytes});
}

void RecordReceived(Request* request, uint32_t body_bytes, bool headers, bool complete) {
  if (complete) request->client.response_complete = true;
  request->world->Record(trace::EventKind::kClientReceived, request, trace::kNone8, trace::kNone16,
                         body_bytes, request->client.body_bytes,
                         static_cast<uint16_t>((headers ? 1 : 0) | (complete ? 2 : 0)));
  PostDisconnect(request);
}

void EndOnConnection(Request* request) {
  World& world = *request->world;
  const int next = request->index + 1;
  if (next < world.request_count &&
      world.requests[static_cast<size_t>(next)]->connection == request->connection) {
    if (!world.connections[request->connection].connected) Reconnect(&world, next);
    StartRequest(world.requests[static_cast<size_t>(next)].get());
  }
}

void StartRequest(Request* request) {
  request->world->StartWorker("request", &RequestJob, request, request);
}

// What has stayed open is closed when the server stops.
void EndConnections(World* world) {
  for (int i = 0; i < world->request_count; ++i) {
    Connection& connection = world->connections[static_cast<size_t>(i)];
    connection.contexts.NotifyDisconnect(nullptr);
    if (world->scheduler.draining()) return;
    connection.contexts.slots.Cleanup();
    if (world->scheduler.draining()) return;
  }
}

}  // namespace pendulum::host

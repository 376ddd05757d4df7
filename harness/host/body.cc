#include "harness/host/body.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "harness/host/deviation.h"
#include "harness/host/global.h"
#include "harness/host/insertion.h"
#include "harness/host/pipeline.h"
#include "harness/host/providers.h"
#include "harness/platform/sanitizer.h"

namespace pendulum::host {
namespace {

using sched::Question;

uint32_t InsertedBytes(const RequestBody& body) {
  uint32_t bytes = 0;
  for (const auto& [data, count] : body.inserted) bytes += count;
  return bytes - body.inserted_offset;
}

// Bytes that a read can have now.
uint32_t AvailableBytes(const Request& request) {
  const RequestBody& body = request.body;
  return InsertedBytes(body) + body.entity_bytes + (body.arrived - body.handed);
}

// Whether a read that wants at least `least` bytes can complete, with whatever status.
bool CanComplete(const Request& request, uint32_t least) {
  return AvailableBytes(request) >= least || request.body.all_arrived() ||
         !request.client.connected;
}

uint32_t LeastBytes(bool fill, uint32_t buffer_bytes) {
  return fill && !Mutant(kReadFillIgnored) ? buffer_bytes : 1;
}

// Moves up to `bytes` bytes into `buffer`: inserted ones first, then what a RQ_READ_ENTITY handler
// put in place, then what the client sent.
void Take(Request* request, uint8_t* buffer, uint32_t bytes) {
  RequestBody& body = request->body;
  while (bytes > 0 && !body.inserted.empty()) {
    const auto [data, count] = body.inserted.front();
    const uint32_t part = std::min(bytes, count - body.inserted_offset);
    std::memcpy(buffer, data + body.inserted_offset, part);
    body.inserted_offset += part;
    buffer += part;
    bytes -= part;
    if (body.inserted_offset < count) return;
    body.inserted.erase(body.inserted.begin());
    body.inserted_offset = 0;
  }
  const uint32_t from_entity = std::min(bytes, body.entity_bytes);
  if (from_entity > 0) {
    std::memcpy(buffer, body.entity, from_entity);
    body.entity = static_cast<uint8_t*>(body.entity) + from_entity;
    body.entity_bytes -= from_entity;
    buffer += from_entity;
    bytes -= from_entity;
  }
  assert(bytes <= body.arrived - body.handed);
  if (Mutant(kReadDataLate)) body.handed_digest.Add({buffer, bytes});
  if (bytes > 0) std::memcpy(buffer, body.bytes->data() + body.handed, bytes);
  if (Mutant(kReadByteChanged) && bytes > 0) buffer[bytes - 1] ^= 1;
  if (Mutant(kReadDataSwapped) && bytes > 1) std::swap(buffer[0], buffer[bytes - 1]);
  if (!Mutant(kReadDataLate)) body.handed_digest.Add({buffer, bytes});
  body.handed += bytes;
  if (Mutant(kReadByteSkipped) && body.handed < body.arrived) ++body.handed;
  if (Mutant(kReadByteTwice) && bytes > 1) --body.handed;
}

// How many of the bytes that are there a read gets: all, one, or half.
uint32_t ChooseBytes(const Request& request, uint32_t most, uint16_t operation, bool fill) {
  if (fill || most <= 1 || !request.world->scenario.host.partial_reads) return most;
  const uint32_t answers = most == 2 ? 2 : 3;
  switch (request.world->Choose(Question::kBytes, answers, &request, operation)) {
    case 1:
      return 1;
    case 2:
      return most / 2;
    default:
      return most;
  }
}

struct ReadOutcome {
  HRESULT status = S_OK;
  uint32_t bytes = 0;
};

// What a read yields now. CanComplete must hold.
ReadOutcome Outcome(Request* request, uint8_t* buffer, uint32_t buffer_bytes, uint16_t operation,
                    bool fill, bool end_is_error) {
  World& world = *request->world;
  const uint32_t available = AvailableBytes(*request);
  if (Mutant(kReadZeroEarly) && available > 1) return {S_OK, 0};
  if (Mutant(kReadEndEarly) && available > 1) return {kErrorHandleEof, 0};
  if (available == 0) {
    if (Mutant(kReadEndOtherFailure)) return {E_FAIL, 0};
    if (!request->client.connected && !request->body.all_arrived()) return {kErrorDisconnected, 0};
    const bool zero_bytes =
        !end_is_error && world.Second(world.scenario.host.end_of_body, request, operation);
    return {zero_bytes ? S_OK : kErrorHandleEof, 0};
  }
  if (world.scenario.host.network_faults &&
      world.Choose(Question::kStatus, 2, request, operation) == 1) {
    return {kErrorDisconnected, 0};
  }
  uint32_t bytes = ChooseBytes(*request, std::min(available, buffer_bytes), operation, fill);
  win32::TouchMemory(buffer, bytes, true);
  Take(request, buffer, bytes);
  NoteBytesRead(request, buffer, bytes);
  if (Mutant(kReadCountRequested)) bytes = buffer_bytes;
  return {S_OK, bytes};
}

// The transition of a pending read.
void CompleteRead(void* argument, uint32_t) {
  auto* operation = static_cast<Operation*>(argument);
  operation->transition = sched::kNoTransition;
  Request* request = operation->request;
  World& world = *operation->world;
  world.Touch(request);
  if (operation->cancelled) {
    operation->guard.Release();
    operation->completion_status = kErrorAborted;
    StartDelivery(operation);
    return;
  }
  // Another read may have taken what this one was enabled for.
  const uint32_t least = LeastBytes(operation->fill, operation->buffer_bytes);
  if (!request->ended && !CanComplete(*request, least)) return;
  operation->guard.Release();
  const auto fault = operation->guard.Check(world.scheduler);
  if (fault) {
    world.Record(trace::EventKind::kMemoryViolated, request, operation->module, operation->id, 0,
                 static_cast<uint32_t>(*fault));
  }
  // Memory that is gone is not written to: the finding stands, and the run goes on in one piece.
  std::vector<uint8_t>& scratch = world.scratch;
  if (fault && scratch.size() < operation->buffer_bytes) scratch.resize(operation->buffer_bytes);
  uint8_t* buffer = fault ? scratch.data() : operation->buffer;
  const ReadOutcome outcome = request->ended ? ReadOutcome{kErrorAborted, 0}
                                             : Outcome(request, buffer, operation->buffer_bytes,
                                                       operation->id, operation->fill, false);
  operation->completion_status = outcome.status;
  operation->completion_bytes = outcome.bytes;
  operation->buffer_filled = !fault;
  StartDelivery(operation);
}

void EnableRead(Operation* operation) {
  operation->world->Touch(operation->request);
  if (operation->transition != sched::kNoTransition) return;
  const uint32_t least = LeastBytes(operation->fill, operation->buffer_bytes);
  if (!operation->cancelled && !CanComplete(*operation->request, least)) return;
  operation->transition = operation->world->scheduler.Post(
      &CompleteRead, operation, 0, operation->request->index, operation->id);
}

// RQ_READ_ENTITY comes for every read, also when nothing is left.
void RaiseReadEntity(Request* request) {
  if (request->world->read_steps.empty()) return;
  ReadEntityProvider provider(request);
  RaiseNested(request, trace::Notification::kReadEntity, &provider);
}

uint16_t CallFlags(const Request& request, const ReadCall& read) {
  auto flags = static_cast<uint16_t>(trace::OperationKind::kReadEntityBody);
  if (read.async) flags |= trace::kAsync;
  if (read.pending == nullptr) flags |= trace::kPendingFlagNull;
  if (read.count == nullptr) flags |= trace::kCountNull;
  if (read.buffer == nullptr) flags |= trace::kBufferNull;
  if (read.with_routine) flags |= trace::kWithRoutine;
  if (read.callback != nullptr) flags |= trace::kRoutineGiven;
  if (request.world->scheduler.StackOwner(read.buffer) != sched::kNoWorker) {
    flags |= trace::kOnStack;
  }
  return flags;
}

// Waits, as a synchronous read does, until something can be had.
bool WaitForBody(Request* request, uint32_t least, Entry* entry) {
  World& world = *request->world;
  while (!request->ended && !CanComplete(*request, least)) {
    win32::Touch(sched::ObjectKind::kGlobalHost, 0);
    world.body_waiters |= uint64_t{1} << world.scheduler.current();
    const auto cause = entry->Block(trace::Method::kIHttpRequest_ReadEntityBody,
                                    {.what = "ReadEntityBody"}, sched::kForever);
    world.Touch(request);
    if (cause == sched::WakeCause::kDraining) return false;
  }
  return true;
}

HRESULT ReadInline(Request* request, const ReadCall& read, Entry* entry) {
  auto* buffer = static_cast<uint8_t*>(read.buffer);
  // Without a flag an inline success can't be told from a pending read: the end is then an error.
  const bool end_is_error = read.async && read.pending == nullptr;
  const ReadOutcome outcome =
      Outcome(request, buffer, read.buffer_bytes, read.id, read.fill, end_is_error);
  platform::NoteWrite(buffer, outcome.bytes);
  return ReturnFromCall(request, read, {.status = outcome.status, .count = outcome.bytes}, entry);
}

HRESULT ReadPending(Request* request, const ReadCall& read, Entry* entry) {
  World& world = *request->world;
  Operation* operation =
      world.NewOperation(request, trace::OperationKind::kReadEntityBody, read.id);
  if (operation == nullptr) {
    return ReturnFromCall(request, read, MemoryShort(), entry);
  }
  operation->buffer = static_cast<uint8_t*>(read.buffer);
  operation->buffer_bytes = read.buffer_bytes;
  operation->fill = read.fill;
  operation->null_flag = read.pending == nullptr;
  operation->callback = read.callback;
  operation->callback_context = operation->given_context = read.callback_context;
  operation->guard.Begin(world.scheduler, read.buffer, read.buffer_bytes, nullptr);
  operation->guard.Poison(world.scheduler);
  world.stack_is_poisoned |= operation->guard.on_stack();
  const PendingCount left =
      ChoosePendingCount(request, operation->kind, read.count != nullptr, read.id);
  // The completion may come before this call has returned, even before its out-parameters are set.
  EnableRead(operation);
  if (CompletesWithinCall(operation->kind) && operation->transition != sched::kNoTransition) {
    world.scheduler.Cancel(operation->transition);
    CompleteRead(operation, 0);
  }
  return ReturnFromCall(request, read, {.count = read.buffer_bytes, .pending = true, .left = left},
                        entry);
}

}  // namespace

HRESULT ReadEntityBody(Request* request, ReadCall read, Entry* entry) {
  World& world = *request->world;
  read.id = world.NextOperationId();
  read.module = win32::boundary.module_of[world.scheduler.current()];
  world.Record(trace::EventKind::kOperationCalled, request, read.module, read.id, read.buffer_bytes,
               0, CallFlags(*request, read));
  if ((read.buffer == nullptr || read.buffer_bytes == 0) && !Mutant(kReadNullBufferAccepted)) {
    return ReturnFromCall(request, read, {.status = kErrorInvalidParameter}, entry);
  }
  if (world.MemoryFault(request, read.id)) {
    return ReturnFromCall(request, read, MemoryShort(), entry);
  }
  if (!Mutant(kReadEntityMissed)) RaiseReadEntity(request);
  if (world.scheduler.draining() || request->ended) return kErrorEnded;
  const uint32_t least = LeastBytes(read.fill, read.buffer_bytes);
  const bool ready = CanComplete(*request, least);
  if (!read.async) {
    if (!ready && !Mutant(kReadSyncNeverWaits) && !WaitForBody(request, least, entry))
      return kErrorEnded;
    return request->ended ? kErrorEnded : ReadInline(request, read, entry);
  }
  if (!ready) return ReadPending(request, read, entry);
  const bool pending = world.GoesPending(request, read.id);
  // Without a flag the module can't be told of an inline success: a completion always comes (D4).
  const bool succeeding = AvailableBytes(*request) != 0;
  if (pending || (read.pending == nullptr && succeeding)) return ReadPending(request, read, entry);
  return ReadInline(request, read, entry);
}

uint32_t RemainingBytes(const Request& request) {
  const RequestBody& body = request.body;
  if (Mutant(kRemainingNotReduced)) return body.total();
  if (Mutant(kRemainingTooMany)) return body.total() - body.handed + 1;
  if (Mutant(kRemainingArrivedOnly)) return AvailableBytes(request);
  const uint32_t extra = InsertedBytes(body) + body.entity_bytes;
  if (request.description->framing == BodyFraming::kChunked) {
    const bool over = body.all_arrived() && body.handed == body.total();
    return over || Mutant(kRemainingChunkedZero) ? extra : trace::kUnknownLength;
  }
  return extra + body.total() - body.handed;
}

void BodyChanged(Request* request) {
  World& world = *request->world;
  for (Operation& operation : world.used_operations()) {
    if (operation.phase == OperationPhase::kPending && operation.request == request &&
        operation.kind == trace::OperationKind::kReadEntityBody) {
      EnableRead(&operation);
    }
  }
  win32::Touch(sched::ObjectKind::kGlobalHost, 0, world.body_waiters != 0);
  for (uint64_t waiters = world.body_waiters; waiters != 0; waiters &= waiters - 1) {
    world.scheduler.Wake(static_cast<sched::WorkerId>(std::countr_zero(waiters)));
  }
  world.body_waiters = 0;
}

void StartDelivery(Operation* operation) {
  // No page says what the count of a failed operation is: the worst is the one that was asked for.
  if (FAILED(operation->completion_status) &&
      operation->world->scenario.host.poison_out_parameters) {
    operation->completion_bytes = operation->buffer_bytes;
  }
  if (DeviateDelivery(operation)) return;
  Request* request = operation->request;
  if (CompletesWithinCall(operation->kind) &&
      operation->world->scheduler.current() != sched::kNoWorker) {
    operation->phase = OperationPhase::kDelivering;
    ++request->deliveries;
    DeliverCompletion(operation);
    return;
  }
  const bool wait =
      !operation->world->scenario.host.concurrent_completions && request->deliveries > 0;
  operation->phase = wait ? OperationPhase::kQueued : OperationPhase::kDelivering;
  if (wait) return;
  ++request->deliveries;
  operation->world->StartWorker(
      "completion",
      [](void* argument) {
        auto* completed = static_cast<Operation*>(argument);
        World* world = completed->world;
        DeliverCompletion(completed);
        CleanUpThread(world);
      },
      operation, request);
}

void EndDelivery(Operation* operation) {
  World& world = *operation->world;
  Request* request = operation->request;
  world.FreeOperation(operation);
  --request->deliveries;
  Operation* next = nullptr;
  for (Operation& other : world.used_operations()) {
    if (other.phase != OperationPhase::kQueued || other.request != request) continue;
    if (next == nullptr || other.id < next->id) next = &other;
  }
  if (next != nullptr) StartDelivery(next);
}

}  // namespace pendulum::host

#include "harness/host/send.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "harness/host/body.h"
#include "harness/host/chunks.h"
#include "harness/host/client.h"
#include "harness/host/deviation.h"
#include "harness/host/pipeline.h"
#include "harness/host/providers.h"
#include "harness/host/response.h"

namespace pendulum::host {
namespace {

using sched::Question;

void RecordCall(Request* request, SendCall* call, uint16_t flags) {
  World& world = *request->world;
  call->id = world.NextOperationId();
  call->module = win32::boundary.module_of[world.scheduler.current()];
  flags |= static_cast<uint16_t>(call->kind);
  if (call->async) flags |= trace::kAsync;
  if (call->more_data) flags |= trace::kMoreData;
  if (call->pending == nullptr) flags |= trace::kPendingFlagNull;
  if (call->count == nullptr) flags |= trace::kCountNull;
  if (call->with_routine) flags |= trace::kWithRoutine;
  if (call->callback != nullptr) flags |= trace::kRoutineGiven;
  if (call->in_front) flags |= trace::kInFront;
  world.Record(trace::EventKind::kOperationCalled, request, call->module, call->id,
               call->call_bytes, call->chunk_count, flags);
}

HRESULT Return(Request* request, const SendCall& call, const CallReturn& result, Entry* entry) {
  if (SUCCEEDED(result.status) && !call.more_data && !Mutant(kLastDataForgotten)) {
    request->response.last_said = true;
  }
  return ReturnFromCall(request, call, result, entry);
}

// Raises RQ_SEND_RESPONSE before anything goes out. False when the run or the request ended in it.
bool RaiseSendResponse(Request* request, bool more_data) {
  World& world = *request->world;
  ResponseState& response = request->response;
  if (!world.send_steps.empty() && !response.in_send_response && !Mutant(kSendResponseMissed)) {
    response.in_send_response = true;
    SendResponseProvider provider(request, more_data);
    RaiseNested(request, trace::Notification::kSendResponse, &provider);
    response.in_send_response = false;
  }
  return !world.scheduler.draining() && !request->ended;
}

// Takes all chunks of the response as segments to send, oldest first.
void Gather(Request* request, std::vector<Segment>* segments) {
  World& world = *request->world;
  ResponseState& response = request->response;
  segments->clear();
  for (int i = 0; i < response.raw.EntityChunkCount; ++i) {
    Segment segment;
    const HTTP_DATA_CHUNK& chunk = response.raw.pEntityChunks[i];
    if (!ChunkBytes(&world, chunk, &segment.data, &segment.bytes)) continue;
    if (Mutant(kFileOffsetIgnored) && chunk.DataChunkType == HttpDataChunkFromFileHandle) {
      segment.data -= chunk.FromFileHandle.ByteRange.StartingOffset.QuadPart;
    }
    for (const Reference& reference : response.references) {
      if (reference.memory == segment.data && reference.segment.bytes == segment.bytes) {
        segment = reference.segment;
        break;
      }
    }
    if (Mutant(kSendByteDropped) && segment.bytes > 1) --segment.bytes;
    segments->push_back(segment);
    if (Mutant(kSendChunkTwice) && i == 0) segments->push_back(segment);
  }
  if (Mutant(kSendChunkSkipped) && segments->size() > 1) segments->pop_back();
  if (Mutant(kSendOrderReversed)) std::reverse(segments->begin(), segments->end());
  if (!Mutant(kSendKeepsChunks)) response.chunks.clear();
  response.references.clear();
  ShowChunks(&response);
  response.buffered_bytes = 0;
  response.given_sent = response.given;
  response.given_pieces.clear();
}

uint32_t TotalBytes(const std::vector<Segment>& segments) {
  uint32_t bytes = 0;
  for (const Segment& segment : segments) bytes += segment.bytes;
  return bytes;
}

// The bytes reach the client, if it is still there. Headers go first.
void Transfer(Request* request, const std::vector<Segment>& segments) {
  World& world = *request->world;
  uint32_t sent = 0;
  const bool headers = request->client.connected && !request->response.headers_suppressed &&
                       request->client.header_bytes == 0 && !Mutant(kHeadersMissing);
  if (headers) SendHeaders(request);
  for (const Segment& segment : segments) {
    const auto fault = segment.guard.Check(world.scheduler);
    if (fault) {
      world.Record(trace::EventKind::kMemoryViolated, request, request->delivery.module,
                   segment.operation, 0, static_cast<uint32_t>(*fault));
    }
    if (!request->client.connected && !Mutant(kSentAfterDisconnect)) continue;
    if (request->description->method == "HEAD" && !Mutant(kHeadHasBody)) continue;
    ReceiveBody(request, segment.data, segment.bytes);
    sent += segment.bytes;
  }
  if ((request->client.connected && headers) || sent > 0) {
    RecordReceived(request, sent, headers, Mutant(kFlushEndsResponse));
  }
}

// How a send ends: the client may have gone, the network may fail.
HRESULT SendStatus(Request* request, uint16_t operation) {
  World& world = *request->world;
  if (!request->client.connected) {
    const Choice choice = world.scenario.host.write_after_disconnect;
    return world.Second(choice, request, operation) ? kErrorDisconnected : S_OK;
  }
  if (world.scenario.host.network_faults &&
      world.Choose(Question::kStatus, 2, request, operation) == 1) {
    return kErrorDisconnected;
  }
  return S_OK;
}

// The transition of a pending write or flush; one that was only buffered sends nothing.
void CompleteSend(void* argument, uint32_t sends) {
  auto* operation = static_cast<Operation*>(argument);
  operation->transition = sched::kNoTransition;
  Request* request = operation->request;
  operation->world->Touch(request);
  if (request->ended || operation->cancelled) {
    operation->completion_status = kErrorAborted;
  } else {
    operation->completion_status = SendStatus(request, operation->id);
    const auto fault = operation->guard.Check(operation->world->scheduler);
    if (fault) {
      operation->world->Record(trace::EventKind::kMemoryViolated, request, operation->module,
                               operation->id, 0, static_cast<uint32_t>(*fault), 1);
    }
    if (SUCCEEDED(operation->completion_status)) {
      if (sends != 0 && !Mutant(kPendingSendsNothing)) {
        Transfer(request, operation->segments);
      }
      operation->completion_bytes = operation->buffer_bytes;
    }
  }
  StartDelivery(operation);
}

bool GoesPending(Request* request, const SendCall& call) {
  World& world = *request->world;
  if (!call.async) return false;
  // Without a flag the module can't be told of an inline success: a completion always comes (D4).
  if (call.pending == nullptr || request->description->client.reads_slowly) return true;
  return world.GoesPending(request, call.id);
}

// The array of chunks has to stay as it is too, by the letter of the page; real servers were seen
// not to mind (D17), so it is told apart in the trace.
void GuardArray(Request* request, const SendCall& call, Operation* operation) {
  const auto bytes = static_cast<uint32_t>(call.chunk_count * sizeof(HTTP_DATA_CHUNK));
  auto* copy = static_cast<uint8_t*>(request->response.buffer.Allocate(bytes));
  std::memcpy(copy, call.chunks, bytes);
  operation->guard.Begin(request->world->scheduler, call.chunks, bytes, copy);
}

// Starts the pending form of `call`, with what has been gathered into its segments.
HRESULT SendPending(Request* request, const SendCall& call, bool gather, Entry* entry) {
  World& world = *request->world;
  Operation* operation = world.NewOperation(request, call.kind, call.id);
  if (operation == nullptr) {
    return Return(request, call, MemoryShort(), entry);
  }
  if (gather) Gather(request, &operation->segments);
  operation->buffer_bytes =
      call.kind == trace::OperationKind::kFlush ? TotalBytes(operation->segments) : call.call_bytes;
  operation->null_flag = call.pending == nullptr;
  operation->callback = call.callback;
  operation->callback_context = operation->given_context = call.callback_context;
  if (gather && call.chunks != nullptr) GuardArray(request, call, operation);
  const uint32_t most = operation->buffer_bytes;
  const PendingCount left = ChoosePendingCount(request, call.kind, call.count != nullptr, call.id);
  if (CompletesWithinCall(call.kind)) {
    CompleteSend(operation, gather ? 1 : 0);
  } else {
    operation->transition =
        world.scheduler.Post(&CompleteSend, operation, gather ? 1 : 0, request->index, call.id);
  }
  return Return(request, call, {.count = most, .pending = true, .left = left}, entry);
}

// Sends all that the response holds, as Flush does.
HRESULT Send(Request* request, const SendCall& call, Entry* entry) {
  World& world = *request->world;
  if (!RaiseSendResponse(request, call.more_data)) return kErrorEnded;
  request->response.headers_sent = true;
  if (GoesPending(request, call)) return SendPending(request, call, true, entry);
  const HRESULT status = SendStatus(request, call.id);
  if (FAILED(status)) {
    // The operation is over, so the module may do what it likes with the memory from now on.
    if (call.chunks != nullptr) DropChunks(request, call.chunks, call.chunk_count, call.id);
    return Return(request, call, {.status = status}, entry);
  }
  if (request->description->client.reads_slowly) entry->Point();
  if (world.scheduler.draining() || request->ended) return kErrorEnded;
  Gather(request, &world.segments);
  const uint32_t bytes = TotalBytes(world.segments);
  Transfer(request, world.segments);
  const bool flush = call.kind == trace::OperationKind::kFlush;
  return Return(request, call, {.count = flush ? bytes : call.call_bytes}, entry);
}

}  // namespace

HRESULT WriteEntityChunks(Request* request, SendCall call, Entry* entry) {
  World& world = *request->world;
  ResponseState& response = request->response;
  const ChunkSummary summary = Summarize(&world, call.chunks, call.chunk_count);
  call.call_bytes = summary.bytes;
  RecordCall(request, &call, summary.flags);
  if (FAILED(summary.error)) {
    const HRESULT error = Mutated<HRESULT>(kWriteInvalidOtherError, summary.error, E_FAIL);
    return Return(request, call, {.status = error}, entry);
  }
  const uint32_t most = Mutated(kWriteOverflowEarly, kMaxChunks, 4u);
  if (response.chunks_written + call.chunk_count > most && !Mutant(kWriteTooManyAccepted)) {
    const HRESULT overflow = HRESULT_FROM_WIN32(ERROR_ARITHMETIC_OVERFLOW);
    return Return(request, call, {.status = overflow}, entry);
  }
  if (world.MemoryFault(request, call.id)) {
    return Return(request, call, MemoryShort(), entry);
  }
  // Buffering stays on for what is written inside OnSendResponse.
  const uint64_t after = uint64_t{response.buffered_bytes} + call.call_bytes;
  const bool buffered =
      response.in_send_response ||
      ((response.buffering || Mutant(kDisableBufferingIgnored)) && !Mutant(kBufferingIgnored) &&
       (after < world.scenario.host.response_buffer_limit_bytes || Mutant(kBufferLimitIgnored)));
  AddChunks(request, call.chunks, call.chunk_count, buffered, call.id);
  if (!buffered) return Send(request, call, entry);
  const bool prompt =
      world.scenario.host.buffered_writes_complete_inline || response.in_send_response;
  if (call.async && (call.pending == nullptr || (!prompt && GoesPending(request, call)))) {
    return SendPending(request, call, false, entry);
  }
  return Return(request, call, {.count = call.call_bytes}, entry);
}

HRESULT WriteByReference(Request* request, HTTP_DATA_CHUNK* chunk, int32_t position, Entry* entry) {
  World& world = *request->world;
  SendCall call;
  call.kind = trace::OperationKind::kWriteEntityChunkByReference;
  call.chunks = chunk;
  call.chunk_count = 1;
  call.more_data = true;
  call.in_front = position == 0;
  const ChunkSummary summary = Summarize(&world, chunk, 1);
  call.call_bytes = summary.bytes;
  RecordCall(request, &call, summary.flags);
  if (FAILED(summary.error)) return Return(request, call, {.status = summary.error}, entry);
  ResponseState& response = request->response;
  if (response.chunks_written >= kMaxChunks) {
    const HRESULT overflow = HRESULT_FROM_WIN32(ERROR_ARITHMETIC_OVERFLOW);
    return Return(request, call, {.status = overflow}, entry);
  }
  if (world.MemoryFault(request, call.id)) {
    return Return(request, call, MemoryShort(), entry);
  }
  if (!Mutant(kReferenceDropped)) {
    AddReference(request, *chunk, call.in_front, call.id);
  }
  return Return(request, call, {.status = Mutated<HRESULT>(kReferenceOddSuccess, S_OK, S_FALSE)},
                entry);
}

HRESULT FlushResponse(Request* request, SendCall call, Entry* entry) {
  call.kind = trace::OperationKind::kFlush;
  RecordCall(request, &call, 0);
  if (request->world->MemoryFault(request, call.id)) {
    return Return(request, call, MemoryShort(), entry);
  }
  if (Mutant(kFlushDoesNothing)) return Return(request, call, {}, entry);
  return Send(request, call, entry);
}

void FinishResponse(Request* request) {
  World& world = *request->world;
  const bool nothing_left = request->response.raw.EntityChunkCount == 0;
  const bool over = request->response.last_said && request->response.headers_sent && nothing_left;
  if (!over && !RaiseSendResponse(request, false)) return;
  request->response.headers_sent = true;
  Gather(request, &world.segments);
  if (Mutant(kRestNotSent)) world.segments.clear();
  Transfer(request, world.segments);
  if (request->client.connected && !Mutant(kResponseNeverComplete)) {
    RecordReceived(request, 0, false, true);
  }
}

void ClearBody(Request* request) {
  if (Mutant(kClearIgnored)) return;
  ResponseState& response = request->response;
  response.chunks.clear();
  response.references.clear();
  response.buffered_bytes = 0;
  response.given = response.given_sent;
  response.given_pieces.clear();
  ShowChunks(&response);
}

void ShowChunks(ResponseState* response) {
  response->raw.EntityChunkCount = static_cast<USHORT>(response->chunks.size());
  response->raw.pEntityChunks = response->chunks.empty() ? nullptr : response->chunks.data();
}

}  // namespace pendulum::host

// How operations change the account: their calls and returns, and what both and completions share.
#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"

namespace pendulum::oracle {

using trace::Event;
using trace::OperationKind;

void Account::ChangeOutstanding(RequestAccount* request, OperationAccount* operation,
                                int64_t change) {
  operation->slots.outstanding = change > 0;
  event_slots_.run_.outstanding += change;
  const bool posts = Is(*operation, OperationKind::kPostCompletion);
  if (DeliveryAccount* delivery = DeliveryAt(operation->delivery)) {
    delivery->slots.outstanding += change;
    if (posts) delivery->slots.outstanding_posts += change;
  }
  if (request == nullptr) return;
  request->slots.outstanding += change;
  if (posts) {
    request->slots.outstanding_posts += change;
  } else if (Is(*operation, OperationKind::kReadEntityBody)) {
    request->slots.outstanding_reads += change;
  } else if (IsWrite(*operation)) {
    request->slots.outstanding_writes += change;
    if (Is(*operation, OperationKind::kFlush)) request->slots.outstanding_flushes += change;
  }
}

// Counts the operation in its request, and notes in it how the request stood.
void Account::NoteStart(RequestAccount* request, OperationAccount* operation) {
  if (request == nullptr) return;
  Slots_request& of = request->slots;
  Slots_operation& slots = operation->slots;
  slots.started_after_last_data = of.last_data_said;
  slots.started_after_own_last_data = request->last_data_modules >> (slots.module & 63) & 1;
  slots.started_after_end = of.ended;
  slots.outstanding_reads_before = of.outstanding_reads;
  slots.outstanding_writes_before = of.outstanding_writes;
  slots.outstanding_before = of.outstanding_reads + of.outstanding_writes;
  slots.read_before_bytes = of.read_bytes;
  slots.insertions_before = of.insertions;
  slots.cleared_before = of.cleared;
  slots.received_before_bytes = of.received_bytes;
  slots.written_before_bytes = of.written_bytes;
  slots.buffering = of.buffering;
  slots.client_connected_before = of.client_connected;
  slots.full_duplex = of.full_duplex;
  slots.written_before_chunks = of.written_chunks;
  slots.sends_before = of.sends;
  slots.after_disconnect = of.resets + of.closes > 0;
  slots.deliveries_before = of.deliveries;
  ++of.calls_running;
  if (of.ended) ++of.uses_after_end;
  if (Is(*operation, OperationKind::kReadEntityBody)) {
    slots.started_after_failures = of.read_failures;
    ++of.reads;
  } else if (IsWrite(*operation)) {
    slots.started_after_failures = of.write_failures;
    ++(Is(*operation, OperationKind::kFlush) ? of.flushes : of.writes);
  } else if (Is(*operation, OperationKind::kPostCompletion)) {
    ++of.posts;
  } else if (Is(*operation, OperationKind::kIndicateCompletion)) {
    ++of.indications;
  }
}

// Whether the operation sends what the response holds, as far as its call shows.
void Account::NoteSend(RequestAccount* request, OperationAccount* operation,
                       const DeliveryAccount* delivery) {
  if (request == nullptr || !IsWrite(*operation)) return;
  Slots_operation& slots = operation->slots;
  constexpr auto kSendResponse = static_cast<int64_t>(trace::Notification::kSendResponse);
  const bool nested = delivery != nullptr && delivery->slots.notification == kSendResponse;
  const bool flushes = Is(*operation, OperationKind::kFlush);
  const int64_t after_bytes = slots.written_before_bytes + slots.buffer_bytes;
  const bool limit_reached = after_bytes >= request->slots.buffer_limit_bytes;
  const bool writes = Is(*operation, OperationKind::kWriteEntityChunks);
  slots.sends = flushes || (writes && !nested && (!slots.buffering || limit_reached));
  request->slots.sends += slots.sends;
}

void Account::NoteExecution(const Event& event, OperationAccount* operation) {
  const RequestAccount* child =
      event.a < kMaxRequests ? FindRequest(static_cast<uint8_t>(event.a)) : nullptr;
  if (child == nullptr) return;
  operation->slots.child_cloned_here =
      child->slots.level > 0 && child->slots.parent == event.request;
  operation->slots.child_executions_before = child->slots.executions;
  operation->slots.child_level = child->slots.level;
}

void Account::ApplyOperationCalled(const Event& event, RequestAccount* request) {
  HandlerFrame* frame = TopFrame(event.worker);
  const bool in_handler = frame != nullptr && frame->request == event.request;
  const int32_t delivery_index = in_handler ? frame->delivery : ThreadsDelivery(request);
  DeliveryAccount* delivery = DeliveryAt(delivery_index);
  const bool known_kind = (event.d & trace::kOperationKindMask) < trace::kOperationKindCount;
  if (event.operation >= kMaxOperations || !known_kind) {
    return Point(request, nullptr, delivery, frame);
  }
  while (operation_count_ <= event.operation) operations_[operation_count_++].slots.known = 0;
  OperationAccount* operation = &operations_[event.operation];
  operation->delivery = delivery_index;
  operation->called_event = static_cast<uint32_t>(event_slots_.event_.index);
  operation->frame_token = in_handler ? frame->token : 0;
  operation->frame_depth = static_cast<uint8_t>(depths_[event.worker] - (in_handler ? 1 : 0));
  operation->request = event.request;
  operation->timing = Timing::kNone;
  operation->completions_over = 0;
  operation->late = delivery != nullptr && delivery->slots.final_statuses != 0;
  Slots_operation& slots = operation->slots;
  slots = {};
  slots.known = 1;
  slots.ordinal = event.operation;
  slots.kind = event.d & trace::kOperationKindMask;
  slots.worker = event.worker;
  slots.module = event.module;
  slots.async = Bit(event, trace::kAsync);
  slots.more_data = Bit(event, trace::kMoreData);
  slots.pending_flag_null = Bit(event, trace::kPendingFlagNull);
  slots.count_null = Bit(event, trace::kCountNull);
  slots.buffer_null = Bit(event, trace::kBufferNull);
  slots.file_chunk = Bit(event, trace::kFileChunk);
  slots.on_stack = Bit(event, trace::kOnStack);
  slots.bad_chunk = Bit(event, trace::kBadChunk);
  slots.with_routine = Bit(event, trace::kWithRoutine);
  slots.routine_given = Bit(event, trace::kRoutineGiven);
  slots.in_front = Bit(event, trace::kInFront);
  const bool indicates = Is(*operation, OperationKind::kIndicateCompletion);
  const bool executes = Is(*operation, OperationKind::kExecuteRequest);
  (indicates ? slots.status_given : executes ? slots.child : slots.buffer_bytes) = event.a;
  if (IsWrite(*operation)) slots.chunks = event.b;
  operation->execute_flags = executes ? event.b : 0;
  if (executes) NoteExecution(event, operation);
  slots.started_in_handler = in_handler;
  if (in_handler) {
    slots.started_on_completion = frame->slots.on_completion;
    slots.started_after_pending = frame->slots.operations_pending;
    ++frame->slots.operations_started;
    if (frame->slots.operations_pending > 0) ++frame->slots.uses_after_pending;
    if (indicates && event.a != kPendingStatus) ++frame->slots.indications;
  }
  NoteStart(request, operation);
  NoteSend(request, operation, delivery);
  operation->outer = calls_[event.worker] - 1;
  calls_[event.worker] = event.operation + 1;
  NoteWorker(event.worker);
  ++event_slots_.run_.operations;
  if (delivery != nullptr) {
    slots.notification = delivery->slots.notification;
    slots.post = delivery->slots.post;
    ++delivery->slots.operations_started;
    ++delivery->slots.calls_running;
    if (Is(*operation, OperationKind::kPostCompletion)) ++delivery->slots.posts;
    if (indicates) ++delivery->slots.indications;
    if (indicates && event.a != kPendingStatus) GiveStatus(request, delivery, event.a, false);
  }
  Point(request, operation, delivery, frame);
}

void Account::NoteFailure(RequestAccount* request, const OperationAccount* operation,
                          uint32_t status) {
  const bool reads = operation != nullptr && Is(*operation, OperationKind::kReadEntityBody);
  if (reads && status == kEndOfBody) return;
  if (operation != nullptr && operation->delivery >= 0) {
    ++deliveries_[operation->delivery].slots.failures;
  }
  if (request == nullptr) return;
  ++request->slots.failures;
  if (reads) ++request->slots.read_failures;
  if (operation != nullptr && IsWrite(*operation)) ++request->slots.write_failures;
}

void Account::NoteRead(RequestAccount* request, const OperationAccount& operation, int64_t bytes,
                       uint32_t status) {
  if (request == nullptr) return;
  Slots_request& slots = request->slots;
  if (Succeeded(status) && bytes > 0) {
    slots.read_bytes += bytes;
    slots.remaining_bytes -= bytes;
    slots.end_of_body_in_a_row = 0;
  } else if (status == kEndOfBody || (Succeeded(status) && operation.slots.buffer_bytes > 0)) {
    ++slots.end_of_body_seen;
    ++slots.end_of_body_in_a_row;
  }
}

void Account::NoteSuccess(RequestAccount* request, OperationAccount* operation) {
  if (request == nullptr) return;
  const Slots_operation& slots = operation->slots;
  if (Is(*operation, OperationKind::kExecuteRequest)) {
    RequestAccount* child = FindRequest(static_cast<uint8_t>(slots.child));
    if (child == nullptr) return;
    const bool eligible = (operation->execute_flags & kHttpCacheEligible) != 0;
    if (!eligible) request->slots.kernel_cache_wanted = 0;
    if (child->slots.executions++ > 0) return;
    child->slots.execute_flags = operation->execute_flags & ~trace::kUserGiven;
    child->slots.user_given = (operation->execute_flags & trace::kUserGiven) != 0;
    child->slots.headers_unwanted = (operation->execute_flags & kNoHeaders) != 0;
    child->slots.response_for_parent = (operation->execute_flags & kBufferResponse) != 0;
    return;
  }
  const bool by_reference = Is(*operation, OperationKind::kWriteEntityChunkByReference);
  if (Is(*operation, OperationKind::kWriteEntityChunks) || by_reference) {
    request->slots.written_bytes += slots.buffer_bytes;
    if (operation->late) request->slots.written_late_bytes += slots.buffer_bytes;
    request->slots.written_chunks += slots.chunks;
    if (by_reference) {
      ++(slots.in_front ? request->slots.inserted_in_front : request->slots.appended_by_reference);
    }
    if (request->slots.redirects > 0) ++request->slots.writes_after_redirect;
  }
  // WriteEntityChunkByReference has no fMoreData.
  if (!IsWrite(*operation) || by_reference || slots.more_data) return;
  request->slots.last_data_said = 1;
  request->last_data_modules |= uint64_t{1} << (slots.module & 63);
  const bool kept = Is(*operation, OperationKind::kWriteEntityChunks) && slots.buffering &&
                    request->slots.written_bytes < request->slots.buffer_limit_bytes;
  if (!kept) request->slots.last_data_sent = 1;
}

void Account::ApplyOperationReturned(const Event& event, RequestAccount* request) {
  HandlerFrame* frame = TopFrame(event.worker);
  OperationAccount* operation = FindOperation(event.operation);
  if (operation == nullptr) return Point(request, nullptr, nullptr, frame);
  Slots_operation& slots = operation->slots;
  DeliveryAccount* delivery = DeliveryAt(operation->delivery);
  const bool in_frame = frame != nullptr && frame->token == operation->frame_token;
  const bool posts = Is(*operation, OperationKind::kPostCompletion);
  const bool reads = Is(*operation, OperationKind::kReadEntityBody);
  slots.returned = 1;
  slots.status = event.a;
  slots.count_bytes = event.b;
  slots.pending_flag = Bit(event, trace::kPendingTrue);
  slots.pending_written = Bit(event, trace::kPendingWritten);
  slots.count_written = Bit(event, trace::kCountWritten);
  slots.memory_short = Bit(event, trace::kMemoryShort);
  if (calls_[event.worker] - 1 == event.operation) calls_[event.worker] = operation->outer + 1;
  if (delivery != nullptr) --delivery->slots.calls_running;
  if (request != nullptr) --request->slots.calls_running;
  if (Succeeded(event.a)) {
    const bool pends = slots.async && (slots.pending_flag || slots.pending_flag_null);
    slots.expects_completion = pends || posts;
    slots.completed_inline = !slots.expects_completion;
    NoteSuccess(request, operation);
    if (in_frame && posts) ++frame->slots.posts;
    if (in_frame && pends && !posts) ++frame->slots.operations_pending;
    if (slots.expects_completion && slots.completions == 0) {
      ChangeOutstanding(request, operation, 1);
    }
  } else {
    NoteFailure(request, operation, event.a);
    const bool failed = !(reads && event.a == kEndOfBody);
    if (in_frame && failed) ++frame->slots.failures;
  }
  NoteRaised(event, operation);
  if (!slots.expects_completion && slots.completions == 0) operation->timing = Timing::kInline;
  if (reads && request != nullptr) request->slots.entity_unread = 0;
  if (reads && slots.completed_inline && slots.count_null) {
    if (request != nullptr) ++request->slots.reads_uncounted;
  } else if (reads && !slots.expects_completion) {
    NoteRead(request, *operation, event.b, event.a);
    const bool at_end = event.a == kEndOfBody || (event.a == 0 && event.b == 0);
    if (in_frame && at_end && slots.buffer_bytes > 0) ++frame->slots.ends_of_body;
  }
  Point(request, operation, delivery, frame);
}

}  // namespace pendulum::oracle

// How plain calls and the events around the core (client, memory, module, threads) change the
// account.
#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"
#include "harness/trace/names.h"

namespace pendulum::oracle {
using trace::Event;
using trace::EventKind;

// The delivery that a call from a thread of the module works for: the last one that is not over, or
// the last one. Notifications that are raised inside others end with their handler, so no thread
// works for them while another is open.
int32_t Account::ThreadsDelivery(const RequestAccount* request) {
  if (request == nullptr) return -1;
  const auto is_raised = [](const Slots_delivery& slots) {
    return slots.notification >= trace::kDeterministicNotificationCount;
  };
  int32_t index = request->newest_delivery;
  while (index >= 0 &&
         (deliveries_[index].slots.final_statuses != 0 || is_raised(deliveries_[index].slots))) {
    index = deliveries_[index].older;
  }
  if (index >= 0) return index;
  const int32_t open = OpenDelivery(request);
  return open >= 0 ? open : request->newest_delivery;
}

void Account::CancelOperations(uint8_t request) {
  for (uint32_t i = 0; i < operation_count_; ++i) {
    OperationAccount& operation = operations_[i];
    if (operation.request == request && operation.slots.outstanding) operation.slots.cancelled = 1;
  }
}

void Account::ApplyCall(const Event& event, RequestAccount* request) {
  const bool is_method = event.d < static_cast<int>(trace::Method::kCount);
  const Effect effect = is_method ? effects_[event.d] : Effect::kNone;
  const bool on_request = effect != Effect::kNone && effect <= Effect::kLastOnRequest;
  event_slots_.call_ = {.method = event.d,
                        .on_request = on_request,
                        .result = event.a,
                        .answer = event.a != 0,
                        .count = event.a,
                        .value = event.b};
  HandlerFrame* frame = TopFrame(event.worker);
  const bool in_handler = frame != nullptr && frame->request == event.request;
  if (on_request && in_handler) {
    ++frame->slots.calls;
    if (frame->slots.operations_pending > 0) ++frame->slots.uses_after_pending;
  }
  if (on_request && request != nullptr && request->slots.ended) ++request->slots.uses_after_end;
  if (effect >= Effect::kGetFlags && request != nullptr) {
    ApplySendResponseCall(effect, event, request);
  }
  if (frame != nullptr && effect == Effect::kGetCompletionBytes) ++frame->slots.bytes_asked;
  if (frame != nullptr && effect == Effect::kGetCompletionStatus) ++frame->slots.status_asked;
  if (request != nullptr && effect > Effect::kOnRequest) {
    ApplyEffect(effect, event, &request->slots);
    ApplyResponseEffect(effect, event, request);
    // What was the last data is gone, if it has not been sent.
    const bool clears = effect == Effect::kClear || effect == Effect::kRedirect;
    const bool cleared = clears && Succeeded(event.a);
    if (cleared && !request->slots.last_data_sent) request->last_data_modules = 0;
  }
  Point(request, nullptr, DeliveryAt(in_handler ? frame->delivery : -1), frame);
}

void Account::ApplyEffect(Effect effect, const Event& event, Slots_request* request) {
  const bool succeeded = Succeeded(event.a);
  switch (effect) {
    case Effect::kDisableBuffering:
      request->buffering = 0;
      break;
    case Effect::kEnableFullDuplex:
      request->full_duplex = 1;
      break;
    case Effect::kSetRequestHandled:
      request->request_handled = 1;
      break;
    case Effect::kSetNeedDisconnect:
      request->disconnect_wanted = 1;
      break;
    case Effect::kSuppressHeaders:
      request->headers_suppressed = 1;
      if (request->sends == 0 && !request->headers_received) {
        request->headers_suppressed_in_time = 1;
      }
      break;
    case Effect::kCancelIo:
      request->cancels += succeeded;
      if (succeeded) CancelOperations(event.request);
      break;
    case Effect::kInsertEntityBody:
      if (succeeded) request->inserted_bytes += event.b;
      if (succeeded) request->remaining_bytes += event.b;
      break;
    case Effect::kSetEntity:
      request->entity_replaced += succeeded;
      break;
    case Effect::kCloneContext:
      request->clones += succeeded;
      break;
    case Effect::kReleaseClonedContext:
      request->clones_released += succeeded;
      break;
    default:
      break;
  }
}

void Account::ApplyClient(const Event& event, Slots_request* request) {
  Slots_client& client = event_slots_.client_;
  client = {.bytes = event.a, .total_bytes = event.b};
  if (event.kind == EventKind::kClientSent) {
    client.all_sent = event.d & 1;
    if (request == nullptr) return;
    request->client_sent_bytes += event.a;
    if (client.all_sent) request->client_sent_all = 1;
  } else if (event.kind == EventKind::kClientReceived) {
    client.headers = event.d & 1;
    client.complete = event.d >> 1 & 1;
    if (request == nullptr) return;
    request->received_bytes += event.a;
    if (client.headers) request->headers_received = 1;
    if (client.complete) request->response_complete = 1;
  } else {
    client.by_module = event.d & 1;
    if (request == nullptr) return;
    if (request->client_connected) request->received_at_disconnect_bytes = request->received_bytes;
    request->client_connected = 0;
    if (client.by_module) request->reset_by_module = 1;
  }
}

void Account::ApplyBody(const Event& event, Slots_request* request) {
  event_slots_.body_ = {.digest = event.a, .bytes = event.b, .direction = event.d};
  if (request == nullptr) return;
  int64_t* digest = nullptr;
  int64_t* digest_bytes = nullptr;
  switch (static_cast<trace::BodyDirection>(event.d)) {
    case trace::BodyDirection::kRead:
      digest = &request->read_digest;
      digest_bytes = &request->read_digest_bytes;
      break;
    case trace::BodyDirection::kSent:
      digest = &request->sent_digest;
      digest_bytes = &request->sent_digest_bytes;
      break;
    case trace::BodyDirection::kWritten:
      digest = &request->written_digest;
      digest_bytes = &request->written_digest_bytes;
      break;
    case trace::BodyDirection::kReceived:
      digest = &request->received_digest;
      digest_bytes = &request->received_digest_bytes;
      break;
    default:
      return;
  }
  *digest = event.a;
  *digest_bytes = event.b;
}

void Account::ApplyModule(const Event& event, Slots_request* request) {
  Slots_run& run = event_slots_.run_;
  Slots_module& module = event_slots_.module_;
  module = {};
  switch (event.kind) {
    case EventKind::kModuleRegistered:
      module.result = event.a;
      run.modules_registered += Succeeded(event.a);
      break;
    case EventKind::kFactoryTerminated:
      module.is_global = event.d & 1;
      ++(module.is_global ? run.globals_terminated : run.factories_terminated);
      break;
    case EventKind::kModuleCreated:
      module.result = event.a;
      module.object_given = event.b & 1;
      run.modules_created += module.object_given;
      if (request != nullptr) request->modules_created += module.object_given;
      if (request != nullptr && !module.object_given) ++request->unseen_changes;
      break;
    default:
      ++run.modules_disposed;
      if (request != nullptr) ++request->modules_disposed;
      break;
  }
}

void Account::ApplyMemory(const Event& event, Slots_request* request, OperationAccount* operation) {
  Slots_memory& memory = event_slots_.memory_;
  memory = {};
  if (event.kind == EventKind::kMemoryAllocated) {
    memory.bytes = event.a;
    memory.method = event.d;
    if (request != nullptr) request->allocated_bytes += event.a;
    return;
  }
  memory.offset_bytes = event.a;
  memory.fault = event.b;
  memory.descriptors = event.d & 1;
  if (operation != nullptr) ++operation->slots.memory_violations;
  if (request != nullptr) ++request->memory_violations;
}

void Account::ApplyThreads(const Event& event, Slots_request* request) {
  Slots_run& run = event_slots_.run_;
  switch (event.kind) {
    case EventKind::kWaitBegan:
      event_slots_.wait_ = {.method = event.d, .object = event.a, .timeout_ms = event.b};
      ++run.workers_waiting;
      break;
    case EventKind::kWaitEnded:
      event_slots_.wait_ = {.method = event.d, .object = event.b, .result = event.a};
      --run.workers_waiting;
      break;
    case EventKind::kThreadBegan:
      event_slots_.thread_.number = event.a;
      ++run.threads_began;
      ++run.threads_running;
      break;
    case EventKind::kThreadEnded:
      event_slots_.thread_.number = event.a;
      --run.threads_running;
      break;
    case EventKind::kContextStored:
      event_slots_.context_.number = event.a;
      ++run.contexts_stored;
      if (request != nullptr) ++request->contexts_stored;
      break;
    case EventKind::kContextCleaned:
      event_slots_.context_.number = event.a;
      ++run.contexts_cleaned;
      if (request != nullptr) ++request->contexts_cleaned;
      break;
    default:
      break;
  }
}

void Account::ApplyOther(const Event& event, RequestAccount* request) {
  Slots_request* slots = request == nullptr ? nullptr : &request->slots;
  HandlerFrame* frame = TopFrame(event.worker);
  OperationAccount* operation = nullptr;
  int32_t delivery = frame != nullptr && frame->request == event.request ? frame->delivery : -1;
  switch (event.kind) {
    case EventKind::kRunEnded:
      event_slots_.run_.end = event.a;
      event_slots_.run_.steps = event.b;
      break;
    case EventKind::kRequestParked:
      event_slots_.parked_ = {.notification = event.d & 0xFF,
                              .post = event.d >> 8 & 1,
                              .blocked = event.a != 0,
                              .blocked_workers = event.b};
      ++event_slots_.run_.requests_parked;
      if (slots != nullptr) slots->blocked_workers = event.b;
      delivery = OpenDelivery(request);
      break;
    case EventKind::kModuleRegistered:
    case EventKind::kFactoryTerminated:
    case EventKind::kModuleCreated:
    case EventKind::kModuleDisposed:
      ApplyModule(event, slots);
      break;
    case EventKind::kMemoryViolated:
      operation = FindOperation(event.operation);
      if (operation != nullptr) delivery = operation->delivery;
      ApplyMemory(event, slots, operation);
      break;
    case EventKind::kMemoryAllocated:
      ApplyMemory(event, slots, nullptr);
      break;
    case EventKind::kExceptionCrossed:
      event_slots_.exception_.notification = event.d & 0xFF;
      if (slots != nullptr) ++slots->unseen_changes;
      break;
    case EventKind::kModuleCrashed:
      event_slots_.crash_ = {.signal = event.a, .cause = event.b};
      break;
    case EventKind::kResponseDiffered:
      event_slots_.response_ = {
          .part = event.d, .offset_bytes = event.a, .received_bytes = event.b};
      break;
    case EventKind::kHeaderChanged:
    case EventKind::kHeaderAsked:
    case EventKind::kClientHeader:
      ApplyHeader(event, request);
      break;
    case EventKind::kClientHead:
      ApplyHead(event, slots);
      break;
    default:
      ApplyThreads(event, slots);
      break;
  }
  Point(request, operation, DeliveryAt(delivery), frame);
}

}  // namespace pendulum::oracle

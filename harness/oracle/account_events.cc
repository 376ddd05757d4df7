// How each event changes the account. The account includes the event by the time clauses see it.
#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;
using trace::OperationKind;

// Each kind goes on in a function of its own, with nothing left to do here.
void Account::Apply(const Event& event, uint32_t index) {
  event_slots_.event_ = {.index = index, .worker = event.worker, .module = event.module};
  RequestAccount* request = FindRequest(event.request);
  if (locks_.active()) locks_.Order(event, depths_[event.worker] > 0);
  switch (event.kind) {
    case EventKind::kRequestBegan:
      return ApplyRequestBegan(event);
    case EventKind::kRequestEnded:
      return ApplyRequestEnded(event, request);
    case EventKind::kNotificationEntered:
      return ApplyNotificationEntered(event, request);
    case EventKind::kNotificationReturned:
      return ApplyNotificationReturned(event, request);
    case EventKind::kOperationCalled:
      return ApplyOperationCalled(event, request);
    case EventKind::kOperationReturned:
      return ApplyOperationReturned(event, request);
    case EventKind::kCompletionDelivered:
      return ApplyCompletionDelivered(event, request);
    case EventKind::kCompletionReturned:
      return ApplyCompletionReturned(event, request);
    case EventKind::kCall:
      return ApplyCall(event, request);
    case EventKind::kClientSent:
    case EventKind::kClientReceived:
    case EventKind::kClientDisconnected:
      return ApplyClient(event, request);
    case EventKind::kBodyBytes:
      return ApplyBody(event, request);
    default:
      return ApplyOther(event, request);
  }
}

void Account::ApplyRequestBegan(const Event& event) {
  if (event.request >= kMaxRequests) return Point(nullptr, nullptr, nullptr, nullptr);
  while (request_count_ <= event.request) requests_[request_count_++].slots.known = 0;
  RequestAccount* request = &requests_[event.request];
  const bool known_length = event.a != trace::kUnknownLength;
  const int64_t length_bytes = known_length ? event.a : 0;
  *request = {};
  Slots_request& slots = request->slots;
  slots.known = 1;
  slots.index = event.request;
  slots.content_length_bytes = slots.remaining_bytes = length_bytes;
  slots.length_known = known_length;
  slots.has_body = Bit(event, trace::kHasBody);
  slots.chunked_body = Bit(event, trace::kChunkedBody);
  slots.head = Bit(event, trace::kHeadRequest);
  slots.is_child = Bit(event, trace::kChild);
  slots.kernel_cache_wanted = 1;
  slots.buffering = Bit(event, trace::kBufferingOn);
  slots.buffer_limit_bytes = event.b;
  slots.client_may_leave = Bit(event, trace::kClientMayLeave);
  slots.faults = Bit(event, trace::kFaults);
  slots.has_query = Bit(event, trace::kHasQuery);
  slots.limit_configured = Bit(event, trace::kLimitConfigured);
  slots.status_code = 200;
  slots.status_module = slots.status_notification = -1;
  slots.client_connected = 1;
  slots.last_order = slots.handled_order = slots.finish_order = slots.start_time_ms = -1;
  ++event_slots_.run_.requests;
  Point(request, nullptr, nullptr, nullptr);
}

void Account::ApplyRequestEnded(const Event&, RequestAccount* request) {
  if (request != nullptr) {
    if (!request->slots.ended) ++event_slots_.run_.requests_ended;
    if (!request->slots.ended) PassOver(request, trace::kDeterministicNotificationCount * 2);
    request->slots.ended = 1;
    ++request->slots.ends;
    // A handler that still runs, such as one that has indicated the completion, gives back its own.
    if (request->slots.handlers_running == 0) {
      uint32_t lock = 0;
      const auto index = static_cast<uint8_t>(request->slots.index);
      request->slots.locks_left = locks_.EndRequest(index, &lock);
      request->slots.lock_left = lock;
    }
    if (event_slots_.run_.threads_running > 0) NoteThreadsInside(request);
    for (uint32_t i = 0; i < request_count_; ++i) {
      Slots_request& other = requests_[i].slots;
      if (other.level > 0 && other.parent == request->slots.index) other.parent_ended = 1;
    }
  }
  Point(request, nullptr, nullptr, nullptr);
}

void Account::SetPrevious(int32_t index) {
  event_slots_.previous_ = {};
  if (index < 0) return;
  const Slots_delivery& slots = deliveries_[index].slots;
  event_slots_.previous_ = {.known = 1,
                            .serial = slots.serial,
                            .notification = slots.notification,
                            .post = slots.post,
                            .posts = slots.posts,
                            .handler_running = slots.handler_running,
                            .final_statuses = slots.final_statuses,
                            .final_status = slots.final_status,
                            .errors_set = slots.errors_set};
}

void Account::ApplyNotificationEntered(const Event& event, RequestAccount* request) {
  const int64_t kind = NotificationOf(event);
  const int64_t post = Bit(event, trace::kPost);
  const int64_t order = kind < trace::kDeterministicNotificationCount ? kind * 2 + post : -1;
  event_slots_.notification_ = {
      .kind = kind,
      .post = post,
      .serial = event.a,
      .order = order,
      .previous_order = request == nullptr ? -1 : request->slots.last_order,
      .provider_missing = Bit(event, trace::kProviderMissing),
      .other_request = Bit(event, trace::kOtherRequest),
      .disabled = order >= 0 && IsDisabled(request, event.module, order)};
  SetPrevious(request == nullptr ? -1 : request->last_placed_delivery);
  NoteTold(event, request);
  PointAtInstance(request, event.module);
  DeliveryAccount* delivery = nullptr;
  int32_t delivery_index = -1;
  if (request != nullptr && delivery_count_ < kMaxDeliveries) {
    delivery_index = static_cast<int32_t>(delivery_count_++);
    delivery = &deliveries_[delivery_index];
    *delivery = {.slots = {.known = 1,
                           .serial = event.a,
                           .notification = kind,
                           .post = post,
                           .module = event.module,
                           .nested = request->slots.deliveries_open > 0,
                           .handler_running = 1},
                 .older = request->newest_delivery,
                 .request = event.request};
    request->newest_delivery = delivery_index;
  }
  if (kind == static_cast<int64_t>(trace::Notification::kSendResponse)) {
    NoteSendResponse(event, request, delivery);
  }
  if (request != nullptr) {
    ++request->slots.deliveries;
    request->slots.deliveries_open += delivery != nullptr;
    ++request->slots.handlers_running;
    request->slots.read_entity_raised += kind == static_cast<int>(trace::Notification::kReadEntity);
    if (kind == static_cast<int>(trace::Notification::kMapPath)) request->slots.path_digest = 0;
    if (order >= 0) request->slots.last_order = order;
    if (order >= 0) request->last_placed_delivery = delivery_index;
  }
  Point(request, nullptr, delivery, PushFrame(event, delivery_index));
}

// A status other than pending ends the delivery: the pipeline goes on from there.
void Account::GiveStatus(RequestAccount* request, DeliveryAccount* delivery, uint32_t status,
                         bool by_handler) {
  if (delivery == nullptr) return;
  Slots_delivery& slots = delivery->slots;
  if (by_handler) slots.status = status;
  if (status == kPendingStatus) {
    if (by_handler) slots.pending = slots.final_statuses == 0;
    return;
  }
  slots.pending = 0;
  if (!by_handler) slots.resumed = 1;
  if (slots.final_statuses++ == 0) {
    slots.final_status = status;
    if (request != nullptr) --request->slots.deliveries_open;
  }
  const bool finishes = status == static_cast<uint32_t>(trace::Status::kFinishRequest);
  if (!finishes || request == nullptr) return;
  if (!request->slots.finish_said) request->slots.finish_order = request->slots.last_order;
  request->slots.finish_said = 1;
}

void Account::ApplyNotificationReturned(const Event& event, RequestAccount* request) {
  const int64_t kind = NotificationOf(event);
  const int64_t post = Bit(event, trace::kPost);
  const int64_t order = kind < trace::kDeterministicNotificationCount ? kind * 2 + post : -1;
  event_slots_.notification_ = {.kind = kind,
                                .post = post,
                                .serial = event.a,
                                .order = order,
                                .status = event.b,
                                .status_number = event.b};
  DeliveryAccount* delivery = DeliveryAt(FindDelivery(request, event.a));
  if (delivery != nullptr) delivery->slots.handler_running = 0;
  if (request != nullptr) --request->slots.handlers_running;
  GiveStatus(request, delivery, event.b, true);
  Point(request, nullptr, delivery, PopFrame(event, false));
}

void Account::ApplyCompletionDelivered(const Event& event, RequestAccount* request) {
  OperationAccount* operation = FindOperation(event.operation);
  const bool in_handler = operation != nullptr && FrameRuns(*operation);
  PointAtInstance(request, event.module);
  event_slots_.completion_ = {.bytes = event.a,
                              .status = event.b,
                              .notification = NotificationOf(event),
                              .post = Bit(event, trace::kPost),
                              .says_read = Bit(event, trace::kCompletedRead),
                              .says_write = Bit(event, trace::kCompletedWrite),
                              .same_worker = in_handler && operation->slots.worker == event.worker,
                              .by_routine = Bit(event, trace::kByRoutine),
                              .context_passed = Bit(event, trace::kContextPassed),
                              .provider_missing = Bit(event, trace::kProviderMissing),
                              .info_null = Bit(event, trace::kInfoNull),
                              .other_request = Bit(event, trace::kOtherRequest)};
  ++event_slots_.run_.completions;
  int32_t delivery_index = operation != nullptr ? operation->delivery : -1;
  if (delivery_index < 0) delivery_index = ThreadsDelivery(request);
  if (operation != nullptr) {
    Slots_operation& slots = operation->slots;
    if (slots.completions++ == 0) {
      slots.delivered_before_return = !slots.returned;
      slots.delivered_before_handler_return = in_handler;
      operation->timing = in_handler ? Timing::kBeforeReturn : Timing::kAfterReturn;
    }
    slots.routine_completions += event_slots_.completion_.by_routine;
    slots.completion_bytes = event.a;
    slots.completion_status = event.b;
    if (slots.outstanding) ChangeOutstanding(request, operation, -1);
    // The second of two calls for a read with a function of its own tells of the same bytes.
    if (Is(*operation, OperationKind::kReadEntityBody) &&
        !(slots.routine_given && slots.completions > 1)) {
      NoteRead(request, *operation, event.a, event.b);
    }
  }
  if (!Succeeded(event.b)) NoteFailure(request, operation, event.b);
  DeliveryAccount* delivery = DeliveryAt(delivery_index);
  if (delivery != nullptr) {
    ++delivery->slots.completions;
    ++delivery->slots.completions_running;
  }
  if (request != nullptr) ++request->slots.handlers_running;
  HandlerFrame* frame = PushFrame(event, delivery_index);
  if (frame != nullptr) {
    frame->slots.on_completion = 1;
    frame->slots.completion_bytes = event.a;
    frame->slots.completion_status = event.b;
  }
  Point(request, operation, delivery, frame);
}

void Account::ApplyCompletionReturned(const Event& event, RequestAccount* request) {
  OperationAccount* operation = FindOperation(event.operation);
  event_slots_.completion_ = {.notification = NotificationOf(event),
                              .post = Bit(event, trace::kPost),
                              .says_read = Bit(event, trace::kCompletedRead),
                              .says_write = Bit(event, trace::kCompletedWrite),
                              .returned_status = event.b,
                              .returned_number = event.b,
                              .by_routine = Bit(event, trace::kByRoutine)};
  if (operation != nullptr) ++operation->completions_over;
  HandlerFrame* frame = PopFrame(event, true);
  int32_t delivery_index = FindDelivery(request, event.a);
  if (delivery_index < 0 && frame != nullptr) delivery_index = frame->delivery;
  DeliveryAccount* delivery = DeliveryAt(delivery_index);
  if (delivery != nullptr) --delivery->slots.completions_running;
  if (request != nullptr) --request->slots.handlers_running;
  GiveStatus(request, delivery, event.b, false);
  Point(request, operation, delivery, frame);
}

}  // namespace pendulum::oracle

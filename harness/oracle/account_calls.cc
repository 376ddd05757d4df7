// How plain calls change the account.
#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"

namespace pendulum::oracle {

using trace::Event;

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
  PointAtRegistration(event.module);
  if (effect == Effect::kGetCompletionBytes || effect == Effect::kGetCompletionStatus) {
    // Every completion has these calls, and they change nothing else.
    if (frame != nullptr) {
      ++(effect == Effect::kGetCompletionBytes ? frame->slots.bytes_asked
                                               : frame->slots.status_asked);
    }
    if (request != nullptr) {
      event_slots_.call_.argument_null = (event.b & trace::kArgumentNull) != 0;
    }
  } else if (effect >= Effect::kFirstOfServer && effect <= Effect::kLastOfServer) {
    ApplyServerCall(effect, event);
  } else if (effect == Effect::kSynchronize) {
    locks_.Call(event, static_cast<uint32_t>(event_slots_.event_.index));
  } else if (request != nullptr && effect > Effect::kOnRequest) {
    if (effect >= Effect::kFirstQuestion && effect <= Effect::kLastOnRequest) {
      ApplyQuestion(effect, event, request);
    }
    ApplyEffect(effect, event, &request->slots);
    ApplyResponseEffect(effect, event, request);
    ApplyProviderEffect(effect, event, request, frame);
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
      if (!request->request_handled) request->handled_order = request->last_order;
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
      if (!succeeded) break;
      ++request->insertions;
      request->read_before_insertion_bytes = request->read_bytes;
      request->inserted_bytes += event.b;
      request->remaining_bytes += event.b;
      break;
    case Effect::kSetUrl:
      if (!succeeded) break;
      ++request->url_sets;
      request->url_digest = event.b;
      request->url_seen_digest = 0;
      break;
    case Effect::kGetRawHttpRequest:
      request->url_changed_unasked =
          request->url_seen_digest != 0 && request->url_seen_digest != event.b;
      request->url_seen_digest = event.b;
      break;
    case Effect::kGetHttpMethod:
      request->method_seen_digest = event.b;
      break;
    case Effect::kSetHttpMethod:
      if (!succeeded) break;
      ++request->method_sets;
      request->method_digest = event.b;
      break;
    case Effect::kCloneContext:
      request->clones += succeeded;
      break;
    case Effect::kReleaseClonedContext: {
      RequestAccount* parent = FindRequest(static_cast<uint8_t>(request->parent));
      Slots_request* keeper = request->is_child && parent != nullptr ? &parent->slots : request;
      keeper->clones_released += succeeded;
      break;
    }
    default:
      break;
  }
}

// The calls of providers and users, and what DisableNotifications switches off.
void Account::ApplyProviderEffect(Effect effect, const Event& event, RequestAccount* request,
                                  const HandlerFrame* frame) {
  Slots_request& slots = request->slots;
  DeliveryAccount* delivery =
      frame != nullptr && frame->request == event.request ? DeliveryAt(frame->delivery) : nullptr;
  switch (effect) {
    case Effect::kSetEntity:
      if (event.b > event.a) break;  // more data than buffer: nothing is put in place
      ++slots.entity_replaced;
      slots.entity_buffer_bytes = event.a;
      slots.entity_bytes = event.b;
      slots.entity_unread = 1;
      break;
    case Effect::kGetEntity:
      ++slots.entity_taken;
      break;
    case Effect::kSetErrorStatus:
      if (delivery != nullptr) ++delivery->slots.errors_set;
      break;
    case Effect::kSetScriptMap:
      ++slots.script_maps_set;
      break;
    case Effect::kSetPhysicalPath:
      if (Succeeded(event.a)) slots.path_digest = event.b;
      break;
    case Effect::kSetUser:
      slots.user_is_set = event.a != 0;
      slots.users_set += slots.user_is_set;
      break;
    case Effect::kReferenceUser:
      ++slots.user_references;
      break;
    case Effect::kDereferenceUser:
      ++slots.user_dereferences;
      break;
    default:
      break;
  }
}

}  // namespace pendulum::oracle

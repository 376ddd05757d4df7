// How the calls that shape a response change the account: its status and headers, Clear and
// Redirect, what takes the connection down, and RQ_SEND_RESPONSE.
#include "harness/oracle/account.h"
#include "harness/oracle/account_internal.h"
#include "harness/trace/digest.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;

// Flags of HttpSendHttpResponse, as ISendResponseProvider gives and takes them.
constexpr uint32_t kFlagDisconnect = 1;
constexpr uint32_t kFlagMoreData = 2;
constexpr uint32_t kFlagBufferData = 4;
constexpr int64_t kDefaultStatus = 200;
constexpr int64_t kRedirectStatus = 302;
constexpr int64_t kNobody = -1;

// Nothing can have reached the client yet, nor be on its way.
bool InTime(const Slots_request& request) {
  return request.sends == 0 && !request.headers_received;
}

void NoteChange(Slots_request* request) {
  if (!InTime(*request)) ++request->unseen_changes;
}

void ClearHeaders(RequestAccount* request) {
  request->slots.redirects = 0;  // their Location has gone with the other headers
  for (int i = 0; i < request->headers && i < kMaxHeaders; ++i) {
    HeaderAccount& header = request->header[i];
    header.cleared = header.cleared || header.set;
    header.set = false;
    header.parts = 0;
  }
}

HeaderAccount* FindHeader(RequestAccount* request, uint32_t name_digest, bool make) {
  for (int i = 0; i < request->headers && i < kMaxHeaders; ++i) {
    if (request->header[i].name_digest == name_digest) return &request->header[i];
  }
  if (!make) return nullptr;
  if (request->headers++ >= kMaxHeaders) return nullptr;
  HeaderAccount& header = request->header[request->headers - 1];
  header = {.name_digest = name_digest};
  return &header;
}

void Clear(RequestAccount* request) {
  Slots_request& slots = request->slots;
  ++slots.cleared;
  ++slots.clears;
  slots.written_at_clear_bytes = slots.written_bytes;
  slots.received_at_clear_bytes = slots.received_bytes;
  NoteChange(&slots);
  ClearHeaders(request);
  slots.status_code = kDefaultStatus;
  slots.status_module = slots.status_notification = kNobody;
}

void SetSetter(const Event& event, const HandlerFrame* frame, const DeliveryAccount* delivery,
               Slots_request* request) {
  ++request->status_changes;
  request->status_module = event.module == trace::kNone8 ? kNobody : event.module;
  const bool known = frame != nullptr && delivery != nullptr;
  request->status_notification = known ? delivery->slots.notification : kNobody;
}

void Redirect(const Event& event, RequestAccount* request) {
  Slots_request& slots = request->slots;
  ++slots.cleared;
  if (!InTime(slots)) {
    ++slots.unseen_changes;
    return;
  }
  ++slots.redirects;
  slots.redirect_resets_status = (event.b & trace::kResetStatus) != 0;
  slots.redirect_includes_parameters = (event.b & trace::kIncludeParameters) != 0;
  slots.written_at_redirect_bytes = slots.written_bytes;
  slots.writes_after_redirect = 0;
  if (slots.redirect_resets_status) slots.status_code = kRedirectStatus;
  // What it makes of these headers is its own affair.
  static const uint32_t changed[] = {trace::HeaderDigest("location", true),
                                     trace::HeaderDigest("content-type", true)};
  for (const uint32_t name : changed) {
    HeaderAccount* header = FindHeader(request, name, false);
    if (header != nullptr) header->set = header->cleared = false;
  }
}

}  // namespace

void Account::ApplyResponseEffect(Effect effect, const Event& event, RequestAccount* request) {
  Slots_request& slots = request->slots;
  const HandlerFrame* frame = TopFrame(event.worker);
  const bool in_handler = frame != nullptr && frame->request == event.request;
  const DeliveryAccount* delivery = DeliveryAt(in_handler ? frame->delivery : -1);
  Slots_call& call = event_slots_.call_;
  call.argument_null = (event.b & trace::kArgumentNull) != 0;
  switch (effect) {
    case Effect::kClear:
      return Clear(request);
    case Effect::kRedirect:
      call.memory_short = (event.b & trace::kRedirectMemoryShort) != 0;
      if (!Succeeded(event.a)) return;
      Redirect(event, request);
      if (slots.redirect_resets_status) SetSetter(event, frame, delivery, &slots);
      return;
    case Effect::kClearHeaders:
      NoteChange(&slots);
      return ClearHeaders(request);
    case Effect::kSetStatus:
      call.text_bytes = (event.b & ~trace::kArgumentNull) >> trace::kStatusCodeBits;
      if (!Succeeded(event.a)) return;
      NoteChange(&slots);
      slots.status_code = event.b & ((1u << trace::kStatusCodeBits) - 1);
      return SetSetter(event, frame, delivery, &slots);
    case Effect::kGetStatus:
      call.argument_null = 0;
      call.setter_asked = (event.a & trace::kSetterAsked) != 0;
      call.setter_module = static_cast<int64_t>(event.a >> 8 & 0xFF) - 1;
      call.setter_notification = static_cast<int64_t>(event.a & 0xFF) - 1;
      return;
    case Effect::kSetHeader:
      call.text_bytes = event.b & ~trace::kArgumentNull;
      return;
    case Effect::kResetConnection:
      ++slots.resets;
      return;
    case Effect::kCloseConnection:
      ++slots.closes;
      return;
    case Effect::kGetRawHttpResponse:
    case Effect::kSetErrorStatus:
      ++slots.unseen_changes;
      return;
    default:
      return;
  }
}

void Account::ApplySendResponseCall(Effect effect, const Event& event, RequestAccount* request) {
  HandlerFrame* frame = TopFrame(event.worker);
  DeliveryAccount* delivery = DeliveryAt(frame == nullptr ? -1 : frame->delivery);
  if (frame == nullptr || delivery == nullptr) return;
  Slots_delivery& of = delivery->slots;
  Slots_call& call = event_slots_.call_;
  const uint32_t flags = effect == Effect::kGetFlags ? event.a : event.b;
  switch (effect) {
    case Effect::kGetFlags:
    case Effect::kSetFlags:
      call.disconnect_flag = (flags & kFlagDisconnect) != 0;
      call.more_data_flag = (flags & kFlagMoreData) != 0;
      break;
    case Effect::kGetReadyToLogData:
      ++frame->slots.log_ready_asked;
      frame->slots.log_ready = event.a != 0;
      return;
    default:
      frame->slots.log_data_set += Succeeded(event.a);
      return;
  }
  if (effect == Effect::kGetFlags) {
    if (of.flags_set == 0) of.flags_joined = flags;
    of.flags_asked = of.flags_asked || of.flags_set == 0;
    return;
  }
  ++of.flags_set;
  of.flags = flags;
  of.flags_joined |= flags;
  request->slots.disconnect_flagged = call.disconnect_flag;
  const int32_t raiser = calls_[event.worker] - 1;
  if (raiser >= 0) operations_[raiser].slots.buffer_flagged = (flags & kFlagBufferData) != 0;
}

// A notification of RQ_SEND_RESPONSE on a worker that is inside a write or flush was raised by it.
void Account::NoteSendResponse(const Event& event, RequestAccount* request,
                               DeliveryAccount* delivery) {
  if (request == nullptr) return;
  ++request->slots.send_responses;
  const int32_t raiser = calls_[event.worker] - 1;
  if (raiser < 0 || operations_[raiser].request != event.request) return;
  Slots_operation& slots = operations_[raiser].slots;
  ++slots.send_responses;
  if (delivery == nullptr) return;
  delivery->slots.raised_by_send = 1;
  delivery->slots.raised_more_data = slots.more_data;
}

void Account::ApplyHeader(const Event& event, RequestAccount* request) {
  Slots_header& header = event_slots_.header_;
  header = {.name_digest = event.a,
            .value_digest = event.b,
            .bytes = event.d >> trace::kHeaderBytesShift,
            .found = Bit(event, trace::kFound),
            .appended = Bit(event, trace::kAppended),
            .by_id = Bit(event, trace::kById),
            .deleted = Bit(event, trace::kDeleted)};
  if (request == nullptr) return;
  const bool changes = event.kind == EventKind::kHeaderChanged;
  HeaderAccount* own = FindHeader(request, event.a, changes);
  if (changes) NoteChange(&request->slots);
  if (own == nullptr) return;
  if (changes && header.deleted) {
    own->cleared = own->cleared || own->set;
    own->set = false;
    own->parts = 0;
  } else if (changes) {
    static const uint32_t server = trace::HeaderDigest("server", true);
    own->server_by_id = event.a == server && (header.by_id || (own->set && own->server_by_id));
    const bool joins = own->set && (header.appended || (event.a == server && header.by_id));
    own->set_digest = joins ? 0 : event.b;
    own->set_bytes = static_cast<int32_t>(joins ? own->set_bytes + 1 + header.bytes : header.bytes);
    own->parts = joins ? own->parts + 1 : 1;
    own->set = true;
    own->cleared = false;
  }
  header.known = request->slots.unseen_changes == 0 && request->headers <= kMaxHeaders;
  header.set = own->set;
  header.cleared = own->cleared;
  header.set_digest = own->set_digest;
  header.set_bytes = own->set_bytes;
  header.parts = own->parts;
  header.server_by_id = own->server_by_id;
}

void Account::ApplyHead(const Event& event, Slots_request* request) {
  event_slots_.head_ = {.status_code = event.a,
                        .headers = event.b,
                        .location = Bit(event, trace::kLocation),
                        .location_absolute = Bit(event, trace::kLocationAbsolute),
                        .location_query = Bit(event, trace::kLocationQuery)};
  if (request != nullptr) ++request->heads;
}

}  // namespace pendulum::oracle

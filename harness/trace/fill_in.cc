#include "harness/trace/fill_in.h"

#include "harness/trace/fields.h"

namespace pendulum::trace {
namespace {

using enum EventKind;

bool Opens(EventKind kind) { return kind == kNotificationEntered || kind == kCompletionDelivered; }
bool Closes(EventKind kind) { return kind == kNotificationReturned || kind == kCompletionReturned; }

OperationKind KindOf(const Event& called) { return OperationKindOf(called); }

}  // namespace

const FillIn::Operation* FillIn::Find(uint16_t operation) const {
  const bool known = operation < operations_.size() && operations_[operation].known;
  return known ? &operations_[operation] : nullptr;
}

FillIn::Delivery FillIn::Innermost(const Event& event) const {
  const Request& request = Of(event);
  for (size_t i = request.open.size(); i-- > 0 && mode_ == AbsentMode::kUnknown;) {
    if (request.open[i].worker == event.worker) return request.open[i];
  }
  return request.open.empty() ? request.last : request.open.back();
}

FillIn::Delivery FillIn::WithSerial(const Event& event) const {
  for (const Delivery& delivery : Of(event).open) {
    if (delivery.serial == event.a) return delivery;
  }
  return {.serial = event.a, .d = event.d, .worker = event.worker, .unknown = true};
}

void FillIn::UseDelivery(const Delivery& delivery, Event* event) {
  if (event->kind != kCompletionDelivered) event->a = delivery.serial;
  event->d = delivery.d;
}

template <typename Test>
FillIn::Guess FillIn::Latest(Test test) const {
  Guess guess;
  for (size_t i = operations_.size(); i-- > 0;) {
    if (!operations_[i].known || !test(operations_[i])) continue;
    if (guess.operation != kNone16) return {guess.operation, true};
    guess.operation = static_cast<uint16_t>(i);
    if (mode_ == AbsentMode::kDefault) break;
  }
  return guess;
}

// A call returns on its worker, and calls nest there: the latest is the one. A completion may be
// that of any operation that has not ended.
FillIn::Guess FillIn::GuessAmongRequest(const Event& event, FieldSet given) const {
  const auto here = [&](const Operation& o) { return o.called.request == event.request; };
  const bool on_worker = (given & kWorkerField) != 0 || WorkerIsImplied(event.kind);
  if (event.kind == kOperationReturned) {
    const auto running = [&](const Operation& o) { return here(o) && !o.returned; };
    const Guess same =
        Latest([&](const Operation& o) { return running(o) && o.called.worker == event.worker; });
    if (on_worker && same.operation != kNone16) return {same.operation, false};
    return Latest(running);
  }
  if (event.kind == kCompletionReturned) {
    const auto runs = [&](const Operation& o) { return here(o) && o.completion_runs; };
    const Guess same =
        Latest([&](const Operation& o) { return runs(o) && o.delivered.worker == event.worker; });
    if (on_worker && same.operation != kNone16) return {same.operation, false};
    return Latest(runs);
  }
  const auto open = [&](const Operation& o) { return here(o) && !o.completed; };
  const Guess expecting = Latest([&](const Operation& o) { return open(o) && !o.expects_none; });
  return expecting.operation != kNone16 ? expecting : Latest(open);
}

FillIn::Guess FillIn::GuessOperation(const Event& event, FieldSet given) const {
  if (event.kind == kOperationCalled) return {static_cast<uint16_t>(operations_.size()), false};
  if (!ScopeOf(event.kind).operation) return {};
  if (mode_ == AbsentMode::kUnknown) return GuessAmongRequest(event, given);
  if (event.kind == kOperationReturned) return Latest([](const auto& o) { return !o.returned; });
  if (event.kind == kCompletionReturned) {
    return Latest([](const auto& o) { return o.completion_runs; });
  }
  return Latest([](const auto& o) { return !o.completed; });
}

// While one handler runs at most, there is no other worker to be meant, unless another one begins.
bool FillIn::WorkerIsImplied(EventKind kind) const {
  return frames_ == 0 || (frames_ == 1 && !Opens(kind));
}

void FillIn::Begin(FieldSet given, Event* event) {
  for (const EventField& field : FieldsOf(event->kind)) {
    SetFieldValue(field, field.otherwise, event);
  }
  if (event->kind == kNotificationEntered) event->a = Of(*event).entered;
  if (event->kind == kNotificationReturned) UseDelivery(Innermost(*event), event);
  ambiguous_ = false;
  if ((given & kOperationField) != 0) return;
  const Guess guess = GuessOperation(*event, given);
  event->operation = guess.operation;
  ambiguous_ = guess.ambiguous;
}

void FillIn::UseOperation(Event* event) const {
  const Operation* operation = Find(event->operation);
  if (operation == nullptr) return;
  const bool delivers = event->kind == kCompletionDelivered;
  if (delivers || event->kind == kCompletionReturned) UseDelivery(operation->delivery, event);
  const bool posts = KindOf(operation->called) == OperationKind::kPostCompletion;
  if (delivers) event->a = posts ? operation->called.a : 0;
}

// What a person who writes a trace by hand means.
void FillIn::FillLikely(FieldSet given, Event* event) const {
  const auto has = [&](std::string_view name) {
    return (given & FieldBit(event->kind, name)) != 0;
  };
  switch (event->kind) {
    case kRequestBegan:
      if ((event->d & kChunkedBody) != 0 && !has("content_length_bytes")) event->a = kUnknownLength;
      if (!has("has_body") && event->a != 0) event->d |= kHasBody;
      break;
    case kOperationReturned:
      if (has("pending_flag") && !has("pending_written")) event->d |= kPendingWritten;
      if (has("count_bytes") && !has("count_written")) event->d |= kCountWritten;
      break;
    case kClientSent:
      if (!has("total_bytes")) event->b = Of(*event).sent_bytes + event->a;
      break;
    case kClientReceived:
      if (!has("total_bytes")) event->b = Of(*event).received_bytes + event->a;
      if (!has("headers") && !Of(*event).headers) event->d |= 1;
      break;
    default:
      break;
  }
}

// Each of the two follows from the other.
FieldSet FillIn::FillClientBytes(FieldSet given, uint32_t before_bytes, Event* event) const {
  const FieldSet bytes = FieldBit(event->kind, "bytes");
  const FieldSet total = FieldBit(event->kind, "total_bytes");
  if ((given & total) == 0) event->b = before_bytes + event->a;
  if ((given & bytes) == 0 && (given & total) != 0) event->a = event->b - before_bytes;
  return (given & (bytes | total)) != 0 ? bytes | total : 0;
}

// A handler returns from the notification that it was entered for.
FieldSet FillIn::FillLeft(FieldSet given, Event* event) const {
  const FieldSet fields = FieldBit(event->kind, "notification") | FieldBit(event->kind, "post");
  const Delivery delivery = WithSerial(*event);
  if (delivery.unknown) return 0;
  if ((given & fields) == 0) event->d = delivery.d;
  return fields;
}

FieldSet FillIn::FillReturned(FieldSet given, Event* event) const {
  const Operation* operation = Find(event->operation);
  if (operation == nullptr) return 0;
  if (event->kind == kOperationReturned) {
    return WithoutMeaning(*event, given, operation->called, operation->called_absent);
  }
  // What OnAsyncCompletion was called with, it returns from.
  FieldSet known = 0;
  if (!operation->completion_runs) return known;
  FieldSet bit = 1;
  for (const EventField& field : FieldsOf(event->kind)) {
    const bool passed = field.word == Word::kD && (given & bit) == 0;
    const FieldSet then = FieldBit(kCompletionDelivered, field.name);
    if (passed && (operation->delivered_absent & then) == 0) {
      SetFieldValue(field, FieldValue(operation->delivered, field), event);
      known |= bit;
    }
    bit <<= 1;
  }
  return known;
}

// What follows from the structure and from other fields of the event. Returns which fields are
// known that way, or have no meaning.
FieldSet FillIn::FillImplied(FieldSet given, Event* event) const {
  const EventKind kind = event->kind;
  const auto bit = [&](std::string_view name) { return FieldBit(kind, name); };
  switch (kind) {
    case kRequestBegan: {
      const bool chunked = (given & bit("chunked_body")) != 0 && (event->d & kChunkedBody) != 0;
      if ((given & bit("content_length_bytes")) == 0 && !chunked) return 0;
      if ((given & bit("content_length_bytes")) == 0) event->a = kUnknownLength;
      if (!(given & bit("has_body")) && event->a != 0) event->d |= kHasBody;
      if (!(given & bit("chunked_body")) && event->a == kUnknownLength) event->d |= kChunkedBody;
      return bit("content_length_bytes") | bit("has_body") | bit("chunked_body");
    }
    case kNotificationEntered:
      return bit("serial");
    case kNotificationReturned:
      return bit("serial") | FillLeft(given, event);
    case kOperationCalled:
      return WithoutMeaning(*event, (given & bit("kind")) != 0);
    case kOperationReturned:
      return FillReturned(given, event);
    case kCompletionReturned:
      return bit("serial") | FillReturned(given, event);
    case kClientSent:
      return FillClientBytes(given, Of(*event).sent_bytes, event);
    case kClientReceived:
      return FillClientBytes(given, Of(*event).received_bytes, event);
    default:
      return 0;
  }
}

FieldSet FillIn::Finish(FieldSet given, Event* event) {
  FieldSet absent = 0;
  if (mode_ == AbsentMode::kDefault) {
    FillLikely(given, event);
  } else {
    const FieldSet implied = FillImplied(given, event);
    absent = AllFields(event->kind) & ~given & ~implied;
    if (!(given & kWorkerField) && !WorkerIsImplied(event->kind)) absent |= kWorkerField;
    if (ambiguous_) absent |= kOperationField;
  }
  Remember(*event, absent);
  return absent;
}

void FillIn::RememberReturn(const Event& event, FieldSet absent, Operation* operation) const {
  operation->returned = true;
  const auto is_known = [&](std::string_view name) {
    return (absent & FieldBit(kOperationReturned, name)) == 0;
  };
  const auto was_known = [&](std::string_view name) {
    return (operation->called_absent & FieldBit(kOperationCalled, name)) == 0;
  };
  const Event& called = operation->called;
  const bool failed = is_known("status") && event.a >> 31 != 0;
  const bool posts = !was_known("kind") || KindOf(called) == OperationKind::kPostCompletion;
  const bool synchronous = was_known("async") && (called.d & kAsync) == 0;
  const bool flag_known = is_known("pending_flag") && was_known("pending_flag_null") &&
                          (called.d & kPendingFlagNull) == 0;
  const bool not_pending = flag_known && (event.d & kPendingTrue) == 0;
  operation->expects_none = failed || (!posts && (synchronous || not_pending));
}

void FillIn::Remember(const Event& event, FieldSet absent) {
  Request& request = requests_[event.request];
  if (Opens(event.kind)) ++frames_;
  if (Closes(event.kind) && frames_ > 0) --frames_;
  const bool fits = event.operation < operations_.size();
  switch (event.kind) {
    case kRequestBegan:
      request = Request();
      break;
    case kNotificationEntered:
      request.entered = event.a + 1;
      request.open.push_back({event.a, static_cast<uint16_t>(event.d & (0xFF | kPost)),
                              event.worker, (absent & AllFields(event.kind)) != 0});
      break;
    case kNotificationReturned:
      request.last = WithSerial(event);
      std::erase_if(request.open, [&](const Delivery& d) { return d.serial == event.a; });
      break;
    case kOperationCalled:
      if (event.operation == kNone16) break;
      if (!fits) operations_.resize(event.operation + 1u);
      operations_[event.operation] = {
          .known = true, .called = event, .called_absent = absent, .delivery = Innermost(event)};
      break;
    case kOperationReturned:
      if (fits) RememberReturn(event, absent, &operations_[event.operation]);
      break;
    case kCompletionDelivered:
    case kCompletionReturned:
      if (!fits) break;
      operations_[event.operation].completed = true;
      operations_[event.operation].completion_runs = event.kind == kCompletionDelivered;
      if (event.kind == kCompletionReturned) break;
      operations_[event.operation].delivered = event;
      operations_[event.operation].delivered_absent = absent;
      break;
    case kClientSent:
      request.sent_bytes = event.b;
      break;
    case kClientReceived:
      request.received_bytes = event.b;
      request.headers = request.headers || (event.d & 1) != 0;
      break;
    default:
      break;
  }
}

}  // namespace pendulum::trace

#include "harness/trace/describe.h"

#include "harness/trace/fields.h"
#include "harness/trace/method.h"
#include "harness/trace/names.h"

namespace pendulum::trace {
namespace {

std::string Number(uint32_t number, const char* noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}
std::string Bytes(uint32_t bytes) { return Number(bytes, "byte"); }
std::string Hresult(uint32_t value) { return ValueText(ValueType::kHresult, value); }
std::string StatusName(uint32_t value) { return ValueText(ValueType::kStatus, value); }
std::string MethodText(const Event& event) { return ValueText(ValueType::kMethod, event.d); }

std::string NotificationName(const Event& event) {
  const std::string name = ValueText(ValueType::kNotification, event.d & 0xFF);
  return (event.d & kPost) != 0 ? "post " + name : name;
}

std::string CompletionHandler(const Event& event) {
  return (event.d & kByRoutine) != 0 ? "own function" : "OnAsyncCompletion";
}

std::string DescribeCall(const Event& event) {
  const OperationKind kind = OperationKindOf(event);
  std::string text = ValueText(ValueType::kOperationKind, event.d & kOperationKindMask) + "(";
  if (kind == OperationKind::kIndicateCompletion) return text + StatusName(event.a) + ")";
  text += Bytes(event.a);
  if (kind <= OperationKind::kFlush && event.b != 0) text += " in " + Number(event.b, "chunk");
  struct Flag {
    uint16_t bit;
    const char* text;
  };
  for (const Flag& flag : {Flag{kAsync, "async"}, Flag{kMoreData, "more data"},
                           Flag{kPendingFlagNull, "no flag"}, Flag{kCountNull, "no count"},
                           Flag{kBufferNull, "NULL buffer"}, Flag{kFileChunk, "from a file"},
                           Flag{kOnStack, "on the stack"}, Flag{kBadChunk, "bad chunk"}}) {
    if ((event.d & flag.bit) != 0) text += std::string(", ") + flag.text;
  }
  return text + ")";
}

// The event's name and all its fields, for kinds that have no phrase of their own.
std::string DescribeFields(const Event& event) {
  std::string text(EventName(event.kind));
  const char* separator = " ";
  for (const EventField& field : FieldsOf(event.kind)) {
    if (!HasField(event, field)) continue;
    text +=
        separator + std::string(field.name) + " " + ValueText(field.type, FieldValue(event, field));
    separator = ", ";
  }
  return text;
}

}  // namespace

std::string Describe(const Event& event) {
  switch (event.kind) {
    case EventKind::kNotificationEntered:
      return NotificationName(event);
    case EventKind::kNotificationReturned:
      return NotificationName(event) + " -> " + StatusName(event.b);
    case EventKind::kOperationCalled:
      return DescribeCall(event);
    case EventKind::kOperationReturned: {
      std::string text = "-> " + Hresult(event.a);
      if ((event.d & kCountWritten) != 0) text += ", " + Bytes(event.b);
      if ((event.d & kPendingTrue) != 0) text += ", pending";
      return text;
    }
    case EventKind::kCompletionDelivered:
      return CompletionHandler(event) + "(" + Bytes(event.a) + ", " + Hresult(event.b) + ") in " +
             NotificationName(event);
    case EventKind::kCompletionReturned:
      return CompletionHandler(event) + " -> " + StatusName(event.b);
    case EventKind::kCall:
      return MethodText(event) + " -> " + Hresult(event.a);
    case EventKind::kWaitBegan:
      return MethodText(event) + " waits for object " + std::to_string(event.a);
    case EventKind::kWaitEnded:
      return MethodText(event) + " goes on";
    default:
      return DescribeFields(event);
  }
}

}  // namespace pendulum::trace

#include "harness/trace/absence.h"

#include "harness/trace/fields.h"

namespace pendulum::trace {
namespace {

using enum EventKind;

OperationKind KindOf(const Event& called) { return OperationKindOf(called); }

bool Writes(OperationKind kind) {
  return kind == OperationKind::kWriteEntityChunks ||
         kind == OperationKind::kWriteEntityChunkByReference;
}

bool IsFragment(OperationKind kind) {
  return kind == OperationKind::kReadFragment || kind == OperationKind::kWriteFragment;
}

// Whether the call takes pcbSent, pcbBytesReceived or pcbData.
bool Counts(OperationKind kind) {
  return Writes(kind) || kind == OperationKind::kFlush || kind == OperationKind::kReadEntityBody ||
         IsFragment(kind);
}

bool HasPendingFlag(OperationKind kind) {
  return kind != OperationKind::kPostCompletion && kind != OperationKind::kIndicateCompletion;
}

// Whether a form of the call takes a completion routine.
bool HasRoutine(OperationKind kind) {
  return kind == OperationKind::kWriteEntityChunks || kind == OperationKind::kFlush ||
         kind == OperationKind::kReadEntityBody || kind == OperationKind::kPostCompletion ||
         kind >= OperationKind::kReadFragment;
}

FieldSet Bits(EventKind kind, std::initializer_list<std::string_view> names) {
  FieldSet set = 0;
  for (std::string_view name : names) set |= FieldBit(kind, name);
  return set;
}

struct Companion {
  EventKind seen;
  EventKind implied;
};

// Each is noticed by whoever notices the other: an end at the same place as its beginning,
// OnAsyncCompletion in the same table of functions as the handlers, a disconnection on the
// connection whose bytes are recorded.
constexpr Companion kCompanions[] = {
    {kNotificationEntered, kCompletionDelivered},
    {kNotificationEntered, kCompletionReturned},
    {kClientSent, kClientDisconnected},
    {kClientReceived, kClientDisconnected},
    {kContextStored, kContextCleaned},
    {kModuleCreated, kModuleDisposed},
    {kModuleRegistered, kFactoryTerminated},
    {kThreadBegan, kThreadEnded},
    {kWaitBegan, kWaitEnded},
    {kClientHead, kClientHeader},
};

}  // namespace

FieldSet FieldBit(EventKind kind, std::string_view name) {
  FieldSet bit = 1;
  for (const EventField& field : FieldsOf(kind)) {
    if (field.name == name) return bit;
    bit <<= 1;
  }
  return 0;
}

FieldSet AllFields(EventKind kind) { return (FieldSet{1} << FieldsOf(kind).size()) - 1; }

FieldSet WithoutMeaning(const Event& called, bool kind_known) {
  // Word a is one or the other; which of them, only the kind tells.
  if (!kind_known) return FieldBit(kOperationCalled, "status_given");
  const OperationKind kind = KindOf(called);
  const bool indicates = kind == OperationKind::kIndicateCompletion;
  FieldSet none = indicates ? Bits(kOperationCalled, {"buffer_bytes"})
                            : Bits(kOperationCalled, {"status_given"});
  if (!Writes(kind)) none |= Bits(kOperationCalled, {"chunks", "file_chunk", "bad_chunk"});
  if (!Writes(kind) && kind != OperationKind::kReadEntityBody) {
    none |= Bits(kOperationCalled, {"buffer_null", "on_stack"});
    const bool has_bytes = kind == OperationKind::kPostCompletion || IsFragment(kind);
    if (!has_bytes) none |= Bits(kOperationCalled, {"buffer_bytes"});
  }
  if (kind != OperationKind::kWriteEntityChunks && kind != OperationKind::kFlush) {
    none |= Bits(kOperationCalled, {"more_data"});
  }
  if (kind != OperationKind::kWriteEntityChunkByReference) {
    none |= Bits(kOperationCalled, {"in_front"});
  }
  if (!HasRoutine(kind)) none |= Bits(kOperationCalled, {"with_routine", "routine_given"});
  if (kind != OperationKind::kExecuteRequest) {
    none |= Bits(kOperationCalled, {"child", "execute_flags", "user_given"});
  }
  if (!Counts(kind)) none |= Bits(kOperationCalled, {"count_null"});
  if (!HasPendingFlag(kind)) none |= Bits(kOperationCalled, {"async", "pending_flag_null"});
  return none;
}

FieldSet WithoutMeaning(const Event& returned, FieldSet given, const Event& called,
                        FieldSet called_absent) {
  const auto is_known = [&](std::string_view name) {
    return (called_absent & FieldBit(kOperationCalled, name)) == 0;
  };
  const FieldSet count = Bits(kOperationReturned, {"count_bytes", "count_written"});
  const FieldSet flag = Bits(kOperationReturned, {"pending_flag", "pending_written"});
  FieldSet none = 0;
  if (is_known("kind")) {
    const OperationKind kind = KindOf(called);
    if (kind == OperationKind::kIndicateCompletion) none |= Bits(kOperationReturned, {"status"});
    if (!Counts(kind)) none |= count;
    if (!HasPendingFlag(kind)) none |= flag;
  }
  if (is_known("count_null") && (called.d & kCountNull) != 0) none |= count;
  if (is_known("pending_flag_null") && (called.d & kPendingFlagNull) != 0) none |= flag;
  const bool unwritten = (given & FieldBit(kOperationReturned, "count_written")) != 0 &&
                         (returned.d & kCountWritten) == 0;
  if (unwritten) none |= Bits(kOperationReturned, {"count_bytes"});
  return none;
}

KindSet RecordedKinds(std::span<const Event> events) {
  KindSet seen = 0;
  for (const Event& event : events) seen |= KindBit(event.kind);
  KindSet recorded = seen;
  for (const Companion& companion : kCompanions) {
    if ((seen & KindBit(companion.seen)) != 0) recorded |= KindBit(companion.implied);
  }
  return recorded;
}

}  // namespace pendulum::trace

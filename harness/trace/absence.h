// What a recorded trace may be silent about. A recorder on a real server sees some kinds of events
// and some of their fields; what it leaves out is unknown, which is not the same as 0.
#ifndef PENDULUM_TRACE_ABSENCE_H_
#define PENDULUM_TRACE_ABSENCE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "harness/trace/event.h"

namespace pendulum::trace {

// What a field that a trace file leaves out stands for: the value that people mean who write a
// trace by hand (harness/trace/README.md), or nothing that is known.
enum class AbsentMode : uint8_t { kDefault, kUnknown };

// A set of the fields of one event: a bit for each of FieldsOf(kind), and these.
using FieldSet = uint32_t;
inline constexpr FieldSet kWorkerField = FieldSet{1} << 31;
inline constexpr FieldSet kOperationField = FieldSet{1} << 30;

// The bit of a field of `kind` by its name; 0 when it has none of this name.
FieldSet FieldBit(EventKind kind, std::string_view name);
// Every field of `kind`, without worker and operation.
FieldSet AllFields(EventKind kind);

// Of an operation.called, the fields that this kind of operation has no argument for: nobody can
// record them. `kind_known` is false where the event doesn't say which kind it is.
FieldSet WithoutMeaning(const Event& called, bool kind_known);
// The same for the operation.returned of that call. `called_absent` are the fields of the call that
// are not known, `given` those that the return has: a count that was not written is none.
FieldSet WithoutMeaning(const Event& returned, FieldSet given, const Event& called,
                        FieldSet called_absent);

// A set of event kinds, by bit.
using KindSet = uint64_t;
constexpr KindSet KindBit(EventKind kind) { return KindSet{1} << static_cast<int>(kind); }
inline constexpr KindSet kAllKinds = ~KindSet{0};

// The kinds that a recorder records which left these events and doesn't say: those that occur, and
// those whose absence is an observation, because whoever sees the one sees the other
// (harness/trace/README.md).
KindSet RecordedKinds(std::span<const Event> events);

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_ABSENCE_H_

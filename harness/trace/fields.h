// The fields of each kind of event by name: what its a, b and d hold. Trace files and descriptions
// are written from this table.
#ifndef PENDULUM_TRACE_FIELDS_H_
#define PENDULUM_TRACE_FIELDS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/trace/event.h"
#include "harness/trace/names.h"

namespace pendulum::trace {

enum class Word : uint8_t { kA, kB, kD };

struct EventField {
  std::string_view name;
  ValueType type;
  Word word;           // the word of the event that holds it
  uint8_t shift = 0;   // its first bit there
  uint8_t width = 32;  // and how many bits
  // What an event in a trace file has where the field is left out, unless
  // harness/trace/json_lines.h says something better.
  int64_t otherwise = 0;
};

// Whom events of a kind concern besides the worker.
struct EventScope {
  bool request = false;
  bool module = false;
  bool operation = false;
};

std::span<const EventField> FieldsOf(EventKind kind);
EventScope ScopeOf(EventKind kind);

// True when the event has the field: operation.called holds different things for each kind of
// operation. IndicateCompletion has status_given in the place of buffer_bytes, ExecuteRequest
// child.
bool HasField(const Event& event, const EventField& field);

int64_t FieldValue(const Event& event, const EventField& field);
// Bits of `value` beyond the field's width are dropped.
void SetFieldValue(const EventField& field, int64_t value, Event* event);

// The table of events and fields as it stands in harness/trace/README.md.
std::string EventsMarkdown();

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_FIELDS_H_

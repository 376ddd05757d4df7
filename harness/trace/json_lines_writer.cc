#include "harness/trace/fields.h"
#include "harness/trace/json_lines.h"

namespace pendulum::trace {
namespace {

void AppendIndex(std::string_view name, int value, int none, std::string* out) {
  *out += ", \"" + std::string(name) + "\": " + (value == none ? "null" : std::to_string(value));
}

void AppendField(const Event& event, const EventField& field, std::string* out) {
  const int64_t value = FieldValue(event, field);
  *out += ", \"" + std::string(field.name) + "\": ";
  if (field.type == ValueType::kInteger) {
    *out += std::to_string(value);
  } else if (field.type == ValueType::kBoolean) {
    *out += value != 0 ? "true" : "false";
  } else {
    const std::string name = ValueName(field.type, value);
    const bool is_number = name.find_first_not_of("0123456789") == std::string::npos;
    *out += is_number ? name : "\"" + name + "\"";
  }
}

void AppendNote(std::string_view note, std::string* out) {
  *out += ", \"note\": \"";
  for (char c : note) {
    if (c == '"' || c == '\\') *out += '\\';
    *out += static_cast<unsigned char>(c) >= 0x20 ? c : ' ';
  }
  *out += '"';
}

void AppendKinds(KindSet kinds, std::string* out) {
  *out += ", \"events\": [";
  const char* separator = "";
  for (int i = 0; i < kEventKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if ((kinds & KindBit(kind)) == 0) continue;
    *out += separator + ("\"" + std::string(EventName(kind)) + "\"");
    separator = ", ";
  }
  *out += "]";
}

}  // namespace

std::string EventJson(const Event& event, FieldSet absent) {
  std::string text = "{\"event\": \"" + std::string(EventName(event.kind)) + "\"";
  if ((absent & kWorkerField) == 0) AppendIndex("worker", event.worker, kNone8, &text);
  AppendIndex("request", event.request, kNone8, &text);
  AppendIndex("module", event.module, kNone8, &text);
  if ((absent & kOperationField) == 0) AppendIndex("operation", event.operation, kNone16, &text);
  FieldSet bit = 1;
  for (const EventField& field : FieldsOf(event.kind)) {
    if ((absent & bit) == 0 && HasField(event, field)) AppendField(event, field, &text);
    bit <<= 1;
  }
  return text + "}";
}

std::string TraceJson(std::span<const Event> events, std::string_view note) {
  std::string text = "{\"schema\": \"" + std::string(kTraceSchema) + "\"";
  if (!note.empty()) AppendNote(note, &text);
  text += "}\n";
  for (const Event& event : events) text += EventJson(event) + "\n";
  return text;
}

std::string TraceJson(const TraceFile& file) {
  if (file.mode == AbsentMode::kDefault) return TraceJson(file.events, file.note);
  std::string text = "{\"schema\": \"" + std::string(kTraceSchema) + "\"";
  if (!file.note.empty()) AppendNote(file.note, &text);
  text += ", \"absent\": \"unknown\"";
  AppendKinds(file.recorded, &text);
  text += "}\n";
  for (size_t i = 0; i < file.events.size(); ++i) {
    text += EventJson(file.events[i], file.absent[i]) + "\n";
  }
  return text;
}

}  // namespace pendulum::trace

#include "harness/trace/json_lines.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "harness/platform/json_reader.h"
#include "harness/platform/suggest.h"
#include "harness/trace/fields.h"
#include "harness/trace/method.h"

namespace pendulum::trace {
namespace {

using platform::JsonDocument;
using platform::JsonErrors;
using platform::JsonKind;
using platform::JsonValue;

// What the reader remembers of earlier events in order to fill in what later ones leave out.
class Defaults {
 public:
  // Fills the words of `event`, whose kind and request are known, with what is likely.
  void Fill(Event* event) const {
    for (const EventField& field : FieldsOf(event->kind)) {
      SetFieldValue(field, field.otherwise, event);
    }
    switch (event->kind) {
      case EventKind::kNotificationEntered:
        event->a = static_cast<uint32_t>(Of(*event).entered);
        break;
      case EventKind::kNotificationReturned:
        UseDelivery(Innermost(*event), event);
        break;
      case EventKind::kOperationCalled:
        event->operation = static_cast<uint16_t>(operations_.size());
        break;
      case EventKind::kOperationReturned:
        event->operation = Latest([](const Operation& o) { return !o.returned; });
        break;
      case EventKind::kCompletionDelivered:
      case EventKind::kMemoryViolated:
        event->operation = Latest([](const Operation& o) { return !o.completed; });
        break;
      case EventKind::kCompletionReturned:
        event->operation = Latest([](const Operation& o) { return o.completion_runs; });
        break;
      case EventKind::kClientSent:
        break;
      default:
        break;
    }
  }

  // After the operation is known and before other fields are read: what follows from it.
  void FillFromOperation(Event* event) const {
    if (event->operation >= operations_.size()) return;
    const Operation& operation = operations_[event->operation];
    const bool completes = event->kind == EventKind::kCompletionDelivered ||
                           event->kind == EventKind::kCompletionReturned;
    if (completes && operation.delivery) UseDelivery(operation.delivery_value, event);
    if (event->kind == EventKind::kCompletionDelivered) event->a = operation.posted_bytes;
  }

  // What depends on other fields of the event: `has` says which the file gives.
  template <typename Has>
  void FillFromFields(const Has& has, Event* event) const {
    switch (event->kind) {
      case EventKind::kRequestBegan:
        if ((event->d & kChunkedBody) != 0 && !has("content_length_bytes"))
          event->a = kUnknownLength;
        if (!has("has_body") && event->a != 0) event->d |= kHasBody;
        break;
      case EventKind::kOperationReturned:
        if (has("pending_flag") && !has("pending_written")) event->d |= kPendingWritten;
        if (has("count_bytes") && !has("count_written")) event->d |= kCountWritten;
        break;
      case EventKind::kClientSent:
        if (!has("total_bytes")) event->b = Of(*event).sent_bytes + event->a;
        break;
      case EventKind::kClientReceived:
        if (!has("total_bytes")) event->b = Of(*event).received_bytes + event->a;
        if (!has("headers") && !Of(*event).headers) event->d |= 1;
        break;
      default:
        break;
    }
  }

  void Remember(const Event& event) {
    Request& request = requests_[event.request];
    switch (event.kind) {
      case EventKind::kRequestBegan:
        request = Request();
        break;
      case EventKind::kNotificationEntered:
        request.entered = event.a + 1;
        request.open.push_back({event.a, event.d});
        break;
      case EventKind::kNotificationReturned:
        std::erase_if(request.open, [&](const Delivery& d) { return d.serial == event.a; });
        request.last = {event.a, event.d};
        break;
      case EventKind::kOperationCalled: {
        if (event.operation >= operations_.size()) operations_.resize(event.operation + 1u);
        const bool posts = (event.d & 0xFF) == static_cast<int>(OperationKind::kPostCompletion);
        operations_[event.operation] = {.delivery = true,
                                        .delivery_value = Innermost(event),
                                        .posted_bytes = posts ? event.a : 0};
        break;
      }
      case EventKind::kOperationReturned:
        if (event.operation < operations_.size()) operations_[event.operation].returned = true;
        break;
      case EventKind::kCompletionDelivered:
      case EventKind::kCompletionReturned:
        if (event.operation < operations_.size()) {
          operations_[event.operation].completed = true;
          operations_[event.operation].completion_runs =
              event.kind == EventKind::kCompletionDelivered;
        }
        break;
      case EventKind::kClientSent:
        request.sent_bytes = event.b;
        break;
      case EventKind::kClientReceived:
        request.received_bytes = event.b;
        request.headers = request.headers || (event.d & 1) != 0;
        break;
      default:
        break;
    }
  }

 private:
  struct Delivery {
    uint32_t serial = 0;
    uint16_t d = static_cast<uint16_t>(Notification::kExecuteRequestHandler);
  };
  struct Operation {
    bool delivery = false;
    Delivery delivery_value;
    uint32_t posted_bytes = 0;
    bool returned = false;
    bool completed = false;
    bool completion_runs = false;
  };
  struct Request {
    uint32_t entered = 0;
    std::vector<Delivery> open;  // handlers that have not returned
    Delivery last;
    uint32_t sent_bytes = 0;
    uint32_t received_bytes = 0;
    bool headers = false;
  };

  const Request& Of(const Event& event) const { return requests_[event.request]; }

  Delivery Innermost(const Event& event) const {
    const Request& request = Of(event);
    return request.open.empty() ? request.last : request.open.back();
  }

  static void UseDelivery(const Delivery& delivery, Event* event) {
    if (event->kind != EventKind::kCompletionDelivered) event->a = delivery.serial;
    event->d = delivery.d;
  }

  template <typename Test>
  uint16_t Latest(Test test) const {
    for (size_t i = operations_.size(); i-- > 0;) {
      if (test(operations_[i])) return static_cast<uint16_t>(i);
    }
    return kNone16;
  }

  std::vector<Operation> operations_;
  std::vector<Request> requests_ = std::vector<Request>(256);
};

const EventField* FindField(EventKind kind, std::string_view name) {
  for (const EventField& field : FieldsOf(kind)) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

// The value of a field that is not an integer or a boolean: its name, or its number.
int64_t NamedField(const JsonValue& value, const EventField& field) {
  if (value.Is(JsonKind::kInteger)) return value.Integer(0, 0xFFFFFFFF);
  const std::string name = value.String();
  if (!value.Is(JsonKind::kString)) return 0;
  if (const auto number = ValueFromName(field.type, name)) return *number;
  std::vector<std::string_view> names;
  for (const NamedValue& named : NamedValues(field.type)) names.push_back(named.name);
  for (int i = 0; field.type == ValueType::kMethod && i < static_cast<int>(Method::kCount); ++i) {
    names.push_back(MethodName(static_cast<Method>(i)));
  }
  const bool hexadecimal = field.type == ValueType::kHresult && name.starts_with("0x");
  if (hexadecimal && name.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string::npos &&
      name.size() > 2 && name.size() <= 10) {
    return static_cast<int64_t>(std::stoull(name.substr(2), nullptr, 16));
  }
  value.Report(
      "'" + name + "' is not the name of a value of type " + std::string(TypeName(field.type)),
      platform::Suggestion(name, names));
  return 0;
}

void ReadField(const JsonValue& value, const EventField& field, Event* event) {
  int64_t number = 0;
  if (field.type == ValueType::kInteger) {
    number = value.Integer(0, 0xFFFFFFFF);
  } else if (field.type == ValueType::kBoolean) {
    number = value.Boolean() ? 1 : 0;
  } else {
    number = NamedField(value, field);
  }
  SetFieldValue(field, number, event);
}

// An index that may be null for "none".
int64_t IndexOf(const JsonValue& value, int64_t none, int64_t otherwise) {
  if (value.Is(JsonKind::kNull)) return none;
  return value.Integer(0, none, otherwise);
}

constexpr std::string_view kCommonNames[] = {"event", "worker", "request", "module", "operation"};

void CheckNames(const JsonValue& line, EventKind kind) {
  std::vector<std::string_view> names(std::begin(kCommonNames), std::end(kCommonNames));
  for (const EventField& field : FieldsOf(kind)) names.push_back(field.name);
  for (const auto& [name, value] : line.Members()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    value.Report("an event " + std::string(EventName(kind)) + " has no such field",
                 platform::Suggestion(name, names));
  }
}

std::optional<EventKind> ReadKind(const JsonValue& line) {
  const JsonValue value = line.Required("event");
  const std::string name = value.String();
  if (!value.Is(JsonKind::kString)) return std::nullopt;
  if (const auto kind = EventFromName(name)) return kind;
  std::vector<std::string_view> names;
  for (int i = 0; i < kEventKindCount; ++i) names.push_back(EventName(static_cast<EventKind>(i)));
  value.Report("no event has the name '" + name + "'", platform::Suggestion(name, names));
  return std::nullopt;
}

void ReadEvent(const JsonValue& line, int line_number, Defaults* defaults, TraceFile* file) {
  const std::optional<EventKind> kind = ReadKind(line);
  if (!kind) return;
  CheckNames(line, *kind);
  const EventScope scope = ScopeOf(*kind);
  Event event = {};
  event.kind = *kind;
  event.operation = kNone16;
  event.worker = static_cast<uint8_t>(IndexOf(line.Optional("worker"), kNone8, 0));
  event.request =
      static_cast<uint8_t>(IndexOf(line.Optional("request"), kNone8, scope.request ? 0 : kNone8));
  event.module =
      static_cast<uint8_t>(IndexOf(line.Optional("module"), kNone8, scope.module ? 0 : kNone8));
  defaults->Fill(&event);
  event.operation =
      static_cast<uint16_t>(IndexOf(line.Optional("operation"), kNone16, event.operation));
  defaults->FillFromOperation(&event);
  for (const auto& [name, value] : line.Members()) {
    const EventField* field = FindField(*kind, name);
    if (field != nullptr) ReadField(value, *field, &event);
  }
  defaults->FillFromFields([&](std::string_view name) { return line.Optional(name).present(); },
                           &event);
  defaults->Remember(event);
  file->events.push_back(event);
  file->lines.push_back(line_number);
}

void AppendIndex(std::string_view name, int value, int none, std::string* out) {
  *out += ", \"" + std::string(name) + "\": " + (value == none ? "null" : std::to_string(value));
}

}  // namespace

platform::Result<TraceFile> ReadTrace(std::string_view text, const std::string& name) {
  TraceFile file;
  JsonErrors errors;
  Defaults defaults;
  bool header_seen = false;
  int line_number = 0;
  while (!text.empty() && errors.ok()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const JsonDocument document(line, name, line_number, &errors);
    const JsonValue root = document.root();
    if (header_seen) {
      if (root) ReadEvent(root, line_number, &defaults, &file);
      continue;
    }
    header_seen = true;
    if (root) root.AllowOnly({"schema", "note"});
    if (root) root.Required("schema").Choice({kTraceSchema});
    file.note = root.Optional("note").String();
  }
  if (!errors.ok()) return errors.first();
  if (!header_seen) {
    return platform::Error{"the trace is empty", name,
                           "begin it with {\"schema\": \"" + std::string(kTraceSchema) + "\"}"};
  }
  return file;
}

platform::Result<TraceFile> LoadTrace(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return platform::Error{"the trace cannot be read", path, ""};
  std::stringstream content;
  content << stream.rdbuf();
  return ReadTrace(content.str(), path);
}

std::string EventJson(const Event& event) {
  std::string text = "{\"event\": \"" + std::string(EventName(event.kind)) + "\"";
  AppendIndex("worker", event.worker, kNone8, &text);
  AppendIndex("request", event.request, kNone8, &text);
  AppendIndex("module", event.module, kNone8, &text);
  AppendIndex("operation", event.operation, kNone16, &text);
  for (const EventField& field : FieldsOf(event.kind)) {
    if (!HasField(event, field)) continue;
    const int64_t value = FieldValue(event, field);
    text += ", \"" + std::string(field.name) + "\": ";
    if (field.type == ValueType::kInteger) {
      text += std::to_string(value);
    } else if (field.type == ValueType::kBoolean) {
      text += value != 0 ? "true" : "false";
    } else {
      const std::string name = ValueName(field.type, value);
      const bool is_number = name.find_first_not_of("0123456789") == std::string::npos;
      text += is_number ? name : "\"" + name + "\"";
    }
  }
  return text + "}";
}

std::string TraceJson(std::span<const Event> events, std::string_view note) {
  std::string text = "{\"schema\": \"" + std::string(kTraceSchema) + "\"";
  if (!note.empty()) {
    text += ", \"note\": \"";
    for (char c : note) {
      const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
      text += plain ? std::string(1, c) : c == '"' || c == '\\' ? std::string("\\") + c : " ";
    }
    text += "\"";
  }
  text += "}\n";
  for (const Event& event : events) text += EventJson(event) + "\n";
  return text;
}

}  // namespace pendulum::trace

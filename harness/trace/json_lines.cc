#include "harness/trace/json_lines.h"

#include <algorithm>

#include "harness/platform/file.h"
#include "harness/platform/json_reader.h"
#include "harness/platform/suggest.h"
#include "harness/trace/fields.h"
#include "harness/trace/fill_in.h"
#include "harness/trace/method.h"

namespace pendulum::trace {
namespace {

using platform::JsonDocument;
using platform::JsonErrors;
using platform::JsonKind;
using platform::JsonValue;

const EventField* FindField(EventKind kind, std::string_view name) {
  for (const EventField& field : FieldsOf(kind)) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

// The value of a field that is not an integer or a boolean: its name, or its number up to `most`.
int64_t NamedField(const JsonValue& value, const EventField& field, int64_t most) {
  if (value.Is(JsonKind::kInteger)) return value.Integer(0, most);
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
  const int64_t most = field.width >= 32 ? 0xFFFFFFFF : (int64_t{1} << field.width) - 1;
  int64_t number = 0;
  if (field.type == ValueType::kInteger) {
    number = value.Integer(0, most);
  } else if (field.type == ValueType::kBoolean) {
    number = value.Boolean() ? 1 : 0;
  } else {
    number = NamedField(value, field, most);
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

std::optional<EventKind> ReadKind(const JsonValue& value) {
  const std::string name = value.String();
  if (!value.Is(JsonKind::kString)) return std::nullopt;
  if (const auto kind = EventFromName(name)) return kind;
  std::vector<std::string_view> names;
  for (int i = 0; i < kEventKindCount; ++i) names.push_back(EventName(static_cast<EventKind>(i)));
  value.Report("no event has the name '" + name + "'", platform::Suggestion(name, names));
  return std::nullopt;
}

// An index that events may leave out as long as the trace names a single one.
class SingleIndex {
 public:
  explicit SingleIndex(std::string_view name) : name_(name) {}

  void Note(bool concerned, const JsonValue& given, int index, int line) {
    several_ = several_ || (given && !given.Is(JsonKind::kNull) && index != 0);
    if (concerned && !given && first_without_ == 0) first_without_ = line;
  }

  void Check(const std::string& file, JsonErrors* errors) const {
    if (!several_ || first_without_ == 0) return;
    errors->Add({"the event does not say its " + name_ + ", and the trace has several",
                 file + ":" + std::to_string(first_without_) + ":1",
                 "give each event its \"" + name_ + "\""});
  }

 private:
  std::string name_;
  bool several_ = false;
  int first_without_ = 0;
};

class TraceReader {
 public:
  TraceReader(const std::string& name, AbsentMode otherwise) : name_(name) {
    file_.mode = otherwise;
  }

  platform::Result<TraceFile> Read(std::string_view text);

 private:
  void ReadHeader(const JsonValue& root);
  void ReadEvent(const JsonValue& line, int line_number);
  void Complain(std::string message, int line, std::string remedy) {
    errors_.Add({std::move(message), name_ + ":" + std::to_string(line) + ":1", std::move(remedy)});
  }

  std::string name_;
  JsonErrors errors_;
  TraceFile file_;
  std::optional<FillIn> fill_in_;  // once the header is read
  SingleIndex request_{"request"};
  SingleIndex module_{"module"};
};

void TraceReader::ReadHeader(const JsonValue& root) {
  if (root) root.AllowOnly({"schema", "note", "absent", "events"});
  if (root) root.Required("schema").Choice({kTraceSchema});
  file_.note = root.Optional("note").String();
  const JsonValue absent = root.Optional("absent");
  if (absent) file_.mode = static_cast<AbsentMode>(absent.Choice({"default", "unknown"}));
  if (const JsonValue events = root.Optional("events")) {
    file_.lists_events = true;
    file_.recorded = 0;
    for (const JsonValue& event : events.Elements()) {
      if (const auto kind = ReadKind(event)) file_.recorded |= KindBit(*kind);
    }
  }
  fill_in_.emplace(file_.mode);
}

void TraceReader::ReadEvent(const JsonValue& line, int line_number) {
  const std::optional<EventKind> kind = ReadKind(line.Required("event"));
  if (!kind) return;
  CheckNames(line, *kind);
  if (file_.lists_events && (file_.recorded & KindBit(*kind)) == 0) {
    Complain("the first line does not list the event " + std::string(EventName(*kind)), line_number,
             "add it to \"events\"");
  }
  const EventScope scope = ScopeOf(*kind);
  Event event = {};
  event.kind = *kind;
  event.operation = kNone16;
  const JsonValue worker = line.Optional("worker");
  const JsonValue request = line.Optional("request");
  const JsonValue module = line.Optional("module");
  const JsonValue operation = line.Optional("operation");
  event.worker = static_cast<uint8_t>(IndexOf(worker, kNone8, 0));
  event.request = static_cast<uint8_t>(IndexOf(request, kNone8, scope.request ? 0 : kNone8));
  event.module = static_cast<uint8_t>(IndexOf(module, kNone8, scope.module ? 0 : kNone8));
  request_.Note(scope.request, request, event.request, line_number);
  module_.Note(scope.module, module, event.module, line_number);
  FieldSet given = (worker ? kWorkerField : 0) | (operation ? kOperationField : 0);
  fill_in_->Begin(given, &event);
  event.operation = static_cast<uint16_t>(IndexOf(operation, kNone16, event.operation));
  fill_in_->UseOperation(&event);
  for (const auto& [name, value] : line.Members()) {
    const EventField* field = FindField(*kind, name);
    if (field == nullptr) continue;
    ReadField(value, *field, &event);
    given |= FieldBit(*kind, name);
  }
  file_.absent.push_back(fill_in_->Finish(given, &event));
  file_.events.push_back(event);
  file_.lines.push_back(line_number);
}

platform::Result<TraceFile> TraceReader::Read(std::string_view text) {
  if (text.size() > kMaxTraceBytes) {
    return platform::Error{"the trace has " + std::to_string(text.size()) + " bytes, and " +
                               std::to_string(kMaxTraceBytes) + " are the most",
                           name_, "record fewer requests in one file"};
  }
  int line_number = 0;
  while (!text.empty() && errors_.ok()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const JsonDocument document(line, name_, line_number, &errors_);
    const JsonValue root = document.root();
    if (!fill_in_) {
      ReadHeader(root);
    } else if (root) {
      ReadEvent(root, line_number);
    }
  }
  if (errors_.ok() && file_.mode == AbsentMode::kUnknown) request_.Check(name_, &errors_);
  if (errors_.ok() && file_.mode == AbsentMode::kUnknown) module_.Check(name_, &errors_);
  if (!errors_.ok()) return errors_.first();
  if (!fill_in_) {
    return platform::Error{"the trace is empty", name_,
                           "begin it with {\"schema\": \"" + std::string(kTraceSchema) + "\"}"};
  }
  if (file_.mode == AbsentMode::kUnknown && !file_.lists_events) {
    file_.recorded = RecordedKinds(file_.events);
  }
  return std::move(file_);
}

}  // namespace

platform::Result<TraceFile> ReadTrace(std::string_view text, const std::string& name,
                                      AbsentMode otherwise) {
  return TraceReader(name, otherwise).Read(text);
}

platform::Result<TraceFile> LoadTrace(const std::string& path, AbsentMode otherwise) {
  const auto text = platform::ReadFile(path);
  if (!text.ok()) return text.error();
  return ReadTrace(*text, path, otherwise);
}

}  // namespace pendulum::trace

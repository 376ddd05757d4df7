#include "harness/oracle/clause_reader.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/suggest.h"

namespace pendulum::oracle {
namespace {

using platform::JsonKind;
using platform::JsonValue;

constexpr std::string_view kForEachNames[] = {"operation", "request", "delivery"};

// A string that may not be empty.
std::string Words(const JsonValue& value) {
  const std::string text = value.String();
  if (value.Is(JsonKind::kString) && text.empty()) value.Report("this may not be empty");
  return text;
}

std::string ReadId(const JsonValue& value, const Specification::Compiled& compiled) {
  const std::string id = Words(value);
  const auto digit_or_hyphen = [](char c) { return (c >= '0' && c <= '9') || c == '-'; };
  const auto in_rule = [&](char c) { return (c >= 'A' && c <= 'Z') || digit_or_hyphen(c); };
  const auto in_suffix = [&](char c) { return (c >= 'a' && c <= 'z') || digit_or_hyphen(c); };
  const auto slash = std::find(id.begin(), id.end(), '/');
  const bool ends_well = id.empty() || (slash != id.begin() && id.back() != '/');
  if (!ends_well || !std::all_of(id.begin(), slash, in_rule) ||
      (slash != id.end() && !std::all_of(slash + 1, id.end(), in_suffix))) {
    value.Report(
        "an id has capital letters, digits and hyphens, and may have a slash and a suffix of small "
        "letters, digits and hyphens, got \"" +
        id + "\"");
  }
  const auto same = [&](const Clause& clause) { return clause.id == id; };
  const auto other = std::find_if(compiled.clauses.begin(), compiled.clauses.end(), same);
  if (!id.empty() && other != compiled.clauses.end()) {
    value.Report("another clause, of " + other->file + ", has the id " + id);
  }
  return id;
}

std::string ReadTitle(const JsonValue& value) {
  const std::string title = Words(value);
  if (title.ends_with('.')) value.Report("a title ends without a full stop");
  return title;
}

Source ReadSource(const JsonValue& value) {
  value.AllowOnly({"page", "section", "statements"});
  Source source;
  source.page = Words(value.Required("page"));
  source.section = value.Optional("section").String();
  for (const JsonValue& statement : value.Optional("statements").Elements()) {
    source.statements.push_back(Words(statement));
  }
  return source;
}

std::vector<Source> ReadSources(const JsonValue& value) {
  std::vector<Source> sources;
  if (!value.Is(JsonKind::kArray)) {
    if (value) sources.push_back(ReadSource(value));
    return sources;
  }
  for (const JsonValue& element : value.Elements()) sources.push_back(ReadSource(element));
  if (sources.empty()) value.Report("at least one source is expected");
  return sources;
}

EventSet ReadEvent(const JsonValue& value) {
  const std::string name = value.String();
  if (!value.Is(JsonKind::kString)) return 0;
  if (const auto kind = trace::EventFromName(name)) return Only(*kind);
  std::vector<std::string_view> names;
  for (int i = 0; i < trace::kEventKindCount; ++i) {
    names.push_back(trace::EventName(static_cast<trace::EventKind>(i)));
  }
  value.Report("no event has the name '" + name + "'", platform::Suggestion(name, names));
  return 0;
}

EventSet ReadEvents(const JsonValue& value, std::string* text) {
  std::vector<JsonValue> elements = {value};
  if (value.Is(JsonKind::kArray)) elements = value.Elements();
  if (elements.empty()) value.Report("at least one event is expected");
  if (elements.size() > trace::kEventKindCount) {
    value.Report("there are " + std::to_string(trace::kEventKindCount) + " kinds of events, got " +
                 std::to_string(elements.size()));
    return 0;
  }
  EventSet events = 0;
  for (const JsonValue& element : elements) {
    events |= ReadEvent(element);
    *text += (text->empty() ? "" : ", ") + element.String();
  }
  return events;
}

ForEach ReadForEach(const JsonValue& value, ExpressionContext* context) {
  if (!value) return ForEach::kNone;
  const int choice = value.Choice(kForEachNames);
  const auto bring = [&](Object object) {
    context->brought |= uint64_t{1} << static_cast<int>(object);
  };
  bring(Object::request);
  if (choice == 0) bring(Object::operation);
  if (choice != 1) bring(Object::delivery);
  return static_cast<ForEach>(choice + 1);
}

// `absent` stands for an expression that is left out.
Expression ReadExpression(const JsonValue& value, const ExpressionContext& context) {
  Expression expression;
  expression.value = 1;  // TRUE
  if (!value.Is(JsonKind::kString)) {
    value.String();
    return expression;
  }
  ExpressionError error;
  const std::string text = value.String();
  const bool ok =
      ParseExpression(text, &expression, &error) && CheckExpression(context, &expression, &error);
  if (!ok) value.ReportWithin(error.offset, error.message, error.remedy);
  return expression;
}

void ReadMessage(const JsonValue& value, const ExpressionContext& context,
                 CompiledClause* compiled) {
  const std::string text = Words(value);
  size_t from = 0;
  while (true) {
    const size_t open = std::min(text.find('{', from), text.size());
    compiled->message.push_back({text.substr(from, open - from), nullptr});
    if (open == text.size()) return;
    const size_t close = text.find('}', open);
    if (close == std::string::npos) {
      return value.ReportWithin(open, "the '{' is never closed");
    }
    ExpressionError error;
    const std::string name = text.substr(open + 1, close - open - 1);
    const FieldInfo* field = ResolveField(context, name, &error);
    if (field == nullptr) {
      return value.ReportWithin(open + 1 + error.offset, error.message, error.remedy);
    }
    if (compiled->message_slots.size() == kMaxMessageFields) {
      return value.ReportWithin(open, "a message has at most 6 fields");
    }
    compiled->message.back().field = field;
    compiled->message_slots.push_back({static_cast<uint8_t>(field->object), field->slot});
    from = close + 1;
  }
}

constexpr size_t kMaxClauses = 4096;
constexpr size_t kMinReadings = 2;
constexpr size_t kMaxReadingsOfClause = 8;

Reading ReadReading(const JsonValue& value, const ExpressionContext& context,
                    CompiledClause* compiled) {
  value.AllowOnly({"text", "when"});
  Reading reading;
  reading.text = Words(value.Required("text"));
  if (reading.text.ends_with('.')) {
    value.Required("text").Report("a reading completes \"passes only if\", without a full stop");
  }
  reading.when = value.Required("when").String();
  if (compiled->events != 0) {
    compiled->readings.push_back(ReadExpression(value.Required("when"), context));
  }
  return reading;
}

void ReadReadings(const JsonValue& value, const ExpressionContext& context, Clause* clause,
                  CompiledClause* compiled, std::vector<ReadingPlace>* places) {
  if (!value) return;
  const std::vector<JsonValue> elements = value.Elements();
  if (elements.size() < kMinReadings || elements.size() > kMaxReadingsOfClause) {
    value.Report("2 to 8 readings are expected, got " + std::to_string(elements.size()));
  }
  if (clause->level == Level::kMay) {
    value.Report("a clause of the level \"may\" is an option: it has no readings",
                 "write one such clause for each reading, or take the level \"must\"");
  }
  compiled->first_reading = static_cast<uint16_t>(places->size());
  for (const JsonValue& element : elements) {
    if (places->size() == kMaxReadings) {
      return element.Report("a specification has at most 128 readings in all");
    }
    places->push_back({});
    clause->readings.push_back(ReadReading(element, context, compiled));
  }
}

void ReadClause(const JsonValue& value, const std::string& file, Specification::Compiled* all) {
  value.AllowOnly({"id", "title", "subject", "level", "basis", "source", "rationale", "fix", "on",
                   "for_each", "when", "require", "readings", "message"});
  Clause clause;
  clause.file = file;
  clause.group = std::filesystem::path(file).stem().string();
  clause.id = ReadId(value.Required("id"), *all);
  clause.title = ReadTitle(value.Required("title"));
  clause.subject = static_cast<Subject>(value.Required("subject").Choice({"host", "module"}));
  clause.level = static_cast<Level>(value.Required("level").Choice({"must", "should", "may"}));
  clause.basis =
      static_cast<Basis>(value.Required("basis").Choice({"documented", "derived", "observed"}));
  clause.sources = ReadSources(value.Required("source"));
  const bool documented = clause.basis == Basis::kDocumented;
  clause.rationale = Words(documented ? value.Optional("rationale") : value.Required("rationale"));
  const bool on_module = clause.subject == Subject::kModule;
  clause.fix = Words(on_module ? value.Required("fix") : value.Optional("fix"));

  CompiledClause compiled;
  ExpressionContext context;
  compiled.events = context.events = ReadEvents(value.Required("on"), &clause.on);
  compiled.for_each = ReadForEach(value.Optional("for_each"), &context);
  clause.for_each = value.Optional("for_each").String();
  clause.when = value.Optional("when").String("TRUE");
  clause.require = value.Required("require").String();
  clause.message = value.Required("message").String();
  ReadReadings(value.Optional("readings"), context, &clause, &compiled, &all->readings);
  // An unknown event has been reported; every field would seem to exist at no event at all.
  if (compiled.events != 0) {
    compiled.when = ReadExpression(value.Optional("when"), context);
    compiled.require = ReadExpression(value.Optional("require"), context);
    ReadMessage(value.Optional("message"), context, &compiled);
  }
  for (size_t i = 0; i < clause.readings.size(); ++i) {
    all->readings[compiled.first_reading + i] = {static_cast<uint16_t>(all->clauses.size()),
                                                 static_cast<uint16_t>(i)};
  }
  all->clauses.push_back(std::move(clause));
  all->compiled.push_back(std::move(compiled));
}

}  // namespace

void ReadClauses(const JsonValue& root, const std::string& file,
                 Specification::Compiled* compiled) {
  root.AllowOnly({"schema", "title", "clauses"});
  root.Required("schema").Choice({"pendulum-specification/1"});
  root.Optional("title").String();
  for (const JsonValue& clause : root.Required("clauses").Elements()) {
    if (compiled->clauses.size() == kMaxClauses) {
      return clause.Report("a specification has at most 4096 clauses in all");
    }
    ReadClause(clause, file, compiled);
  }
}

}  // namespace pendulum::oracle

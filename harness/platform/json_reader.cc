#include "harness/platform/json_reader.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>

#include "harness/platform/json_node.h"
#include "harness/platform/suggest.h"

namespace pendulum::platform {
namespace {

using json_internal::Node;
using json_internal::Text;

constexpr size_t kQuotedCharacters = 40;

std::string Quote(std::string_view text) {
  if (text.size() <= kQuotedCharacters) return "\"" + std::string(text) + "\"";
  size_t end = kQuotedCharacters;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return "\"" + std::string(text.substr(0, end)) + "…\"";
}

// The shortest text that reads back as the same number.
std::string NumberText(double number) {
  char text[32];
  const auto result = std::to_chars(text, text + sizeof text, number);
  return std::string(text, result.ptr);
}

template <typename T, typename Print>
std::string Range(std::string_view what, T least, T most, T lowest, T highest, Print print) {
  std::string text(what);
  if (least != lowest && most != highest)
    return text + " from " + print(least) + " to " + print(most);
  if (least != lowest) return text + " of at least " + print(least);
  if (most != highest) return text + " of at most " + print(most);
  return text;
}

}  // namespace

JsonKind JsonValue::kind() const {
  assert(present());
  return node_->kind;
}

std::string JsonValue::Found() const {
  switch (node_->kind) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBoolean:
      return node_->boolean ? "true" : "false";
    case JsonKind::kInteger:
    case JsonKind::kNumber:
      return text_->text.substr(node_->begin, node_->end - node_->begin);
    case JsonKind::kString:
      return Quote(node_->string);
    case JsonKind::kArray:
      return "an array";
    case JsonKind::kObject:
      return "an object";
  }
  return "";
}

bool JsonValue::Expect(JsonKind kind, std::string_view what) const {
  if (!present()) return false;
  if (node_->kind == kind) return true;
  Report("expected " + std::string(what) + ", got " + Found());
  return false;
}

bool JsonValue::Boolean(bool otherwise) const {
  return Expect(JsonKind::kBoolean, "true or false") ? node_->boolean : otherwise;
}

int64_t JsonValue::Integer(int64_t least, int64_t most, int64_t otherwise) const {
  if (!present()) return otherwise;
  const bool fits =
      node_->kind == JsonKind::kInteger && node_->integer >= least && node_->integer <= most;
  if (fits) return node_->integer;
  const std::string what = Range("an integer", least, most, INT64_MIN, INT64_MAX,
                                 [](int64_t value) { return std::to_string(value); });
  Report("expected " + what + ", got " + Found());
  return otherwise;
}

double JsonValue::Number(double least, double most, double otherwise) const {
  if (!present()) return otherwise;
  const bool is_number = node_->kind == JsonKind::kInteger || node_->kind == JsonKind::kNumber;
  if (is_number && node_->number >= least && node_->number <= most) return node_->number;
  Report("expected a number from " + NumberText(least) + " to " + NumberText(most) + ", got " +
         Found());
  return otherwise;
}

std::string JsonValue::String(std::string_view otherwise) const {
  return Expect(JsonKind::kString, "a string") ? node_->string : std::string(otherwise);
}

int JsonValue::Choice(std::span<const std::string_view> names, int otherwise) const {
  if (!present()) return otherwise;
  std::string list;
  for (size_t i = 0; i < names.size(); ++i) {
    if (node_->kind == JsonKind::kString && node_->string == names[i]) return static_cast<int>(i);
    list += (i == 0 ? "\"" : ", \"") + std::string(names[i]) + "\"";
  }
  const bool is_string = node_->kind == JsonKind::kString;
  Report("expected one of " + list + ", got " + Found(),
         is_string ? Suggestion(node_->string, names) : "");
  return otherwise;
}

std::vector<JsonValue> JsonValue::Elements() const {
  std::vector<JsonValue> elements;
  if (!Expect(JsonKind::kArray, "an array")) return elements;
  for (uint32_t child : node_->children) elements.push_back({text_, &text_->nodes[child]});
  return elements;
}

std::vector<std::pair<std::string, JsonValue>> JsonValue::Members() const {
  std::vector<std::pair<std::string, JsonValue>> members;
  if (!Expect(JsonKind::kObject, "an object")) return members;
  for (uint32_t child : node_->children) {
    const Node& node = text_->nodes[child];
    members.emplace_back(node.name, JsonValue(text_, &node));
  }
  return members;
}

JsonValue JsonValue::Optional(std::string_view name) const {
  if (!Expect(JsonKind::kObject, "an object")) return {};
  for (uint32_t child : node_->children) {
    if (text_->nodes[child].name == name) return {text_, &text_->nodes[child]};
  }
  return {};
}

JsonValue JsonValue::Required(std::string_view name) const {
  const JsonValue member = Optional(name);
  if (!member && Is(JsonKind::kObject)) {
    Report("\"" + std::string(name) + "\" is missing here");
  }
  return member;
}

void JsonValue::AllowOnly(std::initializer_list<std::string_view> names) const {
  if (!Expect(JsonKind::kObject, "an object")) return;
  for (uint32_t child : node_->children) {
    const Node& node = text_->nodes[child];
    if (std::find(names.begin(), names.end(), node.name) != names.end()) continue;
    if (text_->errors->full()) return;
    std::string list;
    for (std::string_view name : names) {
      list += (list.empty() ? "\"" : ", \"") + std::string(name) + "\"";
    }
    JsonValue(text_, &node)
        .Report("nothing by this name is known here; known are " + list,
                Suggestion(node.name, std::span(names.begin(), names.size())));
  }
}

void JsonValue::Report(std::string message, std::string remedy) const {
  assert(present());
  if (text_->errors->full()) return;
  const std::string pointer = Pointer();
  if (!pointer.empty()) message = pointer + ": " + message;
  text_->errors->Add(Error{std::move(message), Place(), std::move(remedy)});
}

void JsonValue::ReportWithin(size_t offset, std::string message, std::string remedy) const {
  assert(Is(JsonKind::kString));
  if (text_->errors->full()) return;
  // An escape is one character or more of the value; expressions hardly have any.
  size_t position = node_->begin + 1;
  for (size_t done = 0; done < offset && position + 1 < node_->end; ++done) {
    if (text_->text[position] != '\\') {
      ++position;
    } else {
      position += text_->text[position + 1] == 'u' ? 6 : 2;
    }
  }
  text_->errors->Add(
      Error{Pointer() + ": " + message, json_internal::Place(*text_, position), std::move(remedy)});
}

std::string JsonValue::Place() const { return json_internal::Place(*text_, node_->begin); }

std::string JsonValue::Pointer() const {
  std::string pointer;
  const Node* root = &text_->nodes[0];
  for (const Node* node = node_; node != root; node = &text_->nodes[node->parent]) {
    const Node& parent = text_->nodes[node->parent];
    std::string step;
    if (parent.kind == JsonKind::kArray) {
      const auto self = static_cast<uint32_t>(node - root);
      const auto place = std::find(parent.children.begin(), parent.children.end(), self);
      step = std::to_string(place - parent.children.begin());
    } else {
      for (char c : node->name) step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    pointer = "/" + step + pointer;
  }
  return pointer;
}

int JsonValue::line() const {
  const auto begin = text_->text.begin();
  return text_->first_line + static_cast<int>(std::count(begin, begin + node_->begin, '\n'));
}

JsonDocument::JsonDocument(std::string_view text, std::string name, JsonErrors* errors)
    : JsonDocument(text, std::move(name), 1, errors) {}

JsonDocument::JsonDocument(std::string_view text, std::string name, int first_line,
                           JsonErrors* errors)
    : text_(std::make_unique<Text>()) {
  assert(errors != nullptr);
  text_->text = text;
  text_->file = std::move(name);
  text_->first_line = first_line;
  text_->errors = errors;
  json_internal::Parse(text_.get());
}

JsonDocument JsonDocument::Load(const std::string& path, JsonErrors* errors) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  if (file) content << file.rdbuf();
  if (file && !file.bad()) return JsonDocument(content.str(), path, errors);
  errors->Add(Error{"cannot be read: " + std::string(std::strerror(errno)), path, ""});
  JsonErrors ignored;
  JsonDocument document("", path, &ignored);
  document.text_->errors = errors;
  return document;
}

JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const {
  if (text_->nodes.empty()) return {};
  return {text_.get(), &text_->nodes[0]};
}

}  // namespace pendulum::platform

#include "harness/explore/json_text.h"

#include <fmt/format.h>

namespace pendulum::explore {
namespace {

constexpr size_t kColumns = 100;
constexpr size_t kIndent = 2;

std::string OneLine(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The same with a space after each separator. Only for values that hold no containers.
std::string FlatText(const Json& json) {
  if (!json.is_structured() || json.empty()) return OneLine(json);
  std::string text;
  for (const auto& [name, value] : json.items()) {
    text += text.empty() ? "" : ", ";
    if (json.is_object()) text += OneLine(Json(name)) + ": ";
    text += OneLine(value);
  }
  return json.is_object() ? "{" + text + "}" : "[" + text + "]";
}

bool IsFlat(const Json& json) {
  if (!json.is_structured()) return true;
  for (const auto& [name, value] : json.items()) {
    if (value.is_structured() && !value.empty()) return false;
  }
  return true;
}

void Append(const Json& json, size_t indent, size_t column, std::string* text) {
  if (IsFlat(json)) {
    const std::string line = FlatText(json);
    if (!json.is_structured() || json.empty() || column + line.size() < kColumns) {
      *text += line;
      return;
    }
  }
  const std::string lead(indent + kIndent, ' ');
  *text += json.is_object() ? "{" : "[";
  bool first = true;
  for (const auto& [name, value] : json.items()) {
    *text += first ? "\n" : ",\n";
    first = false;
    const std::string key = json.is_object() ? OneLine(Json(name)) + ": " : "";
    *text += lead + key;
    Append(value, indent + kIndent, lead.size() + key.size(), text);
  }
  *text += "\n" + std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace

std::string JsonText(const Json& json) {
  std::string text;
  Append(json, 0, 0, &text);
  return text + "\n";
}

std::string HashText(uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace pendulum::explore

// Reads JSON written by people: every value knows its line and column, and the typed getters say
// what was expected, what was found, and what may have been meant. For scenarios, configurations,
// replay files and the specification.
//
//   JsonErrors errors;
//   JsonDocument document(text, "scenario.json", &errors);
//   JsonValue root = document.root();
//   root.AllowOnly({"name", "requests", "limit"});
//   std::string name = root.Required("name").String();
//   int64_t limit = root.Optional("limit").Integer(1, 1000, 100);
//   if (!errors.ok()) return errors.first();
//
// A getter that fails reports to the JsonErrors and returns its default; a value that is absent
// gives defaults in silence. So code reads everything first and looks for errors once, at the end.
#ifndef PENDULUM_PLATFORM_JSON_READER_H_
#define PENDULUM_PLATFORM_JSON_READER_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::platform {

// What was wrong with a document, in the order in which it was noticed; the first kMostErrors.
class JsonErrors {
 public:
  static constexpr size_t kMostErrors = 100;

  bool ok() const { return errors_.empty(); }
  const Error& first() const { return errors_.front(); }
  std::span<const Error> all() const { return errors_; }
  // Whether further errors are dropped: finding out their places may take long.
  bool full() const { return errors_.size() >= kMostErrors; }
  void Add(Error error) {
    if (!full()) errors_.push_back(std::move(error));
  }

 private:
  std::vector<Error> errors_;
};

enum class JsonKind : uint8_t { kNull, kBoolean, kInteger, kNumber, kString, kArray, kObject };

namespace json_internal {
struct Node;
struct Text;
}  // namespace json_internal

// A value of a document, or an absent one. Cheap to copy; valid while its JsonDocument lives.
class JsonValue {
 public:
  JsonValue() = default;

  bool present() const { return node_ != nullptr; }
  explicit operator bool() const { return present(); }
  // Only of a present value.
  JsonKind kind() const;
  bool Is(JsonKind kind) const { return present() && this->kind() == kind; }

  // Typed getters. The bounds of a number are inclusive. A number counts as an integer when it is
  // written without fraction and exponent and fits into int64_t.
  bool Boolean(bool otherwise = false) const;
  int64_t Integer(int64_t least = INT64_MIN, int64_t most = INT64_MAX, int64_t otherwise = 0) const;
  double Number(double least, double most, double otherwise = 0) const;
  std::string String(std::string_view otherwise = "") const;
  // The index of the string among `names`.
  int Choice(std::span<const std::string_view> names, int otherwise = 0) const;
  int Choice(std::initializer_list<std::string_view> names, int otherwise = 0) const {
    return Choice(std::span(names.begin(), names.size()), otherwise);
  }

  // The elements of an array; the members of an object in the order of the text.
  std::vector<JsonValue> Elements() const;
  std::vector<std::pair<std::string, JsonValue>> Members() const;
  // A member of an object. A missing one is an error for Required, and an absent value for both.
  JsonValue Required(std::string_view name) const;
  JsonValue Optional(std::string_view name) const;
  // Reports every member that is not among `names`, with a suggestion.
  void AllowOnly(std::initializer_list<std::string_view> names) const;

  // Reports a mistake in this value that the caller found.
  void Report(std::string message, std::string remedy = "") const;
  // The same at a character of a string's value, for mistakes inside an expression.
  void ReportWithin(size_t offset, std::string message, std::string remedy = "") const;

  // "scenario.json:3:14" and "/requests/0/body" (empty for the root).
  std::string Place() const;
  std::string Pointer() const;
  int line() const;

 private:
  friend class JsonDocument;
  JsonValue(const json_internal::Text* text, const json_internal::Node* node)
      : text_(text), node_(node) {}
  // Reports unless the value is of `kind`; false when it is not, or absent.
  bool Expect(JsonKind kind, std::string_view what) const;
  std::string Found() const;

  const json_internal::Text* text_ = nullptr;
  const json_internal::Node* node_ = nullptr;
};

// A parsed document. RFC 8259 and nothing more; a name twice in one object is an error, as are more
// than 64 levels.
class JsonDocument {
 public:
  // Parses `text`, which stays owned by the caller and is copied. `name` stands in errors as the
  // file; `errors` is borrowed for the document's life and must not be nullptr.
  JsonDocument(std::string_view text, std::string name, JsonErrors* errors);
  // Reads and parses a file. A file that cannot be read is an error too.
  static JsonDocument Load(const std::string& path, JsonErrors* errors);
  // The same for a part of a file that begins on `first_line`, such as one line of many documents.
  JsonDocument(std::string_view text, std::string name, int first_line, JsonErrors* errors);

  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  // Absent when the text could not be parsed.
  JsonValue root() const;

 private:
  std::unique_ptr<json_internal::Text> text_;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_JSON_READER_H_

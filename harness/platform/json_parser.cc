#include <cassert>
#include <charconv>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "harness/platform/json_node.h"

namespace pendulum::platform::json_internal {
namespace {

constexpr int kMaxDepth = 64;

void AppendUtf8(uint32_t code, std::string* out) {
  if (code < 0x80) {
    *out += static_cast<char>(code);
  } else if (code < 0x800) {
    *out += static_cast<char>(0xC0 | code >> 6);
    *out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *out += static_cast<char>(0xE0 | code >> 12);
    *out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    *out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    *out += static_cast<char>(0xF0 | code >> 18);
    *out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    *out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    *out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Recursive descent over the text. The first mistake ends it: each function returns false then.
class Parser {
 public:
  explicit Parser(Text* text) : text_(text), in_(text->text) {}

  bool ParseDocument() {
    SkipSpace();
    if (!ParseValue(0, 0)) return false;
    SkipSpace();
    return position_ == in_.size() || Fail("expected the end of the document");
  }

 private:
  // '\0' stands for the end of the text; a NUL in the text is no legal character anywhere.
  char Peek() const { return position_ < in_.size() ? in_[position_] : '\0'; }

  void SkipSpace() {
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r') ++position_;
  }

  std::string Found() const {
    if (position_ >= in_.size()) return "the end of the file";
    if (static_cast<unsigned char>(Peek()) < 0x20) return "a control character";
    size_t end = position_ + 1;
    while (end < in_.size() && (in_[end] & 0xC0) == 0x80) ++end;
    return "'" + std::string(in_.substr(position_, end - position_)) + "'";
  }

  bool Fail(const std::string& expected) {
    return FailAt(position_, expected + ", got " + Found());
  }

  bool FailAt(size_t position, std::string message) {
    text_->errors->Add(Error{std::move(message), Place(*text_, position), ""});
    return false;
  }

  // Parses a value into a new node and leaves its index in last_.
  bool ParseValue(uint32_t parent, int depth) {
    if (depth > kMaxDepth) return FailAt(position_, "more than 64 levels of arrays and objects");
    const auto index = static_cast<uint32_t>(text_->nodes.size());
    text_->nodes.emplace_back();
    text_->nodes[index].parent = parent;
    text_->nodes[index].begin = static_cast<uint32_t>(position_);
    if (!ParseContent(index, depth)) return false;
    text_->nodes[index].end = static_cast<uint32_t>(position_);
    last_ = index;
    return true;
  }

  bool ParseContent(uint32_t index, int depth) {
    switch (Peek()) {
      case '{':
        return ParseObject(index, depth);
      case '[':
        return ParseArray(index, depth);
      case '"':
        text_->nodes[index].kind = JsonKind::kString;
        return ParseString(&text_->nodes[index].string);
      case 't':
        text_->nodes[index].boolean = true;
        return ParseWord(index, "true", JsonKind::kBoolean);
      case 'f':
        return ParseWord(index, "false", JsonKind::kBoolean);
      case 'n':
        return ParseWord(index, "null", JsonKind::kNull);
      default:
        if (Peek() == '-' || IsDigit(Peek())) return ParseNumber(index);
        return Fail("expected a value");
    }
  }

  bool ParseWord(uint32_t index, std::string_view word, JsonKind kind) {
    if (in_.substr(position_, word.size()) != word) return Fail("expected a value");
    position_ += word.size();
    text_->nodes[index].kind = kind;
    return true;
  }

  bool ParseNumber(uint32_t index) {
    const size_t begin = position_;
    if (Peek() == '-') ++position_;
    if (!IsDigit(Peek())) return Fail("expected a digit");
    const bool leading_zero = Peek() == '0';
    if (leading_zero && position_ + 1 < in_.size() && IsDigit(in_[position_ + 1])) {
      return FailAt(begin, "a number may not begin with 0");
    }
    while (IsDigit(Peek())) ++position_;
    bool whole = true;
    if (Peek() == '.') {
      whole = false;
      ++position_;
      if (!IsDigit(Peek())) return Fail("expected a digit after the decimal point");
      while (IsDigit(Peek())) ++position_;
    }
    if (Peek() == 'e' || Peek() == 'E') {
      whole = false;
      ++position_;
      if (Peek() == '+' || Peek() == '-') ++position_;
      if (!IsDigit(Peek())) return Fail("expected a digit in the exponent");
      while (IsDigit(Peek())) ++position_;
    }
    Node& node = text_->nodes[index];
    const char* first = in_.data() + begin;
    const char* last = in_.data() + position_;
    const auto as_integer = std::from_chars(first, last, node.integer);
    const auto as_number = std::from_chars(first, last, node.number);
    if (as_number.ec != std::errc()) return FailAt(begin, "the number is too large");
    const bool fits = whole && as_integer.ec == std::errc();
    node.kind = fits ? JsonKind::kInteger : JsonKind::kNumber;
    return true;
  }

  std::optional<uint32_t> ParseHex4() {
    uint32_t code = 0;
    if (in_.size() - position_ < 4) return std::nullopt;
    const char* first = in_.data() + position_;
    const auto result = std::from_chars(first, first + 4, code, 16);
    if (result.ec != std::errc() || result.ptr != first + 4) return std::nullopt;
    position_ += 4;
    return code;
  }

  // After "\u".
  bool ParseUnicode(std::string* out) {
    const size_t begin = position_ - 2;
    std::optional<uint32_t> code = ParseHex4();
    if (!code) return Fail("expected four hexadecimal digits after \\u");
    const bool high = *code >= 0xD800 && *code < 0xDC00;
    if (high && in_.substr(position_, 2) == "\\u") {
      position_ += 2;
      const std::optional<uint32_t> low = ParseHex4();
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        AppendUtf8(0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00), out);
        return true;
      }
    }
    if (*code >= 0xD800 && *code < 0xE000) return FailAt(begin, "half of a surrogate pair");
    AppendUtf8(*code, out);
    return true;
  }

  bool ParseEscape(std::string* out) {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
    const char c = Peek();
    if (c == 'u') {
      ++position_;
      return ParseUnicode(out);
    }
    const size_t which = c == '\0' ? std::string_view::npos : kNames.find(c);
    if (which == std::string_view::npos)
      return Fail("expected one of \" \\ / b f n r t u after \\");
    ++position_;
    *out += kValues[which];
    return true;
  }

  bool ParseString(std::string* out) {
    const size_t begin = position_;
    ++position_;
    std::string value;
    while (Peek() != '"') {
      if (position_ >= in_.size()) return FailAt(begin, "the string is never closed");
      if (static_cast<unsigned char>(Peek()) < 0x20) {
        return FailAt(position_, "a control character in a string must be written as an escape");
      }
      if (Peek() == '\\') {
        ++position_;
        if (!ParseEscape(&value)) return false;
      } else {
        value += in_[position_++];
      }
    }
    ++position_;
    *out = std::move(value);
    return true;
  }

  bool ParseArray(uint32_t index, int depth) {
    text_->nodes[index].kind = JsonKind::kArray;
    ++position_;
    SkipSpace();
    if (Peek() == ']') return ++position_, true;
    while (true) {
      SkipSpace();
      if (!ParseValue(index, depth + 1)) return false;
      text_->nodes[index].children.push_back(last_);
      SkipSpace();
      if (Peek() == ']') return ++position_, true;
      if (Peek() != ',') return Fail("expected ',' or ']'");
      ++position_;
    }
  }

  bool ParseObject(uint32_t index, int depth) {
    text_->nodes[index].kind = JsonKind::kObject;
    ++position_;
    SkipSpace();
    if (Peek() == '}') return ++position_, true;
    std::set<std::string> names;
    while (true) {
      SkipSpace();
      if (!ParseMember(index, depth, &names)) return false;
      SkipSpace();
      if (Peek() == '}') return ++position_, true;
      if (Peek() != ',') return Fail("expected ',' or '}'");
      ++position_;
    }
  }

  // `names` are those of the members before it.
  bool ParseMember(uint32_t index, int depth, std::set<std::string>* names) {
    if (Peek() != '"') return Fail("expected a name in quotation marks");
    const size_t begin = position_;
    std::string name;
    if (!ParseString(&name)) return false;
    if (!names->insert(name).second) {
      return FailAt(begin, "the name \"" + name + "\" stands here twice");
    }
    SkipSpace();
    if (Peek() != ':') return Fail("expected ':'");
    ++position_;
    SkipSpace();
    if (!ParseValue(index, depth + 1)) return false;
    text_->nodes[last_].name = std::move(name);
    text_->nodes[index].children.push_back(last_);
    return true;
  }

  Text* text_;
  std::string_view in_;
  size_t position_ = 0;
  uint32_t last_ = 0;
};

}  // namespace

void Parse(Text* text) {
  assert(text->errors != nullptr);
  if (text->text.size() > std::numeric_limits<uint32_t>::max()) {
    text->errors->Add(Error{"the document is larger than 4 GiB", text->file, ""});
    return;
  }
  if (!Parser(text).ParseDocument()) text->nodes.clear();
}

std::string Place(const Text& text, size_t position) {
  int line = text.first_line;
  int column = 1;
  for (size_t i = 0; i < position && i < text.text.size(); ++i) {
    const char c = text.text[i];
    if (c == '\n') {
      ++line;
      column = 1;
    } else if ((c & 0xC0) != 0x80) {
      ++column;
    }
  }
  return text.file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace pendulum::platform::json_internal

#include "harness/fuzz/codec.h"

#include <cassert>
#include <nlohmann/json.hpp>

namespace pendulum::fuzz {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostDigits = 5;  // of a number: 7 bits each
constexpr size_t kDeepestObject = 64;

// The length of the UTF-8 sequence that begins `text`; 0: it is none.
size_t SequenceLength(std::string_view text) {
  const auto at = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = at(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  const uint8_t second = at(1);
  // Longer than needed, surrogates, and beyond the last character.
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool IsTokenCharacter(char character) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || kMarks.find(character) != std::string_view::npos;
}

bool IsControl(char character) {
  return static_cast<uint8_t>(character) < 0x20 || character == 0x7F;
}

bool IsShallow(std::string_view text) {
  size_t depth = 0;
  for (const char character : text) {
    if ((character == '{' || character == '[') && ++depth > kDeepestObject) return false;
  }
  return true;
}

// A JSON object as short as it can be written; empty when `text` is none.
std::string ShortObject(std::string_view text) {
  if (!IsShallow(text)) return "";
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return "";
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

bool IsText(std::string_view text, TextKind kind) {
  if (!IsUtf8(text)) return false;
  switch (kind) {
    case TextKind::kUrl:
      if (!text.starts_with('/')) return false;
      [[fallthrough]];
    case TextKind::kLine:
      return std::none_of(text.begin(), text.end(), IsControl);
    case TextKind::kToken:
      return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenCharacter);
    case TextKind::kLines:
      return text.find('\0') == std::string_view::npos;
    case TextKind::kObject:
      return !text.empty() && ShortObject(text) == text;
  }
  return false;
}

std::string MakeText(std::string_view text, TextKind kind) {
  if (IsText(text, kind)) return std::string(text);
  if (kind == TextKind::kObject) {
    const std::string object = ShortObject(text);
    return IsText(object, kind) ? object : "{}";
  }
  std::string made(text);
  for (char& character : made) {
    character = static_cast<char>(character & 0x7F);
    const bool breaks = character == '\t' || character == '\r' || character == '\n';
    if (IsControl(character) && !(breaks && kind == TextKind::kLines)) {
      character = character == 0x7F ? '~' : static_cast<char>(character + '@');
    }
    if (kind == TextKind::kToken && !IsTokenCharacter(character)) character = '-';
  }
  if (kind == TextKind::kUrl && !made.starts_with('/')) made = '/' + made;
  if (kind == TextKind::kToken && made.empty()) made = "-";
  return made;
}

void Reader::Number(uint32_t* value, uint32_t least, uint32_t most, std::string_view) {
  uint64_t number = 0;
  for (size_t i = 0; i < kMostDigits; ++i) {
    const uint8_t byte = Byte();
    number |= uint64_t{byte & 0x7Fu} << (7 * i);
    if (byte < 0x80) break;
  }
  const uint64_t range = uint64_t{most} - least + 1;
  *value = least + static_cast<uint32_t>(number < range ? number : number % range);
}

void Reader::Count(uint32_t* value, uint32_t least, uint32_t most, std::string_view place) {
  Number(value, least, most, place);
  if (*value <= left()) return;
  ran_out_ = true;
  *value = std::max(least, static_cast<uint32_t>(left()));
}

void Reader::Text(std::string* value, TextKind kind, uint32_t most, std::string_view place) {
  uint32_t length = 0;
  Count(&length, 0, most, place);
  const auto* const begin = reinterpret_cast<const char*>(bytes_.data()) + position_;
  position_ += length;
  *value = MakeText({begin, length}, kind);
  // A mended URL may have become one longer.
  if (value->size() > most) value->resize(most);
}

void Writer::Refuse(std::string_view place, const std::string& what) {
  if (!status_.ok()) return;
  status_ = platform::Error{what, prefix_ + std::string(place), "make it smaller, or leave it out"};
}

void Writer::Number(const uint32_t* value, uint32_t least, uint32_t most, std::string_view place) {
  if (*value < least || *value > most) {
    Refuse(place, std::to_string(*value) + " can't be encoded: " + std::to_string(least) + " to " +
                      std::to_string(most) + " can");
    return;
  }
  uint32_t number = *value - least;
  for (; number >= 0x80; number >>= 7) PutByte(static_cast<uint8_t>(number | 0x80));
  PutByte(static_cast<uint8_t>(number));
}

void Writer::Text(const std::string* value, TextKind kind, uint32_t most, std::string_view place) {
  if (value->size() > most) {
    Refuse(place, "a text of " + std::to_string(value->size()) +
                      " bytes can't be encoded: " + std::to_string(most) + " are the most");
    return;
  }
  if (!IsText(*value, kind)) {
    Refuse(place, "this text can't be encoded: it has characters that may not stand here");
    return;
  }
  const auto length = static_cast<uint32_t>(value->size());
  Number(&length, 0, most, place);
  bytes_.insert(bytes_.end(), value->begin(), value->end());
}

platform::Result<std::vector<uint8_t>> Writer::TakeAll() {
  if (!status_.ok()) return status_.error();
  return std::move(bytes_);
}

platform::Result<std::vector<uint8_t>> Writer::Take() {
  while (!bytes_.empty() && bytes_.back() == 0) bytes_.pop_back();
  return TakeAll();
}

}  // namespace pendulum::fuzz

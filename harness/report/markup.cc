#include "harness/report/markup.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>

namespace pendulum::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

uint8_t ByteAt(std::string_view text, size_t at) { return static_cast<uint8_t>(text[at]); }

// How many bytes the character that begins at `at` has; 0 when it is none.
size_t CharacterBytes(std::string_view text, size_t at, uint32_t* code_point) {
  const uint8_t lead = ByteAt(text, at);
  const size_t bytes = lead < 0x80             ? 1
                       : (lead & 0xE0) == 0xC0 ? 2
                       : (lead & 0xF0) == 0xE0 ? 3
                       : (lead & 0xF8) == 0xF0 ? 4
                                               : 0;
  if (bytes == 0 || at + bytes > text.size()) return 0;
  *code_point = bytes == 1 ? lead : lead & (0x7Fu >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    if ((ByteAt(text, at + i) & 0xC0) != 0x80) return 0;
    *code_point = *code_point << 6 | (ByteAt(text, at + i) & 0x3Fu);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  return *code_point < kLeast[bytes] || *code_point > 0x10FFFF ? 0 : bytes;
}

// XML 1.0, section 2.2.
bool IsXmlCharacter(uint32_t code_point) {
  if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
  const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  return !is_surrogate && code_point != 0xFFFE && code_point != 0xFFFF;
}

std::string ValidUtf8(std::string_view text) {
  std::string valid;
  for (size_t at = 0; at < text.size();) {
    uint32_t code_point = 0;
    const size_t bytes = CharacterBytes(text, at, &code_point);
    if (bytes == 0 || !IsXmlCharacter(code_point)) {
      valid += kReplacement;
      at += bytes == 0 ? 1 : bytes;
      continue;
    }
    valid += text.substr(at, bytes);
    at += bytes;
  }
  return valid;
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char character : ValidUtf8(text)) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\r':
        escaped += "&#13;";
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

std::string EscapeAttribute(std::string_view text) {
  std::string escaped;
  for (const char character : Escape(text)) {
    if (character == '\n') {
      escaped += "&#10;";
    } else if (character == '\t') {
      escaped += "&#9;";
    } else {
      escaped += character;
    }
  }
  return escaped;
}

std::string LinkOf(std::string_view address) {
  if (!address.starts_with("https://") && !address.starts_with("http://")) return "";
  constexpr std::string_view kForbidden = "\"<>\\^`{|}";
  std::string link;
  for (const char character : address) {
    const uint8_t byte = static_cast<uint8_t>(character);
    if (byte <= 0x20 || byte >= 0x7F || kForbidden.find(character) != std::string_view::npos) {
      link += fmt::format("%{:02X}", byte);
    } else {
      link += character;
    }
  }
  return link;
}

}  // namespace pendulum::report

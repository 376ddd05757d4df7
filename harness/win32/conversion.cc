#include "harness/win32/conversion.h"

#include <cstdint>
#include <cstring>

#include "harness/win32/boundary.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;

bool IsScalarValue(uint32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

// Decodes the character at `position` and moves on; an invalid byte is taken alone.
uint32_t DecodeNext(std::string_view text, size_t* position, bool* invalid) {
  const auto first = static_cast<uint8_t>(text[(*position)++]);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  static constexpr uint32_t kLowest[] = {0, 0x80, 0x800, 0x10000};
  uint32_t value = first & (0x3F >> more);
  size_t at = *position;
  bool is_valid = first >= 0xC2 && first <= 0xF4;
  for (int i = 0; i < more && is_valid; ++i, ++at) {
    is_valid = at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80;
    if (is_valid) value = (value << 6) | (static_cast<uint8_t>(text[at]) & 0x3F);
  }
  if (!is_valid || value < kLowest[more] || !IsScalarValue(value)) {
    *invalid = true;
    return kReplacement;
  }
  *position = at;
  return value;
}

size_t Encode(uint32_t value, char* bytes) {
  if (value < 0x80) {
    bytes[0] = static_cast<char>(value);
    return 1;
  }
  const size_t length = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  static constexpr uint8_t kLead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = length - 1; i > 0; --i) {
    bytes[i] = static_cast<char>(0x80 | (value & 0x3F));
    value >>= 6;
  }
  bytes[0] = static_cast<char>(kLead[length] | value);
  return length;
}

bool IsSupported(UINT code_page) {
  return code_page == CP_ACP || code_page == CP_OEMCP || code_page == CP_THREAD_ACP ||
         code_page == CP_UTF8 || code_page == 20127 || code_page == 1252;
}

int Fail(DWORD error) {
  Self().last_error = error;
  return 0;
}

}  // namespace

Converted WidenUtf8(std::string_view text, wchar_t* buffer, size_t capacity) {
  Converted converted;
  size_t position = 0;
  while (position < text.size()) {
    const uint32_t value = DecodeNext(text, &position, &converted.invalid);
    if (buffer != nullptr) {
      if (converted.length == capacity) {
        converted.too_long = true;
        return converted;
      }
      buffer[converted.length] = static_cast<wchar_t>(value);
    }
    ++converted.length;
  }
  return converted;
}

Converted NarrowToUtf8(std::wstring_view text, char* buffer, size_t capacity) {
  Converted converted;
  for (const wchar_t character : text) {
    auto value = static_cast<uint32_t>(character);
    if (!IsScalarValue(value)) {
      converted.invalid = true;
      value = kReplacement;
    }
    char bytes[4];
    const size_t length = Encode(value, bytes);
    if (buffer != nullptr) {
      if (capacity - converted.length < length) {
        converted.too_long = true;
        return converted;
      }
      std::memcpy(buffer + converted.length, bytes, length);
    }
    converted.length += length;
  }
  return converted;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" int WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR text, int length,
                                          LPWSTR buffer, int buffer_length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (text == nullptr || length == 0 || length < -1 || buffer_length < 0 ||
      (buffer == nullptr && buffer_length != 0) || !IsSupported(code_page)) {
    return Fail(ERROR_INVALID_PARAMETER);
  }
  const size_t bytes = length == -1 ? std::strlen(text) + 1 : static_cast<size_t>(length);
  const Converted converted =
      WidenUtf8({text, bytes}, buffer_length == 0 ? nullptr : buffer, buffer_length);
  if (converted.too_long) return Fail(ERROR_INSUFFICIENT_BUFFER);
  if (converted.invalid && (flags & MB_ERR_INVALID_CHARS) != 0) {
    return Fail(ERROR_NO_UNICODE_TRANSLATION);
  }
  return static_cast<int>(converted.length);
}

extern "C" int WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR text, int length,
                                          LPSTR buffer, int buffer_length, LPCSTR default_char,
                                          LPBOOL used_default_char) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  const bool has_default = default_char != nullptr || used_default_char != nullptr;
  if (text == nullptr || length == 0 || length < -1 || buffer_length < 0 ||
      (buffer == nullptr && buffer_length != 0) || !IsSupported(code_page) ||
      (code_page == CP_UTF8 && has_default)) {
    return Fail(ERROR_INVALID_PARAMETER);
  }
  const size_t characters = length == -1 ? std::wcslen(text) + 1 : static_cast<size_t>(length);
  const Converted converted =
      NarrowToUtf8({text, characters}, buffer_length == 0 ? nullptr : buffer, buffer_length);
  if (converted.too_long) return Fail(ERROR_INSUFFICIENT_BUFFER);
  if (converted.invalid && (flags & WC_ERR_INVALID_CHARS) != 0) {
    return Fail(ERROR_NO_UNICODE_TRANSLATION);
  }
  if (used_default_char != nullptr) *used_default_char = converted.invalid ? TRUE : FALSE;
  return static_cast<int>(converted.length);
}

extern "C" UINT WINAPI GetACP() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return CP_UTF8;
}

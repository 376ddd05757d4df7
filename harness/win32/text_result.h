// How functions that fill a caller's buffer with a text answer, in both character widths.
#ifndef PENDULUM_WIN32_TEXT_RESULT_H_
#define PENDULUM_WIN32_TEXT_RESULT_H_

#include <algorithm>
#include <string_view>

#include "harness/win32/conversion.h"
#include "windows.h"

namespace pendulum::win32 {

inline size_t LengthFor(std::string_view text, const char*) { return text.size(); }
inline size_t LengthFor(std::string_view text, const wchar_t*) {
  return WidenUtf8(text, nullptr, 0).length;
}

inline void CopyText(std::string_view text, char* buffer) {
  std::copy(text.begin(), text.end(), buffer);
  buffer[text.size()] = '\0';
}
inline void CopyText(std::string_view text, wchar_t* buffer) {
  const size_t length = WidenUtf8(text, nullptr, 0).length;
  WidenUtf8(text, buffer, length);
  buffer[length] = L'\0';
}

// Copies `text` if it fits into `size` characters and returns its length; otherwise writes nothing
// and returns the size that it needs, terminator included.
template <typename Character>
DWORD GiveText(std::string_view text, Character* buffer, DWORD size) {
  const size_t length = LengthFor(text, buffer);
  if (buffer == nullptr || length >= size) return static_cast<DWORD>(length + 1);
  CopyText(text, buffer);
  return static_cast<DWORD>(length);
}

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_TEXT_RESULT_H_

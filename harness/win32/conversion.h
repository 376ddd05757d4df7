// UTF-8 and wide characters (one code point each here), independent of any locale.
#ifndef PENDULUM_WIN32_CONVERSION_H_
#define PENDULUM_WIN32_CONVERSION_H_

#include <cstddef>
#include <string_view>

namespace pendulum::win32 {

// How a conversion went: what it wrote (or would write, without a buffer), and what was wrong.
struct Converted {
  size_t length = 0;      // characters or bytes written, or needed when there is no buffer
  bool invalid = false;   // the source has what is not valid; it became U+FFFD
  bool too_long = false;  // the buffer was too small: nothing usable was written
};

// Both write no terminator of their own; a nullptr buffer asks for the length.
Converted WidenUtf8(std::string_view text, wchar_t* buffer, size_t capacity);
Converted NarrowToUtf8(std::wstring_view text, char* buffer, size_t capacity);

// A wide text as UTF-8 in a fixed buffer, cut off where it does not fit; for names and paths.
template <size_t kBytes>
class NarrowText {
 public:
  explicit NarrowText(const wchar_t* text) {
    if (text == nullptr) return;
    is_null_ = false;
    std::wstring_view rest(text);
    Converted converted = NarrowToUtf8(rest, text_, kBytes - 1);
    while (converted.too_long) {
      rest.remove_suffix(1);
      converted = NarrowToUtf8(rest, text_, kBytes - 1);
    }
    text_[converted.length] = '\0';
  }
  // nullptr when the wide text was.
  const char* c_str() const { return is_null_ ? nullptr : text_; }

 private:
  char text_[kBytes] = {};
  bool is_null_ = true;
};

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_CONVERSION_H_

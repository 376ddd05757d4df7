// Formatted output with the semantics of Microsoft's C runtime. In module sources the standard
// names (sprintf, snprintf, printf ...) mean these functions too: DWORD has 32 bits, and `%lu` says
// so.
#ifndef PENDULUM_SDK_CRT_FORMAT_H_
#define PENDULUM_SDK_CRT_FORMAT_H_

#include <stdio.h>

#include "crt/base.h"

namespace pendulum_crt {

static inline int Format(char* buffer, size_t size, const char* format, va_list arguments) {
  return pendulum_vsnprintf(buffer, size, format, arguments);
}
static inline int Format(wchar_t* buffer, size_t size, const wchar_t* format, va_list arguments) {
  return pendulum_vswprintf(buffer, size, format, arguments);
}

// sprintf_s: a text that does not fit is an error that leaves an empty buffer.
template <class Character>
static inline int FormatSecure(const char* function, Character* buffer, size_t size,
                               const Character* format, va_list arguments) {
  if (buffer == nullptr || size == 0 || format == nullptr) {
    Fail(function, buffer, size, EINVAL);
    return -1;
  }
  int length = Format(buffer, size, format, arguments);
  if (length >= 0 && (size_t)length < size) return length;
  Fail(function, buffer, size, length < 0 ? EINVAL : ERANGE);
  return -1;
}

// _snprintf_s: at most `count` characters, then a terminator; with _TRUNCATE the text is cut.
template <class Character>
static inline int FormatCounted(const char* function, Character* buffer, size_t size, size_t count,
                                const Character* format, va_list arguments) {
  if (count == 0 && buffer == nullptr && size == 0) return 0;
  if (buffer == nullptr || size == 0 || format == nullptr) {
    Fail(function, buffer, size, EINVAL);
    return -1;
  }
  size_t limit = count != _TRUNCATE && count < size - 1 ? count + 1 : size;
  int length = Format(buffer, limit, format, arguments);
  if (length < 0) {
    Fail(function, buffer, size, EINVAL);
    return -1;
  }
  if ((size_t)length < limit) return length;
  if (count == _TRUNCATE || count < size) return -1;
  Fail(function, buffer, size, ERANGE);
  return -1;
}

// _snprintf: no terminator when the text fills the buffer, -1 when it does not fit.
template <class Character>
static inline int FormatUnterminated(Character* buffer, size_t count, const Character* format,
                                     va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = Format((Character*)nullptr, 0, format, arguments);
  int result = length >= 0 && (size_t)length <= count ? length : -1;
  if (length >= 0 && buffer != nullptr && count > 0) {
    Character* text = (Character*)malloc(((size_t)length + 1) * sizeof(Character));
    Format(text, (size_t)length + 1, format, again);
    size_t kept = (size_t)length < count ? (size_t)length + 1 : count;
    memcpy(buffer, text, kept * sizeof(Character));
    free(text);
  }
  va_end(again);
  return result;
}

// printf and its kin: formats, then writes the text to a stream.
static inline int Print(FILE* stream, const char* format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = pendulum_vsnprintf(nullptr, 0, format, arguments);
  if (length > 0) {
    char* text = (char*)malloc((size_t)length + 1);
    pendulum_vsnprintf(text, (size_t)length + 1, format, again);
    fwrite(text, 1, (size_t)length, stream);
    free(text);
  }
  va_end(again);
  return length;
}

}  // namespace pendulum_crt

// The narrow family.
PENDULUM_INLINE int vsprintf_s(char* buffer, size_t size, const char* format, va_list arguments) {
  return pendulum_crt::FormatSecure("vsprintf_s", buffer, size, format, arguments);
}
PENDULUM_INLINE int sprintf_s(char* buffer, size_t size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatSecure("sprintf_s", buffer, size, format, arguments);
  va_end(arguments);
  return result;
}
PENDULUM_INLINE int _vsnprintf_s(char* buffer, size_t size, size_t count, const char* format,
                                 va_list arguments) {
  return pendulum_crt::FormatCounted("_vsnprintf_s", buffer, size, count, format, arguments);
}
PENDULUM_INLINE int _snprintf_s(char* buffer, size_t size, size_t count, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatCounted("_snprintf_s", buffer, size, count, format, arguments);
  va_end(arguments);
  return result;
}
PENDULUM_INLINE int _vsnprintf(char* buffer, size_t count, const char* format, va_list arguments) {
  return pendulum_crt::FormatUnterminated(buffer, count, format, arguments);
}
PENDULUM_INLINE int _snprintf(char* buffer, size_t count, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatUnterminated(buffer, count, format, arguments);
  va_end(arguments);
  return result;
}
PENDULUM_INLINE int _vscprintf(const char* format, va_list arguments) {
  return pendulum_crt::Format((char*)nullptr, 0, format, arguments);
}
PENDULUM_INLINE int _scprintf(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::Format((char*)nullptr, 0, format, arguments);
  va_end(arguments);
  return result;
}

// The wide family.
PENDULUM_INLINE int vswprintf_s(wchar_t* buffer, size_t size, const wchar_t* format,
                                va_list arguments) {
  return pendulum_crt::FormatSecure("vswprintf_s", buffer, size, format, arguments);
}
PENDULUM_INLINE int swprintf_s(wchar_t* buffer, size_t size, const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatSecure("swprintf_s", buffer, size, format, arguments);
  va_end(arguments);
  return result;
}
PENDULUM_INLINE int _vsnwprintf_s(wchar_t* buffer, size_t size, size_t count, const wchar_t* format,
                                  va_list arguments) {
  return pendulum_crt::FormatCounted("_vsnwprintf_s", buffer, size, count, format, arguments);
}
PENDULUM_INLINE int _snwprintf_s(wchar_t* buffer, size_t size, size_t count, const wchar_t* format,
                                 ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatCounted("_snwprintf_s", buffer, size, count, format, arguments);
  va_end(arguments);
  return result;
}
PENDULUM_INLINE int _vsnwprintf(wchar_t* buffer, size_t count, const wchar_t* format,
                                va_list arguments) {
  return pendulum_crt::FormatUnterminated(buffer, count, format, arguments);
}
PENDULUM_INLINE int _snwprintf(wchar_t* buffer, size_t count, const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatUnterminated(buffer, count, format, arguments);
  va_end(arguments);
  return result;
}
PENDULUM_INLINE int _vscwprintf(const wchar_t* format, va_list arguments) {
  return pendulum_crt::Format((wchar_t*)nullptr, 0, format, arguments);
}
PENDULUM_INLINE int _scwprintf(const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::Format((wchar_t*)nullptr, 0, format, arguments);
  va_end(arguments);
  return result;
}

// Overloads that deduce the size of an array.
extern "C++" {
template <size_t Size>
static inline int vsprintf_s(char (&buffer)[Size], const char* format, va_list arguments) {
  return vsprintf_s(buffer, Size, format, arguments);
}
template <size_t Size>
static inline int sprintf_s(char (&buffer)[Size], const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatSecure("sprintf_s", buffer, Size, format, arguments);
  va_end(arguments);
  return result;
}
template <size_t Size>
static inline int _vsnprintf_s(char (&buffer)[Size], size_t count, const char* format,
                               va_list arguments) {
  return _vsnprintf_s(buffer, Size, count, format, arguments);
}
template <size_t Size>
static inline int _snprintf_s(char (&buffer)[Size], size_t count, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatCounted("_snprintf_s", buffer, Size, count, format, arguments);
  va_end(arguments);
  return result;
}
template <size_t Size>
static inline int vswprintf_s(wchar_t (&buffer)[Size], const wchar_t* format, va_list arguments) {
  return vswprintf_s(buffer, Size, format, arguments);
}
template <size_t Size>
static inline int swprintf_s(wchar_t (&buffer)[Size], const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatSecure("swprintf_s", buffer, Size, format, arguments);
  va_end(arguments);
  return result;
}
template <size_t Size>
static inline int _vsnwprintf_s(wchar_t (&buffer)[Size], size_t count, const wchar_t* format,
                                va_list arguments) {
  return _vsnwprintf_s(buffer, Size, count, format, arguments);
}
template <size_t Size>
static inline int _snwprintf_s(wchar_t (&buffer)[Size], size_t count, const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int result = pendulum_crt::FormatCounted("_snwprintf_s", buffer, Size, count, format, arguments);
  va_end(arguments);
  return result;
}
}

#endif  // PENDULUM_SDK_CRT_FORMAT_H_

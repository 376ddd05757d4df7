// Numbers and texts into each other, and narrow and wide texts into each other (always UTF-8).
#ifndef PENDULUM_SDK_CRT_CONVERSIONS_H_
#define PENDULUM_SDK_CRT_CONVERSIONS_H_

#include "crt/base.h"

namespace pendulum_crt {

// Writes `value` in `radix` (2 to 36); `negative` puts a sign before it.
template <class Character>
static inline errno_t FormatInteger(const char* function, unsigned long long value, bool negative,
                                    Character* buffer, size_t size, int radix) {
  if (buffer == nullptr || size == 0 || radix < 2 || radix > 36) {
    return Fail(function, buffer, size, EINVAL);
  }
  char digits[66];
  size_t count = 0;
  do {
    unsigned digit = (unsigned)(value % (unsigned)radix);
    digits[count++] = (char)(digit < 10 ? '0' + digit : 'a' + (digit - 10));
    value /= (unsigned)radix;
  } while (value != 0);
  if (negative) digits[count++] = '-';
  if (count >= size) return Fail(function, buffer, size, ERANGE);
  for (size_t i = 0; i < count; ++i) buffer[i] = (Character)digits[count - 1 - i];
  buffer[count] = 0;
  return 0;
}

// A sign is written in base 10 only; other bases show the bits of `Unsigned`.
template <class Unsigned, class Character, class Signed>
static inline errno_t FormatSigned(const char* function, Signed value, Character* buffer,
                                   size_t size, int radix) {
  bool negative = radix == 10 && value < 0;
  Unsigned bits = negative ? (Unsigned)0 - (Unsigned)value : (Unsigned)value;
  return FormatInteger(function, bits, negative, buffer, size, radix);
}

// Room that the functions without a size are entitled to.
static const size_t kIntegerRoom = 66;

// One code point of UTF-8; 0xFFFD for what is not UTF-8. Never reads past a terminator.
static inline unsigned DecodeUtf8(const char** text) {
  const unsigned char* p = (const unsigned char*)*text;
  unsigned first = *p++;
  unsigned extra = first < 0x80 ? 0 : first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 9;
  unsigned value = extra == 0 ? first : extra == 9 ? 0xFFFD : first & (0x3Fu >> extra);
  for (unsigned i = 0; extra != 9 && i < extra; ++i) {
    if ((*p & 0xC0) != 0x80) {
      value = 0xFFFD;
      break;
    }
    value = value << 6 | (*p++ & 0x3Fu);
  }
  *text = (const char*)p;
  return value;
}

// The bytes of one code point; returns how many.
static inline size_t EncodeUtf8(unsigned value, char* bytes) {
  if (value > 0x10FFFF) value = 0xFFFD;
  if (value < 0x80) {
    bytes[0] = (char)value;
    return 1;
  }
  size_t extra = value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
  for (size_t i = extra; i > 0; --i) {
    bytes[i] = (char)(0x80 | (value & 0x3F));
    value >>= 6;
  }
  bytes[0] = (char)((0xFF00u >> (extra + 1) & 0xFF) | value);
  return extra + 1;
}

}  // namespace pendulum_crt

// wcstombs and mbstowcs, independent of the locale. Return the length without the terminator.
PENDULUM_INLINE size_t pendulum_wcstombs(char* target, const wchar_t* source, size_t count) {
  size_t length = 0;
  for (; *source != 0; ++source) {
    char bytes[4];
    size_t encoded = pendulum_crt::EncodeUtf8((unsigned)*source, bytes);
    if (target != nullptr && encoded > count - length) return length;
    if (target != nullptr) memcpy(target + length, bytes, encoded);
    length += encoded;
  }
  if (target != nullptr && length < count) target[length] = 0;
  return length;
}

PENDULUM_INLINE size_t pendulum_mbstowcs(wchar_t* target, const char* source, size_t count) {
  size_t length = 0;
  while (*source != 0) {
    if (target != nullptr && length == count) return length;
    unsigned value = pendulum_crt::DecodeUtf8(&source);
    if (target != nullptr) target[length] = (wchar_t)value;
    ++length;
  }
  if (target != nullptr && length < count) target[length] = 0;
  return length;
}

namespace pendulum_crt {

// wcstombs_s and mbstowcs_s: `count` limits the characters written, _TRUNCATE cuts to the buffer.
template <class To, class From>
static inline errno_t Convert(const char* function, size_t (*convert)(To*, const From*, size_t),
                              size_t* converted, To* target, size_t size, const From* source,
                              size_t count) {
  if (converted != nullptr) *converted = 0;
  if (source == nullptr || (target == nullptr) != (size == 0)) {
    return Fail(function, target, size, EINVAL);
  }
  size_t needed = convert(nullptr, source, 0);
  if (target == nullptr) {
    if (converted != nullptr) *converted = needed + 1;
    return 0;
  }
  size_t wanted = count < needed ? count : needed;
  if (wanted >= size && count != _TRUNCATE) return Fail(function, target, size, ERANGE);
  size_t room = wanted < size ? wanted : size - 1;
  size_t written = convert(target, source, room);
  target[written] = 0;
  if (converted != nullptr) *converted = written + 1;
  return written < needed && count == _TRUNCATE ? STRUNCATE : 0;
}

}  // namespace pendulum_crt

PENDULUM_INLINE errno_t wcstombs_s(size_t* converted, char* target, size_t size,
                                   const wchar_t* source, size_t count) {
  return pendulum_crt::Convert("wcstombs_s", pendulum_wcstombs, converted, target, size, source,
                               count);
}
PENDULUM_INLINE errno_t mbstowcs_s(size_t* converted, wchar_t* target, size_t size,
                                   const char* source, size_t count) {
  return pendulum_crt::Convert("mbstowcs_s", pendulum_mbstowcs, converted, target, size, source,
                               count);
}

PENDULUM_INLINE errno_t _itoa_s(int value, char* buffer, size_t size, int radix) {
  return pendulum_crt::FormatSigned<unsigned>("_itoa_s", (int)value, buffer, size, radix);
}
PENDULUM_INLINE char* _itoa(int value, char* buffer, int radix) {
  pendulum_crt::FormatSigned<unsigned>("_itoa", (int)value, buffer, pendulum_crt::kIntegerRoom,
                                       radix);
  return buffer;
}
PENDULUM_INLINE errno_t _ltoa_s(long value, char* buffer, size_t size, int radix) {
  return pendulum_crt::FormatSigned<unsigned>("_ltoa_s", (int)value, buffer, size, radix);
}
PENDULUM_INLINE char* _ltoa(long value, char* buffer, int radix) {
  pendulum_crt::FormatSigned<unsigned>("_ltoa", (int)value, buffer, pendulum_crt::kIntegerRoom,
                                       radix);
  return buffer;
}
PENDULUM_INLINE errno_t _ultoa_s(unsigned long value, char* buffer, size_t size, int radix) {
  return pendulum_crt::FormatInteger("_ultoa_s", (unsigned)value, false, buffer, size, radix);
}
PENDULUM_INLINE char* _ultoa(unsigned long value, char* buffer, int radix) {
  pendulum_crt::FormatInteger("_ultoa", (unsigned)value, false, buffer, pendulum_crt::kIntegerRoom,
                              radix);
  return buffer;
}
PENDULUM_INLINE errno_t _i64toa_s(long long value, char* buffer, size_t size, int radix) {
  return pendulum_crt::FormatSigned<unsigned long long>("_i64toa_s", (long long)value, buffer, size,
                                                        radix);
}
PENDULUM_INLINE char* _i64toa(long long value, char* buffer, int radix) {
  pendulum_crt::FormatSigned<unsigned long long>("_i64toa", (long long)value, buffer,
                                                 pendulum_crt::kIntegerRoom, radix);
  return buffer;
}
PENDULUM_INLINE errno_t _ui64toa_s(unsigned long long value, char* buffer, size_t size, int radix) {
  return pendulum_crt::FormatInteger("_ui64toa_s", (unsigned long long)value, false, buffer, size,
                                     radix);
}
PENDULUM_INLINE char* _ui64toa(unsigned long long value, char* buffer, int radix) {
  pendulum_crt::FormatInteger("_ui64toa", (unsigned long long)value, false, buffer,
                              pendulum_crt::kIntegerRoom, radix);
  return buffer;
}
PENDULUM_INLINE errno_t _itow_s(int value, wchar_t* buffer, size_t size, int radix) {
  return pendulum_crt::FormatSigned<unsigned>("_itow_s", (int)value, buffer, size, radix);
}
PENDULUM_INLINE wchar_t* _itow(int value, wchar_t* buffer, int radix) {
  pendulum_crt::FormatSigned<unsigned>("_itow", (int)value, buffer, pendulum_crt::kIntegerRoom,
                                       radix);
  return buffer;
}
PENDULUM_INLINE errno_t _ltow_s(long value, wchar_t* buffer, size_t size, int radix) {
  return pendulum_crt::FormatSigned<unsigned>("_ltow_s", (int)value, buffer, size, radix);
}
PENDULUM_INLINE wchar_t* _ltow(long value, wchar_t* buffer, int radix) {
  pendulum_crt::FormatSigned<unsigned>("_ltow", (int)value, buffer, pendulum_crt::kIntegerRoom,
                                       radix);
  return buffer;
}
PENDULUM_INLINE errno_t _ultow_s(unsigned long value, wchar_t* buffer, size_t size, int radix) {
  return pendulum_crt::FormatInteger("_ultow_s", (unsigned)value, false, buffer, size, radix);
}
PENDULUM_INLINE wchar_t* _ultow(unsigned long value, wchar_t* buffer, int radix) {
  pendulum_crt::FormatInteger("_ultow", (unsigned)value, false, buffer, pendulum_crt::kIntegerRoom,
                              radix);
  return buffer;
}
PENDULUM_INLINE errno_t _i64tow_s(long long value, wchar_t* buffer, size_t size, int radix) {
  return pendulum_crt::FormatSigned<unsigned long long>("_i64tow_s", (long long)value, buffer, size,
                                                        radix);
}
PENDULUM_INLINE wchar_t* _i64tow(long long value, wchar_t* buffer, int radix) {
  pendulum_crt::FormatSigned<unsigned long long>("_i64tow", (long long)value, buffer,
                                                 pendulum_crt::kIntegerRoom, radix);
  return buffer;
}
PENDULUM_INLINE errno_t _ui64tow_s(unsigned long long value, wchar_t* buffer, size_t size,
                                   int radix) {
  return pendulum_crt::FormatInteger("_ui64tow_s", (unsigned long long)value, false, buffer, size,
                                     radix);
}
PENDULUM_INLINE wchar_t* _ui64tow(unsigned long long value, wchar_t* buffer, int radix) {
  pendulum_crt::FormatInteger("_ui64tow", (unsigned long long)value, false, buffer,
                              pendulum_crt::kIntegerRoom, radix);
  return buffer;
}
PENDULUM_INLINE char* itoa(int value, char* buffer, int radix) {
  return _itoa(value, buffer, radix);
}
PENDULUM_INLINE char* ltoa(long value, char* buffer, int radix) {
  return _ltoa(value, buffer, radix);
}

PENDULUM_INLINE int _wtoi(const wchar_t* text) { return (int)wcstol(text, nullptr, 10); }
PENDULUM_INLINE long _wtol(const wchar_t* text) { return (int)wcstol(text, nullptr, 10); }
PENDULUM_INLINE double _wtof(const wchar_t* text) { return wcstod(text, nullptr); }
PENDULUM_INLINE long long _wtoi64(const wchar_t* text) { return wcstoll(text, nullptr, 10); }
PENDULUM_INLINE long long _atoi64(const char* text) { return strtoll(text, nullptr, 10); }
#define _strtoi64 strtoll
#define _strtoui64 strtoull
#define _wcstoi64 wcstoll
#define _wcstoui64 wcstoull

// Overloads that deduce the size of an array.
extern "C++" {
template <size_t Size>
static inline errno_t _itoa_s(int value, char (&buffer)[Size], int radix) {
  return _itoa_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _ltoa_s(long value, char (&buffer)[Size], int radix) {
  return _ltoa_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _ultoa_s(unsigned long value, char (&buffer)[Size], int radix) {
  return _ultoa_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _i64toa_s(long long value, char (&buffer)[Size], int radix) {
  return _i64toa_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _ui64toa_s(unsigned long long value, char (&buffer)[Size], int radix) {
  return _ui64toa_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _itow_s(int value, wchar_t (&buffer)[Size], int radix) {
  return _itow_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _ltow_s(long value, wchar_t (&buffer)[Size], int radix) {
  return _ltow_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _ultow_s(unsigned long value, wchar_t (&buffer)[Size], int radix) {
  return _ultow_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _i64tow_s(long long value, wchar_t (&buffer)[Size], int radix) {
  return _i64tow_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t _ui64tow_s(unsigned long long value, wchar_t (&buffer)[Size], int radix) {
  return _ui64tow_s(value, buffer, Size, radix);
}
template <size_t Size>
static inline errno_t wcstombs_s(size_t* converted, char (&target)[Size], const wchar_t* source,
                                 size_t count) {
  return wcstombs_s(converted, target, Size, source, count);
}
template <size_t Size>
static inline errno_t mbstowcs_s(size_t* converted, wchar_t (&target)[Size], const char* source,
                                 size_t count) {
  return mbstowcs_s(converted, target, Size, source, count);
}
}

#endif  // PENDULUM_SDK_CRT_CONVERSIONS_H_

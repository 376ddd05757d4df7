// Strings: the secure functions, and Microsoft's names for what others call strcasecmp and so on.
// Comparisons without case know ASCII only, whatever the locale.
#ifndef PENDULUM_SDK_CRT_STRINGS_H_
#define PENDULUM_SDK_CRT_STRINGS_H_

#include "crt/base.h"

namespace pendulum_crt {

template <class Character>
static inline size_t Length(const Character* text, size_t limit) {
  size_t length = 0;
  while (length < limit && text[length] != 0) ++length;
  return length;
}

// Copies at most `count` characters behind the `used` ones that `target` holds.
template <class Character>
static inline errno_t Append(const char* function, Character* target, size_t size, size_t used,
                             const Character* source, size_t count) {
  if (target == nullptr || size == 0) return Fail(function, target, size, EINVAL);
  if (source == nullptr) return Fail(function, target, size, EINVAL);
  if (used >= size) return Fail(function, target, size, EINVAL);
  size_t length = Length(source, count);
  if (length >= size - used) {
    if (count != _TRUNCATE) return Fail(function, target, size, ERANGE);
    memcpy(target + used, source, (size - used - 1) * sizeof(Character));
    target[size - 1] = 0;
    return STRUNCATE;
  }
  memcpy(target + used, source, length * sizeof(Character));
  target[used + length] = 0;
  return 0;
}

// `count` as strcpy and strcat understand it: all of the source, and never a cut.
static const size_t kWholeString = (size_t)-2;

template <class Character>
static inline size_t Used(const Character* target, size_t size) {
  return target == nullptr ? 0 : Length(target, size);
}

template <class Character>
static inline Character Lower(Character c) {
  return c >= 'A' && c <= 'Z' ? (Character)(c + ('a' - 'A')) : c;
}

template <class Character>
static inline Character Upper(Character c) {
  return c >= 'a' && c <= 'z' ? (Character)(c - ('a' - 'A')) : c;
}

template <class Character>
static inline int CompareNoCase(const Character* left, const Character* right, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    Character a = Lower(left[i]);
    Character b = Lower(right[i]);
    if (a != b) return a < b ? -1 : 1;
    if (a == 0) break;
  }
  return 0;
}

template <class Character>
static inline Character* ToLower(Character* text) {
  for (Character* c = text; *c != 0; ++c) *c = Lower(*c);
  return text;
}

template <class Character>
static inline Character* ToUpper(Character* text) {
  for (Character* c = text; *c != 0; ++c) *c = Upper(*c);
  return text;
}

template <class Character>
static inline Character* Reverse(Character* text) {
  size_t length = Length(text, (size_t)-1);
  for (size_t i = 0; i < length / 2; ++i) {
    Character c = text[i];
    text[i] = text[length - 1 - i];
    text[length - 1 - i] = c;
  }
  return text;
}

}  // namespace pendulum_crt

PENDULUM_INLINE errno_t strcpy_s(char* target, size_t size, const char* source) {
  return pendulum_crt::Append("strcpy_s", target, size, 0, source, pendulum_crt::kWholeString);
}
PENDULUM_INLINE errno_t strncpy_s(char* target, size_t size, const char* source, size_t count) {
  if (target == nullptr && size == 0 && count == 0) return 0;
  return pendulum_crt::Append("strncpy_s", target, size, 0, source, count);
}
PENDULUM_INLINE errno_t strcat_s(char* target, size_t size, const char* source) {
  return pendulum_crt::Append("strcat_s", target, size, pendulum_crt::Used(target, size), source,
                              pendulum_crt::kWholeString);
}
PENDULUM_INLINE errno_t strncat_s(char* target, size_t size, const char* source, size_t count) {
  return pendulum_crt::Append("strncat_s", target, size, pendulum_crt::Used(target, size), source,
                              count);
}
PENDULUM_INLINE char* strtok_s(char* text, const char* separators, char** context) {
  return strtok_r(text, separators, context);
}
PENDULUM_INLINE char* _strdup(const char* text) { return text == nullptr ? nullptr : strdup(text); }
PENDULUM_INLINE int _stricmp(const char* left, const char* right) {
  return pendulum_crt::CompareNoCase(left, right, (size_t)-1);
}
PENDULUM_INLINE int stricmp(const char* left, const char* right) {
  return pendulum_crt::CompareNoCase(left, right, (size_t)-1);
}
PENDULUM_INLINE int strcmpi(const char* left, const char* right) {
  return pendulum_crt::CompareNoCase(left, right, (size_t)-1);
}
PENDULUM_INLINE int _strcmpi(const char* left, const char* right) {
  return pendulum_crt::CompareNoCase(left, right, (size_t)-1);
}
PENDULUM_INLINE int _strnicmp(const char* left, const char* right, size_t count) {
  return pendulum_crt::CompareNoCase(left, right, count);
}
PENDULUM_INLINE int strnicmp(const char* left, const char* right, size_t count) {
  return pendulum_crt::CompareNoCase(left, right, count);
}
PENDULUM_INLINE char* _strlwr(char* text) { return pendulum_crt::ToLower(text); }
PENDULUM_INLINE char* _strupr(char* text) { return pendulum_crt::ToUpper(text); }
PENDULUM_INLINE char* _strrev(char* text) { return pendulum_crt::Reverse(text); }
PENDULUM_INLINE errno_t _strlwr_s(char* text, size_t size) {
  if (text == nullptr || pendulum_crt::Length(text, size) >= size) {
    return pendulum_crt::Fail("_strlwr_s", text, size, EINVAL);
  }
  pendulum_crt::ToLower(text);
  return 0;
}
PENDULUM_INLINE errno_t _strupr_s(char* text, size_t size) {
  if (text == nullptr || pendulum_crt::Length(text, size) >= size) {
    return pendulum_crt::Fail("_strupr_s", text, size, EINVAL);
  }
  pendulum_crt::ToUpper(text);
  return 0;
}

PENDULUM_INLINE errno_t wcscpy_s(wchar_t* target, size_t size, const wchar_t* source) {
  return pendulum_crt::Append("wcscpy_s", target, size, 0, source, pendulum_crt::kWholeString);
}
PENDULUM_INLINE errno_t wcsncpy_s(wchar_t* target, size_t size, const wchar_t* source,
                                  size_t count) {
  if (target == nullptr && size == 0 && count == 0) return 0;
  return pendulum_crt::Append("wcsncpy_s", target, size, 0, source, count);
}
PENDULUM_INLINE errno_t wcscat_s(wchar_t* target, size_t size, const wchar_t* source) {
  return pendulum_crt::Append("wcscat_s", target, size, pendulum_crt::Used(target, size), source,
                              pendulum_crt::kWholeString);
}
PENDULUM_INLINE errno_t wcsncat_s(wchar_t* target, size_t size, const wchar_t* source,
                                  size_t count) {
  return pendulum_crt::Append("wcsncat_s", target, size, pendulum_crt::Used(target, size), source,
                              count);
}
PENDULUM_INLINE wchar_t* wcstok_s(wchar_t* text, const wchar_t* separators, wchar_t** context) {
  return wcstok(text, separators, context);
}
PENDULUM_INLINE wchar_t* _wcsdup(const wchar_t* text) {
  return text == nullptr ? nullptr : wcsdup(text);
}
PENDULUM_INLINE int _wcsicmp(const wchar_t* left, const wchar_t* right) {
  return pendulum_crt::CompareNoCase(left, right, (size_t)-1);
}
PENDULUM_INLINE int wcsicmp(const wchar_t* left, const wchar_t* right) {
  return pendulum_crt::CompareNoCase(left, right, (size_t)-1);
}
PENDULUM_INLINE int _wcsnicmp(const wchar_t* left, const wchar_t* right, size_t count) {
  return pendulum_crt::CompareNoCase(left, right, count);
}
PENDULUM_INLINE int wcsnicmp(const wchar_t* left, const wchar_t* right, size_t count) {
  return pendulum_crt::CompareNoCase(left, right, count);
}
PENDULUM_INLINE wchar_t* _wcslwr(wchar_t* text) { return pendulum_crt::ToLower(text); }
PENDULUM_INLINE wchar_t* _wcsupr(wchar_t* text) { return pendulum_crt::ToUpper(text); }
PENDULUM_INLINE wchar_t* _wcsrev(wchar_t* text) { return pendulum_crt::Reverse(text); }
PENDULUM_INLINE errno_t _wcslwr_s(wchar_t* text, size_t size) {
  if (text == nullptr || pendulum_crt::Length(text, size) >= size) {
    return pendulum_crt::Fail("_wcslwr_s", text, size, EINVAL);
  }
  pendulum_crt::ToLower(text);
  return 0;
}
PENDULUM_INLINE errno_t _wcsupr_s(wchar_t* text, size_t size) {
  if (text == nullptr || pendulum_crt::Length(text, size) >= size) {
    return pendulum_crt::Fail("_wcsupr_s", text, size, EINVAL);
  }
  pendulum_crt::ToUpper(text);
  return 0;
}

PENDULUM_INLINE size_t strnlen_s(const char* text, size_t limit) {
  return text == nullptr ? 0 : pendulum_crt::Length(text, limit);
}
PENDULUM_INLINE size_t wcsnlen_s(const wchar_t* text, size_t limit) {
  return text == nullptr ? 0 : pendulum_crt::Length(text, limit);
}
PENDULUM_INLINE errno_t strerror_s(char* buffer, size_t size, int error) {
  return pendulum_crt::Append("strerror_s", buffer, size, 0, strerror(error), _TRUNCATE);
}

// Overloads that deduce the size of an array.
extern "C++" {
template <size_t Size>
static inline errno_t strcpy_s(char (&target)[Size], const char* source) {
  return strcpy_s(target, Size, source);
}
template <size_t Size>
static inline errno_t strcat_s(char (&target)[Size], const char* source) {
  return strcat_s(target, Size, source);
}
template <size_t Size>
static inline errno_t strncpy_s(char (&target)[Size], const char* source, size_t count) {
  return strncpy_s(target, Size, source, count);
}
template <size_t Size>
static inline errno_t strncat_s(char (&target)[Size], const char* source, size_t count) {
  return strncat_s(target, Size, source, count);
}
template <size_t Size>
static inline errno_t _strlwr_s(char (&text)[Size]) {
  return _strlwr_s(text, Size);
}
template <size_t Size>
static inline errno_t _strupr_s(char (&text)[Size]) {
  return _strupr_s(text, Size);
}
template <size_t Size>
static inline errno_t wcscpy_s(wchar_t (&target)[Size], const wchar_t* source) {
  return wcscpy_s(target, Size, source);
}
template <size_t Size>
static inline errno_t wcscat_s(wchar_t (&target)[Size], const wchar_t* source) {
  return wcscat_s(target, Size, source);
}
template <size_t Size>
static inline errno_t wcsncpy_s(wchar_t (&target)[Size], const wchar_t* source, size_t count) {
  return wcsncpy_s(target, Size, source, count);
}
template <size_t Size>
static inline errno_t wcsncat_s(wchar_t (&target)[Size], const wchar_t* source, size_t count) {
  return wcsncat_s(target, Size, source, count);
}
template <size_t Size>
static inline errno_t _wcslwr_s(wchar_t (&text)[Size]) {
  return _wcslwr_s(text, Size);
}
template <size_t Size>
static inline errno_t _wcsupr_s(wchar_t (&text)[Size]) {
  return _wcsupr_s(text, Size);
}
}

#endif  // PENDULUM_SDK_CRT_STRINGS_H_

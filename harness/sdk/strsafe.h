// Safe strings: like the secure functions, but a text that does not fit is cut, terminated, and
// answered with STRSAFE_E_INSUFFICIENT_BUFFER; nothing is reported.
#ifndef PENDULUM_SDK_STRSAFE_H_
#define PENDULUM_SDK_STRSAFE_H_

#include "secure_crt.h"
#include "windows.h"

#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_MAX_LENGTH (STRSAFE_MAX_CCH - 1)
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)
#define STRSAFE_E_INVALID_PARAMETER ((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE ((HRESULT)0x80070026)
#define STRSAFE_NO_TRUNCATION 0x00001000

namespace pendulum_crt {

// Appends at most `count` characters of `source` to the `used` ones in `target`.
template <class Character>
static inline HRESULT SafeAppend(Character* target, size_t size, size_t used,
                                 const Character* source, size_t count) {
  if (target == nullptr || size == 0 || size > STRSAFE_MAX_CCH || used >= size) {
    return STRSAFE_E_INVALID_PARAMETER;
  }
  size_t length = Length(source, count);
  bool fits = length < size - used;
  if (!fits) length = size - used - 1;
  memcpy(target + used, source, length * sizeof(Character));
  target[used + length] = 0;
  return fits ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

template <class Character>
static inline HRESULT SafeFormat(Character* target, size_t size, const Character* format,
                                 va_list arguments) {
  if (target == nullptr || size == 0 || size > STRSAFE_MAX_CCH) return STRSAFE_E_INVALID_PARAMETER;
  int length = Format(target, size, format, arguments);
  if (length < 0) {
    target[0] = 0;
    return STRSAFE_E_INVALID_PARAMETER;
  }
  return (size_t)length < size ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

template <class Character>
static inline HRESULT SafeLength(const Character* text, size_t limit, size_t* length) {
  size_t found = text == nullptr ? limit : Length(text, limit);
  bool valid = text != nullptr && found < limit;
  if (length != nullptr) *length = valid ? found : 0;
  return valid ? S_OK : STRSAFE_E_INVALID_PARAMETER;
}

}  // namespace pendulum_crt

PENDULUM_INLINE HRESULT StringCchCopyA(LPSTR target, size_t size, LPCSTR source) {
  return pendulum_crt::SafeAppend(target, size, 0, source, STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCchCopyNA(LPSTR target, size_t size, LPCSTR source, size_t count) {
  return pendulum_crt::SafeAppend(target, size, 0, source, count);
}
PENDULUM_INLINE HRESULT StringCchCatA(LPSTR target, size_t size, LPCSTR source) {
  return pendulum_crt::SafeAppend(target, size, pendulum_crt::Used(target, size), source,
                                  STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCchCatNA(LPSTR target, size_t size, LPCSTR source, size_t count) {
  return pendulum_crt::SafeAppend(target, size, pendulum_crt::Used(target, size), source, count);
}
PENDULUM_INLINE HRESULT StringCchVPrintfA(LPSTR target, size_t size, LPCSTR format,
                                          va_list arguments) {
  return pendulum_crt::SafeFormat(target, size, format, arguments);
}
PENDULUM_INLINE HRESULT StringCchPrintfA(LPSTR target, size_t size, LPCSTR format, ...) {
  va_list arguments;
  va_start(arguments, format);
  HRESULT hr = pendulum_crt::SafeFormat(target, size, format, arguments);
  va_end(arguments);
  return hr;
}
PENDULUM_INLINE HRESULT StringCchLengthA(LPCSTR text, size_t limit, size_t* length) {
  return pendulum_crt::SafeLength(text, limit, length);
}
PENDULUM_INLINE HRESULT StringCbCopyA(LPSTR target, size_t size_bytes, LPCSTR source) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(char), 0, source, STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCbCopyNA(LPSTR target, size_t size_bytes, LPCSTR source,
                                       size_t count_bytes) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(char), 0, source,
                                  count_bytes / sizeof(char));
}
PENDULUM_INLINE HRESULT StringCbCatA(LPSTR target, size_t size_bytes, LPCSTR source) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(char),
                                  pendulum_crt::Used(target, size_bytes / sizeof(char)), source,
                                  STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCbCatNA(LPSTR target, size_t size_bytes, LPCSTR source,
                                      size_t count_bytes) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(char),
                                  pendulum_crt::Used(target, size_bytes / sizeof(char)), source,
                                  count_bytes / sizeof(char));
}
PENDULUM_INLINE HRESULT StringCbVPrintfA(LPSTR target, size_t size_bytes, LPCSTR format,
                                         va_list arguments) {
  return pendulum_crt::SafeFormat(target, size_bytes / sizeof(char), format, arguments);
}
PENDULUM_INLINE HRESULT StringCbPrintfA(LPSTR target, size_t size_bytes, LPCSTR format, ...) {
  va_list arguments;
  va_start(arguments, format);
  HRESULT hr = pendulum_crt::SafeFormat(target, size_bytes / sizeof(char), format, arguments);
  va_end(arguments);
  return hr;
}
PENDULUM_INLINE HRESULT StringCbLengthA(LPCSTR text, size_t limit_bytes, size_t* bytes) {
  HRESULT hr = pendulum_crt::SafeLength(text, limit_bytes / sizeof(char), bytes);
  if (bytes != nullptr) *bytes *= sizeof(char);
  return hr;
}

PENDULUM_INLINE HRESULT StringCchCopyW(LPWSTR target, size_t size, LPCWSTR source) {
  return pendulum_crt::SafeAppend(target, size, 0, source, STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCchCopyNW(LPWSTR target, size_t size, LPCWSTR source, size_t count) {
  return pendulum_crt::SafeAppend(target, size, 0, source, count);
}
PENDULUM_INLINE HRESULT StringCchCatW(LPWSTR target, size_t size, LPCWSTR source) {
  return pendulum_crt::SafeAppend(target, size, pendulum_crt::Used(target, size), source,
                                  STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCchCatNW(LPWSTR target, size_t size, LPCWSTR source, size_t count) {
  return pendulum_crt::SafeAppend(target, size, pendulum_crt::Used(target, size), source, count);
}
PENDULUM_INLINE HRESULT StringCchVPrintfW(LPWSTR target, size_t size, LPCWSTR format,
                                          va_list arguments) {
  return pendulum_crt::SafeFormat(target, size, format, arguments);
}
PENDULUM_INLINE HRESULT StringCchPrintfW(LPWSTR target, size_t size, LPCWSTR format, ...) {
  va_list arguments;
  va_start(arguments, format);
  HRESULT hr = pendulum_crt::SafeFormat(target, size, format, arguments);
  va_end(arguments);
  return hr;
}
PENDULUM_INLINE HRESULT StringCchLengthW(LPCWSTR text, size_t limit, size_t* length) {
  return pendulum_crt::SafeLength(text, limit, length);
}
PENDULUM_INLINE HRESULT StringCbCopyW(LPWSTR target, size_t size_bytes, LPCWSTR source) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(wchar_t), 0, source, STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCbCopyNW(LPWSTR target, size_t size_bytes, LPCWSTR source,
                                       size_t count_bytes) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(wchar_t), 0, source,
                                  count_bytes / sizeof(wchar_t));
}
PENDULUM_INLINE HRESULT StringCbCatW(LPWSTR target, size_t size_bytes, LPCWSTR source) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(wchar_t),
                                  pendulum_crt::Used(target, size_bytes / sizeof(wchar_t)), source,
                                  STRSAFE_MAX_CCH);
}
PENDULUM_INLINE HRESULT StringCbCatNW(LPWSTR target, size_t size_bytes, LPCWSTR source,
                                      size_t count_bytes) {
  return pendulum_crt::SafeAppend(target, size_bytes / sizeof(wchar_t),
                                  pendulum_crt::Used(target, size_bytes / sizeof(wchar_t)), source,
                                  count_bytes / sizeof(wchar_t));
}
PENDULUM_INLINE HRESULT StringCbVPrintfW(LPWSTR target, size_t size_bytes, LPCWSTR format,
                                         va_list arguments) {
  return pendulum_crt::SafeFormat(target, size_bytes / sizeof(wchar_t), format, arguments);
}
PENDULUM_INLINE HRESULT StringCbPrintfW(LPWSTR target, size_t size_bytes, LPCWSTR format, ...) {
  va_list arguments;
  va_start(arguments, format);
  HRESULT hr = pendulum_crt::SafeFormat(target, size_bytes / sizeof(wchar_t), format, arguments);
  va_end(arguments);
  return hr;
}
PENDULUM_INLINE HRESULT StringCbLengthW(LPCWSTR text, size_t limit_bytes, size_t* bytes) {
  HRESULT hr = pendulum_crt::SafeLength(text, limit_bytes / sizeof(wchar_t), bytes);
  if (bytes != nullptr) *bytes *= sizeof(wchar_t);
  return hr;
}

#ifdef UNICODE
#define StringCchCopy StringCchCopyW
#define StringCchCopyN StringCchCopyNW
#define StringCchCat StringCchCatW
#define StringCchCatN StringCchCatNW
#define StringCchVPrintf StringCchVPrintfW
#define StringCchPrintf StringCchPrintfW
#define StringCchLength StringCchLengthW
#define StringCbCopy StringCbCopyW
#define StringCbCopyN StringCbCopyNW
#define StringCbCat StringCbCatW
#define StringCbCatN StringCbCatNW
#define StringCbVPrintf StringCbVPrintfW
#define StringCbPrintf StringCbPrintfW
#define StringCbLength StringCbLengthW
#else
#define StringCchCopy StringCchCopyA
#define StringCchCopyN StringCchCopyNA
#define StringCchCat StringCchCatA
#define StringCchCatN StringCchCatNA
#define StringCchVPrintf StringCchVPrintfA
#define StringCchPrintf StringCchPrintfA
#define StringCchLength StringCchLengthA
#define StringCbCopy StringCbCopyA
#define StringCbCopyN StringCbCopyNA
#define StringCbCat StringCbCatA
#define StringCbCatN StringCbCatNA
#define StringCbVPrintf StringCbVPrintfA
#define StringCbPrintf StringCbPrintfA
#define StringCbLength StringCbLengthA
#endif

#endif  // PENDULUM_SDK_STRSAFE_H_

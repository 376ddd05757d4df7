// Makes the standard names mean Microsoft's semantics in module sources. Every standard header
// comes first, so that the macros rename uses only. The names stay valid with std:: in front of
// them.
#ifndef PENDULUM_SDK_CRT_REDIRECT_H_
#define PENDULUM_SDK_CRT_REDIRECT_H_

#include "crt/conversions.h"
#include "crt/format.h"
#include "standard_headers.h"

#define PENDULUM_FORWARD(call) \
  va_list arguments;           \
  va_start(arguments, format); \
  int result = call;           \
  va_end(arguments);           \
  return result

PENDULUM_INLINE int pendulum_vsprintf(char* buffer, const char* format, va_list arguments) {
  return pendulum_vsnprintf(buffer, (size_t)-1 >> 1, format, arguments);
}
PENDULUM_INLINE int pendulum_sprintf(char* buffer, const char* format, ...) {
  PENDULUM_FORWARD(pendulum_vsprintf(buffer, format, arguments));
}
PENDULUM_INLINE int pendulum_snprintf(char* buffer, size_t size, const char* format, ...) {
  PENDULUM_FORWARD(pendulum_vsnprintf(buffer, size, format, arguments));
}
PENDULUM_INLINE int pendulum_vfprintf(FILE* stream, const char* format, va_list arguments) {
  return pendulum_crt::Print(stream, format, arguments);
}
PENDULUM_INLINE int pendulum_fprintf(FILE* stream, const char* format, ...) {
  PENDULUM_FORWARD(pendulum_crt::Print(stream, format, arguments));
}
PENDULUM_INLINE int pendulum_vprintf(const char* format, va_list arguments) {
  return pendulum_crt::Print(stdout, format, arguments);
}
PENDULUM_INLINE int pendulum_printf(const char* format, ...) {
  PENDULUM_FORWARD(pendulum_crt::Print(stdout, format, arguments));
}

// A wide text that does not fit gives -1, unlike snprintf.
PENDULUM_INLINE int pendulum_vswprintf_standard(wchar_t* buffer, size_t size, const wchar_t* format,
                                                va_list arguments) {
  int length = pendulum_vswprintf(buffer, size, format, arguments);
  return length >= 0 && (size_t)length < size ? length : -1;
}
PENDULUM_INLINE int pendulum_swprintf(wchar_t* buffer, size_t size, const wchar_t* format, ...) {
  PENDULUM_FORWARD(pendulum_vswprintf_standard(buffer, size, format, arguments));
}
extern "C++" {
// Microsoft's older form without a size.
PENDULUM_INLINE int pendulum_swprintf(wchar_t* buffer, const wchar_t* format, ...) {
  PENDULUM_FORWARD(pendulum_vswprintf(buffer, (size_t)-1 >> 3, format, arguments));
}
}
#undef PENDULUM_FORWARD

namespace std {
using ::pendulum_fprintf;
using ::pendulum_mbstowcs;
using ::pendulum_printf;
using ::pendulum_snprintf;
using ::pendulum_sprintf;
using ::pendulum_swprintf;
using ::pendulum_vfprintf;
using ::pendulum_vprintf;
using ::pendulum_vsnprintf;
using ::pendulum_vsprintf;
using ::pendulum_vswprintf_standard;
using ::pendulum_wcstombs;
}  // namespace std

#define fprintf pendulum_fprintf
#define mbstowcs pendulum_mbstowcs
#define printf pendulum_printf
#define snprintf pendulum_snprintf
#define sprintf pendulum_sprintf
#define swprintf pendulum_swprintf
#define vfprintf pendulum_vfprintf
#define vprintf pendulum_vprintf
#define vsnprintf pendulum_vsnprintf
#define vsprintf pendulum_vsprintf
#define vswprintf pendulum_vswprintf_standard
#define wcstombs pendulum_wcstombs

#endif  // PENDULUM_SDK_CRT_REDIRECT_H_

// Formatting as Microsoft's C runtime does it: `l` means 32 bits, I64, I32 and I are sizes, %S is
// the other character width, %s in the wide family takes a wide string. Independent of the locale.
#ifndef PENDULUM_WIN32_FORMAT_H_
#define PENDULUM_WIN32_FORMAT_H_

#include <cstdarg>
#include <cstddef>

namespace pendulum::win32 {

// Each writes at most `size` characters including the terminator (nothing when `size` is 0) and
// returns the length of the whole text without the terminator, or -1 for an invalid format (%n
// among them: it is disabled by default).
int FormatNarrow(char* buffer, size_t size, const char* format, va_list arguments);
int FormatWide(wchar_t* buffer, size_t size, const wchar_t* format, va_list arguments);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_FORMAT_H_

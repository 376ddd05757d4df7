// What the C runtime headers share: error numbers of the secure functions and their error path.
#ifndef PENDULUM_SDK_CRT_BASE_H_
#define PENDULUM_SDK_CRT_BASE_H_

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

typedef int errno_t;
typedef size_t rsize_t;

#ifndef STRUNCATE
#define STRUNCATE 80
#endif
#define _TRUNCATE ((size_t)-1)

// Internal linkage: a module must run its own, instrumented copy, never the executable's.
#define PENDULUM_INLINE static inline __attribute__((unused))

extern "C" {
// The invalid parameter handler, called when a secure function is given a buffer that is too small
// or no buffer at all. On Windows the process would end; here it is a finding and the function
// goes on to return its error. `function` names the function called. Defined by the harness.
void PendulumInvalidParameter(const char* function);

// Format as Microsoft's C runtime does: `l` means 32 bits, I64, I32, I, w and h prefixes, %s in the
// wide family takes a wide string and %S the other kind. Write at most `size` characters including
// the terminator (nothing when `size` is 0) and return the length of the whole text without the
// terminator, or -1 when the format is invalid. Defined by the harness.
int pendulum_vsnprintf(char* buffer, size_t size, const char* format, va_list arguments);
int pendulum_vswprintf(wchar_t* buffer, size_t size, const wchar_t* format, va_list arguments);
}

namespace pendulum_crt {

// Reports a bad call of a secure function and leaves an empty string behind, as Microsoft's do.
template <class Character>
static inline errno_t Fail(const char* function, Character* buffer, size_t size, errno_t error) {
  PendulumInvalidParameter(function);
  if (buffer != nullptr && size > 0) buffer[0] = 0;
  errno = error;
  return error;
}

}  // namespace pendulum_crt

#endif  // PENDULUM_SDK_CRT_BASE_H_

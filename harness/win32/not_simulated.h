// How to define a function that is declared and not simulated: it fails as Windows does where a
// function is missing, and a line in the report names it. Never a silent success.
#ifndef PENDULUM_WIN32_NOT_SIMULATED_H_
#define PENDULUM_WIN32_NOT_SIMULATED_H_

#include <cerrno>

#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"

namespace pendulum::win32 {

// What a function of the C runtime that gives an errno_t, or -1, answers.
inline int NotSupported() { return errno = ENOSYS; }
inline int Failed() {
  errno = ENOSYS;
  return -1;
}

}  // namespace pendulum::win32

#define PENDULUM_NOT_SIMULATED(result, failure, name, parameters) \
  extern "C" result name parameters {                             \
    CallScope call(__builtin_return_address(0));                  \
    NotSimulated(#name);                                          \
    return failure;                                               \
  }

#endif  // PENDULUM_WIN32_NOT_SIMULATED_H_

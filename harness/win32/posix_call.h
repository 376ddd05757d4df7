// What every definition of a POSIX function here begins with: is it the module that calls, and if
// not, where is the function of the C library (or the sanitizer's in front of it).
//
//   extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
//     if (!IsModuleCall()) return PENDULUM_REAL(pthread_mutex_lock)(mutex);
//     CallScope call(PENDULUM_CALLER);
//     …
//   }
//
// The program's definitions are used by all that is loaded, so also by libstdc++ when it acts for
// the module, which is how std::thread and its kin become workers and waits of the scheduler.
#ifndef PENDULUM_WIN32_POSIX_CALL_H_
#define PENDULUM_WIN32_POSIX_CALL_H_

#include "harness/win32/boundary.h"

namespace pendulum::win32 {

// Whether the function that returns to `return_address` belongs to the C run-time library and the
// unwinder, whose locks and once flags guard what they keep from run to run.
bool IsInRuntime(const void* return_address);

// Whether the module's code runs on a worker, and the call is its own or one that the C++ library
// makes for it. While a module is being loaded, and in the harness, the real functions do what they
// always do. By its default the argument is the return address of the function that asks.
inline bool IsModuleCall(const void* return_address = __builtin_return_address(0)) {
  return InModule() && boundary.scheduler != nullptr &&
         boundary.scheduler->current() != sched::kNoWorker && !IsInRuntime(return_address);
}

// The function of that name which the program would have used without ours. `version` for those of
// which the C library has an older one by the same name, else nullptr.
void* FindReal(const char* name, const char* version = nullptr);

// Where in the module a call came from: `return_address` if that is the module's, else that of the
// innermost frame of the module, found by unwinding what libstdc++ has put between (and remembered
// by where it was found). `frame` is __builtin_frame_address(0) of the function called.
const void* ModuleCaller(const void* return_address, const void* frame);

}  // namespace pendulum::win32

#define PENDULUM_CALLER \
  ::pendulum::win32::ModuleCaller(__builtin_return_address(0), __builtin_frame_address(0))

// A sanitizer has an interceptor of its own in front of the C library's function. It comes into
// being without a guard: the guards of local variables are among what is defined so.
#define PENDULUM_REAL_VERSION(name, version)                                                   \
  ([]() -> decltype(&::name) {                                                                 \
    static constinit decltype(&::name) real = nullptr;                                         \
    if (real == nullptr) {                                                                     \
      real = reinterpret_cast<decltype(&::name)>(::pendulum::win32::FindReal(#name, version)); \
    }                                                                                          \
    return real;                                                                               \
  }())
#define PENDULUM_REAL(name) PENDULUM_REAL_VERSION(name, nullptr)

#endif  // PENDULUM_WIN32_POSIX_CALL_H_

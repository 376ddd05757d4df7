// pthread_create and what goes with it, for the module.
#include <pthread.h>
#include <sched.h>

#include <cerrno>
#include <cstring>

#include "harness/win32/capture.h"
#include "harness/win32/posix_call.h"
#include "harness/win32/posix_thread.h"
#include "harness/win32/posix_time.h"
#include "harness/win32/thread_state.h"

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::sched::kForever;

namespace {

bool IsDetached(const pthread_attr_t* attributes) {
  int state = PTHREAD_CREATE_JOINABLE;
  if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &state);
  return state == PTHREAD_CREATE_DETACHED;
}

// A module is being loaded: a thread of the system's would run its code beside the simulation.
bool IsLoading() { return InModule() && boundary.scheduler != nullptr; }

}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              void* (*function)(void*), void* argument) noexcept {
  if (!IsModuleCall()) {
    if (IsLoading()) {
      CaptureLine("a thread is started while the module is being loaded, which is not simulated");
      return EAGAIN;
    }
    return PENDULUM_REAL(pthread_create)(thread, attributes, function, argument);
  }
  CallScope call(PENDULUM_CALLER);
  return StartPosixThread(call, function, argument, IsDetached(attributes), thread);
}

extern "C" int pthread_join(pthread_t thread, void** result) {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_join)(thread, result);
  CallScope call(PENDULUM_CALLER);
  return JoinPosixThread(call, thread, result, kForever);
}

extern "C" int pthread_tryjoin_np(pthread_t thread, void** result) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_tryjoin_np)(thread, result);
  CallScope call(PENDULUM_CALLER);
  const int failed = JoinPosixThread(call, thread, result, 0);
  return failed == ETIMEDOUT ? EBUSY : failed;
}

extern "C" int pthread_timedjoin_np(pthread_t thread, void** result, const timespec* time) {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_timedjoin_np)(thread, result, time);
  CallScope call(PENDULUM_CALLER);
  return JoinPosixThread(call, thread, result, DeadlineOf(CLOCK_REALTIME, *time));
}

extern "C" int pthread_clockjoin_np(pthread_t thread, void** result, clockid_t clock,
                                    const timespec* time) {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_clockjoin_np)(thread, result, clock, time);
  CallScope call(PENDULUM_CALLER);
  return JoinPosixThread(call, thread, result, DeadlineOf(clock, *time));
}

extern "C" int pthread_detach(pthread_t thread) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_detach)(thread);
  CallScope call(PENDULUM_CALLER);
  return DetachPosixThread(call, thread);
}

extern "C" void pthread_exit(void* result) {
  if (IsModuleCall()) {
    CallScope call(PENDULUM_CALLER);
    ExitPosixThread(call, result);
  }
  PENDULUM_REAL(pthread_exit)(result);
  __builtin_unreachable();
}

extern "C" pthread_t pthread_self() noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_self)();
  return CurrentThreadNumber();
}

extern "C" int pthread_setname_np(pthread_t thread, const char* name) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_setname_np)(thread, name);
  constexpr size_t kMostBytes = 15;
  return std::strlen(name) > kMostBytes ? ERANGE : 0;
}

extern "C" int pthread_setschedparam(pthread_t thread, int policy,
                                     const sched_param* parameter) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_setschedparam)(thread, policy, parameter);
  // Priorities order nothing here: the strategy may run any thread at any time.
  return 0;
}

extern "C" int pthread_setaffinity_np(pthread_t thread, size_t bytes,
                                      const cpu_set_t* set) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_setaffinity_np)(thread, bytes, set);
  return 0;
}

extern "C" int pthread_cancel(pthread_t thread) {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_cancel)(thread);
  CallScope call(PENDULUM_CALLER);
  NotSimulated("pthread_cancel");
  return ESRCH;
}

extern "C" int pthread_kill(pthread_t thread, int signal) noexcept {
  if (!IsModuleCall()) return PENDULUM_REAL(pthread_kill)(thread, signal);
  CallScope call(PENDULUM_CALLER);
  NotSimulated("pthread_kill");
  return ESRCH;
}

#include "harness/win32/thread_state.h"

#include <cstring>

#include "harness/win32/boundary.h"
#include "windows.h"

// Present only when the module, and so the process, runs under ThreadSanitizer.
extern "C" void __tsan_acquire(void* address) __attribute__((weak));
extern "C" void __tsan_release(void* address) __attribute__((weak));

namespace pendulum::win32 {
namespace {

ThreadState states[sched::kMaxWorkers + 1];  // the last one is the driver's

ThreadState& StateFor(ThreadState* state, uint32_t number) {
  if (state->number != number) {
    *state = ThreadState{};
    state->number = number;
  }
  return *state;
}

}  // namespace

sched::WorkerId CurrentWorker() {
  return boundary.scheduler == nullptr ? sched::kNoWorker : boundary.scheduler->current();
}

uint32_t CurrentThreadNumber() {
  const sched::WorkerId worker = CurrentWorker();
  return worker == sched::kNoWorker ? kDriverThreadNumber
                                    : boundary.scheduler->thread_number(worker);
}

ThreadState& StateOf(sched::WorkerId worker) {
  if (worker == sched::kNoWorker) {
    return StateFor(&states[sched::kMaxWorkers], kDriverThreadNumber);
  }
  return StateFor(&states[worker], boundary.scheduler->thread_number(worker));
}

ThreadState& Self() { return StateOf(CurrentWorker()); }

sched::WorkerId WorkerOfThread(uint32_t number) {
  if (boundary.scheduler == nullptr || number == kDriverThreadNumber || number == 0) {
    return sched::kNoWorker;
  }
  const int used = boundary.scheduler->workers_used();
  for (int worker = 0; worker < used; ++worker) {
    const auto id = static_cast<sched::WorkerId>(worker);
    if (!boundary.scheduler->IsIdle(id) && boundary.scheduler->thread_number(id) == number) {
      return id;
    }
  }
  return sched::kNoWorker;
}

void ResetThreadStates() {
  for (ThreadState& state : states) {
    if (state.number != 0) state = ThreadState{};
  }
}

void OrderAcquire(const void* address) {
  if (__tsan_acquire != nullptr) __tsan_acquire(const_cast<void*>(address));
}

void OrderRelease(const void* address) {
  if (__tsan_release != nullptr) __tsan_release(const_cast<void*>(address));
}

}  // namespace pendulum::win32

using pendulum::win32::CallScope;
using pendulum::win32::Points;

extern "C" DWORD WINAPI GetLastError() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return pendulum::win32::Self().last_error;
}

extern "C" VOID WINAPI SetLastError(DWORD code) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  pendulum::win32::Self().last_error = code;
}

extern "C" DWORD WINAPI GetCurrentThreadId() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return pendulum::win32::CurrentThreadNumber();
}

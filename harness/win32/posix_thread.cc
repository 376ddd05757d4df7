#include "harness/win32/posix_thread.h"

#include <algorithm>
#include <cerrno>
#include <csetjmp>
#include <exception>

#include "harness/win32/capture.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

enum class State : uint8_t { kFree, kRunning, kEnded };

struct PosixThread {
  State state = State::kFree;
  bool detached = false;
  bool joining = false;
  uint8_t module = trace::kNone8;
  uint32_t number = 0;
  void* (*function)(void*) = nullptr;
  void* argument = nullptr;
  void* result = nullptr;
  std::jmp_buf exit;
};

PosixThread threads[kMaxPosixThreads];
int threads_used = 0;  // those from here on were not taken in this run

PosixThread* Find(uint64_t number) {
  for (int i = 0; i < threads_used; ++i) {
    if (threads[i].state != State::kFree && threads[i].number == number) return &threads[i];
  }
  return nullptr;
}

void CallFunction(PosixThread& thread) {
  // pthread_exit comes back here without unwinding.
  if (setjmp(thread.exit) != 0) return;
  Self().exit_context = &thread.exit;
  ModuleScope module;
  // An exception that leaves the thread's function ends the process, as the module's own doing:
  // std::thread says so.
  try {
    thread.result = thread.function(thread.argument);
  } catch (...) {
    std::terminate();
  }
}

void RunThread(void* argument) {
  auto& thread = *static_cast<PosixThread*>(argument);
  BeginModuleWorker(thread.module, 0, reinterpret_cast<const void*>(thread.function));
  OrderAcquire(&thread);
  CallFunction(thread);
  boundary.in_module = false;
  Self().exit_context = nullptr;
  EndModuleWorker();
  TouchWin32();  // again: destructors of thread-local storage may have had points
  OrderRelease(&thread);
  thread.state = thread.detached ? State::kFree : State::kEnded;
  WakeLockWaiters(&thread);
}

}  // namespace

int StartPosixThread(CallScope& call, void* (*function)(void*), void* argument, bool detached,
                     uint64_t* thread) {
  if (call.draining()) return EAGAIN;
  PosixThread* slot = &threads[0];
  PosixThread* const end = &threads[kMaxPosixThreads];
  while (slot != end && slot->state != State::kFree) ++slot;
  // The new worker does not run before this call's next scheduling point.
  const sched::WorkerId worker =
      slot == end ? sched::kNoWorker : StartModuleWorker("thread of the module", RunThread, slot);
  if (worker == sched::kNoWorker) {
    call.Record(Method::kWin32_pthread_create, EAGAIN);
    return EAGAIN;
  }
  threads_used = std::max(threads_used, static_cast<int>(slot - threads) + 1);
  slot->state = State::kRunning;
  slot->detached = detached;
  slot->joining = false;
  slot->module = CurrentModule();
  slot->number = boundary.scheduler->thread_number(worker);
  slot->function = function;
  slot->argument = argument;
  slot->result = nullptr;
  OrderRelease(slot);
  *thread = slot->number;
  call.Record(Method::kWin32_pthread_create, 0, slot->number);
  return 0;
}

int JoinPosixThread(CallScope& call, uint64_t number, void** result, uint64_t deadline_ms) {
  constexpr Method kMethod = Method::kWin32_pthread_join;
  // std::thread throws for what can't be joined, and a run that is drained is no place for that.
  if (call.draining()) return 0;
  PosixThread* thread = Find(number);
  if (thread == nullptr) return ESRCH;
  if (thread->detached || thread->joining) return EINVAL;
  if (number == CurrentThreadNumber()) return EDEADLK;
  thread->joining = true;
  while (thread->state == State::kRunning) {
    bool was_woken = false;
    if (deadline_ms > boundary.scheduler->now_ms()) {
      was_woken = WaitForLock(call, {.address = thread,
                                     .method = kMethod,
                                     .what = "pthread_join",
                                     .number = thread->number,
                                     .owner = thread->number,
                                     .deadline_ms = deadline_ms});
    }
    if (call.draining()) return 0;
    if (!was_woken) {
      thread->joining = false;
      return ETIMEDOUT;
    }
  }
  OrderAcquire(thread);
  if (result != nullptr) *result = thread->result;
  thread->state = State::kFree;
  call.Record(kMethod, 0, static_cast<uint32_t>(number));
  return 0;
}

int DetachPosixThread(CallScope& call, uint64_t number) {
  if (call.draining()) return 0;
  PosixThread* thread = Find(number);
  if (thread == nullptr) return ESRCH;
  if (thread->detached || thread->joining) return EINVAL;
  thread->detached = true;
  if (thread->state == State::kEnded) thread->state = State::kFree;
  call.Record(Method::kWin32_pthread_detach, 0, static_cast<uint32_t>(number));
  return 0;
}

void ExitPosixThread(CallScope& call, void* result) {
  PosixThread* thread = Find(CurrentThreadNumber());
  if (thread == nullptr || Self().exit_context == nullptr) {
    NotSimulated("pthread_exit on a thread of the server");
    return;
  }
  if (!call.draining()) call.Record(Method::kWin32_pthread_exit, 0);
  thread->result = result;
  std::longjmp(thread->exit, 1);
}

void ResetPosixThreads() {
  for (int i = 0; i < threads_used; ++i) threads[i].state = State::kFree;
  threads_used = 0;
}

}  // namespace pendulum::win32

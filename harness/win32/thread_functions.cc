// The functions of windows.h and process.h about threads.
#include "harness/win32/capture.h"
#include "harness/win32/object.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_state.h"
#include "harness/win32/wait.h"
#include "windows.h"

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

namespace {

HANDLE PseudoHandle(intptr_t value) { return reinterpret_cast<HANDLE>(value); }

}  // namespace

extern "C" HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES, SIZE_T, LPTHREAD_START_ROUTINE start,
                                      LPVOID parameter, DWORD flags, LPDWORD thread_id) {
  CallScope call(__builtin_return_address(0));
  return StartThread(call, {.method = Method::kWin32_CreateThread,
                            .function = start,
                            .parameter = parameter,
                            .flags = flags,
                            .thread_id = thread_id});
}

extern "C" uintptr_t _beginthreadex(void*, unsigned, unsigned (*start)(void*), void* parameter,
                                    unsigned flags, unsigned* thread_id) {
  CallScope call(__builtin_return_address(0));
  return reinterpret_cast<uintptr_t>(StartThread(call, {.method = Method::kWin32__beginthreadex,
                                                        .function = start,
                                                        .parameter = parameter,
                                                        .flags = flags,
                                                        .thread_id = thread_id}));
}

extern "C" uintptr_t _beginthread(void (*start)(void*), unsigned, void* parameter) {
  CallScope call(__builtin_return_address(0));
  return reinterpret_cast<uintptr_t>(StartThread(
      call,
      {.method = Method::kWin32__beginthread, .void_function = start, .parameter = parameter}));
}

extern "C" VOID WINAPI ExitThread(DWORD exit_code) {
  CallScope call(__builtin_return_address(0));
  ExitCurrentThread(call, Method::kWin32_ExitThread, exit_code);
}

extern "C" void _endthreadex(unsigned exit_code) {
  CallScope call(__builtin_return_address(0));
  ExitCurrentThread(call, Method::kWin32__endthreadex, exit_code);
}

extern "C" void _endthread() {
  CallScope call(__builtin_return_address(0));
  ExitCurrentThread(call, Method::kWin32__endthreadex, 0);
}

extern "C" DWORD WINAPI ResumeThread(HANDLE thread) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return static_cast<DWORD>(-1);
  const DWORD before = ResumeSuspendedThread(ObjectOf(thread, ObjectKind::kThread));
  call.Record(Method::kWin32_ResumeThread, before);
  return before;
}

extern "C" DWORD WINAPI SuspendThread(HANDLE) {
  CallScope call(__builtin_return_address(0));
  NotSimulated("SuspendThread");
  return static_cast<DWORD>(-1);
}

extern "C" BOOL WINAPI TerminateThread(HANDLE thread, DWORD exit_code) {
  CallScope call(__builtin_return_address(0));
  const Object* object = ObjectOf(thread, ObjectKind::kThread);
  if (object == nullptr) return FALSE;
  if (object->signalled) return TRUE;
  if (object->owner == CurrentThreadNumber()) {
    ExitCurrentThread(call, Method::kWin32_TerminateThread, exit_code);
  }
  NotSimulated("TerminateThread of another thread");
  return FALSE;
}

extern "C" BOOL WINAPI GetExitCodeThread(HANDLE thread, LPDWORD exit_code) {
  CallScope call(__builtin_return_address(0));
  const Object* object = ObjectOf(thread, ObjectKind::kThread);
  if (call.draining() || object == nullptr || exit_code == nullptr) return FALSE;
  *exit_code = object->exit_code;
  call.Record(Method::kWin32_GetExitCodeThread, TRUE, object->exit_code);
  return TRUE;
}

extern "C" HANDLE WINAPI OpenThread(DWORD, BOOL, DWORD thread_id) {
  CallScope call(__builtin_return_address(0));
  for (int i = 0; i < objects_used(); ++i) {
    Object* object = ObjectAt(i);
    if (object->kind != ObjectKind::kThread || object->owner != thread_id) continue;
    Reference(object);
    return NewHandle(object);
  }
  Self().last_error = ERROR_INVALID_PARAMETER;
  return nullptr;
}

extern "C" BOOL WINAPI SetThreadPriority(HANDLE thread, int) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  // Priorities order nothing here: the strategy may run any thread at any time.
  return thread == PseudoHandle(-2) || ObjectOf(thread, ObjectKind::kThread) != nullptr;
}

extern "C" int WINAPI GetThreadPriority(HANDLE thread) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  const bool is_thread =
      thread == PseudoHandle(-2) || ObjectOf(thread, ObjectKind::kThread) != nullptr;
  return is_thread ? THREAD_PRIORITY_NORMAL : THREAD_PRIORITY_ERROR_RETURN;
}

extern "C" DWORD WINAPI GetThreadId(HANDLE thread) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (thread == PseudoHandle(-2)) return CurrentThreadNumber();
  const Object* object = ObjectOf(thread, ObjectKind::kThread);
  return object == nullptr ? 0 : object->owner;
}

extern "C" HANDLE WINAPI GetCurrentThread() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return PseudoHandle(-2);
}

extern "C" DWORD WINAPI GetCurrentProcessorNumber() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return 0;
}

extern "C" DWORD_PTR WINAPI SetThreadAffinityMask(HANDLE, DWORD_PTR) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return 1;
}

extern "C" DWORD WINAPI QueueUserAPC(PAPCFUNC function, HANDLE thread, ULONG_PTR parameter) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return 0;
  const Object* object =
      thread == PseudoHandle(-2) ? nullptr : ObjectOf(thread, ObjectKind::kThread);
  if (object == nullptr && thread != PseudoHandle(-2)) return 0;
  const pendulum::sched::WorkerId worker =
      object == nullptr ? CurrentWorker() : WorkerOfThread(object->owner);
  if (worker == pendulum::sched::kNoWorker || function == nullptr) {
    Self().last_error = ERROR_GEN_FAILURE;
    return 0;
  }
  ThreadState& state = StateOf(worker);
  if (state.queued_calls == kMaxQueuedCalls) {
    Self().last_error = ERROR_NOT_ENOUGH_MEMORY;
    return 0;
  }
  OrderRelease(&state.calls);
  state.calls[state.queued_calls++] = {.function = function, .argument = parameter};
  AlertWaiter(worker);
  call.Record(Method::kWin32_QueueUserAPC, 1, CurrentThreadNumber());
  return 1;
}

// Timers: of the thread pool, of timer queues, and waitable ones.
#include "harness/win32/clock.h"
#include "harness/win32/thread_pool.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// A FILETIME of SetThreadpoolTimer: negative values count from now, others from the epoch.
uint64_t DueMs(const FILETIME& due_time) {
  return VirtualTimeMs(static_cast<int64_t>(TicksOf(due_time)));
}

PoolSource* QueueTimer(HANDLE timer, const char* function) {
  return SourceOf(timer, PoolSource::Kind::kQueueTimer, function);
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;
using Kind = PoolSource::Kind;

extern "C" PTP_TIMER WINAPI CreateThreadpoolTimer(PTP_TIMER_CALLBACK callback, PVOID context,
                                                  PTP_CALLBACK_ENVIRON) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  PoolSource* timer = NewSource(Kind::kTimer, reinterpret_cast<void*>(callback), context);
  call.Record(Method::kWin32_CreateThreadpoolTimer, timer != nullptr);
  return reinterpret_cast<PTP_TIMER>(timer);
}

extern "C" VOID WINAPI SetThreadpoolTimer(PTP_TIMER timer, PFILETIME due_time, DWORD period_ms,
                                          DWORD) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  PoolSource* source = SourceOf(timer, Kind::kTimer, "SetThreadpoolTimer");
  if (source == nullptr) return;
  if (due_time == nullptr) {
    StopTimer(*source);
  } else {
    StartTimer(*source, DueMs(*due_time), period_ms);
  }
  call.Record(Method::kWin32_SetThreadpoolTimer, due_time != nullptr, period_ms);
}

extern "C" BOOL WINAPI IsThreadpoolTimerSet(PTP_TIMER timer) {
  CallScope call(__builtin_return_address(0));
  const PoolSource* source = SourceOf(timer, Kind::kTimer, "IsThreadpoolTimerSet");
  return source != nullptr && source->timer != pendulum::sched::kNoTransition;
}

extern "C" VOID WINAPI WaitForThreadpoolTimerCallbacks(PTP_TIMER timer, BOOL cancel_pending) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_WaitForThreadpoolTimerCallbacks;
  constexpr const char* kName = "WaitForThreadpoolTimerCallbacks";
  PoolSource* source = SourceOf(timer, Kind::kTimer, kName);
  if (call.draining() || source == nullptr) return;
  if (cancel_pending) CancelPending(*source);
  WaitForCallbacks(call, *source, kMethod, kName);
  call.Record(kMethod, 0);
}

extern "C" VOID WINAPI CloseThreadpoolTimer(PTP_TIMER timer) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  PoolSource* source = SourceOf(timer, Kind::kTimer, "CloseThreadpoolTimer");
  if (source != nullptr) CloseSource(*source);
  call.Record(Method::kWin32_CloseThreadpoolTimer, source != nullptr);
}

extern "C" HANDLE WINAPI CreateTimerQueue() {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  Object* queue = NewObject(ObjectKind::kTimerQueue);
  HANDLE handle = queue == nullptr ? nullptr : NewHandle(queue);
  call.Record(Method::kWin32_CreateTimerQueue, handle != nullptr);
  return handle;
}

extern "C" BOOL WINAPI CreateTimerQueueTimer(PHANDLE timer, HANDLE queue,
                                             WAITORTIMERCALLBACK callback, PVOID context,
                                             DWORD due_time_ms, DWORD period_ms, ULONG) {
  CallScope call(__builtin_return_address(0));
  if (timer != nullptr) *timer = nullptr;
  if (call.draining() || timer == nullptr) return FALSE;
  const Object* in_queue = queue == nullptr ? nullptr : ObjectOf(queue, ObjectKind::kTimerQueue);
  if (queue != nullptr && in_queue == nullptr) return FALSE;
  PoolSource* source = NewSource(Kind::kQueueTimer, reinterpret_cast<void*>(callback), context);
  if (source != nullptr) {
    source->queue = in_queue == nullptr ? 0 : in_queue->number;
    StartTimer(*source, boundary.scheduler->now_ms() + due_time_ms, period_ms);
    *timer = source;
  }
  call.Record(Method::kWin32_CreateTimerQueueTimer, source != nullptr, due_time_ms);
  return source != nullptr;
}

extern "C" BOOL WINAPI ChangeTimerQueueTimer(HANDLE, HANDLE timer, ULONG due_time_ms,
                                             ULONG period_ms) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return FALSE;
  PoolSource* source = QueueTimer(timer, "ChangeTimerQueueTimer");
  if (source == nullptr) return FALSE;
  return StartTimer(*source, boundary.scheduler->now_ms() + due_time_ms, period_ms);
}

namespace {

// `completion_event`: NULL does not wait, INVALID_HANDLE_VALUE waits for the callbacks.
BOOL DeleteTimer(CallScope& call, PoolSource& source, HANDLE completion_event, Method method,
                 const char* what) {
  StopTimer(source);
  if (completion_event == INVALID_HANDLE_VALUE) WaitForCallbacks(call, source, method, what);
  const bool is_busy = source.pending + source.running > 0;
  CloseSource(source);
  if (!is_busy) return TRUE;
  Self().last_error = ERROR_IO_PENDING;
  return FALSE;
}

}  // namespace

extern "C" BOOL WINAPI DeleteTimerQueueTimer(HANDLE, HANDLE timer, HANDLE completion_event) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_DeleteTimerQueueTimer;
  if (call.draining()) return FALSE;
  PoolSource* source = QueueTimer(timer, "DeleteTimerQueueTimer");
  if (source == nullptr) return FALSE;
  const BOOL is_deleted =
      DeleteTimer(call, *source, completion_event, kMethod, "DeleteTimerQueueTimer");
  call.Record(kMethod, is_deleted);
  return is_deleted;
}

extern "C" BOOL WINAPI DeleteTimerQueueEx(HANDLE queue, HANDLE completion_event) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_DeleteTimerQueueEx;
  if (call.draining()) return FALSE;
  const Object* object = ObjectOf(queue, ObjectKind::kTimerQueue);
  if (object == nullptr) return FALSE;
  for (int i = 0; i < kMaxPoolSources; ++i) {
    PoolSource& source = *SourceAt(i);
    if (source.kind == Kind::kQueueTimer && source.queue == object->number) {
      DeleteTimer(call, source, completion_event, kMethod, "DeleteTimerQueueEx");
    }
  }
  call.Record(kMethod, RemoveHandle(queue));
  return TRUE;
}

extern "C" BOOL WINAPI DeleteTimerQueue(HANDLE queue) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return DeleteTimerQueueEx(queue, nullptr);
}

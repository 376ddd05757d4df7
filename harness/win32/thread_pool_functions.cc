// Work items and work objects of the thread pool, and how callbacks of all kinds are called.
#include "harness/win32/capture.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_pool.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

// What a callback gets for its instance: never read, only passed back.
PTP_CALLBACK_INSTANCE Instance() { return reinterpret_cast<PTP_CALLBACK_INSTANCE>(1); }

template <typename Function>
Function As(void* callback) {
  return reinterpret_cast<Function>(callback);
}

void CallSource(const PoolItem& item) {
  const PoolSource& source = *SourceAt(item.source);
  void* self = SourceAt(item.source);
  switch (source.kind) {
    case PoolSource::Kind::kWork:
      As<PTP_WORK_CALLBACK>(item.callback)(Instance(), item.context, static_cast<PTP_WORK>(self));
      break;
    case PoolSource::Kind::kTimer:
      As<PTP_TIMER_CALLBACK>(item.callback)(Instance(), item.context, static_cast<PTP_TIMER>(self));
      break;
    case PoolSource::Kind::kWait:
      As<PTP_WAIT_CALLBACK>(item.callback)(Instance(), item.context, static_cast<PTP_WAIT>(self),
                                           item.result);
      break;
    case PoolSource::Kind::kRegistered:
    case PoolSource::Kind::kQueueTimer:
      As<WAITORTIMERCALLBACK>(item.callback)(item.context, static_cast<BOOLEAN>(item.result));
      break;
    case PoolSource::Kind::kFree:
      break;
  }
}

}  // namespace

void CallBack(const PoolItem& item) {
  ModuleScope module;
  switch (item.kind) {
    case PoolItem::Kind::kSimple:
      As<PTP_SIMPLE_CALLBACK>(item.callback)(Instance(), item.context);
      break;
    case PoolItem::Kind::kThreadFunction:
      As<LPTHREAD_START_ROUTINE>(item.callback)(item.context);
      break;
    case PoolItem::Kind::kSource:
      CallSource(item);
      break;
  }
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

extern "C" BOOL WINAPI QueueUserWorkItem(LPTHREAD_START_ROUTINE function, PVOID context, ULONG) {
  CallScope call(__builtin_return_address(0));
  if (call.draining() || function == nullptr) return FALSE;
  const bool is_submitted = Submit({.kind = PoolItem::Kind::kThreadFunction,
                                    .module = CurrentModule(),
                                    .callback = reinterpret_cast<void*>(function),
                                    .context = context});
  call.Record(Method::kWin32_QueueUserWorkItem, is_submitted);
  return is_submitted;
}

extern "C" BOOL WINAPI TrySubmitThreadpoolCallback(PTP_SIMPLE_CALLBACK callback, PVOID context,
                                                   PTP_CALLBACK_ENVIRON) {
  CallScope call(__builtin_return_address(0));
  if (call.draining() || callback == nullptr) return FALSE;
  const bool is_submitted = Submit({.kind = PoolItem::Kind::kSimple,
                                    .module = CurrentModule(),
                                    .callback = reinterpret_cast<void*>(callback),
                                    .context = context});
  call.Record(Method::kWin32_TrySubmitThreadpoolCallback, is_submitted);
  return is_submitted;
}

extern "C" PTP_WORK WINAPI CreateThreadpoolWork(PTP_WORK_CALLBACK callback, PVOID context,
                                                PTP_CALLBACK_ENVIRON) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  PoolSource* work = NewSource(PoolSource::Kind::kWork, reinterpret_cast<void*>(callback), context);
  call.Record(Method::kWin32_CreateThreadpoolWork, work != nullptr);
  return reinterpret_cast<PTP_WORK>(work);
}

extern "C" VOID WINAPI SubmitThreadpoolWork(PTP_WORK work) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  PoolSource* source = SourceOf(work, PoolSource::Kind::kWork, "SubmitThreadpoolWork");
  if (source != nullptr) SubmitSource(*source, 0);
  call.Record(Method::kWin32_SubmitThreadpoolWork, source != nullptr);
}

extern "C" VOID WINAPI WaitForThreadpoolWorkCallbacks(PTP_WORK work, BOOL cancel_pending) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_WaitForThreadpoolWorkCallbacks;
  constexpr const char* kName = "WaitForThreadpoolWorkCallbacks";
  PoolSource* source = SourceOf(work, PoolSource::Kind::kWork, kName);
  if (call.draining() || source == nullptr) return;
  if (cancel_pending) CancelPending(*source);
  WaitForCallbacks(call, *source, kMethod, kName);
  call.Record(kMethod, 0);
}

extern "C" VOID WINAPI CloseThreadpoolWork(PTP_WORK work) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  PoolSource* source = SourceOf(work, PoolSource::Kind::kWork, "CloseThreadpoolWork");
  if (source != nullptr) CloseSource(*source);
  call.Record(Method::kWin32_CloseThreadpoolWork, source != nullptr);
}

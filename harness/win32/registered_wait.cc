// Waits of the thread pool: RegisterWaitForSingleObject and CreateThreadpoolWait. Each wait that is
// set has a worker that waits for its object, or to be told that it has been taken back.
#include "harness/win32/registered_wait.h"

#include <algorithm>

#include "harness/win32/clock.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_pool.h"
#include "harness/win32/thread_state.h"
#include "harness/win32/wait.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using trace::Method;

// What a waiting worker needs; one for each source.
struct WaitJob {
  PoolSource* source = nullptr;
  uint32_t serial = 0;  // of the wait that it serves
  uint16_t object = kNoObject;
  uint16_t stop = kNoObject;  // an event that ends the wait
  DWORD timeout_ms = 0;
};
WaitJob jobs[sched::kMaxWorkers];
int jobs_used = 0;  // those from here on were not taken in this run

bool IsCurrent(const WaitJob& job) {
  return job.source->wait_serial == job.serial && job.source->kind != PoolSource::Kind::kFree;
}

DWORD WaitOnce(CallScope& call, const WaitJob& job) {
  WaitRequest request;
  request.objects[0] = ObjectAt(job.stop);
  request.objects[1] = ObjectAt(job.object);
  request.count = 2;
  request.timeout_ms = job.timeout_ms;
  request.method = Method::kWin32_RegisterWaitForSingleObject;
  request.what = "a wait of the module's thread pool";
  return Wait(call, request);
}

void RunWait(void* argument) noexcept {
  auto& job = *static_cast<WaitJob*>(argument);
  BeginModuleWorker(job.source->module);
  bool goes_on = true;
  while (goes_on && !boundary.scheduler->draining() && IsCurrent(job)) {
    CallScope call(nullptr);
    const DWORD result = WaitOnce(call, job);
    const bool has_fired =
        result == WAIT_OBJECT_0 + 1 || result == WAIT_TIMEOUT || result == WAIT_ABANDONED_0 + 1;
    if (!has_fired || !IsCurrent(job)) break;
    PoolSource& source = *job.source;
    const bool is_registered = source.kind == PoolSource::Kind::kRegistered;
    const bool has_timed_out = result == WAIT_TIMEOUT;
    // A registered wait is told TRUE for a time-out; a pool wait is told the wait's result.
    SubmitSource(source, is_registered ? has_timed_out : has_timed_out ? WAIT_TIMEOUT : 0);
    goes_on = is_registered && !source.runs_once;
  }
  Release(ObjectAt(job.object));
  Release(ObjectAt(job.stop));
  job.source = nullptr;
  EndModuleWorker();
}

void StopWait(PoolSource& source) {
  ++source.wait_serial;
  for (WaitJob& job : jobs) {
    if (job.source != &source) continue;
    Object& stop = *ObjectAt(job.stop);
    stop.signalled = true;
    ObjectSignalled(stop);
  }
}

bool StartWait(PoolSource& source, Object& object, DWORD timeout_ms) {
  StopWait(source);
  OrderRelease(&source.set);
  WaitJob* job = &jobs[0];
  while (job->source != nullptr && job != &jobs[sched::kMaxWorkers - 1]) ++job;
  Object* stop = NewObject(ObjectKind::kEvent);
  if (stop == nullptr || job->source != nullptr) return false;
  stop->manual_reset = true;
  Reference(&object);
  jobs_used = std::max(jobs_used, static_cast<int>(job - jobs) + 1);
  *job = {.source = &source,
          .serial = source.wait_serial,
          .object = static_cast<uint16_t>(IndexOf(&object)),
          .stop = static_cast<uint16_t>(IndexOf(stop)),
          .timeout_ms = timeout_ms};
  if (StartModuleWorker("wait of the module's pool", RunWait, job) != sched::kNoWorker) return true;
  Release(&object);
  Release(stop);
  job->source = nullptr;
  return false;
}

}  // namespace

void ResetPoolWaits() {
  for (int i = 0; i < jobs_used; ++i) jobs[i].source = nullptr;
  jobs_used = 0;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;
using Kind = PoolSource::Kind;

extern "C" PTP_WAIT WINAPI CreateThreadpoolWait(PTP_WAIT_CALLBACK callback, PVOID context,
                                                PTP_CALLBACK_ENVIRON) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return nullptr;
  PoolSource* wait = NewSource(Kind::kWait, reinterpret_cast<void*>(callback), context);
  call.Record(Method::kWin32_CreateThreadpoolWait, wait != nullptr);
  return reinterpret_cast<PTP_WAIT>(wait);
}

extern "C" VOID WINAPI SetThreadpoolWait(PTP_WAIT wait, HANDLE handle, PFILETIME timeout) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  PoolSource* source = SourceOf(wait, Kind::kWait, "SetThreadpoolWait");
  if (source == nullptr) return;
  Object* object = handle == nullptr ? nullptr : ObjectOf(handle);
  DWORD timeout_ms = INFINITE;
  if (timeout != nullptr) {
    const uint64_t due_ms = VirtualTimeMs(static_cast<int64_t>(TicksOf(*timeout)));
    timeout_ms = static_cast<DWORD>(due_ms - boundary.scheduler->now_ms());
  }
  StopWait(*source);
  const bool is_set = object != nullptr && StartWait(*source, *object, timeout_ms);
  call.Record(Method::kWin32_SetThreadpoolWait, is_set);
}

extern "C" VOID WINAPI WaitForThreadpoolWaitCallbacks(PTP_WAIT wait, BOOL cancel_pending) {
  CallScope call(__builtin_return_address(0));
  constexpr Method kMethod = Method::kWin32_WaitForThreadpoolWaitCallbacks;
  constexpr const char* kName = "WaitForThreadpoolWaitCallbacks";
  PoolSource* source = SourceOf(wait, Kind::kWait, kName);
  if (call.draining() || source == nullptr) return;
  if (cancel_pending) CancelPending(*source);
  WaitForCallbacks(call, *source, kMethod, kName);
  call.Record(kMethod, 0);
}

extern "C" VOID WINAPI CloseThreadpoolWait(PTP_WAIT wait) {
  CallScope call(__builtin_return_address(0));
  if (call.draining()) return;
  PoolSource* source = SourceOf(wait, Kind::kWait, "CloseThreadpoolWait");
  if (source != nullptr) {
    StopWait(*source);
    CloseSource(*source);
  }
  call.Record(Method::kWin32_CloseThreadpoolWait, source != nullptr);
}

extern "C" BOOL WINAPI RegisterWaitForSingleObject(PHANDLE wait, HANDLE handle,
                                                   WAITORTIMERCALLBACK callback, PVOID context,
                                                   ULONG timeout_ms, ULONG flags) {
  CallScope call(__builtin_return_address(0));
  if (wait != nullptr) *wait = nullptr;
  if (call.draining() || wait == nullptr) return FALSE;
  Object* object = ObjectOf(handle);
  if (object == nullptr) return FALSE;
  PoolSource* source = NewSource(Kind::kRegistered, reinterpret_cast<void*>(callback), context);
  if (source == nullptr) return FALSE;
  source->runs_once = (flags & WT_EXECUTEONLYONCE) != 0;
  if (!StartWait(*source, *object, timeout_ms)) {
    CloseSource(*source);
    return FALSE;
  }
  *wait = source;
  call.Record(Method::kWin32_RegisterWaitForSingleObject, TRUE, object->number);
  return TRUE;
}

namespace {

BOOL Unregister(CallScope& call, HANDLE wait, HANDLE completion_event, Method method,
                const char* what) {
  if (call.draining()) return FALSE;
  PoolSource* source = SourceOf(wait, Kind::kRegistered, what);
  if (source == nullptr) return FALSE;
  StopWait(*source);
  if (completion_event == INVALID_HANDLE_VALUE) WaitForCallbacks(call, *source, method, what);
  const bool is_busy = source->pending + source->running > 0;
  CloseSource(*source);
  if (is_busy) Self().last_error = ERROR_IO_PENDING;
  call.Record(method, !is_busy);
  return !is_busy;
}

}  // namespace

extern "C" BOOL WINAPI UnregisterWait(HANDLE wait) {
  CallScope call(__builtin_return_address(0));
  return Unregister(call, wait, nullptr, Method::kWin32_UnregisterWait, "UnregisterWait");
}

extern "C" BOOL WINAPI UnregisterWaitEx(HANDLE wait, HANDLE completion_event) {
  CallScope call(__builtin_return_address(0));
  return Unregister(call, wait, completion_event, Method::kWin32_UnregisterWaitEx,
                    "UnregisterWaitEx");
}

#include "harness/win32/thread_pool.h"

#include <cassert>

#include "harness/win32/capture.h"
#include "harness/win32/lock_wait.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

PoolSource sources[kMaxPoolSources];
int sources_used = 0;
PoolItem queue[kMaxPoolItems];  // in the order of submission
int queued = 0;
int pool_threads = 0;
platform::OrderMark marks[kMaxPoolItems];  // of the items, in turn
uint16_t next_mark = 0;

PoolItem TakeItem(int index) {
  assert(index < queued);
  const PoolItem item = queue[index];
  --queued;
  for (int i = index; i < queued; ++i) queue[i] = queue[i + 1];
  return item;
}

void FreeSource(PoolSource& source) {
  if (source.waits_for != kNoObject) Release(ObjectAt(source.waits_for));
  source = PoolSource{};
}

void CallbackReturned(PoolSource& source) {
  --source.running;
  OrderRelease(&source);
  if (source.pending + source.running > 0) return;
  WakeLockWaiters(&source);
  if (source.is_closing) FreeSource(source);
}

void RunItem(const PoolItem& item) {
  boundary.module_of[CurrentWorker()] = item.module;
  OrderAcquire(&marks[item.mark]);
  if (item.kind != PoolItem::Kind::kSource) {
    CallBack(item);
    return;
  }
  PoolSource& source = sources[item.source];
  --source.pending;
  ++source.running;
  OrderAcquire(&source.set);
  CallBack(item);
  boundary.in_module = false;
  TouchWin32();
  CallbackReturned(source);
}

// An exception that leaves a callback ends the process, as on Windows.
void RunPoolThread(void*) noexcept {
  const uint8_t module = queued > 0 ? queue[0].module : trace::kNone8;
  BeginModuleWorker(module);
  while (queued > 0 && !boundary.scheduler->draining()) {
    RunItem(TakeItem(0));
    boundary.in_module = false;
    boundary.scheduler->Point();
    TouchWin32();
  }
  --pool_threads;
  EndModuleWorker();
}

void TimerFired(void* argument, uint32_t) {
  TouchWin32();
  auto& source = *static_cast<PoolSource*>(argument);
  source.timer = sched::kNoTransition;
  if (source.period_ms != 0) StartTimer(source, source.due_ms + source.period_ms, source.period_ms);
  if (source.kind == PoolSource::Kind::kQueueTimer || source.kind == PoolSource::Kind::kTimer) {
    SubmitSource(source, 1);
  }
}

}  // namespace

PoolSource* NewSource(PoolSource::Kind kind, void* callback, void* context) {
  if (callback == nullptr) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return nullptr;
  }
  int index = 0;
  while (index < sources_used && sources[index].kind != PoolSource::Kind::kFree) ++index;
  if (index == kMaxPoolSources) {
    Self().last_error = ERROR_NO_SYSTEM_RESOURCES;
    return nullptr;
  }
  if (index == sources_used) ++sources_used;
  sources[index] = PoolSource{};
  sources[index].kind = kind;
  sources[index].module = CurrentModule();
  sources[index].callback = callback;
  sources[index].context = context;
  OrderRelease(&sources[index].set);
  return &sources[index];
}

// The pointer that a module gets is the table's address plus a place: it is never read through.
PoolSource* SourceOf(void* pointer, PoolSource::Kind kind, const char* function) {
  auto* source = static_cast<PoolSource*>(pointer);
  if (source >= sources && source < sources + sources_used && source->kind == kind) return source;
  CaptureLine(function, ": not an object of the thread pool, or closed");
  Self().last_error = ERROR_INVALID_PARAMETER;
  return nullptr;
}

int IndexOfSource(const PoolSource* source) { return static_cast<int>(source - sources); }
PoolSource* SourceAt(int index) { return &sources[index]; }

bool Submit(const PoolItem& item) {
  if (queued == kMaxPoolItems) {
    Self().last_error = ERROR_NO_SYSTEM_RESOURCES;
    return false;
  }
  queue[queued] = item;
  queue[queued++].mark = next_mark;
  OrderRelease(&marks[next_mark]);
  next_mark = static_cast<uint16_t>((next_mark + 1) % kMaxPoolItems);
  if (pool_threads < kMaxPoolThreads) {
    const sched::WorkerId worker =
        StartModuleWorker("thread of the module's pool", RunPoolThread, nullptr);
    if (worker != sched::kNoWorker) ++pool_threads;
  }
  if (pool_threads > 0) return true;
  --queued;
  return false;
}

bool SubmitSource(PoolSource& source, uint32_t result) {
  const bool is_submitted = Submit({.kind = PoolItem::Kind::kSource,
                                    .module = source.module,
                                    .source = static_cast<uint16_t>(&source - sources),
                                    .callback = source.callback,
                                    .context = source.context,
                                    .result = result});
  if (is_submitted) {
    ++source.pending;
  } else {
    CaptureLine("a callback of the thread pool was lost: too many wait");
  }
  return is_submitted;
}

void CancelPending(PoolSource& source) {
  const int index = IndexOfSource(&source);
  for (int i = queued - 1; i >= 0; --i) {
    if (queue[i].kind != PoolItem::Kind::kSource || queue[i].source != index) continue;
    TakeItem(i);
    --source.pending;
  }
  assert(source.pending == 0);
}

void WaitForCallbacks(CallScope& call, PoolSource& source, trace::Method method, const char* what) {
  while (source.pending + source.running > 0) {
    if (!WaitForLock(call, {.address = &source, .method = method, .what = what})) return;
  }
  OrderAcquire(&source);
}

void CloseSource(PoolSource& source) {
  StopTimer(source);
  ++source.wait_serial;
  if (source.pending + source.running > 0) {
    source.is_closing = true;
  } else {
    FreeSource(source);
  }
}

bool StartTimer(PoolSource& source, uint64_t due_ms, uint32_t period_ms) {
  StopTimer(source);
  OrderRelease(&source.set);
  source.due_ms = due_ms;
  source.period_ms = period_ms;
  source.timer = boundary.scheduler->PostTimer(TimerFired, &source, 0, due_ms);
  if (source.timer != sched::kNoTransition) return true;
  CaptureLine("a timer was lost: too many are pending");
  return false;
}

void StopTimer(PoolSource& source) {
  if (source.timer != sched::kNoTransition) boundary.scheduler->Cancel(source.timer);
  source.timer = sched::kNoTransition;
  source.period_ms = 0;
}

void ResetThreadPool() {
  for (int i = 0; i < sources_used; ++i) sources[i] = PoolSource{};
  sources_used = queued = pool_threads = 0;
  next_mark = 0;
}

}  // namespace pendulum::win32

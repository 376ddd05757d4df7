#include "harness/win32/wait.h"

#include <algorithm>
#include <cassert>

#include "harness/win32/lock_event.h"
#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

constexpr DWORD kWaitAbandoned = 0x80;
constexpr DWORD kWaitIoCompletion = 0xC0;
constexpr DWORD kWaitTimeout = 258;
constexpr DWORD kWaitFailed = 0xFFFFFFFF;

struct Waiter {
  bool waiting = false;
  bool all = false;
  bool alertable = false;
  uint8_t count = 0;
  uint16_t objects[kMaxWaitObjects];
  uint32_t thread = 0;
  uint32_t ticket = 0;  // who waits longer has the lower one
  DWORD result = 0;
};

Waiter waiters[sched::kMaxWorkers];
int waiters_used = 0;  // the workers from here on have not waited in this run
uint32_t last_ticket = 0;

bool IsSignalled(const Object& object, uint32_t thread) {
  switch (object.kind) {
    case ObjectKind::kMutex:
      return object.owner == 0 || object.owner == thread;
    case ObjectKind::kSemaphore:
    case ObjectKind::kPort:
      return object.count > 0;
    default:
      return object.signalled;
  }
}

// What went before the signal goes before what the waiter does next, whoever runs now.
void Order(const Object& object, const Waiter& waiter) {
  const bool waits_here = &waiter >= waiters && &waiter < waiters + sched::kMaxWorkers;
  const auto worker =
      waits_here ? static_cast<sched::WorkerId>(&waiter - waiters) : sched::kNoWorker;
  if (worker == CurrentWorker()) return OrderAcquire(&object);
  boundary.scheduler->AcquireEdgeFor(worker, &object);
}

// Takes what a satisfied wait takes; returns whether the object was an abandoned mutex.
bool Consume(Object& object, const Waiter& waiter) {
  const uint32_t thread = waiter.thread;
  const bool was_abandoned = object.abandoned;
  Order(object, waiter);
  switch (object.kind) {
    case ObjectKind::kMutex:
      object.owner = thread;
      ++object.count;
      object.abandoned = false;
      break;
    case ObjectKind::kSemaphore:
    case ObjectKind::kPort:
      --object.count;
      break;
    case ObjectKind::kEvent:
    case ObjectKind::kTimer:
      if (!object.manual_reset) object.signalled = false;
      break;
    default:
      break;
  }
  return was_abandoned;
}

// The index of the signalled object that ends the wait; -1 if none does. For a wait for all: 0.
int Satisfying(const Waiter& waiter) {
  for (int i = 0; i < waiter.count; ++i) {
    const bool is_signalled = IsSignalled(*ObjectAt(waiter.objects[i]), waiter.thread);
    if (is_signalled && !waiter.all) return i;
    if (!is_signalled && waiter.all) return -1;
  }
  return waiter.all && waiter.count > 0 ? 0 : -1;
}

bool TrySatisfy(Waiter& waiter) {
  const int index = Satisfying(waiter);
  if (index < 0) return false;
  bool is_abandoned = false;
  if (waiter.all) {
    for (int i = 0; i < waiter.count; ++i) {
      is_abandoned |= Consume(*ObjectAt(waiter.objects[i]), waiter);
    }
  } else {
    is_abandoned = Consume(*ObjectAt(waiter.objects[index]), waiter);
  }
  waiter.result = static_cast<DWORD>(index) + (is_abandoned ? kWaitAbandoned : 0);
  waiter.waiting = false;
  return true;
}

bool WaitsFor(const Waiter& waiter, int object) {
  if (!waiter.waiting) return false;
  for (int i = 0; i < waiter.count; ++i) {
    if (waiter.objects[i] == object) return true;
  }
  return false;
}

// Fills `candidates` with the workers that `object` can release now, longest wait first.
int Candidates(const Object& object, sched::WorkerId* candidates) {
  const int index = IndexOf(&object);
  const int workers = boundary.scheduler->workers_used();
  int count = 0;
  for (int worker = 0; worker < workers; ++worker) {
    const Waiter& waiter = waiters[worker];
    if (!WaitsFor(waiter, index) || Satisfying(waiter) < 0) continue;
    int place = count++;
    while (place > 0 && waiters[candidates[place - 1]].ticket > waiter.ticket) {
      candidates[place] = candidates[place - 1];
      --place;
    }
    candidates[place] = static_cast<sched::WorkerId>(worker);
  }
  return count;
}

sched::WaitReason ReasonOf(const WaitRequest& request) {
  sched::WaitReason reason{.what = request.what};
  if (request.count == 0) return reason;
  // Of several, the one that has an owner says most about a deadlock.
  const Object* named = request.objects[0];
  for (int i = 0; i < request.count; ++i) {
    if (request.objects[i]->kind == ObjectKind::kMutex && request.objects[i]->owner != 0) {
      named = request.objects[i];
      break;
    }
  }
  reason.object = named->number;
  if (named->kind == ObjectKind::kMutex || named->kind == ObjectKind::kThread) {
    reason.owner = WorkerOfThread(named->owner);
  }
  return reason;
}

// A mutex passes to its waiter when it is given back; the waiter says so when it goes on.
void RecordMutexes(CallScope& call, const WaitRequest& request, DWORD result) {
  const DWORD first = result >= kWaitAbandoned ? result - kWaitAbandoned : result;
  if (first >= static_cast<DWORD>(request.count)) return;
  const uint32_t tried = request.timeout_ms == INFINITE ? 0 : uint32_t{trace::kLockTried};
  for (int i = 0; i < request.count; ++i) {
    const Object& object = *request.objects[i];
    if (object.kind != ObjectKind::kMutex || (!request.all && i != static_cast<int>(first))) {
      continue;
    }
    const uint32_t again = object.count > 1 ? uint32_t{trace::kLockAgain} : 0;
    RecordTaken(call, request.method, object.number, tried | again);
  }
}

DWORD BlockFor(CallScope& call, const WaitRequest& request, Waiter& waiter) {
  waiters_used = std::max(waiters_used, static_cast<int>(&waiter - waiters) + 1);
  waiter.waiting = true;
  waiter.ticket = ++last_ticket;
  const uint64_t deadline_ms = DeadlineMs(request.timeout_ms);
  const sched::WakeCause cause = call.Block(request.method, ReasonOf(request), deadline_ms);
  const bool was_released = !waiter.waiting;
  waiter.waiting = false;
  if (cause == sched::WakeCause::kDraining) return kWaitFailed;
  if (was_released) return waiter.result;
  return kWaitTimeout;
}

}  // namespace

uint64_t DeadlineMs(DWORD timeout_ms) {
  if (timeout_ms == INFINITE) return sched::kForever;
  return boundary.scheduler->now_ms() + timeout_ms;
}

bool RunQueuedCalls() {
  ThreadState& self = Self();
  const bool had_calls = self.queued_calls > 0;
  while (self.queued_calls > 0) {
    const QueuedCall queued = self.calls[0];
    --self.queued_calls;
    for (int i = 0; i < self.queued_calls; ++i) self.calls[i] = self.calls[i + 1];
    OrderAcquire(&self.calls);
    ModuleScope module;
    queued.function(queued.argument);
  }
  return had_calls;
}

DWORD Wait(CallScope& call, const WaitRequest& request) {
  assert(request.count <= kMaxWaitObjects);
  assert(boundary.scheduler != nullptr);
  if (request.alertable && RunQueuedCalls()) return kWaitIoCompletion;
  const sched::WorkerId worker = CurrentWorker();
  Waiter on_driver{};
  Waiter& waiter = worker == sched::kNoWorker ? on_driver : waiters[worker];
  waiter.all = request.all;
  waiter.alertable = request.alertable;
  waiter.count = static_cast<uint8_t>(request.count);
  waiter.thread = CurrentThreadNumber();
  for (int i = 0; i < request.count; ++i) {
    waiter.objects[i] = static_cast<uint16_t>(IndexOf(request.objects[i]));
  }
  if (TrySatisfy(waiter)) {
    RecordMutexes(call, request, waiter.result);
    return waiter.result;
  }
  // The driver's stack can't wait: RegisterModule has no other worker that could end the wait.
  if (request.timeout_ms == 0 || worker == sched::kNoWorker) return kWaitTimeout;
  for (int i = 0; i < request.count; ++i) Reference(request.objects[i]);
  const DWORD result = BlockFor(call, request, waiter);
  if (result != kWaitFailed) RecordMutexes(call, request, result);
  for (int i = 0; i < request.count; ++i) Release(request.objects[i]);
  if (result == kWaitIoCompletion) RunQueuedCalls();
  return result;
}

void ObjectSignalled(Object& object) {
  if (boundary.scheduler == nullptr) return;
  const bool releases_all =
      object.kind == ObjectKind::kThread ||
      ((object.kind == ObjectKind::kEvent || object.kind == ObjectKind::kTimer) &&
       object.manual_reset);
  sched::WorkerId candidates[sched::kMaxWorkers];
  while (const int count = Candidates(object, candidates)) {
    uint32_t chosen = 0;
    if (count > 1 && !releases_all) {
      chosen = boundary.scheduler->Choose(sched::Question::kSetting, static_cast<uint32_t>(count),
                                          sched::kNoRequest, sched::kNoOperation);
    }
    const sched::WorkerId worker = candidates[chosen];
    const bool was_satisfied = TrySatisfy(waiters[worker]);
    assert(was_satisfied);
    static_cast<void>(was_satisfied);
    boundary.scheduler->Wake(worker);
  }
}

void AlertWaiter(sched::WorkerId worker) {
  Waiter& waiter = waiters[worker];
  if (!waiter.waiting || !waiter.alertable) return;
  waiter.waiting = false;
  waiter.result = kWaitIoCompletion;
  boundary.scheduler->Wake(worker);
}

bool IsWaitingFor(sched::WorkerId worker, const Object& object) {
  return WaitsFor(waiters[worker], IndexOf(&object));
}

void ResetWaits() {
  for (int i = 0; i < waiters_used; ++i) waiters[i].waiting = false;
  waiters_used = 0;
  last_ticket = 0;
}

}  // namespace pendulum::win32

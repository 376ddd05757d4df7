// What happens before what, as far as locks are concerned, and which wake-ups found nobody.
#include <algorithm>

#include "harness/oracle/lock_account.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;
using trace::Method;

namespace {

// Keys of what is published, beside the numbers of objects.
constexpr uint64_t kStartOf = uint64_t{1} << 32;  // of a thread, with its number
constexpr uint64_t kEndOf = uint64_t{2} << 32;
constexpr uint64_t kEndOfAny = uint64_t{3} << 32;
constexpr uint64_t kPool = uint64_t{4} << 32;

enum class Act : uint8_t {
  kNone,
  kStart,   // of a thread: the value is its number
  kJoin,    // likewise
  kSubmit,  // to the thread pool
  kDrain,   // waits for callbacks of the thread pool
  kSet,     // an event: the value is its number, as of all that follow
  kReset,
  kPulse,
  kWakeOne,  // a condition variable
  kWakeAll,
  kSend,     // wakes, and can't be lost
  kReceive,  // has waited
};

Act ActOf(uint16_t method) {
  switch (static_cast<Method>(method)) {
    case Method::kWin32_CreateThread:
    case Method::kWin32__beginthreadex:
    case Method::kWin32__beginthread:
    case Method::kWin32_pthread_create:
      return Act::kStart;
    case Method::kWin32_pthread_join:
      return Act::kJoin;
    case Method::kWin32_QueueUserWorkItem:
    case Method::kWin32_TrySubmitThreadpoolCallback:
    case Method::kWin32_SubmitThreadpoolWork:
    case Method::kWin32_SetThreadpoolTimer:
    case Method::kWin32_SetThreadpoolWait:
    case Method::kWin32_RegisterWaitForSingleObject:
    case Method::kWin32_CreateTimerQueueTimer:
      return Act::kSubmit;
    case Method::kWin32_WaitForThreadpoolWorkCallbacks:
    case Method::kWin32_WaitForThreadpoolTimerCallbacks:
    case Method::kWin32_WaitForThreadpoolWaitCallbacks:
    case Method::kWin32_UnregisterWaitEx:
    case Method::kWin32_DeleteTimerQueueTimer:
    case Method::kWin32_DeleteTimerQueueEx:
      return Act::kDrain;
    case Method::kWin32_SetEvent:
      return Act::kSet;
    case Method::kWin32_ResetEvent:
      return Act::kReset;
    case Method::kWin32_PulseEvent:
      return Act::kPulse;
    case Method::kWin32_WakeConditionVariable:
    case Method::kWin32_pthread_cond_signal:
      return Act::kWakeOne;
    case Method::kWin32_WakeAllConditionVariable:
    case Method::kWin32_pthread_cond_broadcast:
      return Act::kWakeAll;
    case Method::kWin32_ReleaseSemaphore:
    case Method::kWin32_PostQueuedCompletionStatus:
    case Method::kWin32_sem_post:
    case Method::kWin32_futex_wake:
    case Method::kWin32_pthread_barrier_wait:
      return Act::kSend;
    case Method::kWin32_WaitForSingleObject:
    case Method::kWin32_WaitForSingleObjectEx:
    case Method::kWin32_WaitForMultipleObjects:
    case Method::kWin32_WaitForMultipleObjectsEx:
    case Method::kWin32_SignalObjectAndWait:
    case Method::kWin32_SleepConditionVariableCS:
    case Method::kWin32_SleepConditionVariableSRW:
    case Method::kWin32_pthread_cond_wait:
    case Method::kWin32_pthread_cond_timedwait:
    case Method::kWin32_GetQueuedCompletionStatus:
    case Method::kWin32_GetQueuedCompletionStatusEx:
    case Method::kWin32_sem_wait:
      return Act::kReceive;
    default:
      return Act::kNone;
  }
}

}  // namespace

bool IsSynchronization(Method method) { return ActOf(static_cast<uint16_t>(method)) != Act::kNone; }

void LockAccount::Publish(uint64_t key, uint64_t before) {
  for (uint32_t i = 0; i < published_count_; ++i) {
    if (published_[i].key != key) continue;
    published_[i].before |= before;
    return;
  }
  if (published_count_ == published_.size()) {
    blind_ = true;
    return;
  }
  published_[published_count_++] = {key, before};
}

uint64_t LockAccount::PublishedAs(uint64_t key) const {
  for (uint32_t i = 0; i < published_count_; ++i) {
    if (published_[i].key == key) return published_[i].before;
  }
  return 0;
}

// A thread of the pool comes after all that was given to the pool.
void LockAccount::BeginThread(const Event& event) {
  Thread& thread = ThreadOf(event.worker);
  held_total_ -= thread.held_count;
  thread = {};
  thread.is_modules = true;
  thread.number = event.a;
  if (active()) thread.before = PublishedAs(kStartOf + event.a) | PublishedAs(kPool);
}

void LockAccount::OrderCall(const Event& event) {
  Thread& thread = ThreadOf(event.worker);
  switch (ActOf(event.d)) {
    case Act::kStart:
      return Publish(kStartOf + event.b, thread.before);
    case Act::kJoin:
      thread.before |= PublishedAs(kEndOf + event.b);
      return;
    case Act::kSubmit:
      return Publish(kPool, thread.before);
    case Act::kDrain:
      // What the callbacks did is not known by event: all of it may have been theirs.
      thread.before = Everything();
      return;
    case Act::kSet:
    case Act::kPulse:
    case Act::kWakeOne:
    case Act::kWakeAll:
    case Act::kSend:
      return Publish(event.b, thread.before);
    case Act::kReceive:
      // The handle of a thread is known by no number that its end has.
      thread.before |= PublishedAs(event.b) | PublishedAs(kEndOfAny);
      return;
    default:
      return;
  }
}

void LockAccount::Order(const Event& event, bool in_handler) {
  Thread& thread = ThreadOf(event.worker);
  switch (event.kind) {
    case EventKind::kRequestBegan:
      request_before_[event.request] = server_before_;
      return;
    case EventKind::kModuleRegistered:
    case EventKind::kGlobalReturned:
      server_before_ |= thread.before;
      return;
    case EventKind::kGlobalEntered:
    case EventKind::kNotificationEntered:
    case EventKind::kCompletionDelivered:
      if (!in_handler && !thread.is_modules) {
        thread.agent = 0;
        thread.before = 0;
      }
      thread.before |= server_before_ | request_before_[event.request];
      return;
    case EventKind::kNotificationReturned:
    case EventKind::kCompletionReturned:
    case EventKind::kOperationCalled:
      request_before_[event.request] |= thread.before;
      return;
    case EventKind::kThreadEnded:
      Publish(kEndOf + event.a, thread.before);
      return Publish(kEndOfAny, thread.before);
    case EventKind::kCall:
      return OrderCall(event);
    default:
      return;
  }
}

LockAccount::Waited* LockAccount::WaitedOf(uint32_t object, bool adds) {
  for (uint32_t i = 0; i < waited_count_; ++i) {
    if (waited_[i].object == object) return &waited_[i];
  }
  if (!adds || waited_count_ == kMaxWaits) return nullptr;
  waited_[waited_count_] = {.object = object};
  return &waited_[waited_count_++];
}

void LockAccount::Call(const Event& event, uint32_t index) {
  const Act act = ActOf(event.d);
  if (act < Act::kSet || act == Act::kSend) return;
  if (act != Act::kReset && act != Act::kReceive) ++wakeups_;
  Waited* waited = WaitedOf(event.b, act != Act::kReceive && act != Act::kReset);
  if (waited == nullptr) return;
  switch (act) {
    case Act::kSet:
      // It stays set until one waits; of two, the first is lost.
      if (waited->asleep > 0) {
        --waited->asleep;
        break;
      }
      if (waited->set_event != 0) waited->lost_event = index + 1;
      waited->set_event = index + 1;
      break;
    case Act::kReset:
      if (waited->set_event != 0) waited->lost_event = waited->set_event;
      waited->set_event = 0;
      break;
    case Act::kPulse:
    case Act::kWakeAll:
      if (waited->asleep == 0) waited->lost_event = index + 1;
      waited->asleep = 0;
      break;
    case Act::kWakeOne:
      if (waited->asleep == 0) waited->lost_event = index + 1;
      if (waited->asleep > 0) --waited->asleep;
      break;
    default:
      waited->set_event = 0;
      break;
  }
}

void LockAccount::BeginWait(const Event& event, uint32_t index) {
  const Thread& thread = ThreadOf(event.worker);
  waiting_[event.worker] = {.waits = true,
                            .for_ever = event.b == 0xFFFFFFFF,
                            .joins = ActOf(event.d) == Act::kJoin,
                            .object = event.a,
                            .event = index,
                            .taken_event = thread.taken_event};
  // The number of a thread is none of an object.
  if (event.a == 0 || waiting_[event.worker].joins) return;
  if (Waited* waited = WaitedOf(event.a, true); waited != nullptr) ++waited->asleep;
}

void LockAccount::EndWait(const Event& event) {
  ThreadOf(event.worker);
  waiting_[event.worker] = {};
  Waited* waited = ActOf(event.d) == Act::kJoin ? nullptr : WaitedOf(event.b, false);
  if (waited == nullptr) return;
  uint32_t still = 0;
  for (uint32_t i = 0; i < workers_used_; ++i) {
    still += waiting_[i].waits && !waiting_[i].joins && waiting_[i].object == event.b;
  }
  waited->asleep = std::min(waited->asleep, still);
}

bool LockAccount::HasLostWakeup(const Waiting& waiting, bool in_handler) const {
  if (!waiting.waits || !waiting.for_ever || waiting.joins) return false;
  for (uint32_t i = 0; i < waited_count_; ++i) {
    const Waited& waited = waited_[i];
    if (waited.object != waiting.object || waited.lost_event == 0) continue;
    const uint32_t lost_event = waited.lost_event - 1;
    return lost_event <= waiting.event && (in_handler || lost_event >= waiting.taken_event);
  }
  return false;
}

// Whether a worker that is lost has what the wait is for.
bool LockAccount::WaitsForLost(const Waiting& waiting) const {
  if (!waiting.waits || !waiting.for_ever) return false;
  for (uint32_t i = 0; i < workers_used_; ++i) {
    if (!waiting_[i].is_lost) continue;
    const Thread& thread = threads_[i];
    if (waiting.joins) {
      if (thread.is_modules && thread.number == waiting.object) return true;
      continue;
    }
    for (uint32_t k = 0; k < thread.held_count; ++k) {
      if (thread.held[k].lock == waiting.object) return true;
    }
  }
  return false;
}

LockAccount::Lost LockAccount::FindLost(const uint8_t* depths) {
  Lost lost;
  for (uint32_t i = 0; i < workers_used_; ++i) {
    Waiting& waiting = waiting_[i];
    waiting.is_lost = HasLostWakeup(waiting, depths[i] > 0);
    if (!waiting.is_lost) continue;
    ++lost.workers;
    if (lost.wakeups++ > 0) continue;
    lost.object = waiting.object;
    lost.worker = static_cast<uint8_t>(i);
  }
  for (uint32_t before = 0; before != lost.workers;) {
    before = lost.workers;
    for (uint32_t i = 0; i < workers_used_; ++i) {
      if (waiting_[i].is_lost || !WaitsForLost(waiting_[i])) continue;
      waiting_[i].is_lost = true;
      ++lost.workers;
    }
  }
  return lost;
}

}  // namespace pendulum::oracle

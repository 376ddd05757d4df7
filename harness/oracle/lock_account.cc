#include "harness/oracle/lock_account.h"

#include <algorithm>

namespace pendulum::oracle {

using trace::Event;
using trace::EventKind;

namespace {

constexpr int kMostInCircle = 4;

constexpr uint64_t Bit(uint32_t index) { return uint64_t{1} << index; }

}  // namespace

static_assert(LockAccount::kMaxLocks <= 64 && LockAccount::kMaxOrders <= 64);

LockAccount::LockAccount() : threads_(new Thread[256]), waiting_(new Waiting[256]) {}

void LockAccount::BeginRun() {
  if (order_count_ > 0) request_before_.fill(0);
  workers_used_ = agents_ = lock_count_ = order_count_ = 0;
  published_count_ = waited_count_ = held_total_ = wakeups_ = 0;
  blind_ = false;
  server_before_ = 0;
}

LockAccount::Thread& LockAccount::ThreadOf(uint8_t worker) {
  for (; workers_used_ <= worker; ++workers_used_) {
    threads_[workers_used_] = {};
    waiting_[workers_used_] = {};
  }
  return threads_[worker];
}

// -1 when there are too many.
int LockAccount::SlotOf(uint32_t lock) {
  for (uint32_t i = 0; i < lock_count_; ++i) {
    if (locks_[i] == lock) return static_cast<int>(i);
  }
  if (lock_count_ == kMaxLocks) return -1;
  locks_[lock_count_] = lock;
  return static_cast<int>(lock_count_++);
}

Inversion LockAccount::Take(const Event& event, uint32_t index, bool in_handler) {
  Thread& thread = ThreadOf(event.worker);
  thread.taken_event = index;
  Inversion worst;
  if ((event.b & trace::kLockAgain) != 0) {
    for (uint32_t i = 0; i < thread.held_count; ++i) {
      if (thread.held[i].lock != event.a) continue;
      ++thread.held[i].times;
      return worst;
    }
  }
  // The server starts before there are requests, and stops when all of them are over.
  if (!thread.is_modules && !in_handler) thread.before = Everything();
  const int to = SlotOf(event.a);
  uint64_t all = 0;
  uint64_t exclusive = 0;
  for (uint32_t i = 0; i < thread.held_count; ++i) {
    const int slot = SlotOf(thread.held[i].lock);
    if (slot < 0) continue;
    all |= Bit(static_cast<uint32_t>(slot));
    if ((thread.held[i].flags & trace::kLockShared) == 0) {
      exclusive |= Bit(static_cast<uint32_t>(slot));
    }
  }
  const bool can_block = to >= 0 && (event.b & trace::kLockTried) == 0;
  for (uint32_t i = 0; can_block && i < thread.held_count; ++i) {
    const int from = SlotOf(thread.held[i].lock);
    if (from < 0 || from == to) continue;
    const uint64_t others = ~Bit(static_cast<uint32_t>(from));
    const Inversion found =
        AddOrder({.from = static_cast<uint8_t>(from),
                  .to = static_cast<uint8_t>(to),
                  .from_shared = (thread.held[i].flags & trace::kLockShared) != 0,
                  .to_shared = (event.b & trace::kLockShared) != 0,
                  .worker = event.worker,
                  .event = index,
                  .gates = all & others,
                  .exclusive_gates = exclusive & others});
    if (found.found && !worst.found) worst = found;
  }
  if (thread.held_count < kMaxHeld) {
    thread.held[thread.held_count++] = {
        .lock = event.a, .flags = static_cast<uint8_t>(event.b), .request = event.request};
    ++held_total_;
  }
  return worst;
}

bool LockAccount::RemoveHeld(Thread* thread, const Event& event) {
  for (uint32_t i = thread->held_count; i-- > 0;) {
    Held& held = thread->held[i];
    if (held.lock != event.a) continue;
    if (held.times > 1) {
      --held.times;
      return true;
    }
    std::copy(thread->held.begin() + i + 1, thread->held.begin() + thread->held_count,
              thread->held.begin() + i);
    --thread->held_count;
    --held_total_;
    return true;
  }
  return false;
}

// Some locks can be given back by another thread than took them.
void LockAccount::Release(const Event& event) {
  if (RemoveHeld(&ThreadOf(event.worker), event)) return;
  for (uint32_t i = 0; i < workers_used_; ++i) {
    if (RemoveHeld(&threads_[i], event)) return;
  }
}

void LockAccount::Forget(uint8_t worker) {
  Thread& thread = ThreadOf(worker);
  held_total_ -= thread.held_count;
  thread.held_count = 0;
}

uint32_t LockAccount::HeldBy(uint8_t worker) const {
  return worker < workers_used_ ? threads_[worker].held_count : 0;
}

uint32_t LockAccount::EndThread(uint8_t worker, uint32_t* lock) {
  Thread& thread = ThreadOf(worker);
  const uint32_t count = thread.held_count;
  if (count > 0) *lock = thread.held[0].lock;
  held_total_ -= count;
  thread.held_count = 0;
  thread.is_modules = false;
  return count;
}

uint32_t LockAccount::EndRequest(uint8_t request, uint32_t* lock) {
  uint32_t count = 0;
  for (uint32_t i = 0; held_total_ > 0 && i < workers_used_; ++i) {
    Thread& thread = threads_[i];
    if (thread.is_modules) continue;
    for (uint32_t k = thread.held_count; k-- > 0;) {
      if (thread.held[k].request != request) continue;
      if (count++ == 0) *lock = thread.held[k].lock;
      std::copy(thread.held.begin() + k + 1, thread.held.begin() + thread.held_count,
                thread.held.begin() + k);
      --thread.held_count;
      --held_total_;
    }
  }
  return count;
}

// Whether the two can happen at the same time, in different threads.
bool LockAccount::CanMeet(const LockOrder& one, const LockOrder& other) const {
  if (one.agent == other.agent) return false;
  const auto number = [this](const LockOrder& order) {
    return static_cast<uint32_t>(&order - orders_.data());
  };
  if ((one.before & Bit(number(other))) != 0) return false;
  if ((other.before & Bit(number(one))) != 0) return false;
  // A lock that both hold besides, one of them alone, keeps them apart.
  return (one.gates & other.exclusive_gates) == 0 && (one.exclusive_gates & other.gates) == 0;
}

int LockAccount::FindCircle(const LockOrder** path, int length) const {
  const LockOrder& last = *path[length - 1];
  const auto meets_all = [&](const LockOrder& next) {
    for (int i = 0; i < length; ++i) {
      if (!CanMeet(*path[i], next)) return false;
    }
    return true;
  };
  for (uint32_t i = 0; i < order_count_; ++i) {
    const LockOrder& next = orders_[i];
    if (next.from != last.to || (next.from_shared && last.to_shared) || !meets_all(next)) continue;
    path[length] = &next;
    if (next.to == path[0]->from && !(next.to_shared && path[0]->from_shared)) return length + 1;
    if (length + 1 == kMostInCircle) continue;
    if (const int found = FindCircle(path, length + 1); found > 0) return found;
  }
  return 0;
}

Inversion LockAccount::AddOrder(const LockOrder& order) {
  Thread& thread = ThreadOf(order.worker);
  if (thread.agent == 0) thread.agent = ++agents_;
  for (uint32_t i = 0; i < order_count_; ++i) {
    const LockOrder& known = orders_[i];
    const bool is_same = known.from == order.from && known.to == order.to &&
                         known.from_shared == order.from_shared &&
                         known.to_shared == order.to_shared && known.agent == thread.agent &&
                         known.gates == order.gates;
    if (is_same) return {};
  }
  if (order_count_ == kMaxOrders) blind_ = true;
  if (blind_) return {};
  LockOrder& added = orders_[order_count_];
  added = order;
  added.agent = thread.agent;
  added.before = thread.before;
  thread.before |= Bit(order_count_++);
  const LockOrder* path[kMostInCircle] = {&added};
  const int length = FindCircle(path, 1);
  if (length == 0) return {};
  return {.found = true,
          .held = locks_[added.from],
          .other_worker = path[1]->worker,
          .other_event = path[1]->event,
          .locks = static_cast<uint32_t>(length)};
}

void LockAccount::AddTo(StateDigest* digest) const {
  static_assert(sizeof(Thread) == 160 && sizeof(LockOrder) == 40 && sizeof(Waiting) == 16);
  digest->Add(uint64_t{workers_used_} << 32 | agents_, uint64_t{lock_count_} << 32 | order_count_);
  digest->Add(uint64_t{published_count_} << 32 | waited_count_,
              uint64_t{held_total_} << 32 | wakeups_);
  for (uint32_t i = 0; i < workers_used_; ++i) {
    const Thread& thread = threads_[i];
    digest->Add(uint64_t{thread.number} << 32 | thread.agent, thread.before);
    digest->Add(uint64_t{thread.taken_event} << 32 | thread.held_count << 1 | thread.is_modules);
    for (uint32_t k = 0; k < thread.held_count; ++k) {
      const Held& held = thread.held[k];
      digest->Add(held.lock, uint64_t{held.times} << 16 | held.request << 8 | held.flags);
    }
    const Waiting& waiting = waiting_[i];
    const uint64_t flags = waiting.waits | waiting.for_ever << 1 | waiting.joins << 2;
    digest->Add(uint64_t{waiting.object} << 32 | flags,
                uint64_t{waiting.event} << 32 | waiting.taken_event);
  }
  for (uint32_t i = 0; i < lock_count_; ++i) digest->Add(locks_[i]);
  for (uint32_t i = 0; i < order_count_; ++i) {
    const LockOrder& order = orders_[i];
    const uint64_t places = uint64_t{order.from} << 24 | order.to << 16 | order.worker << 8 |
                            order.from_shared << 1 | order.to_shared;
    digest->Add(places << 32 | order.agent, order.event);
    digest->Add(order.before, order.gates);
    digest->Add(order.exclusive_gates);
  }
  for (uint32_t i = 0; i < published_count_; ++i) {
    digest->Add(published_[i].key, published_[i].before);
  }
  for (uint32_t i = 0; i < waited_count_; ++i) {
    const Waited& waited = waited_[i];
    digest->Add(uint64_t{waited.object} << 32 | waited.asleep,
                uint64_t{waited.set_event} << 32 | waited.lost_event);
  }
  digest->Add(blind_, server_before_);
  if (order_count_ > 0) digest->AddWords(request_before_);
}

}  // namespace pendulum::oracle

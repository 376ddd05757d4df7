// What the oracle knows of locks and of the threads that take them: who holds what, in which orders
// locks were taken, and which wake-ups found nobody.
//
// Two threads that take two locks in opposite orders can block each other for ever, also where they
// did not. An order is remembered with all that would prevent that: the locks held besides, how
// they were held, and what is known to have happened before (a thread's start and its end, the
// notifications of one request one after the other, an event and who waited for it). Locks
// themselves order nothing here: another schedule may turn them round.
#ifndef PENDULUM_ORACLE_LOCK_ACCOUNT_H_
#define PENDULUM_ORACLE_LOCK_ACCOUNT_H_

#include <array>
#include <cstdint>
#include <memory>

#include "harness/oracle/state_digest.h"
#include "harness/trace/event.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {

// That two threads took locks in opposite orders; `with` is unknown (no cycle) when found is false.
struct Inversion {
  bool found = false;
  uint32_t held = 0;         // the lock that the thread of this event has
  uint8_t other_worker = 0;  // who took them the other way round
  uint32_t other_event = 0;  // … and at which event
  uint32_t locks = 0;        // how many locks the circle has
};

// Whether LockAccount::Call has to be told of calls of this method.
bool IsSynchronization(trace::Method method);

class LockAccount {
 public:
  static constexpr uint32_t kMaxLocks = 64;   // of a run; further ones are not looked at
  static constexpr uint32_t kMaxOrders = 64;  // remembered in a run
  static constexpr uint32_t kMaxHeld = 16;    // by one thread at a time
  static constexpr uint32_t kMaxWaits = 64;   // objects that wake-ups are counted of

  LockAccount();
  void BeginRun();

  // Whether an order of two locks is known, so that Order has to be told of every event.
  bool active() const { return order_count_ > 0; }
  // What the event says of what happens before what. `in_handler`: one runs on its worker, not
  // counting one that this event enters.
  void Order(const trace::Event& event, bool in_handler);

  void BeginThread(const trace::Event& event);
  bool IsThread(uint8_t worker) const {
    return worker < workers_used_ && threads_[worker].is_modules;
  }
  // A lock.taken; the event's index is `index`.
  Inversion Take(const trace::Event& event, uint32_t index, bool in_handler);
  void Release(const trace::Event& event);
  // The thread uses a lock whose memory is gone: which ones it holds is not known any more.
  void Forget(uint8_t worker);
  // Locks that the thread of this event holds.
  uint32_t HeldBy(uint8_t worker) const;
  // The thread has ended: how many locks it still held, with one of them in `lock`.
  uint32_t EndThread(uint8_t worker, uint32_t* lock);
  // The request has ended: locks that its handlers took and never gave back, likewise.
  uint32_t EndRequest(uint8_t request, uint32_t* lock);

  // Wake-ups: a call that wakes who waits for an object, one that waited and has returned, and the
  // beginning and the end of waiting.
  void Call(const trace::Event& event, uint32_t index);
  void BeginWait(const trace::Event& event, uint32_t index);
  void EndWait(const trace::Event& event);
  // Calls that wake who waits for an event or a condition variable.
  uint32_t wakeups() const { return wakeups_; }
  // Workers that wait for ever for what was signalled before they began to wait. A handler has
  // nothing else to wait for. A thread may well have seen what the signal was about, unless it had
  // its lock already; then it was about to wait. `depths` says how many handlers run on each
  // worker.
  struct Lost {
    uint32_t wakeups = 0;  // such workers
    uint32_t object = 0;   // what one of them waits for
    uint8_t worker = 0;    // … and which one that is
    uint32_t workers = 0;  // with those that wait for a lock or the end of such a worker
  };
  Lost FindLost(const uint8_t* depths);
  // All that is known, into the digest of an account.
  void AddTo(StateDigest* digest) const;
  // Whether the worker is one of the `workers` of the last FindLost in this run.
  bool IsLost(uint8_t worker) const { return worker < workers_used_ && waiting_[worker].is_lost; }

 private:
  struct Held {
    uint32_t lock = 0;
    uint8_t flags = 0;
    uint8_t request = trace::kNone8;
    uint16_t times = 1;
  };
  struct Thread {
    bool is_modules = false;   // one that the module has started
    uint32_t number = 0;       // … with this number
    uint32_t agent = 0;        // tells jobs on one worker apart; 0 until somebody asks
    uint32_t taken_event = 0;  // of its last lock.taken
    uint64_t before = 0;       // orders that happened before what it does now, a bit each
    uint32_t held_count = 0;
    std::array<Held, kMaxHeld> held;
  };
  // One lock was taken while another was held.
  struct LockOrder {
    uint8_t from = 0;  // slots of locks
    uint8_t to = 0;
    bool from_shared = false;
    bool to_shared = false;
    uint8_t worker = 0;
    uint32_t agent = 0;
    uint32_t event = 0;
    uint64_t before = 0;
    uint64_t gates = 0;            // other locks held
    uint64_t exclusive_gates = 0;  // … not shared
  };
  struct Published {
    uint64_t key = 0;
    uint64_t before = 0;
  };
  struct Waited {
    uint32_t object = 0;
    uint32_t asleep = 0;      // who waits and has not been woken
    uint32_t set_event = 0;   // the signal that stays until somebody waits, plus one; 0 for none
    uint32_t lost_event = 0;  // the last one that nobody got, plus one
  };
  struct Waiting {
    bool waits = false;
    bool for_ever = false;
    bool joins = false;  // waits for the end of the thread whose number is `object`
    bool is_lost = false;
    uint32_t object = 0;
    uint32_t event = 0;
    uint32_t taken_event = 0;
  };

  Thread& ThreadOf(uint8_t worker);
  int SlotOf(uint32_t lock);
  bool RemoveHeld(Thread* thread, const trace::Event& event);
  Inversion AddOrder(const LockOrder& order);
  // Extends `path` to a circle; its length, 0 for none.
  int FindCircle(const LockOrder** path, int length) const;
  bool CanMeet(const LockOrder& one, const LockOrder& other) const;
  void Publish(uint64_t key, uint64_t before);
  uint64_t PublishedAs(uint64_t key) const;
  Waited* WaitedOf(uint32_t object, bool adds);
  bool HasLostWakeup(const Waiting& waiting, bool in_handler) const;
  bool WaitsForLost(const Waiting& waiting) const;
  void OrderCall(const trace::Event& event);
  uint64_t Everything() const {
    return order_count_ == 64 ? ~uint64_t{0} : (uint64_t{1} << order_count_) - 1;
  }

  uint32_t workers_used_ = 0;
  uint32_t agents_ = 0;
  uint32_t lock_count_ = 0;
  uint32_t order_count_ = 0;
  uint32_t published_count_ = 0;
  uint32_t waited_count_ = 0;
  uint32_t held_total_ = 0;
  uint32_t wakeups_ = 0;
  std::array<uint32_t, kMaxLocks> locks_{};
  std::array<LockOrder, kMaxOrders> orders_{};
  std::array<Published, 128> published_{};
  std::array<Waited, kMaxWaits> waited_{};
  bool blind_ = false;  // something did not fit: nothing is said of orders any more
  uint64_t server_before_ = 0;
  std::array<uint64_t, 256> request_before_{};
  std::unique_ptr<Thread[]> threads_;  // by worker
  std::unique_ptr<Waiting[]> waiting_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_LOCK_ACCOUNT_H_

// Which transitions of a run happened before which, and which two of them only happened to come in
// the order in which they came.
#ifndef PENDULUM_SCHED_HAPPENS_BEFORE_H_
#define PENDULUM_SCHED_HAPPENS_BEFORE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/sched/fixed_array.h"
#include "harness/sched/object_id.h"
#include "harness/sched/process_set.h"

namespace pendulum::sched {

// An object that a transition touched.
struct Touched {
  ObjectId object;
  bool writes;
};

// Whether two transitions that touched these depend on each other.
bool Conflict(std::span<const Touched> one, std::span<const Touched> other);

// The transitions of a run, from the first, as events numbered from 0. One happens before another
// of the same process, before the first of a process that it started and the next of one that it
// woke, before whatever touches later what it touched (one of the two writing), and before what
// those happen before. A stack: runs that begin alike share what they have in common.
class HappensBefore {
 public:
  explicit HappensBefore(MemoryBlock* block);
  static size_t BytesNeeded();

  uint32_t size() const { return events_.size(); }
  // The run was longer, or touched more, than there is room for: what follows is not known.
  bool overflowed() const;

  // A transition of `process` begins. What is touched, enabled and woken until End belongs to it;
  // outside of any, what is enabled comes after all that has happened.
  void Begin(Process process);
  bool in_event() const { return in_event_; }
  void Touch(ObjectId object, bool writes);
  void Enable(Process process);
  void Wake(Process process);
  // The transition is over. Returns the earlier events that it races with, the latest first: they
  // touched what it touched, and nothing between orders the two. Valid until the next call.
  std::span<const uint32_t> End();
  // Forgets the events from number `size` on.
  void Truncate(uint32_t size);

  Process ProcessOf(uint32_t event) const { return events_[event].process; }
  std::span<const Touched> Touches(uint32_t event) const;
  // Whether it was `event` that started `process` or ran it last, before the present state.
  bool IsLastOf(uint32_t event, Process process) const {
    return order_[process].previous == static_cast<int32_t>(event);
  }
  // Whether `earlier` happens before `later`.
  bool Before(uint32_t earlier, uint32_t later) const {
    return (Row(later)[earlier / 64] >> (earlier % 64) & 1) != 0;
  }
  // Whether some event after `first` happens before `later`.
  bool AnyAfter(uint32_t first, uint32_t later) const;

 private:
  // The event that a process's next one follows: a number; or, below 0, -1 minus how many events of
  // the run all come before it.
  static constexpr int32_t kNobody = -1;
  struct Order {
    int32_t previous;
    int32_t waker;
  };
  struct Event {
    Process process;
    Order order;
    uint32_t touches;  // sizes of the stacks when it began
    uint32_t accesses;
    uint32_t undo;
  };
  struct Access {
    uint32_t slot;
    uint32_t event;
    uint32_t previous;  // of the same object
    bool writes;
  };
  struct Object {
    ObjectId object;
    bool used;
    uint32_t last;  // access
  };
  struct Undo {
    Process process;
    Order order;
  };

  static size_t RowBegin(uint32_t event) {
    const size_t block = event / 64;
    return 32 * block * (block + 1) + (event % 64) * (block + 1);
  }
  uint64_t* Row(uint32_t event) { return rows_ + RowBegin(event); }
  const uint64_t* Row(uint32_t event) const { return rows_ + RowBegin(event); }

  void SetOrder(Process process, Order order);
  uint32_t SlotOf(ObjectId object);
  void AddTouchesToDirect(uint32_t event);
  void AddOrder(uint64_t* row, int32_t order);
  void AddEvent(uint64_t* row, uint32_t event);

  FixedArray<Event> events_;
  FixedArray<Touched> touches_;
  FixedArray<Access> accesses_;
  FixedArray<Undo> undo_;
  Object* objects_;
  uint32_t object_count_ = 0;
  uint64_t* rows_;
  uint64_t* direct_;  // of the event that ends: events that it conflicts with
  FixedArray<uint32_t> races_;
  Order order_[kProcessCount];
  bool in_event_ = false;
  bool objects_overflowed_ = false;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_HAPPENS_BEFORE_H_

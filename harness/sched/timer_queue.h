// Timers in the order in which they are due.
#ifndef PENDULUM_SCHED_TIMER_QUEUE_H_
#define PENDULUM_SCHED_TIMER_QUEUE_H_

#include <cassert>
#include <cstdint>

namespace pendulum::sched {

// A sorted array: a run has few timers at a time, and only the earliest is ever looked at.
class TimerQueue {
 public:
  static constexpr uint32_t kMostTimers = 128;

  struct Timer {
    uint64_t deadline_ms;
    uint8_t id;
  };

  void Clear() { count_ = 0; }
  bool empty() const { return count_ == 0; }

  // Of two timers with one deadline the one that was added first is the earlier.
  const Timer& Earliest() const {
    assert(count_ > 0);
    return timers_[count_ - 1];
  }
  void RemoveEarliest() {
    assert(count_ > 0);
    --count_;
  }

  void Add(uint64_t deadline_ms, uint8_t id) {
    assert(count_ < kMostTimers);
    uint32_t place = count_++;
    for (; place > 0 && timers_[place - 1].deadline_ms <= deadline_ms; --place) {
      timers_[place] = timers_[place - 1];
    }
    timers_[place] = {deadline_ms, id};
  }

  // The timer must be in the queue.
  void Remove(uint8_t id) {
    uint32_t place = 0;
    while (timers_[place].id != id) {
      ++place;
      assert(place < count_);
    }
    --count_;
    for (; place < count_; ++place) timers_[place] = timers_[place + 1];
  }

 private:
  uint32_t count_ = 0;
  Timer timers_[kMostTimers];  // the earliest last
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_TIMER_QUEUE_H_

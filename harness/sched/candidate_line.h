// The enabled transitions in the order of the answers, always ready to be asked about.
#ifndef PENDULUM_SCHED_CANDIDATE_LINE_H_
#define PENDULUM_SCHED_CANDIDATE_LINE_H_

#include <cassert>
#include <cstdint>
#include <cstring>
#include <span>

namespace pendulum::sched {

// One array of candidate ids (strategy.h says what they are): place 0 is the current worker, then
// the other runnable workers in the order in which they became runnable, then pending transitions
// oldest first, then the earliest timer. Kept without gaps at each change, since changes are fewer
// than questions and a line seldom has more than a few candidates.
class CandidateLine {
 public:
  static constexpr uint32_t kMostReady = 64;
  static constexpr uint32_t kMostPending = 64;

  void Clear() {
    count_ = 1;
    ready_ = 0;
    has_timer_ = 0;
  }

  // The number of candidates with the current worker; 1 when there is nothing else.
  uint32_t count() const { return count_; }
  uint8_t At(uint32_t place) const {
    assert(place < count_);
    return ids_[place];
  }
  bool IsTimer(uint32_t place) const { return has_timer_ != 0 && place + 1 == count_; }
  bool has_timer() const { return has_timer_ != 0; }
  // From `first` on: 0 with the current worker, 1 without it.
  std::span<const uint8_t> From(uint32_t first) const { return {ids_ + first, count_ - first}; }

  void SetCurrent(uint8_t worker) { ids_[0] = worker; }

  void AddReady(uint8_t worker) {
    assert(ready_ < kMostReady);
    Insert(1 + ready_, worker);
    ++ready_;
  }

  void AddPending(uint8_t transition) { Insert(count_ - has_timer_, transition); }

  void SetTimer(uint8_t timer) {
    count_ += 1 - has_timer_;
    has_timer_ = 1;
    ids_[count_ - 1] = timer;
  }

  void ClearTimer() {
    count_ -= has_timer_;
    has_timer_ = 0;
  }

  // Removes what stands at `place`, which is neither the current worker nor the timer.
  void Remove(uint32_t place) {
    assert(place >= 1 && place < count_ - has_timer_);
    if (place <= ready_) --ready_;
    --count_;
    // Eight at a time; each load is done before the store that overwrites its first byte. Mostly
    // once: what a compiler puts before wider moves would cost more than they save.
#pragma clang loop vectorize(disable) unroll(disable)
    for (uint32_t from = place + 1; from <= count_; from += 8) Store(from - 1, Load(from));
  }

  void RemovePending(uint8_t transition) {
    uint32_t place = 1 + ready_;
    while (At(place) != transition) ++place;
    Remove(place);
  }

 private:
  void Insert(uint32_t place, uint8_t id) {
    assert(count_ < kPlaces);
    uint64_t moving = Load(place);
#pragma clang loop vectorize(disable) unroll(disable)
    for (uint32_t from = place; from < count_; from += 8) {
      const uint64_t next = Load(from + 8);
      Store(from + 1, moving);
      moving = next;
    }
    ids_[place] = id;
    ++count_;
  }

  uint64_t Load(uint32_t place) const {
    uint64_t ids;
    std::memcpy(&ids, ids_ + place, sizeof(ids));
    return ids;
  }
  void Store(uint32_t place, uint64_t ids) { std::memcpy(ids_ + place, &ids, sizeof(ids)); }

  static constexpr uint32_t kPlaces = 1 + kMostReady + kMostPending + 1;

  uint32_t count_ = 1;
  uint32_t ready_ = 0;
  uint32_t has_timer_ = 0;  // 0 or 1, so that it can be counted with
  // Moves are of eight bytes, so up to 15 bytes behind the last place are read and written.
  uint8_t ids_[kPlaces + 16] = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_CANDIDATE_LINE_H_

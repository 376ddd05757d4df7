// What can take the next transition, as a set.
#ifndef PENDULUM_SCHED_PROCESS_SET_H_
#define PENDULUM_SCHED_PROCESS_SET_H_

#include <bit>
#include <cstdint>

#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Who takes transitions one after the other: a worker, a posted transition (by the candidate's id),
// or the clock, whose transitions are the timers as they fall due.
using Process = uint8_t;

inline constexpr Process kClock = kCandidateCount;
inline constexpr int kProcessCount = kCandidateCount + 1;

class ProcessSet {
 public:
  bool Has(Process process) const { return (words_[process / 64] >> (process % 64) & 1) != 0; }
  void Add(Process process) { words_[process / 64] |= uint64_t{1} << (process % 64); }
  bool empty() const { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }

  // The lowest one; the set must not be empty.
  Process First() const {
    int word = 0;
    while (words_[word] == 0) ++word;
    return static_cast<Process>(word * 64 + std::countr_zero(words_[word]));
  }
  // Those that are in neither of the others.
  ProcessSet Without(const ProcessSet& one, const ProcessSet& other) const {
    ProcessSet rest;
    for (int i = 0; i < kWords; ++i) {
      rest.words_[i] = words_[i] & ~one.words_[i] & ~other.words_[i];
    }
    return rest;
  }

 private:
  static constexpr int kWords = (kProcessCount + 63) / 64;

  uint64_t words_[kWords] = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_PROCESS_SET_H_

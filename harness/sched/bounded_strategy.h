// The strategy that does every schedule within a bound, each once.
#ifndef PENDULUM_SCHED_BOUNDED_STRATEGY_H_
#define PENDULUM_SCHED_BOUNDED_STRATEGY_H_

#include <cstddef>
#include <cstdint>

#include "harness/sched/fixed_array.h"
#include "harness/sched/search.h"

namespace pendulum::sched {

// Depth-first over the answers. With a bound of preemptions, a schedule's cost is the number of
// points at which the worker that came there could have gone on and something else happened; what
// happens then until a worker goes on costs nothing more. With a bound of deviations it is the
// number of answers, to whichever question, that are not 0.
class BoundedStrategy final : public Search {
 public:
  // Lives in `memory` of BytesNeeded(), zeroed. `kind` has a bound.
  static BoundedStrategy* Create(const SearchKind& kind, void* memory);
  static size_t BytesNeeded();

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

  bool HearsTouches() const override { return false; }
  void OnTouch(ObjectId, bool) override {}
  bool OnStep(uint8_t, bool) override { return !counts_.overflowed && !counts_.diverged; }
  void OnEnabled(uint8_t) override {}
  void OnWoken(uint8_t) override {}
  void OnDisabled(uint8_t, bool) override {}

  bool Advance() override;
  bool AdvanceAfterCrash() override { return Advance(); }

 private:
  static constexpr uint32_t kMostPlaces = 32768;

  struct Place {
    uint16_t answers;
    uint16_t answer;
    uint16_t costs;     // what an answer that is not 0 costs: 0 or 1
    Question question;  // to see that a run repeats its path
    uint32_t spent;     // before this place
  };

  BoundedStrategy(const SearchKind& kind, MemoryBlock* block);

  const SearchKind kind_;
  FixedArray<Place> path_;
  uint32_t position_ = 0;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_BOUNDED_STRATEGY_H_

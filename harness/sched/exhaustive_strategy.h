// The strategy that does every schedule, but of those that differ only in the order of transitions
// that commute just one.
#ifndef PENDULUM_SCHED_EXHAUSTIVE_STRATEGY_H_
#define PENDULUM_SCHED_EXHAUSTIVE_STRATEGY_H_

#include <cstddef>
#include <cstdint>

#include "harness/sched/fixed_array.h"
#include "harness/sched/happens_before.h"
#include "harness/sched/process_set.h"
#include "harness/sched/search.h"

namespace pendulum::sched {

// Source-DPOR with sleep sets (Abdulla, Aronis, Jonsson, Sagonas: Source Sets, 2017), by doing runs
// anew: each follows the present path of the search and goes on as plainly as it can. What
// transitions touch is measured as they happen (Scheduler::Touch), and where two that touch the
// same could have come in the other order, the search is made to come back there. All other
// questions are choices whose every answer is tried.
//
// That a wait blocks is no special case: what a worker does before it waits is a transition that
// has touched what it waits for, and whoever ends the wait comes before what it does next. What was
// taken back and so never happened (OnDisabled) counts as if it had wanted to happen right after.
class ExhaustiveStrategy final : public Search {
 public:
  // Lives in `memory` of BytesNeeded(), zeroed, with all that it keeps.
  static ExhaustiveStrategy* Create(void* memory);
  static size_t BytesNeeded();

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

  void OnTouch(ObjectId object, bool writes) override {
    if (recording_) happens_.Touch(object, writes);
  }
  bool OnStep(uint8_t candidate, bool is_timer) override;
  void OnEnabled(uint8_t candidate) override;
  void OnWoken(uint8_t worker) override;
  void OnDisabled(uint8_t candidate, bool is_timer) override;

  bool Advance() override;
  bool AdvanceAfterCrash() override;

 private:
  static constexpr uint32_t kMostPlaces = 32768;
  static constexpr uint32_t kMostSleepers = 256 * 1024;
  static constexpr uint32_t kMostFootprints = 512 * 1024;
  static constexpr uint32_t kMostDisabled = 256;
  static constexpr uint32_t kNoPlace = ~uint32_t{0};

  // A process whose next transition was tried where the path now goes another way, and what it
  // touched there: as long as nothing touches that, to let it go on leads to nothing new.
  struct Sleeper {
    Process process;
    uint32_t begin;  // of its touches in footprints_
    uint32_t end;
  };

  // One place of the path: a step or another question.
  struct Place {
    bool is_step;
    uint16_t answers;  // of a question that is no step
    uint16_t answer;
    // Of a step.
    Process chosen;
    uint32_t event;
    uint32_t sleepers;          // where its own begin: inherited ones, then those tried here
    uint32_t footprints;        // size of footprints_ when the path came here
    uint32_t chosen_footprint;  // where the touches of what is chosen begin
    ProcessSet enabled;
    ProcessSet backtrack;  // to be tried, or tried
    ProcessSet tried;
    ProcessSet asleep;  // when the path came here
  };

  explicit ExhaustiveStrategy(MemoryBlock* block);

  uint32_t AnswerTransition(const Ask& ask);
  bool PushStep(const ProcessSet& enabled, const Process* in_order, uint32_t count);
  void InheritSleepers(Place* step);
  void EndEvent();
  void ReverseRace(uint32_t earlier, uint32_t later);
  void AddBacktrack(uint32_t earlier, Process process);
  void AccumulateFootprint(Place* step);
  bool TryNextAt(Place* step);
  bool MoveOn();

  HappensBefore happens_;
  FixedArray<Place> path_;
  FixedArray<uint32_t> step_places_;  // by event: the place of its step
  FixedArray<Sleeper> sleepers_;
  FixedArray<Touched> footprints_;
  FixedArray<Process> disabled_;  // by the present event
  uint32_t position_ = 0;         // in the path, of the run
  uint32_t fresh_ = 0;            // the first place whose event is not known from the last run
  bool recording_ = true;
  bool cut_ = false;  // all that could happen was asleep
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_EXHAUSTIVE_STRATEGY_H_

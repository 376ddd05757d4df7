// The strategy that repeats a recorded schedule, and notices when it can't.
#ifndef PENDULUM_SCHED_REPLAY_STRATEGY_H_
#define PENDULUM_SCHED_REPLAY_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/sched/schedule.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// The first question that was not the recorded one.
struct Divergence {
  size_t position;    // of the decision, from 0
  Decision expected;  // as recorded
  // What came instead. Its answer is the recorded one, or 0 where that isn't possible.
  Decision got;

  // For the person who replays: what the recording has, and what the run asked.
  std::string Text() const;
};

// Answers as recorded for as long as each question is the recorded one: the same question about the
// same request and operation, with as many answers, and the same candidate behind the answer. From
// the first one that differs, and after the end, it answers 0.
class ReplayStrategy final : public Strategy {
 public:
  explicit ReplayStrategy(Schedule schedule = {}) : schedule_(std::move(schedule)) {}

  // Another schedule from the next run on. Keeps the memory of the last one.
  void SetSchedule(std::span<const Decision> schedule) {
    schedule_.assign(schedule.begin(), schedule.end());
  }
  const Schedule& schedule() const { return schedule_; }

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

  // Whether a question differed from the recorded one in this run.
  bool diverged() const { return divergence_.has_value(); }
  // Only when diverged().
  const Divergence& divergence() const { return *divergence_; }
  // How many decisions of the schedule were used as recorded. Fewer than it has, in a run that has
  // ended without divergence, means that the run asked fewer questions.
  size_t used() const { return used_; }

 private:
  Schedule schedule_;
  size_t used_ = 0;
  std::optional<Divergence> divergence_;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_REPLAY_STRATEGY_H_

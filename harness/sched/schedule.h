// The decisions of a run as a value: to keep, to check and to read.
#ifndef PENDULUM_SCHED_SCHEDULE_H_
#define PENDULUM_SCHED_SCHEDULE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"
#include "harness/sched/scheduler.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// What each question asked in a run was answered with, in order. The empty one answers all
// questions with 0.
using Schedule = std::vector<Decision>;

// What a schedule and one of its decisions may have at most.
inline constexpr size_t kLongestSchedule = Limits().decisions;
inline constexpr uint32_t kMostAnswers = 65535;

// The decisions that a scheduler has recorded in the current or last run.
std::span<const Decision> Recorded(const Scheduler::DecisionLog& log);

// Whether a schedule, read from a file perhaps, is one that a run could have recorded. The error's
// message names the first decision that can't be and why.
platform::Status CheckSchedule(std::span<const Decision> schedule);

// Without its last decisions as far as they are 0, which means the same since an exhausted schedule
// answers 0.
std::span<const Decision> WithoutTrailingZeros(std::span<const Decision> schedule);

// A word for a question, as it stands in files and messages: "transition", "timing", "bytes",
// "status", "setting", "count".
std::string_view QuestionName(Question question);

// One short sentence without a full stop, such as "operation 3 of request 0 completes
// asynchronously (1 of 2)" or "thread 2 goes on (0 of 3)": the answer and the number of answers
// stand at the end.
std::string Describe(const Decision& decision);

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_SCHEDULE_H_

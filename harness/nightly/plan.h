// Who runs next and for how long, so that targets get their shares of the time.
#ifndef PENDULUM_NIGHTLY_PLAN_H_
#define PENDULUM_NIGHTLY_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace pendulum::nightly {

struct PlanTarget {
  double share = 1;
  uint64_t given_ms = 0;     // what it has had, and what is under way
  uint64_t overhead_ms = 0;  // what a slice of it takes beyond its time
  bool given_up = false;
};

struct PlannedSlice {
  size_t target = 0;
  uint64_t time_ms = 0;
};

// A slice that is lost with a killed night is no longer than this.
inline constexpr uint64_t kLongestSliceMs = 60000;
inline constexpr uint64_t kShortestSliceMs = 250;

// The target that is furthest behind its share, with a slice that ends within `left_ms`.
// `total_ms`: the time of all processors that is to be divided. Nothing when too little is left, or
// all targets are given up.
std::optional<PlannedSlice> NextSlice(std::span<const PlanTarget> targets, uint64_t left_ms,
                                      uint64_t total_ms);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_PLAN_H_

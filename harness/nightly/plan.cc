#include "harness/nightly/plan.h"

#include <algorithm>

namespace pendulum::nightly {

std::optional<PlannedSlice> NextSlice(std::span<const PlanTarget> targets, uint64_t left_ms,
                                      uint64_t total_ms) {
  constexpr double kSlicesEach = 4;
  double shares = 0;
  const PlanTarget* next = nullptr;
  const auto behind = [](const PlanTarget& target) {
    return static_cast<double>(target.given_ms) / target.share;
  };
  for (const PlanTarget& target : targets) {
    if (target.given_up) continue;
    shares += target.share;
    if (next == nullptr || behind(target) < behind(*next)) next = &target;
  }
  if (next == nullptr || left_ms < next->overhead_ms + kShortestSliceMs) return std::nullopt;
  const uint64_t room_ms = left_ms - next->overhead_ms;
  const double part = static_cast<double>(total_ms) * next->share / shares / kSlicesEach;
  uint64_t time_ms = std::clamp(static_cast<uint64_t>(part), kShortestSliceMs, kLongestSliceMs);
  // No rest that is too short for another slice.
  if (room_ms < time_ms + time_ms / 2) time_ms = room_ms;
  return PlannedSlice{static_cast<size_t>(next - targets.data()), std::min(time_ms, room_ms)};
}

}  // namespace pendulum::nightly

// A run drawn in columns, one a worker and one for the client, time downwards.
#ifndef PENDULUM_REPORT_SWIM_LANE_H_
#define PENDULUM_REPORT_SWIM_LANE_H_

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/finding.h"
#include "harness/report/night.h"
#include "harness/report/text.h"

namespace pendulum::report {

struct SwimLaneOptions {
  static constexpr uint32_t kNoEvent = std::numeric_limits<uint32_t>::max();
  // The event to end with and to mark: the one that broke a clause. kNoEvent: the whole trace.
  uint32_t event = kNoEvent;
  int rows = 14;   // rows at most, the last ones, but 2 at least; 0: all
  int indent = 2;  // columns left free on the left
};

// The drawing, one line a row, each at most Columns(style) wide. Empty for a trace with nothing to
// show. Calls that only ask for something are left out, but for the marked one.
std::vector<std::string> SwimLane(std::span<const explore::TracedEvent> trace,
                                  const SwimLaneOptions& options, const Style& style);

// The same rows as data, up to the marked event. The worker of what the client and the server do is
// kClientLane or kServerLane. A step is a decision where the plainest schedule would have gone
// another way: an operation goes pending, another worker goes on in the middle of a handler, the
// client leaves.
inline constexpr uint8_t kClientLane = 0xFE;
inline constexpr uint8_t kServerLane = 0xFD;
std::vector<NightStep> SwimLaneSteps(std::span<const explore::TracedEvent> trace, uint32_t event);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_SWIM_LANE_H_

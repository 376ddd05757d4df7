// The response that the client gets under a scenario's plainest schedule (all answers 0), and what
// the response of another schedule has different. A module's response should not depend on the
// schedule.
#ifndef PENDULUM_EXPLORE_RESPONSE_REFERENCE_H_
#define PENDULUM_EXPLORE_RESPONSE_REFERENCE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/host/scenario.h"
#include "harness/sched/strategy.h"
#include "harness/trace/names.h"

namespace pendulum::explore {

// The clause that a response breaks which depends on the schedule.
inline constexpr const char* kResponseRule = "MODULE-SCHEDULE-DEPENDENT";

// Whether all schedules of a scenario have to give the same response: it has one request, its
// client stays, and nothing fails for want of memory or network.
bool HasOneResponse(const host::Scenario& scenario);

// Whether a run with these decisions differs from the plainest one in timing, order and byte counts
// alone: no operation was asked for its status, and the host chose no other documented behaviour
// for one (such as another form of the end of the body).
bool DiffersInTimingAlone(std::span<const sched::Decision> decisions);

struct ResponseDifference {
  trace::ResponsePart part = trace::ResponsePart::kStatusLine;
  uint32_t offset_bytes = 0;  // of the first byte that differs, in that part
  uint32_t at_bytes = 0;      // the same in the whole response
};

// The first difference; nothing when both are the same. Allocates nothing.
std::optional<ResponseDifference> FirstDifference(std::span<const uint8_t> reference,
                                                  std::span<const uint8_t> received);

// A response around the byte in which it differs from another one. Zeroed memory is a valid one.
struct ResponseExcerpt {
  static constexpr uint32_t kMostBytes = 48;
  uint32_t response_bytes;  // of the whole response
  uint32_t bytes;           // of it in `text`
  uint32_t offset_bytes;    // of the text's first byte, in the part that differs
  bool cut;                 // more follows
  uint8_t text[kMostBytes];
};
ResponseExcerpt ExcerptAt(std::span<const uint8_t> response, const ResponseDifference& difference);

// What both clients received around the difference and which decisions it may come from, one line
// each. The decisions are those of the run that received `received`.
std::vector<std::string> DescribeResponses(const ResponseExcerpt& reference,
                                           const ResponseExcerpt& received,
                                           trace::ResponsePart part,
                                           std::span<const sched::Decision> decisions);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_RESPONSE_REFERENCE_H_

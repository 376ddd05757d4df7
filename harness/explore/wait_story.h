// What threads wait for and who holds it, in words: told from a run's events alone.
#ifndef PENDULUM_EXPLORE_WAIT_STORY_H_
#define PENDULUM_EXPLORE_WAIT_STORY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/finding.h"

namespace pendulum::explore {

// Lines about the finding of `clause` at event `event` of the run: for a hang, each worker that
// waits at the end, for what, held by whom, and where each took it; for locks taken in opposite
// orders, both orders; for a lock that was left, where it was taken. Empty for other clauses.
std::vector<std::string> TellWaits(const std::vector<TracedEvent>& trace, std::string_view clause,
                                   uint32_t event);

// The event at which a worker began to wait that a hang or a lost wake-up is about: rather one in a
// deadlock than another, then rather one for `request`. `event` for other clauses, and where there
// is none.
uint32_t PlaceOfWait(const std::vector<TracedEvent>& trace, std::string_view clause, uint32_t event,
                     uint8_t request);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_WAIT_STORY_H_

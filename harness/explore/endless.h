// What a request that goes on for ever is doing, in words.
#ifndef PENDULUM_EXPLORE_ENDLESS_H_
#define PENDULUM_EXPLORE_ENDLESS_H_

#include <span>
#include <string>
#include <vector>

#include "harness/trace/event.h"

namespace pendulum::explore {

// Of a run that ended as endless: what is outstanding for the request, who could still resume it,
// and what was called again and again, one line each.
std::vector<std::string> DescribeEndless(std::span<const trace::Event> events, uint8_t request);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_ENDLESS_H_

// The scenarios built into the program: those of corpus/scenarios/.
#ifndef PENDULUM_EXPLORE_BUILTIN_SCENARIOS_H_
#define PENDULUM_EXPLORE_BUILTIN_SCENARIOS_H_

#include <span>

#include "harness/host/scenario.h"

namespace pendulum::explore {

// All of them, in the order in which verify runs them. They live as long as the program.
std::span<const host::Scenario> BuiltInScenarios();

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_BUILTIN_SCENARIOS_H_

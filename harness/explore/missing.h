// What a verification was asked for and did not do. A clause that was never reached may have needed
// just that: its verdict is then `inconclusive`.
#ifndef PENDULUM_EXPLORE_MISSING_H_
#define PENDULUM_EXPLORE_MISSING_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/collection.h"
#include "harness/host/scenario.h"

namespace pendulum::explore {

// Runs that were left out because the module had not survived others like them, by the clause of
// those and by scenario.
using GivenUp = std::map<std::string, std::map<size_t, uint64_t>>;

// "2 scenarios", or the name of the only one.
std::string ScenarioText(const std::map<size_t, uint64_t>& runs_by_scenario,
                         std::span<const host::Scenario> scenarios);

// One phrase for each thing that is missing: scenarios without a run, scenarios of which every run
// met its limit, runs that were left out.
std::vector<std::string> MissingRuns(std::span<const host::Scenario> scenarios,
                                     const Collection& collection, const GivenUp& given_up);

// The phrases as one.
std::string JoinMissing(std::span<const std::string> missing);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_MISSING_H_

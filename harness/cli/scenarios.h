// The scenarios named on the command line.
#ifndef PENDULUM_CLI_SCENARIOS_H_
#define PENDULUM_CLI_SCENARIOS_H_

#include <string>
#include <vector>

#include "harness/host/scenario.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

// Each name is a file, a folder (all its *.json files, by name) or a scenario of the built-in set;
// none means the whole set. Errors: there is nothing by that name, a file is wrong, a folder has no
// scenario, two scenarios have the same name.
platform::Result<std::vector<host::Scenario>> ChooseScenarios(
    const std::vector<std::string>& names);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_SCENARIOS_H_

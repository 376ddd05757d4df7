#include "harness/explore/builtin_scenarios.h"

#include <cassert>
#include <string>
#include <vector>

#include "harness/explore/scenario_json.h"
#include "harness/platform/embedded.h"

namespace pendulum::explore {

// Generated from corpus/scenarios/ when the program is built.
extern const platform::EmbeddedFile kScenarioFiles[];
extern const size_t kScenarioFilesCount;

std::span<const host::Scenario> BuiltInScenarios() {
  static const std::vector<host::Scenario> kScenarios = [] {
    std::vector<host::Scenario> scenarios;
    for (const platform::EmbeddedFile& file : std::span(kScenarioFiles, kScenarioFilesCount)) {
      platform::Result<host::Scenario> scenario =
          ReadScenario(file.content, std::string(file.name));
      assert(scenario.ok() && "a file in corpus/scenarios is wrong");
      scenarios.push_back(std::move(scenario).value());
    }
    return scenarios;
  }();
  return kScenarios;
}

}  // namespace pendulum::explore

// Scenarios as JSON, `pendulum-scenario/1`; corpus/scenarios/README.md describes every member.
#ifndef PENDULUM_EXPLORE_SCENARIO_JSON_H_
#define PENDULUM_EXPLORE_SCENARIO_JSON_H_

#include <string>
#include <string_view>

#include "harness/explore/json_text.h"
#include "harness/host/scenario.h"
#include "harness/platform/json_reader.h"
#include "harness/platform/result.h"

namespace pendulum::explore {

inline constexpr std::string_view kScenarioSchema = "pendulum-scenario/1";

// Reads a scenario from `text`; `file` names it in errors, which say line, column, JSON pointer and
// what was expected. A scenario that comes back is one that a host can run.
platform::Result<host::Scenario> ReadScenario(std::string_view text, const std::string& file);

// The same from the file at `path`.
platform::Result<host::Scenario> LoadScenario(const std::string& path);

// The same from a part of a document. Mistakes are reported to the document's errors.
host::Scenario ScenarioFromJson(const platform::JsonValue& json);

// Every member, whether it has its default or not.
Json ScenarioToJson(const host::Scenario& scenario);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SCENARIO_JSON_H_

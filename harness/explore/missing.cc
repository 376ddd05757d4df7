#include "harness/explore/missing.h"

#include "harness/platform/number_text.h"

namespace pendulum::explore {
namespace {

using platform::Counted;

// "scenario get", "scenarios get and head", "scenarios get, head and 5 more".
std::string NamesText(const std::vector<std::string>& names) {
  constexpr size_t kMostNamed = 3;
  std::string text = names.size() == 1 ? "scenario " : "scenarios ";
  const size_t named = names.size() > kMostNamed + 1 ? kMostNamed : names.size();
  for (size_t i = 0; i < named; ++i) {
    const bool last = i + 1 == names.size();
    text += i == 0 ? "" : last ? " and " : ", ";
    text += names[i];
  }
  if (named < names.size()) text += " and " + std::to_string(names.size() - named) + " more";
  return text;
}

}  // namespace

std::string ScenarioText(const std::map<size_t, uint64_t>& runs_by_scenario,
                         std::span<const host::Scenario> scenarios) {
  if (runs_by_scenario.size() == 1) return scenarios[runs_by_scenario.begin()->first].name;
  return Counted(runs_by_scenario.size(), "scenario");
}

std::vector<std::string> MissingRuns(std::span<const host::Scenario> scenarios,
                                     const Collection& collection, const GivenUp& given_up) {
  std::vector<std::string> missing, without, limited;
  for (size_t i = 0; i < scenarios.size(); ++i) {
    const Totals& totals = collection.totals(i);
    if (totals.runs == 0) {
      without.push_back(scenarios[i].name);
    } else if (totals.limited == totals.runs) {
      limited.push_back(scenarios[i].name);
    }
  }
  if (!without.empty()) missing.push_back("no run of " + NamesText(without) + " took place");
  if (!limited.empty()) missing.push_back("every run of " + NamesText(limited) + " met its limit");
  for (const auto& [clause, runs_by_scenario] : given_up) {
    uint64_t runs = 0;
    for (const auto& [scenario, left_out] : runs_by_scenario) runs += left_out;
    missing.push_back(Counted(runs, "run") + " of " + ScenarioText(runs_by_scenario, scenarios) +
                      " left out after " + clause);
  }
  return missing;
}

std::string JoinMissing(std::span<const std::string> missing) {
  std::string text;
  for (const std::string& phrase : missing) text += (text.empty() ? "" : "; ") + phrase;
  return text;
}

}  // namespace pendulum::explore

#include "harness/report/search_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "harness/platform/number_text.h"

namespace pendulum::report {
namespace {

using platform::Counted;
using platform::Thousands;

// "about 1,300", "about 2.4·10^12".
std::string AboutText(double number) {
  if (number < 1e6) return "about " + Thousands(static_cast<uint64_t>(number + 0.5));
  int exponent = 0;
  for (; number >= 10; ++exponent) number /= 10;
  return fmt::format("about {:.1f}·10^{}", number, exponent);
}

// What was estimated before the search; nothing where nothing was.
std::string EstimateText(double schedules, double orders) {
  if (schedules == 0) return "";
  std::string text = fmt::format(" (estimated before: {} in all", AboutText(schedules));
  if (orders != 0) {
    text +=
        fmt::format(", {} that differ in more than the order of what commutes", AboutText(orders));
  }
  return text + ")";
}

std::string TextOfOne(const explore::ScenarioSummary& scenario) {
  const explore::SearchSummary& search = *scenario.search;
  std::string text = fmt::format("{}: {} run, {} pruned, ", scenario.name,
                                 Counted(search.runs, "schedule"), Thousands(search.pruned));
  if (search.complete) {
    text += search.proof.empty() ? "complete" : "complete: " + search.proof;
  } else {
    text += "not complete, since " + search.why_open;
  }
  return text + EstimateText(search.estimated_schedules, search.estimated_orders);
}

// Of scenarios for which the same is proved.
std::string TextOfGroup(const std::vector<const explore::ScenarioSummary*>& group) {
  std::string runs;
  uint64_t pruned = 0;
  double schedules = 0, orders = 0;
  for (const explore::ScenarioSummary* scenario : group) {
    const explore::SearchSummary& search = *scenario->search;
    runs +=
        fmt::format("{}{} {}", runs.empty() ? "" : ", ", scenario->name, Thousands(search.runs));
    pruned += search.pruned;
    schedules += search.estimated_schedules;
    orders += search.estimated_orders;
  }
  return fmt::format("{} are complete, and for each: {}. Schedules run: {}; {} pruned{}",
                     Counted(group.size(), "scenario"), group.front()->search->proof, runs,
                     Thousands(pruned), EstimateText(schedules, orders));
}

}  // namespace

std::vector<std::string> SearchTexts(const std::vector<explore::ScenarioSummary>& scenarios) {
  // In the order in which each proof is first met.
  std::vector<std::vector<const explore::ScenarioSummary*>> groups;
  for (const explore::ScenarioSummary& scenario : scenarios) {
    if (!scenario.search.has_value()) continue;
    const std::string& proof = scenario.search->proof;
    const auto same = std::find_if(groups.begin(), groups.end(), [&proof](const auto& group) {
      return !proof.empty() && group.front()->search->proof == proof;
    });
    if (same == groups.end()) {
      groups.push_back({&scenario});
    } else {
      same->push_back(&scenario);
    }
  }
  std::vector<std::string> texts;
  for (const auto& group : groups) {
    texts.push_back(group.size() == 1 ? TextOfOne(*group.front()) : TextOfGroup(group));
  }
  return texts;
}

}  // namespace pendulum::report

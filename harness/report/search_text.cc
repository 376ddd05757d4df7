#include "harness/report/search_text.h"

#include <fmt/format.h>

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

}  // namespace

std::string SearchText(const explore::ScenarioSummary& scenario) {
  const explore::SearchSummary& search = *scenario.search;
  std::string text = fmt::format("{}: {} run, {} pruned, ", scenario.name,
                                 Counted(search.runs, "schedule"), Thousands(search.pruned));
  if (search.complete) {
    text += search.proof.empty() ? "complete" : "complete: " + search.proof;
  } else {
    text += "not complete, since " + search.why_open;
  }
  if (search.estimated_schedules == 0) return text;
  text += fmt::format(" (estimated before: {} in all", AboutText(search.estimated_schedules));
  if (search.estimated_orders != 0) {
    text += fmt::format(", {} that differ in more than the order of what commutes",
                        AboutText(search.estimated_orders));
  }
  return text + ")";
}

}  // namespace pendulum::report

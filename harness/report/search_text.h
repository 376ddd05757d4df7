// How far an exhaustive search came, in words.
#ifndef PENDULUM_REPORT_SEARCH_TEXT_H_
#define PENDULUM_REPORT_SEARCH_TEXT_H_

#include <string>
#include <vector>

#include "harness/explore/finding.h"

namespace pendulum::report {

// Of the scenarios that have a search, a paragraph each: schedules run and pruned, whether that is
// all, what is proved or why not, and what was estimated before. Scenarios for which the same is
// proved share one. No full stops at their ends.
std::vector<std::string> SearchTexts(const std::vector<explore::ScenarioSummary>& scenarios);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_SEARCH_TEXT_H_

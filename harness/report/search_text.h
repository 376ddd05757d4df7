// How far an exhaustive search came, in words.
#ifndef PENDULUM_REPORT_SEARCH_TEXT_H_
#define PENDULUM_REPORT_SEARCH_TEXT_H_

#include <string>

#include "harness/explore/finding.h"

namespace pendulum::report {

// Of a scenario that has a search: schedules run and pruned, whether that is all, what is proved or
// why not, and what was estimated before. No full stop.
std::string SearchText(const explore::ScenarioSummary& scenario);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_SEARCH_TEXT_H_

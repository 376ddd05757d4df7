// The parts of the page of a night, each as HTML. Whatever the night holds is escaped.
#ifndef PENDULUM_REPORT_NIGHT_PAGE_PARTS_H_
#define PENDULUM_REPORT_NIGHT_PAGE_PARTS_H_

#include <string>
#include <string_view>

#include "harness/report/night.h"

namespace pendulum::report {

// <element class="kind">text</element>, the text escaped.
std::string Element(std::string_view element, std::string_view kind, std::string_view text);

// "1.2 M", "43 k", "812": at most three digits.
std::string Short(uint64_t number);

// All findings, those first that somebody has to look at, each to be opened.
std::string FindingsHtml(const Night& night);

// The minimised run: a column a worker, time downwards, decisions marked. A drawing that reacts to
// the pointer and the keyboard.
std::string StepsSvg(const NightFinding& finding);

// How often each clause was reached in each timing, and what was never.
std::string HeatMapHtml(const Night& night);

// The last nights as small charts, and as a table.
std::string TrendsHtml(const Night& night);

// What ran, what its corpus grew to, and what did not run.
std::string TargetsHtml(const Night& night);

std::string CanariesHtml(const Night& night);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_NIGHT_PAGE_PARTS_H_

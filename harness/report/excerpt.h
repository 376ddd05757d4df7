// The lines of a module's source around a place.
#ifndef PENDULUM_REPORT_EXCERPT_H_
#define PENDULUM_REPORT_EXCERPT_H_

#include <string>
#include <vector>

#include "harness/module/module.h"
#include "harness/report/text.h"

namespace pendulum::report {

// The line of `place` with two lines on each side, numbered, the line itself marked. Each at most
// Columns(style) wide. Empty when the place or the file is not known or not readable.
std::vector<std::string> Excerpt(const module::Location& place, int indent, const Style& style);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_EXCERPT_H_

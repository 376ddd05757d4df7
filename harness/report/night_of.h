// Findings and verifications as a night has them, so that each format is written by one piece of
// code.
#ifndef PENDULUM_REPORT_NIGHT_OF_H_
#define PENDULUM_REPORT_NIGHT_OF_H_

#include <string>
#include <vector>

#include "harness/explore/finding.h"
#include "harness/report/night.h"

namespace pendulum::report {

// Where a finding lies in the module, as reports say it: what the client or the host notices
// happens nowhere in it, so then it is where the operation concerned was started.
const module::Location& PlaceOf(const explore::Finding& finding);

// Of the same finding in another run: 16 hexadecimal digits made from the rule, the module's file
// name, the operation and its timing, and the file name and function of its place. Lines are left
// out: they move with every change above them.
std::string FingerprintOf(const NightFinding& finding);

// All that is known of it from one verification: everything but its life cycle, the nights and
// NightFinding::input. `target`: the name under which it is declared.
NightFinding NightFindingOf(const explore::Finding& finding, const std::string& target);

// A verification as a night of number 0, with its modules as one target. What makes it exit with
// another status than findings do is a failure.
Night NightOf(const explore::Report& report);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_NIGHT_OF_H_

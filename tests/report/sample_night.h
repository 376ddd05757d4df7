// A hand-made night for the tests of the formats: a finding in each state, one whose texts try to
// break out of every format, a target that did not run and a canary that was not found.
#ifndef PENDULUM_TESTS_REPORT_SAMPLE_NIGHT_H_
#define PENDULUM_TESTS_REPORT_SAMPLE_NIGHT_H_

#include "harness/report/night.h"

namespace pendulum::report {

Night SampleNight();

// The same where all went well: what was found is known or fixed, and nothing failed.
Night CleanNight();

// Markup, quotes, a script, a byte that is no UTF-8, control characters.
extern const char* const kHostile;

}  // namespace pendulum::report

#endif  // PENDULUM_TESTS_REPORT_SAMPLE_NIGHT_H_

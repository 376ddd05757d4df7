// A night's reports in the formats that other programs and people read. The same night gives the
// same text.
#ifndef PENDULUM_REPORT_NIGHT_REPORTS_H_
#define PENDULUM_REPORT_NIGHT_REPORTS_H_

#include <string>

#include "harness/report/night.h"
#include "harness/report/text.h"

namespace pendulum::report {

// JUnit's XML: a suite a target, with a case that tells whether it ran and one for each of its
// findings; one with the clauses that nothing broke, those that were never reached skipped; one of
// the canaries; one with what the night as a whole did not do.
std::string WriteNightJunit(const Night& night);

// SARIF 2.1.0: rules, results with fingerprints, the schedule as a code flow with a thread flow for
// each worker, suppressions of what is known, and the state against the nights before.
std::string WriteNightSarif(const Night& night);

// `pendulum-night/1`, described in docs/nightly.md: all of it.
std::string WriteNightJson(const Night& night);

// For people at a terminal: what it came to, why it failed, open findings, targets. `quiet`: the
// first line alone, and one for each failure and open finding.
std::string WriteNightSummary(const Night& night, const Style& style, bool quiet);

// One HTML page that needs nothing else: no network, no other file.
std::string WriteNightPage(const Night& night);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_NIGHT_REPORTS_H_

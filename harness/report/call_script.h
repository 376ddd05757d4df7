// A finding's run in words: what the server did, what the module called and what came back, so that
// somebody without this program and without the module's binary can do the same on a real server.
#ifndef PENDULUM_REPORT_CALL_SCRIPT_H_
#define PENDULUM_REPORT_CALL_SCRIPT_H_

#include <span>
#include <string>

#include "harness/explore/finding.h"
#include "harness/host/scenario.h"

namespace pendulum::report {

// The text, which ends in a newline. `trace` is the run's, up to the event that breaks the rule; it
// follows from the finding's `event`. Lines have at most `columns` columns, as far as words allow.
std::string CallScript(const explore::Finding& finding, const host::Scenario& scenario,
                       std::span<const explore::TracedEvent> trace, int columns = 100);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CALL_SCRIPT_H_

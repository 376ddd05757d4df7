// What the sanitizers' libraries report of the module, as the crash record of its process.
#ifndef PENDULUM_EXPLORE_SANITIZER_REPORT_H_
#define PENDULUM_EXPLORE_SANITIZER_REPORT_H_

#include "harness/host/host.h"

namespace pendulum::explore {

// From now on reports go to the crash guard. Without a sanitizer there are none.
void WatchSanitizers();
// Whose requests and operations own memory; nullptr: nobody's.
void SetReportHost(const host::Host* host);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SANITIZER_REPORT_H_

// Which events a picture of a run shows.
#ifndef PENDULUM_REPORT_TOLD_EVENT_H_
#define PENDULUM_REPORT_TOLD_EVENT_H_

#include "harness/trace/event.h"

namespace pendulum::report {

// Whether the event came from the module's own code, so that its place in it means something.
bool IsFromModule(const trace::Event& event);

// Whether it tells of the run, and no event beside it says the same.
bool IsTold(const trace::Event& event);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_TOLD_EVENT_H_

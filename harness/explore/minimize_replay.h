// Makes the run of a replay file smaller: its decisions, its scenario and its bodies.
#ifndef PENDULUM_EXPLORE_MINIMIZE_REPLAY_H_
#define PENDULUM_EXPLORE_MINIMIZE_REPLAY_H_

#include <optional>
#include <string>

#include "harness/explore/finding.h"
#include "harness/explore/minimize.h"
#include "harness/explore/verify.h"
#include "harness/host/scenario.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::explore {

struct MinimizedReplay {
  // The finding of the smallest run, with its schedule and what was left out; nothing when the
  // recorded run does not have the expected finding (any more).
  std::optional<Finding> finding;
  host::Scenario scenario;  // of that run
  bool diverged = false;    // the recorded run did not repeat itself
  std::string explanation;  // why there is no finding, as far as there is something to say
};

// Repeats the request's run, by name when its module has changed, and minimises it. Errors: it
// could not be done.
platform::Result<MinimizedReplay> MinimizeReplay(const ReplayRequest& request,
                                                 const oracle::Specification& specification,
                                                 const MinimizeBudget& budget);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_MINIMIZE_REPLAY_H_

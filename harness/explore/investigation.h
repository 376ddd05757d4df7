// From a discovery to a finding: its run is done again, once as it was found and once from its
// schedule, made smaller, and described with everything that a report needs.
#ifndef PENDULUM_EXPLORE_INVESTIGATION_H_
#define PENDULUM_EXPLORE_INVESTIGATION_H_

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "harness/explore/collection.h"
#include "harness/explore/finding.h"
#include "harness/explore/locations.h"
#include "harness/explore/minimize.h"
#include "harness/explore/single_run.h"
#include "harness/explore/supervisor.h"
#include "harness/host/scenario.h"
#include "harness/platform/result.h"

namespace pendulum::explore {

// The findings of a single run: those of its violations that are not of level `may`, and its
// incident. Their traces have no source lines until Locate.
std::vector<Finding> FindingsOf(const Setup& setup, const SingleRun& run,
                                const host::Scenario& scenario);

// The trace of a run; with the source lines that are known to `locations`.
std::vector<TracedEvent> TraceOf(const SingleRun& run, const Locations& locations);

// Notes all sites of a run as wanted.
void WantSites(const SingleRun& run, Locations* locations);
// Fills in the source lines of a finding of `run`.
void Locate(const SingleRun& run, const Locations& locations, Finding* finding);

// The first of a run's violations (not those of level `may`), or its incident, whose clause is
// wanted; nothing when there is none.
std::optional<Target> TargetIn(const Setup& setup, const SingleRun& run,
                               const std::function<bool(const std::string&)>& is_wanted);

struct ReducedFinding {
  SingleRun run;
  Finding finding;  // with its reduction; without source lines
};
// Repeats the run that was left and describes it. Nothing when it does not repeat itself. Errors: a
// run could not be done.
platform::Result<std::optional<ReducedFinding>> FindingOf(const Setup& setup,
                                                          const Minimized& minimized,
                                                          const Target& target,
                                                          Minimizer* minimizer,
                                                          Supervisor* supervisor);

class Investigation {
 public:
  // All are borrowed. Slot 0 of the supervisor must be free. `minimize_runs`: how many runs may be
  // spent on each finding to make its schedule smaller.
  Investigation(const Setup& setup, std::span<const host::Scenario> scenarios,
                Supervisor* supervisor, Locations* locations, uint64_t minimize_runs)
      : setup_(setup),
        scenarios_(scenarios),
        supervisor_(supervisor),
        locations_(locations),
        minimize_runs_(minimize_runs) {}

  // Looks into discoveries, and returns a finding for each in their order. Errors: a run could not
  // be done.
  platform::Result<std::vector<Finding>> Investigate(const std::vector<Discovery>& discoveries);

  // The first run that did not repeat itself; empty when all did.
  const std::string& divergence() const { return divergence_; }

 private:
  // A run as it was found, and as its schedule gives it.
  struct Repeated {
    std::shared_ptr<const SingleRun> found;
    SingleRun again;
    std::string difference;  // empty: they are the same
  };

  platform::Result<const Repeated*> Repeat(const Discovery& discovery);
  Finding Choose(const Discovery& discovery, const Repeated& repeated, Target* target);
  platform::Status Reduce(const Discovery& discovery, const Target& target, const SingleRun** run,
                          Finding* finding);
  void NoteDifference(const Discovery& discovery, const std::string& difference);

  const Setup& setup_;
  std::span<const host::Scenario> scenarios_;
  Supervisor* supervisor_;
  Locations* locations_;
  uint64_t minimize_runs_;
  // By scenario, arm and run.
  std::map<std::tuple<size_t, size_t, uint64_t>, Repeated> repeated_;
  std::deque<SingleRun> reduced_;
  std::string divergence_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_INVESTIGATION_H_

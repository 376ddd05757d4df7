// From a discovery to a finding: its run is done again, once as it was found and once from its
// schedule, and described with everything that a report needs.
#ifndef PENDULUM_EXPLORE_INVESTIGATION_H_
#define PENDULUM_EXPLORE_INVESTIGATION_H_

#include <map>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "harness/explore/collection.h"
#include "harness/explore/finding.h"
#include "harness/explore/locations.h"
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

class Investigation {
 public:
  // All are borrowed. Slot 0 of the supervisor must be free.
  Investigation(const Setup& setup, std::span<const host::Scenario> scenarios,
                Supervisor* supervisor, Locations* locations)
      : setup_(setup), scenarios_(scenarios), supervisor_(supervisor), locations_(locations) {}

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
  Finding Choose(const Discovery& discovery, const Repeated& repeated);
  void NoteDifference(const Discovery& discovery, const std::string& difference);

  const Setup& setup_;
  std::span<const host::Scenario> scenarios_;
  Supervisor* supervisor_;
  Locations* locations_;
  // By scenario, arm and run.
  std::map<std::tuple<size_t, size_t, uint64_t>, Repeated> repeated_;
  std::string divergence_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_INVESTIGATION_H_

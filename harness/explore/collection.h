// What all batches of a verification have found, merged: the same whatever their order.
#ifndef PENDULUM_EXPLORE_COLLECTION_H_
#define PENDULUM_EXPLORE_COLLECTION_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "harness/explore/batch.h"
#include "harness/explore/locations.h"
#include "harness/explore/reading_runs.h"
#include "harness/explore/single_run.h"
#include "harness/oracle/specification.h"

namespace pendulum::explore {

// A finding before it is looked into.
struct Discovery {
  std::string clause;
  uint8_t operation_kind = trace::kNone8;
  Variant variant = Variant::kNone;  // what `site` is of
  trace::Site site;
  // The run in which it was first seen: indexes of its scenario and arm, and its number.
  size_t scenario = 0;
  size_t arm = 0;
  uint64_t run = 0;
  // With a search: how to come to that run again.
  std::optional<sched::Schedule> schedule;
  uint64_t count = 0;                     // runs
  FailingRuns runs;                       // the same runs, with what they saw
  bool is_incident = false;               // the module did not survive the run
  std::shared_ptr<const SingleRun> seen;  // that run; kept for those that ended in an incident
};

struct Totals {
  uint64_t runs = 0;
  uint64_t limited = 0;
  uint64_t decisions = 0;
  uint64_t operations = 0;
  uint64_t completions = 0;
  uint64_t notifications = 0;
};

struct ArmTotals {
  uint64_t runs = 0;
  // The most that any scenario's profile showed; 0: its strategy learnt none.
  uint32_t profile_steps = 0;
  uint32_t profile_agents = 0;
};

class Collection {
 public:
  Collection(const oracle::Specification& specification, size_t scenarios, size_t arms)
      : specification_(specification),
        others_(OtherReadingsOf(specification)),
        totals_(scenarios),
        arm_totals_(arms),
        broken_runs_(specification.clauses().size()),
        reading_runs_(scenarios) {}

  // Adds what a batch of a scenario and arm left in its state, except for an incident.
  void AddBatch(size_t scenario, size_t arm, Variant variant, const BatchState& state);
  // Adds the violations of a run that ended in an incident, and the incident.
  void AddIncident(size_t scenario, size_t arm, uint64_t number, SingleRun run);

  // The discoveries, those on the same source line taken together, in the order of the scenario,
  // arm and run in which they were first seen.
  std::vector<Discovery> Discoveries(Locations* locations) const;

  const Totals& totals(size_t scenario) const { return totals_[scenario]; }
  const ArmTotals& arm_totals(size_t arm) const { return arm_totals_[arm]; }
  // By clause index and timing class, as oracle::Oracle::coverage.
  const std::vector<uint64_t>& coverage() const { return coverage_; }
  // As oracle::Oracle::reading_counts and unread_counts.
  const std::vector<uint64_t>& reading_counts() const { return reading_counts_; }
  const std::vector<uint64_t>& unread_counts() const { return unread_counts_; }
  // By clause index: runs that broke it.
  const std::vector<uint64_t>& broken_runs() const { return broken_runs_; }
  // By scenario.
  const std::vector<ReadingTable>& reading_runs() const { return reading_runs_; }
  uint64_t sightings_dropped() const { return sightings_dropped_; }
  // What the module wrote or was written about it, each line once, in alphabetical order.
  const std::set<std::string>& lines() const { return lines_; }
  bool empty() const { return discoveries_.empty(); }
  // Whether a run of the scenario broke a rule.
  bool HasDiscoveryIn(size_t scenario) const;
  size_t size() const { return discoveries_.size(); }

 private:
  void Add(const Discovery& seen);
  void NoteBroken(const SingleRun& run);

  const oracle::Specification& specification_;
  OtherReadings others_;
  std::vector<Totals> totals_;
  std::vector<ArmTotals> arm_totals_;
  std::vector<uint64_t> coverage_;
  std::vector<uint64_t> reading_counts_;
  std::vector<uint64_t> unread_counts_;
  std::vector<uint64_t> broken_runs_;
  std::vector<ReadingTable> reading_runs_;
  uint64_t sightings_dropped_ = 0;
  std::set<std::string> lines_;
  // By clause, kind of operation, variant, image and offset.
  std::map<std::tuple<std::string, uint8_t, Variant, uint32_t, uint32_t>, Discovery> discoveries_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_COLLECTION_H_

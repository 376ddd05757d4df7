// Makes a failing run smaller for as long as it breaks the same rule at the same place.
#ifndef PENDULUM_EXPLORE_MINIMIZE_H_
#define PENDULUM_EXPLORE_MINIMIZE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/batch.h"
#include "harness/explore/decision_key.h"
#include "harness/explore/single_run.h"
#include "harness/explore/supervisor.h"
#include "harness/host/scenario.h"
#include "harness/platform/result.h"

namespace pendulum::explore {

// When to stop, though there may be something left to remove.
struct MinimizeBudget {
  uint64_t runs = 300;
  uint64_t hangs = 8;    // of these, runs that the watchdog has to end: each takes its time
  uint64_t time_ms = 0;  // 0: no limit. With one, what comes of it depends on the machine
};

// What a run has to have in order to be a smaller form of another one.
struct Target {
  std::string clause;
  Sighting sighting;         // of a violation: clause, kind of operation and place
  trace::Site site;          // of an incident
  bool is_incident = false;  // the module does not survive the run
  // The host's rule, which it broke before the module broke any: smaller runs have to as well.
  bool is_hosts_fault = false;
};

// The target that is this violation, or this incident, of a run.
Target TargetOf(const Setup& setup, const SingleRun& run, const oracle::Violation& violation);
Target TargetOf(const Incident& incident);
bool HasTarget(const Target& target, const SingleRun& run);

struct Minimized {
  host::Scenario scenario;
  // The smallest run that was found, as it was recorded; the original when none is smaller.
  SingleRun run;
  size_t decisions_before = 0;  // those that are not the plainest, in the original
  uint64_t runs = 0;            // how many were tried
  // No single removal keeps it failing: false when the budget ended first.
  bool is_minimal = false;
};

class Minimizer {
 public:
  // All are borrowed. Slot 0 of the supervisor must be free, and there must be child processes.
  Minimizer(const Setup& setup, Supervisor* supervisor, const MinimizeBudget& budget)
      : setup_(setup), supervisor_(supervisor), budget_(budget) {}

  void set_smaller_urls(const std::function<std::vector<std::string>(const std::string&)>& urls) {
    smaller_urls_ = urls;
  }

  enum class What : uint8_t { kDecisions, kDecisionsAndScenario };

  // Minimises `run`, which has `target` and notes of its decisions. Errors: a process can't be
  // made, or the module no longer loads.
  platform::Result<Minimized> Minimize(const host::Scenario& scenario, const SingleRun& run,
                                       const Target& target, What what);

  // Which single decision of a minimised run separates it from the runs that don't break the rule:
  // the last one without which the run comes to its end, breaks no rule and gives the reference's
  // response. Its index in `minimized.run.notes`; nothing when there is none.
  platform::Result<std::optional<size_t>> Separating(const Minimized& minimized,
                                                     const Target& target);

 private:
  struct Found {
    size_t trial;
    SingleRun run;
  };

  platform::Result<std::optional<Found>> Try(const std::vector<Trial>& trials);
  platform::Result<bool> ReduceDecisions();
  platform::Result<bool> RemoveRanges(size_t length);
  platform::Result<bool> ReduceScenario();
  void Adopt(SingleRun run);
  bool Exhausted() const;

  const Setup& setup_;
  Supervisor* supervisor_;
  MinimizeBudget budget_;
  uint64_t started_ms_ = 0;
  const Target* target_ = nullptr;
  std::shared_ptr<const host::Scenario> scenario_;
  SingleRun run_;
  std::vector<KeyedAnswer> answers_;  // of run_.notes
  uint64_t runs_ = 0;
  uint64_t hangs_ = 0;
  std::function<std::vector<std::string>(const std::string&)> smaller_urls_;
};

// A scenario with one thing less.
struct SmallerScenario {
  host::Scenario scenario;
  int removed_request = -1;  // its index; -1 for none
};

// All that a single step makes plainer or shorter, the greatest step of each kind first. None is
// the scenario itself. `smaller_urls` gives shorter forms of a URL, and may be empty.
using SmallerUrls = std::function<std::vector<std::string>(const std::string& url)>;
std::vector<SmallerScenario> SmallerScenarios(const host::Scenario& scenario,
                                              const SmallerUrls& smaller_urls = {});

// The decisions as they are named when a request is no longer there; its own are left out.
std::vector<NotedDecision> WithoutRequest(std::vector<NotedDecision> notes, int request);

// What of `before` is smaller or plainer in `after`, one phrase each: "a body of 1 byte, not 768".
std::vector<std::string> DescribeChanges(const host::Scenario& before, const host::Scenario& after);

// What is left of a minimised run in words, one sentence each without a full stop.
std::vector<std::string> DescribeRest(const std::vector<NotedDecision>& notes);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_MINIMIZE_H_

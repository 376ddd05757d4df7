// The runs of a verification: which batches there are, and how each goes on after a crash.
#ifndef PENDULUM_EXPLORE_EXPLORATION_H_
#define PENDULUM_EXPLORE_EXPLORATION_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "harness/explore/collection.h"
#include "harness/explore/missing.h"
#include "harness/explore/supervisor.h"
#include "harness/explore/verify.h"
#include "harness/platform/result.h"

namespace pendulum::explore {

class Exploration {
 public:
  // All are borrowed.
  Exploration(const VerifyOptions& options, const Setup& setup, Supervisor* supervisor,
              Collection* collection);

  // Does all runs. Errors: a module does not load, or Pendulum itself fails.
  platform::Status Run(const Progress& progress);

  // What the report should mention, one line each.
  const std::vector<std::string>& notes() const { return notes_; }
  // What was asked for and not done, one phrase each; for when Run has returned.
  std::vector<std::string> Missing() const;
  // The first run that check_determinism found not to repeat itself; empty when all did.
  const std::string& divergence() const { return divergence_; }

  // A scenario's runs are divided among the arms, and each arm's into parts of so many runs. The
  // division does not depend on the number of jobs, so that what happens after a crash doesn't
  // either.
  static constexpr uint64_t kRunsOfAPart = 4000;
  static constexpr uint64_t kRunsOfATimedPart = 1000;
  // The first round is short, so that no scenario is left without a run when the time is.
  static constexpr uint64_t kRunsOfAFirstTimedPart = 100;
  // After so many crashes at the same place a part is given up.
  static constexpr int kMostCrashesAtAPlace = 3;

 private:
  struct Part {
    size_t scenario;
    size_t arm;
    uint64_t next_run;
    uint64_t end_run;
    std::map<std::tuple<std::string, uint32_t, uint32_t>, int> crashes;  // by clause and site
  };

  bool HasMoreParts() const;
  // An arm's share of a scenario's runs.
  uint64_t RunsOf(size_t arm) const;
  Part NextPart();
  platform::Status StartPart(int slot);
  platform::Status HandleEnd(const Supervisor::Ended& ended);
  platform::Status HandleIncident(const Supervisor::Ended& ended, Part* part, bool* goes_on);
  void NoteHang();
  void NoteGivenUp();
  void Report(const Progress& progress);

  const VerifyOptions& options_;
  const Setup& setup_;
  Supervisor* supervisor_;
  Collection* collection_;
  uint64_t runs_of_scenario_;
  bool timed_;
  size_t next_scenario_ = 0;
  size_t next_arm_ = 0;
  uint64_t next_run_ = 0;
  bool stopping_ = false;
  // By scenario and arm: without what the module did not survive.
  std::vector<std::vector<Rehearsal>> rehearsals_;
  std::vector<Part> parts_;  // by slot
  GivenUp given_up_;
  std::string stopped_;  // why not all runs were done, a phrase; empty: they were
  std::vector<std::string> notes_;
  std::string divergence_;
  std::tuple<size_t, size_t, uint64_t> diverged_at_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_EXPLORATION_H_

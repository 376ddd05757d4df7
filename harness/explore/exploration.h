// The runs of a verification: which batches there are, and how each goes on after a crash.
#ifndef PENDULUM_EXPLORE_EXPLORATION_H_
#define PENDULUM_EXPLORE_EXPLORATION_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "harness/explore/collection.h"
#include "harness/explore/missing.h"
#include "harness/explore/portfolio.h"
#include "harness/explore/search_plan.h"
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
  // How far the search of each scenario came, where the strategy is exhaustive.
  const SearchPlan& searches() const { return searches_; }
  // The first run that check_determinism found not to repeat itself; empty when all did.
  const std::string& divergence() const { return divergence_; }

  // How the runs were divided, for when Run has returned.
  const Portfolio& portfolio() const { return portfolio_; }

  // The portfolio's portions are divided into parts of so many runs. The division does not depend
  // on the number of jobs, so that what happens after a crash doesn't either.
  static constexpr uint64_t kRunsOfAPart = 4000;
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

  // Begins the next round when the portfolio allows it.
  bool HasMoreParts();
  // Returns false when there is no further round.
  bool BeginRound();
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
  Portfolio portfolio_;
  std::deque<Portion> portions_;  // of the present round, those that are not begun
  bool stopping_ = false;
  // By scenario: the clause under which a run of this or an earlier round hung; empty: none did.
  // Each hang takes the watchdog's time, so such a scenario is left out of later rounds.
  std::vector<std::string> hung_;
  // By scenario and arm: without what the module did not survive.
  std::vector<std::vector<Rehearsal>> rehearsals_;
  std::vector<Part> parts_;  // by slot
  SearchPlan searches_;
  GivenUp given_up_;
  std::string stopped_;  // why not all runs were done, a phrase; empty: they were
  std::vector<std::string> notes_;
  std::string divergence_;
  std::tuple<size_t, size_t, uint64_t> diverged_at_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_EXPLORATION_H_

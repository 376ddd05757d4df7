// How the runs of a verification are divided among its arms.
#ifndef PENDULUM_EXPLORE_PORTFOLIO_H_
#define PENDULUM_EXPLORE_PORTFOLIO_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "harness/explore/arm.h"
#include "harness/explore/module_builds.h"

namespace pendulum::explore {

// The strategy of this name is the arms of PortfolioArms.
inline constexpr std::string_view kPortfolio = "portfolio";

// The arms with which Pendulum looks for what it doesn't know: strategies that find different
// things, over the builds that there are. The first one finds most of what is easy.
std::vector<Arm> PortfolioArms(const ModuleBuilds& builds);

// Consecutive runs of one scenario and arm.
struct Portion {
  size_t scenario;
  size_t arm;
  uint64_t first_run;
  uint64_t runs;
};

// Divides the runs in rounds. With several arms the first round is a tenth, all of the first arm;
// in the second one, half of the rest, all arms have the same share; of what is left one half is
// shared equally and one half goes to the arms by the clause and timing cells that they were the
// first to reach in the round before. Without an end there are more such rounds. What comes of it
// depends on what the runs reach alone, not on how many processes there are, since a round is
// decided when the one before has ended.
class Portfolio {
 public:
  static constexpr uint64_t kEndless = ~uint64_t{0};

  // `runs` for each scenario; with kEndless there is always another round.
  Portfolio(size_t arms, size_t scenarios, uint64_t runs);

  // Whether a round can't be decided before the one before has ended.
  bool waits() const { return arms_.size() > 1; }

  // What a batch of the present round has reached: counts by cell, as oracle::Oracle::coverage.
  void NoteCoverage(size_t arm, std::span<const uint64_t> coverage);

  // The portions of the next round, scenario by scenario; empty when all is done. Ends the present
  // round.
  std::vector<Portion> NextRound();

  // The cells that an arm was the first to reach, in the round in which they were first reached;
  // more than one arm can have been.
  uint64_t first_cells(size_t arm) const { return arms_[arm].first_cells; }

 private:
  struct ArmState {
    uint64_t next_run = 0;          // the same in each scenario
    uint64_t first_cells = 0;       // in all rounds that have ended
    uint64_t last_first_cells = 0;  // in the last one
    std::vector<bool> reached;      // in the present one
  };

  void EndRound();
  uint64_t RunsOfRound() const;
  // The arms' shares of so many runs.
  std::vector<uint64_t> SharesOf(uint64_t runs) const;

  std::vector<ArmState> arms_;
  size_t scenarios_;
  uint64_t runs_;
  uint64_t runs_planned_ = 0;
  uint64_t round_ = 0;
  std::vector<bool> reached_;  // in rounds that have ended
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_PORTFOLIO_H_

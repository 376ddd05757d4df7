#include "harness/explore/portfolio.h"

#include <algorithm>
#include <numeric>

namespace pendulum::explore {
namespace {

// Of a scenario in one round, when there is no end; the first round is short, so that no scenario
// is left without a run when the time is.
constexpr uint64_t kRunsOfAFirstTimedRound = 100;
constexpr uint64_t kRunsOfATimedRound = 1000;
// Fewer than so many runs of an arm are not worth another round.
constexpr uint64_t kFewestRunsOfAnArm = 20;
// Rounds after the first two.
constexpr uint64_t kLastRounds = 1;

constexpr const char* kStrategies[] = {
    "random", "pct:depth=2", "pct:depth=3,prefer=early", "pos", "surw", "random,swarm",
};
// For the build in which loads and stores are scheduling points. Few changes of worker at the right
// places find what many at random places find seldom, and the other way round.
constexpr const char* kStrategiesOfAccesses[] = {"random", "pct:depth=3"};

}  // namespace

std::vector<Arm> PortfolioArms(const ModuleBuilds& builds) {
  std::vector<Arm> arms;
  for (const char* strategy : kStrategies) arms.push_back({strategy, builds.first()});
  if (builds.Has(Variant::kAccesses) && builds.first() != Variant::kAccesses) {
    for (const char* strategy : kStrategiesOfAccesses) {
      arms.push_back({strategy, Variant::kAccesses});
    }
  }
  return arms;
}

Portfolio::Portfolio(size_t arms, size_t scenarios, uint64_t runs)
    : arms_(arms), scenarios_(scenarios), runs_(runs) {}

void Portfolio::NoteCoverage(size_t arm, std::span<const uint64_t> coverage) {
  std::vector<bool>& reached = arms_[arm].reached;
  reached.resize(std::max(reached.size(), coverage.size()));
  for (size_t cell = 0; cell < coverage.size(); ++cell) {
    if (coverage[cell] != 0) reached[cell] = true;
  }
}

void Portfolio::EndRound() {
  std::vector<bool> all = reached_;
  for (ArmState& arm : arms_) {
    all.resize(std::max(all.size(), arm.reached.size()));
    arm.last_first_cells = 0;
    for (size_t cell = 0; cell < arm.reached.size(); ++cell) {
      if (!arm.reached[cell]) continue;
      arm.last_first_cells += cell >= reached_.size() || !reached_[cell];
      all[cell] = true;
    }
    arm.first_cells += arm.last_first_cells;
    arm.reached.clear();
  }
  reached_ = std::move(all);
}

uint64_t Portfolio::RunsOfRound() const {
  const bool is_first = round_ == 0;
  if (runs_ == kEndless) return is_first ? kRunsOfAFirstTimedRound : kRunsOfATimedRound;
  const uint64_t left = runs_ - runs_planned_;
  const uint64_t arms = arms_.size();
  if (arms == 1) return left;
  if (is_first) return (runs_ + 9) / 10;
  // One half, then equal rounds.
  const uint64_t rounds_left = kLastRounds + 2 - round_;
  const uint64_t of_round =
      round_ == 1 ? (left + 1) / 2 : left / std::max<uint64_t>(rounds_left, 1);
  const bool is_last = round_ == kLastRounds + 1 || of_round < arms * kFewestRunsOfAnArm;
  return is_last ? left : of_round;
}

std::vector<uint64_t> Portfolio::SharesOf(uint64_t runs) const {
  std::vector<uint64_t> shares(arms_.size());
  if (round_ == 0 && runs_ != kEndless) {
    shares[0] = runs;
    return shares;
  }
  uint64_t cells = 0;
  for (const ArmState& arm : arms_) cells += round_ <= 1 ? 0 : arm.last_first_cells;
  uint64_t weights = 0;
  std::vector<uint64_t> weight(arms_.size(), 1);
  for (size_t i = 0; i < arms_.size(); ++i) {
    if (cells != 0) weight[i] = cells + arms_.size() * arms_[i].last_first_cells;
    weights += weight[i];
  }
  for (size_t i = 0; i < arms_.size(); ++i) shares[i] = runs * weight[i] / weights;
  uint64_t left = runs - std::accumulate(shares.begin(), shares.end(), uint64_t{0});
  for (size_t i = 0; left > 0; ++i, --left) ++shares[i];
  return shares;
}

std::vector<Portion> Portfolio::NextRound() {
  if (round_ != 0) EndRound();
  if (runs_ != kEndless && runs_planned_ == runs_) return {};
  const uint64_t runs = RunsOfRound();
  const std::vector<uint64_t> shares = SharesOf(runs);
  std::vector<Portion> portions;
  for (size_t scenario = 0; scenario < scenarios_; ++scenario) {
    for (size_t i = 0; i < arms_.size(); ++i) {
      if (shares[i] != 0) portions.push_back({scenario, i, arms_[i].next_run, shares[i]});
    }
  }
  for (size_t i = 0; i < arms_.size(); ++i) arms_[i].next_run += shares[i];
  runs_planned_ += runs;
  ++round_;
  return portions;
}

}  // namespace pendulum::explore

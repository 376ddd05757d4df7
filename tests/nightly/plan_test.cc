#include "harness/nightly/plan.h"

#include <gtest/gtest.h>

#include <vector>

namespace pendulum::nightly {
namespace {

TEST(Plan, WhoIsFurthestBehindComesNext) {
  const std::vector<PlanTarget> targets = {{1, 400, 0, false}, {4, 1200, 0, false}};
  EXPECT_EQ(NextSlice(targets, 10000, 100000)->target, 1u);
}

TEST(Plan, SharesAreKept) {
  std::vector<PlanTarget> targets = {{1, 0, 20, false}, {2, 0, 20, false}, {5, 0, 20, false}};
  constexpr uint64_t kTotalMs = 800000;
  uint64_t left_ms = kTotalMs;
  while (const auto slice = NextSlice(targets, left_ms, kTotalMs)) {
    const uint64_t took_ms = slice->time_ms + 20;
    ASSERT_LE(took_ms, left_ms);
    targets[slice->target].given_ms += took_ms;
    left_ms -= took_ms;
  }
  EXPECT_LT(left_ms, kShortestSliceMs + 20) << "hardly anything is wasted";
  EXPECT_NEAR(static_cast<double>(targets[0].given_ms), 100000, 1.5 * kLongestSliceMs);
  EXPECT_NEAR(static_cast<double>(targets[1].given_ms), 200000, 1.5 * kLongestSliceMs);
  EXPECT_NEAR(static_cast<double>(targets[2].given_ms), 500000, 1.5 * kLongestSliceMs);
}

TEST(Plan, EveryOneHasASliceEvenOfALittleTime) {
  std::vector<PlanTarget> targets(8, PlanTarget{1, 0, 10, false});
  uint64_t left_ms = 4000;
  while (const auto slice = NextSlice(targets, left_ms, 4000)) {
    targets[slice->target].given_ms += slice->time_ms + 10;
    left_ms -= slice->time_ms + 10;
  }
  for (const PlanTarget& target : targets) EXPECT_GT(target.given_ms, 0u);
}

TEST(Plan, ASliceEndsInTime) {
  const std::vector<PlanTarget> targets = {{1, 0, 700, false}};
  EXPECT_EQ(NextSlice(targets, 1000, 1000000)->time_ms, 300u);
  EXPECT_FALSE(NextSlice(targets, 700 + kShortestSliceMs - 1, 1000000).has_value());
}

TEST(Plan, WhatIsGivenUpHasNoShare) {
  const std::vector<PlanTarget> targets = {{1, 0, 0, true}, {1, 99999, 0, false}};
  EXPECT_EQ(NextSlice(targets, 10000, 100000)->target, 1u);
  const std::vector<PlanTarget> none = {{1, 0, 0, true}};
  EXPECT_FALSE(NextSlice(none, 10000, 100000).has_value());
}

}  // namespace
}  // namespace pendulum::nightly

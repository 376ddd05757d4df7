#include "harness/nightly/life_cycle.h"

#include <gtest/gtest.h>

#include <vector>

namespace pendulum::nightly {
namespace {

using report::LifeCycle;

TEST(LifeCycle, ASightingOfAFixedOneIsARegression) {
  EXPECT_EQ(AfterSighting(LifeCycle::kFixed), LifeCycle::kRegression);
  for (const LifeCycle open :
       {LifeCycle::kNew, LifeCycle::kConfirmed, LifeCycle::kKnown, LifeCycle::kRegression}) {
    EXPECT_EQ(AfterSighting(open), open);
  }
}

TEST(LifeCycle, AReplayConfirms) {
  EXPECT_EQ(AfterReplay(LifeCycle::kNew, ReplayVerdict::kShown, 0), LifeCycle::kConfirmed);
  EXPECT_EQ(AfterReplay(LifeCycle::kFixed, ReplayVerdict::kShown, 3), LifeCycle::kRegression);
  EXPECT_EQ(AfterReplay(LifeCycle::kKnown, ReplayVerdict::kShown, 0), LifeCycle::kKnown);
}

TEST(LifeCycle, AReplayWithoutTheFindingSaysThatItIsFixed) {
  for (const LifeCycle open :
       {LifeCycle::kConfirmed, LifeCycle::kKnown, LifeCycle::kRegression, LifeCycle::kFixed}) {
    EXPECT_EQ(AfterReplay(open, ReplayVerdict::kGone, 1), LifeCycle::kFixed);
  }
  EXPECT_EQ(AfterReplay(LifeCycle::kNew, ReplayVerdict::kGone, 1), LifeCycle::kNew)
      << "no replay has ever shown it";
}

TEST(LifeCycle, WhatNoReplayCanTellAboutIsForgottenInTheEnd) {
  EXPECT_EQ(AfterReplay(LifeCycle::kConfirmed, ReplayVerdict::kUnclear, kNightsUntilGone - 1),
            LifeCycle::kConfirmed);
  EXPECT_EQ(AfterReplay(LifeCycle::kConfirmed, ReplayVerdict::kUnclear, kNightsUntilGone),
            LifeCycle::kFixed);
  EXPECT_EQ(AfterReplay(LifeCycle::kNew, ReplayVerdict::kGone, kNightsUntilGone),
            LifeCycle::kFixed);
}

report::NightFinding Finding() {
  report::NightFinding finding;
  finding.fingerprint = "0123456789abcdef";
  finding.rule = "MODULE-HANG/spin";
  finding.target = "echo";
  finding.life_cycle = LifeCycle::kConfirmed;
  return finding;
}

TEST(LifeCycle, KnownByRuleAndTargetOrByFingerprint) {
  const auto is_known = [](const KnownFinding& entry) {
    return FindKnown(std::vector{entry}, Finding(), "2026-11-23") != nullptr;
  };
  EXPECT_TRUE(is_known({"", "MODULE-HANG", "echo", "a", "2026-11-23", "b"}));
  EXPECT_TRUE(is_known({"", "MODULE-HANG/spin", "echo", "a", "2026-11-23", "b"}));
  EXPECT_TRUE(is_known({"0123456789abcdef", "", "", "a", "2026-11-23", "b"}));
  EXPECT_FALSE(is_known({"", "MODULE-HANG", "echo", "a", "2026-11-22", "b"})) << "it has expired";
  EXPECT_FALSE(is_known({"", "MODULE-HANG", "other", "a", "2026-11-23", "b"}));
  EXPECT_FALSE(is_known({"", "MODULE-HA", "echo", "a", "2026-11-23", "b"}));
  EXPECT_FALSE(is_known({"fedcba9876543210", "", "", "a", "2026-11-23", "b"}));
}

TEST(LifeCycle, KnownComesAndGoes) {
  report::NightFinding finding = Finding();
  const KnownFinding entry = {"", "MODULE-HANG", "echo", "a.b", "2026-11-23", "later"};
  ApplyKnown(&entry, &finding);
  EXPECT_EQ(finding.life_cycle, LifeCycle::kKnown);
  EXPECT_EQ(finding.owner, "a.b");
  EXPECT_EQ(finding.expires, "2026-11-23");
  EXPECT_EQ(finding.reason, "later");
  ApplyKnown(nullptr, &finding);
  EXPECT_EQ(finding.life_cycle, LifeCycle::kConfirmed);
  EXPECT_EQ(finding.owner, "");
  finding.life_cycle = LifeCycle::kFixed;
  ApplyKnown(&entry, &finding);
  EXPECT_EQ(finding.life_cycle, LifeCycle::kFixed) << "an entry that can go";
}

TEST(LifeCycle, NamesGoBothWays) {
  for (const LifeCycle one : {LifeCycle::kNew, LifeCycle::kConfirmed, LifeCycle::kKnown,
                              LifeCycle::kFixed, LifeCycle::kRegression}) {
    EXPECT_EQ(FindLifeCycle(report::LifeCycleName(one)), one);
  }
  EXPECT_FALSE(FindLifeCycle("other").has_value());
}

}  // namespace
}  // namespace pendulum::nightly

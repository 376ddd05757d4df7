#include "harness/oracle/verdict.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

ClauseVerdict Seen(uint64_t reached, uint64_t violations, const std::string& missing = "",
                   std::vector<uint64_t> readings = {}) {
  ClauseVerdict seen;
  seen.reached[1] = reached;
  seen.violations = violations;
  seen.missing = missing;
  seen.readings = std::move(readings);
  return seen;
}

Verdict OverallOf(const std::vector<Verdict>& verdicts) {
  std::vector<ClauseVerdict> clauses;
  for (const Verdict verdict : verdicts) clauses.emplace_back().verdict = verdict;
  return OverallVerdict(clauses);
}

TEST(VerdictTest, EachHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i < kVerdicts; ++i) names.insert(VerdictName(static_cast<Verdict>(i)));
  EXPECT_EQ(names, (std::set<std::string_view>{"pass", "violation", "warning", "unspecified",
                                               "not-exercised", "inconclusive"}));
  EXPECT_EQ(VerdictName(Verdict::kPass), "pass");
  EXPECT_EQ(VerdictName(Verdict::kInconclusive), "inconclusive");
}

TEST(VerdictTest, EveryTimingCounts) {
  ClauseVerdict seen;
  seen.reached = {1, 20, 300, 4000};
  EXPECT_EQ(TimesReached(seen), 4321U);
  for (size_t timing = 0; timing < seen.reached.size(); ++timing) {
    ClauseVerdict once;
    once.reached[timing] = 1;
    EXPECT_EQ(Decide(Level::kMust, once), Verdict::kPass) << timing;
  }
}

TEST(VerdictTest, WhatIsBrokenDependsOnTheLevel) {
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 1)), Verdict::kViolation);
  EXPECT_EQ(Decide(Level::kShould, Seen(9, 1)), Verdict::kWarning);
  EXPECT_EQ(Decide(Level::kMay, Seen(9, 1)), Verdict::kPass);
}

TEST(VerdictTest, NothingReachedIsNoPass) {
  for (const Level level : {Level::kMust, Level::kShould, Level::kMay}) {
    EXPECT_EQ(Decide(level, Seen(9, 0)), Verdict::kPass);
    EXPECT_EQ(Decide(level, Seen(0, 0)), Verdict::kNotExercised);
    EXPECT_EQ(Decide(level, Seen(0, 0, "", {0, 0})), Verdict::kNotExercised);
  }
}

TEST(VerdictTest, AClauseWithReadingsIsUnspecifiedUnlessBroken) {
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 0, "", {9, 0})), Verdict::kUnspecified);
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 0, "", {0, 0})), Verdict::kUnspecified);
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 1, "", {8, 0})), Verdict::kViolation);
}

TEST(VerdictTest, WhatIsMissingLeavesOnlyAViolationCertain) {
  EXPECT_EQ(Decide(Level::kMust, Seen(0, 0, "no run")), Verdict::kInconclusive);
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 0, "no run")), Verdict::kInconclusive);
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 0, "no run", {9, 0})), Verdict::kInconclusive);
  EXPECT_EQ(Decide(Level::kMust, Seen(9, 1, "no run")), Verdict::kViolation);
  EXPECT_EQ(Decide(Level::kShould, Seen(9, 1, "no run")), Verdict::kWarning);
}

TEST(VerdictTest, TheVerdictBeforeIsNotLookedAt) {
  ClauseVerdict seen = Seen(9, 0);
  seen.verdict = Verdict::kViolation;
  EXPECT_EQ(Decide(Level::kMust, seen), Verdict::kPass);
}

TEST(JudgeClausesTest, EvidenceGoesToItsClause) {
  const std::string readings =
      R"(, "readings": [{"text": "a", "when": "TRUE"}, {"text": "b", "when": "TRUE"}])";
  std::string text = SmallText({{"call"}, {"call"}, {"call", "TRUE", "FALSE", "m", "", "should"}});
  const size_t second = text.find("\"message\"", text.find("T-1"));
  text.insert(text.find('}', second), readings);
  const SpecificationText texts[] = {{"t.json", text}};
  const auto specification = Specification::FromTexts(texts);
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  const uint64_t coverage[] = {0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 9};
  const uint64_t counts[] = {6, 4};
  const uint64_t violations[] = {0, 0, 2};
  const std::string missing[] = {"no run"};
  const auto clauses = JudgeClauses(*specification, {coverage, counts, violations, missing});
  ASSERT_EQ(clauses.size(), 3U);
  EXPECT_EQ(clauses[0].verdict, Verdict::kInconclusive);
  EXPECT_EQ(clauses[0].missing, "no run");
  EXPECT_EQ(clauses[1].verdict, Verdict::kUnspecified);
  EXPECT_EQ(clauses[1].readings, (std::vector<uint64_t>{6, 4}));
  EXPECT_EQ(clauses[1].reached, (std::array<uint64_t, 4>{1, 2, 3, 4}));
  EXPECT_EQ(clauses[2].verdict, Verdict::kWarning);
  EXPECT_EQ(clauses[2].violations, 2U);
  EXPECT_EQ(TimesReached(clauses[2]), 9U);
  // What is not given is nothing.
  for (const ClauseVerdict& seen : JudgeClauses(*specification, {})) {
    EXPECT_EQ(seen.verdict, Verdict::kNotExercised);
  }
}

TEST(WatchesForFaultsTest, OnlyWhereEveryEventIsAFault) {
  const auto watches = [](const std::string& on) {
    Clause clause;
    clause.on = on;
    return WatchesForFaults(clause);
  };
  for (const char* fault : {"memory.violated", "module.crashed", "module.hung", "handler.missing",
                            "exception.crossed", "response.differed"}) {
    EXPECT_TRUE(watches(fault)) << fault;
  }
  EXPECT_TRUE(watches("module.crashed, module.hung"));
  EXPECT_FALSE(watches("module.crashed, run.ended"));
  EXPECT_FALSE(watches("run.ended, module.crashed"));
  EXPECT_FALSE(watches("operation.called"));
  EXPECT_FALSE(watches(""));
}

TEST(OverallVerdictTest, NothingCheckedIsAFailure) {
  EXPECT_EQ(OverallOf({}), Verdict::kNotExercised);
  EXPECT_EQ(OverallOf({Verdict::kNotExercised, Verdict::kNotExercised}), Verdict::kNotExercised);
}

// Each verdict of this list beats all that come after it.
TEST(OverallVerdictTest, HasAnOrderOfPrecedence) {
  const Verdict order[] = {Verdict::kViolation, Verdict::kInconclusive, Verdict::kWarning,
                           Verdict::kPass,      Verdict::kUnspecified,  Verdict::kNotExercised};
  ASSERT_EQ(std::size(order), static_cast<size_t>(kVerdicts));
  for (size_t i = 0; i < std::size(order); ++i) {
    EXPECT_EQ(OverallOf({order[i]}), order[i]);
    for (size_t j = i; j < std::size(order); ++j) {
      EXPECT_EQ(OverallOf({order[i], order[j]}), order[i]) << i << " " << j;
      EXPECT_EQ(OverallOf({order[j], order[i]}), order[i]) << i << " " << j;
    }
  }
}

}  // namespace
}  // namespace pendulum::oracle

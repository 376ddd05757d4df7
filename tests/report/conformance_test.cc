#include "harness/report/conformance.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/report/baseline.h"
#include "tests/report/sample_specification.h"

namespace pendulum::report {
namespace {

using oracle::Verdict;

std::string Mixed(const Style& style) {
  return Conformance(SampleSpecification(), MixedVerdicts(), {style, std::nullopt});
}

TEST(ConformanceTest, EveryClauseUnderItsGroup) {
  EXPECT_TRUE(MatchesBaseline("conformance.txt", Mixed({})));
}

TEST(ConformanceTest, InUtf8AndColourWithTitlesBeside) {
  EXPECT_TRUE(MatchesBaseline("conformance_utf8_colour.txt", Mixed({true, true, 160})));
}

TEST(ConformanceTest, KeepsToTheWidthOfTheTerminal) {
  for (const int width : {10, 60, 72, 80, 100, 120, 160, 500}) {
    const Style style{false, true, width};
    std::istringstream lines(Mixed(style));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(DisplayWidth(line), Columns(style)) << line;
    }
  }
}

// All counts of a timing end in the same column, whatever group they are in.
TEST(ConformanceTest, ColumnsLineUp) {
  for (const int width : {80, 160}) {
    std::istringstream lines(Mixed({false, false, width}));
    std::string heading;
    std::getline(lines, heading);
    const size_t verdict = heading.find("verdict");
    const size_t first_end = heading.find("inline") + 6;
    int clauses = 0;
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("  ") || line.size() <= first_end || line[2] == '-') continue;
      for (const std::string name : {"pass ", "violation ", "unspecified ", "not-exercised "}) {
        if (line.find(name) != verdict) continue;
        EXPECT_NE(line[first_end - 1], ' ') << line;
        EXPECT_EQ(line[first_end], ' ') << line;
        ++clauses;
      }
    }
    EXPECT_GE(clauses, 5) << width;
  }
}

TEST(ConformanceTest, WhatIsMissingEverywhereIsSaidOnce) {
  auto verdicts = CleanVerdicts();
  for (oracle::ClauseVerdict& seen : verdicts) {
    if (seen.verdict != Verdict::kNotExercised) continue;
    seen.verdict = Verdict::kInconclusive;
    seen.missing = "it was interrupted";
  }
  const std::string text = Conformance(SampleSpecification(), verdicts, {});
  const size_t said = text.find("missing: it was interrupted");
  ASSERT_NE(said, std::string::npos) << text;
  EXPECT_EQ(text.find("missing: it was interrupted", said + 1), std::string::npos) << text;
  EXPECT_NE(text.find("overall: inconclusive\n"), std::string::npos) << text;
}

TEST(ConformanceTest, TheOverallVerdictCanBeGiven) {
  const std::string own = Conformance(SampleSpecification(), CleanVerdicts(), {});
  EXPECT_NE(own.find("overall: pass\n"), std::string::npos) << own;
  const std::string given =
      Conformance(SampleSpecification(), CleanVerdicts(), {{}, Verdict::kNotExercised});
  EXPECT_NE(given.find("overall: not-exercised\n"), std::string::npos) << given;
}

TEST(ConformanceTest, AModuleThatReliesOnAReadingIsTold) {
  const std::string sentence = "passes only if the end of the body arrives inline\n";
  EXPECT_NE(Mixed({}).find(sentence), std::string::npos);
  const std::string clean = Conformance(SampleSpecification(), CleanVerdicts(), {});
  EXPECT_EQ(clean.find("passes only if"), std::string::npos) << clean;
  EXPECT_NE(clean.find("the end of the body arrives by completion: 396 x\n"), std::string::npos)
      << clean;
}

}  // namespace
}  // namespace pendulum::report

// pendulum spec trace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/call.h"
#include "tests/report/baseline.h"

namespace pendulum::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSmall = PENDULUM_SOURCE_DIR "/tests/data/specification";

TEST(SpecTrace, ShowsTheMatrixInBothDirections) {
  const Outcome outcome = Call({"spec", "trace", "--folder", kSmall, "--width", "80"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(MatchesBaseline("spec_trace.txt", WithoutSourceFolder(outcome.out)));
}

TEST(SpecTrace, ShowsOneDirectionOrTheGapsAlone) {
  const std::string statements = Call({"spec", "trace", "--folder", kSmall, "--statements"}).out;
  EXPECT_THAT(statements, HasSubstr("\n  FLUSH-01"));
  EXPECT_THAT(statements, Not(HasSubstr("\nMODULE-FLUSH  FLUSH-03")));
  const std::string clauses = Call({"spec", "trace", "--folder", kSmall, "--clauses"}).out;
  EXPECT_THAT(clauses, Not(HasSubstr("\n  FLUSH-01")));
  EXPECT_THAT(clauses, HasSubstr("\nMODULE-FLUSH  FLUSH-03"));
  const std::string gaps = Call({"spec", "trace", "--folder", kSmall, "--gaps"}).out;
  EXPECT_TRUE(gaps.starts_with("FLUSH-01: clause OWN-01 cites it, and")) << gaps;
  EXPECT_EQ(Call({"spec", "trace", "--statements", "--clauses"}).status, kUsageError);
}

TEST(SpecTrace, WritesJson) {
  const Outcome outcome = Call({"spec", "trace", "--folder", kSmall, "--json", "-"});
  EXPECT_EQ(outcome.status, kFindings);
  const json matrix = json::parse(outcome.out);
  EXPECT_EQ(matrix["schema"], "pendulum-matrix/1");
  EXPECT_EQ(matrix["totals"]["testable"], 4);
  EXPECT_EQ(matrix["totals"]["missing"], 1);
  EXPECT_EQ(matrix["statements"][0]["state"], "contradiction");
  EXPECT_EQ(matrix["statements"][2]["clauses"], json({"MODULE-FLUSH"}));
  EXPECT_EQ(matrix["clauses"][1]["statements"], json({"FLUSH-03"}));
  EXPECT_EQ(matrix["problems"].size(), 5u);
}

TEST(SpecTrace, JudgesTheBuiltInSpecificationFromAnyFolder) {
  const json built_in = json::parse(Call({"spec", "trace", "--json", "-"}).out);
  const Outcome outcome =
      Call({"spec", "trace", "--folder", PENDULUM_SOURCE_DIR "/spec", "--json", "-"});
  json read = json::parse(outcome.out);
  EXPECT_EQ(built_in["totals"], read["totals"]);
  EXPECT_EQ(built_in["statements"], read["statements"]);
  EXPECT_EQ(built_in["clauses"], read["clauses"]);
  EXPECT_GT(built_in["totals"]["checked"], 100);
  EXPECT_EQ(outcome.status, kClean) << read["problems"].dump(2);
  EXPECT_EQ(built_in["totals"]["missing"], 0);
}

TEST(SpecTrace, WhatCannotBeReadIsStatusThree) {
  const Outcome missing = Call({"spec", "trace", "--folder", "nowhere"});
  EXPECT_EQ(missing.status, kNotDone);
  EXPECT_THAT(missing.err, HasSubstr("nowhere"));
  EXPECT_EQ(Call({"spec", "trace", "--folder", testing::TempDir()}).status, kNotDone);
}

}  // namespace
}  // namespace pendulum::cli

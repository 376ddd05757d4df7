// pendulum spec selftest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/call.h"
#include "tests/report/baseline.h"

namespace pendulum::cli {
namespace {

using testing::HasSubstr;

constexpr const char* kSmall = PENDULUM_SOURCE_DIR "/tests/data/specification";
constexpr const char* kSmallWitness = PENDULUM_SOURCE_DIR "/tests/data/specification/witness";

TEST(SpecSelfTest, EveryClauseOfTheSpecificationHoldsAndCanFail) {
  const Outcome outcome = Call({"spec", "selftest", "--folder", PENDULUM_SOURCE_DIR "/spec"});
  EXPECT_EQ(outcome.status, kClean) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("each holds and can fail"));
}

TEST(SpecSelfTest, SaysWhatIsWrongWithWitnesses) {
  const Outcome outcome =
      Call({"spec", "selftest", "--folder", kSmall, "--witness", kSmallWitness});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(MatchesBaseline("spec_selftest.txt", WithoutSourceFolder(outcome.out)));
}

TEST(SpecSelfTest, WritesJson) {
  const Outcome outcome =
      Call({"spec", "selftest", "--folder", kSmall, "--witness", kSmallWitness, "--json", "-"});
  EXPECT_EQ(outcome.status, kFindings);
  const auto test = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(test["schema"], "pendulum-selftest/1");
  EXPECT_EQ(test["clauses"], 2);
  EXPECT_EQ(test["witnesses"], 4);
  EXPECT_EQ(test["faults"].size(), 2u);
  EXPECT_EQ(test["faults"][0]["place"], "MODULE-FLUSH");
}

TEST(SpecSelfTest, TestsTheUsersOwnClauses) {
  const std::string clauses = std::string(kSmall) + "/flush.json";
  const Outcome given = Call({"spec", "selftest", "--spec", clauses, "--witness", kSmallWitness});
  EXPECT_EQ(given.status, kFindings) << given.err;
  EXPECT_TRUE(MatchesBaseline("spec_selftest.txt", WithoutSourceFolder(given.out)));
  const Outcome beside = Call({"spec", "selftest", "--spec", kSmall});
  EXPECT_EQ(beside.out, given.out);
  const Outcome nowhere = Call({"spec", "selftest", "--spec", clauses});
  EXPECT_EQ(nowhere.status, kNotDone);
  EXPECT_THAT(nowhere.err, HasSubstr("--witness"));
  EXPECT_EQ(Call({"spec", "selftest", "--spec", kSmall, "--folder", kSmall}).status, kUsageError);
}

TEST(SpecSelfTest, WhatCannotBeReadIsStatusThree) {
  EXPECT_EQ(Call({"spec", "selftest", "--witness", "nowhere"}).status, kNotDone);
  const Outcome outcome = Call({"spec", "selftest", "--folder", "nowhere"});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr("nowhere"));
}

}  // namespace
}  // namespace pendulum::cli

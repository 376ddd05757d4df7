// pendulum spec drift.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/call.h"

namespace pendulum::cli {
namespace {

using testing::HasSubstr;

constexpr const char* kPages = PENDULUM_SOURCE_DIR "/tests/data/documentation";

TEST(SpecDrift, ListsWhatIsNotAsItWasRecorded) {
  const Outcome outcome = Call({"spec", "drift", "--docs", kPages});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_THAT(outcome.out, HasSubstr("\nihttpresponse-flush-method.md, Remarks: another page has "
                                     "this name now: its ms.assetid is 00000000-0000"));
  EXPECT_THAT(outcome.out, HasSubstr("\nihttprequest-readentitybody-method.md, Remarks: the page "
                                     "is gone; cited by "));
  EXPECT_THAT(outcome.out, HasSubstr(" since commit "));
}

TEST(SpecDrift, WritesJson) {
  const Outcome outcome = Call({"spec", "drift", "--docs", kPages, "--json", "-"});
  const auto drift = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(drift["schema"], "pendulum-drift/1");
  EXPECT_EQ(drift["changes"].size(), drift["sections"]);
}

TEST(SpecDrift, RecordsNothingWhereSomethingCitedIsMissing) {
  const Outcome outcome =
      Call({"spec", "drift", "--docs", kPages, "--record", "-", "--commit", "0123456"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_THAT(outcome.out, HasSubstr("there is no such page"));
  EXPECT_EQ(Call({"spec", "drift", "--docs", kPages, "--record", "-"}).status, kUsageError);
}

TEST(SpecDrift, WhatCannotBeReadIsStatusThree) {
  EXPECT_EQ(Call({"spec", "drift", "--docs", "nowhere"}).status, kNotDone);
  EXPECT_EQ(Call({"spec", "drift", "--docs", kPages, "--against", "nowhere"}).status, kNotDone);
  EXPECT_EQ(Call({"spec", "drift"}).status, kUsageError);
}

}  // namespace
}  // namespace pendulum::cli

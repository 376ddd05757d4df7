#include "harness/cli/duration.h"

#include <gtest/gtest.h>

namespace pendulum::cli {
namespace {

TEST(ParseDuration, KnowsTheUnits) {
  EXPECT_EQ(ParseDuration("500ms"), 500u);
  EXPECT_EQ(ParseDuration("20s"), 20'000u);
  EXPECT_EQ(ParseDuration("5m"), 300'000u);
  EXPECT_EQ(ParseDuration("2h"), 7'200'000u);
  EXPECT_EQ(ParseDuration("1000h"), 3'600'000'000u);
}

TEST(ParseDuration, RefusesOtherTexts) {
  for (const char* text : {"", "5", "s", "0s", "-1s", "1.5s", "5 s", "5S", "5d", "1001h", "5ss",
                           "99999999999999999999s"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pendulum::cli

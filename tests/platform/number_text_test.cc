#include "harness/platform/number_text.h"

#include <gtest/gtest.h>

namespace pendulum::platform {
namespace {

TEST(Thousands, GroupsByThree) {
  EXPECT_EQ(Thousands(0), "0");
  EXPECT_EQ(Thousands(999), "999");
  EXPECT_EQ(Thousands(1000), "1,000");
  EXPECT_EQ(Thousands(23456789), "23,456,789");
  EXPECT_EQ(Thousands(~uint64_t{0}), "18,446,744,073,709,551,615");
}

TEST(Counted, KnowsThePlural) {
  EXPECT_EQ(Counted(1, "byte"), "1 byte");
  EXPECT_EQ(Counted(0, "byte"), "0 bytes");
  EXPECT_EQ(Counted(1500, "byte"), "1,500 bytes");
}

TEST(AfterOne, TakesTheNounAndItsVerbOutOfThePlural) {
  EXPECT_EQ(AfterOne(" chunks"), " chunk");
  EXPECT_EQ(AfterOne(" workers were left"), " worker was left");
  EXPECT_EQ(AfterOne(" operations are outstanding"), " operation is outstanding");
  EXPECT_EQ(AfterOne(" flushes, 3 reads"), " flush, 3 reads");
  EXPECT_EQ(AfterOne(" statuses have come"), " status has come");
  EXPECT_EQ(AfterOne(" was outstanding"), " was outstanding");
  EXPECT_EQ(AfterOne(") and chunks"), ") and chunks");
  EXPECT_EQ(AfterOne(""), "");
}

}  // namespace
}  // namespace pendulum::platform

#include "harness/platform/suggest.h"

#include <gtest/gtest.h>

namespace pendulum::platform {
namespace {

TEST(Suggest, DistanceCountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(EditDistance("", ""), 0);
  EXPECT_EQ(EditDistance("", "abc"), 3);
  EXPECT_EQ(EditDistance("status", "status"), 0);
  EXPECT_EQ(EditDistance("status", "statu"), 1);
  EXPECT_EQ(EditDistance("status", "stauts"), 1);
  EXPECT_EQ(EditDistance("status", "Status"), 0);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
}

TEST(Suggest, OffersTheClosestAndNothingFarAway) {
  const std::string_view names[] = {"bytes", "status", "notification"};
  EXPECT_EQ(ClosestName("byte", names), "bytes");
  EXPECT_EQ(ClosestName("notifcation", names), "notification");
  EXPECT_EQ(ClosestName("operation", names), "");
  EXPECT_EQ(Suggestion("statsu", names), "did you mean 'status'?");
  EXPECT_EQ(Suggestion("x", names), "");
}

}  // namespace
}  // namespace pendulum::platform

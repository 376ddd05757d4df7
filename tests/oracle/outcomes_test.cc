#include "harness/oracle/outcomes.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace pendulum::oracle {
namespace {

constexpr uint8_t kTiming = 2;
const std::vector<std::vector<uint16_t>> kNoGroups;

uint16_t* Write(std::initializer_list<int> codes, Outcomes* outcomes) {
  uint16_t* next = outcomes->Begin(kTiming);
  for (const int code : codes) *next++ = static_cast<uint16_t>(code);
  return next;
}

TEST(Outcomes, CountWhatIsWritten) {
  Outcomes outcomes(3, 2, kNoGroups);
  outcomes.Count(
      Write({4, 4, 8, Outcomes::kReadingCode | 1, Outcomes::kUnreadCode | 2}, &outcomes));
  EXPECT_EQ(outcomes.counts().coverage[4 + kTiming], 2u);
  EXPECT_EQ(outcomes.counts().coverage[8 + kTiming], 1u);
  EXPECT_EQ(outcomes.counts().readings[1], 1u);
  EXPECT_EQ(outcomes.counts().unread[2], 1u);
  EXPECT_TRUE(outcomes.readings_seen() == 2);
}

TEST(Outcomes, AGroupStandsForItsClauses) {
  const std::vector<std::vector<uint16_t>> groups = {{0}, {1, 2}};
  Outcomes outcomes(3, 0, groups);
  outcomes.Count(Write({Outcomes::kGroupCode | 1, 4}, &outcomes));
  EXPECT_EQ(outcomes.counts().coverage[0 + kTiming], 0u);
  EXPECT_EQ(outcomes.counts().coverage[4 + kTiming], 2u);
  EXPECT_EQ(outcomes.counts().coverage[8 + kTiming], 1u);
}

TEST(Outcomes, KeepEqualListsOnce) {
  Outcomes outcomes(3, 2, kNoGroups);
  const auto first = outcomes.Count(Write({4, Outcomes::kReadingCode | 1}, &outcomes));
  ASSERT_NE(first, Outcomes::kNotKept);
  EXPECT_EQ(outcomes.Count(Write({4, Outcomes::kReadingCode | 1}, &outcomes)), first);
  const auto other = outcomes.Count(Write({8}, &outcomes));
  EXPECT_NE(other, first);
  outcomes.BeginRun();
  outcomes.CountAgain(other);
  EXPECT_TRUE(outcomes.readings_seen() == 0);
  outcomes.CountAgain(first);
  EXPECT_TRUE(outcomes.readings_seen() == 2);
  outcomes.BeginRun();
  EXPECT_EQ(outcomes.counts().coverage[4 + kTiming], 3u);
  EXPECT_EQ(outcomes.counts().coverage[8 + kTiming], 2u);
  EXPECT_EQ(outcomes.counts().readings[1], 3u) << "asked again, they are not added again";
  EXPECT_TRUE(outcomes.readings_seen() == 0) << "counting is no run";
  outcomes.CountAgain(first);
  outcomes.Clear();
  EXPECT_EQ(outcomes.counts().coverage[4 + kTiming], 0u);
}

TEST(Outcomes, LongListsAreCountedAndNotKept) {
  Outcomes outcomes(2, 0, kNoGroups);
  uint16_t* next = outcomes.Begin(0);
  constexpr uint64_t kRounds = 3 * Outcomes::kMostCodes;
  for (uint64_t i = 0; i < kRounds; ++i) {
    next = outcomes.Continue(next, i % 2 == 0 ? 0 : 3);
    *next++ = 4;
  }
  EXPECT_EQ(outcomes.Count(next), Outcomes::kNotKept);
  EXPECT_TRUE(outcomes.has_more());
  EXPECT_EQ(outcomes.counts().coverage[4], kRounds / 2);
  EXPECT_EQ(outcomes.counts().coverage[4 + 3], kRounds / 2);
}

TEST(Outcomes, WhenManyAreKeptTheRestIsStillCounted) {
  Outcomes outcomes(4096, 0, kNoGroups);
  uint64_t refused = 0;
  for (int clause = 0; clause < 4096; ++clause) {
    for (int other = 0; other < 4; ++other) {
      const auto id = outcomes.Count(Write({clause * 4, other * 4}, &outcomes));
      refused += id == Outcomes::kNotKept ? 1 : 0;
    }
  }
  EXPECT_GT(refused, 0u);
  uint64_t sum = 0;
  for (const uint64_t count : outcomes.counts().coverage) sum += count;
  EXPECT_EQ(sum, 2u * 4096 * 4);
}

}  // namespace
}  // namespace pendulum::oracle

#include "harness/sched/prng.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace pendulum::sched {
namespace {

// Recorded schedules and seeds in users' files rest on these numbers staying as they are.
TEST(PrngTest, NumbersAreTheSameEverywhere) {
  Prng prng(1, 2);
  const std::array<uint32_t, 4> numbers = {prng.Next(), prng.Next(), prng.Next(), prng.Next()};
  EXPECT_EQ(numbers, (std::array<uint32_t, 4>{3332916528, 540267931, 2073381571, 1954349222}));
}

TEST(PrngTest, BelowIsUniform) {
  for (const uint32_t bound : {2u, 3u, 7u, 100u}) {
    Prng prng(17, bound);
    std::array<int, 100> counts{};
    const int draws = 10000 * static_cast<int>(bound);
    for (int i = 0; i < draws; ++i) {
      const uint32_t drawn = prng.Below(bound);
      ASSERT_LT(drawn, bound);
      ++counts[drawn];
    }
    // Five standard deviations of a count with mean 10 000.
    for (uint32_t i = 0; i < bound; ++i) EXPECT_NEAR(counts[i], 10000, 500) << bound;
  }
}

TEST(PrngTest, BelowOneIsZero) {
  Prng prng(3, 4);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(prng.Below(1), 0u);
}

// Correlated neighbours would make an exploration draw the same few schedules again and again.
TEST(PrngTest, NeighbouringSeedsAndRunsHaveNothingInCommon) {
  std::set<uint32_t> firsts;
  std::array<int, 8> bits{};
  for (uint64_t seed = 0; seed < 64; ++seed) {
    for (uint64_t run = 0; run < 64; ++run) {
      Prng prng(seed, run);
      firsts.insert(prng.Next());
      ++bits[prng.Below(8)];
    }
  }
  EXPECT_GT(firsts.size(), 4090u) << "of 4096";
  for (const int count : bits) EXPECT_NEAR(count, 512, 110);
}

}  // namespace
}  // namespace pendulum::sched

// What an oracle remembers of earlier runs changes nothing of what it says: it is compared with one
// that judges every event, over runs that differ little, so that they meet in states of which each
// must say all that matters to what follows.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness/oracle/oracle.h"
#include "tests/oracle/mutated_traces.h"
#include "tests/oracle/random_clauses.h"

namespace pendulum::oracle {
namespace {

constexpr int kVariations = 120;

class Pair {
 public:
  explicit Pair(const Specification& specification)
      : specification_(specification),
        remembers_(specification),
        forgets_(specification, Oracle::Engine::kNative, Oracle::Memory::kForgets) {}

  void Judge(const Trace& trace) {
    for (Oracle* oracle : {&remembers_, &forgets_}) {
      oracle->BeginRun();
      for (uint32_t i = 0; i < trace.size(); ++i) oracle->OnEvent(trace[i], i);
    }
    const auto one = remembers_.violations();
    const auto other = forgets_.violations();
    ASSERT_TRUE(std::equal(one.begin(), one.end(), other.begin(), other.end(), Equal));
    ASSERT_EQ(remembers_.violations_dropped(), forgets_.violations_dropped());
    ASSERT_TRUE(remembers_.readings_seen() == forgets_.readings_seen());
  }

  // The next runs have nothing to do with those before.
  void ForgetRuns() {
    ASSERT_TRUE(std::ranges::equal(remembers_.reading_counts(), forgets_.reading_counts()));
    ASSERT_TRUE(std::ranges::equal(remembers_.unread_counts(), forgets_.unread_counts()));
    const auto remembered = remembers_.coverage();
    const auto judged = forgets_.coverage();
    for (size_t i = 0; i < judged.size(); ++i) {
      ASSERT_EQ(remembered[i], judged[i])
          << specification_.clauses()[i / Oracle::kTimingClasses].id;
    }
    for (Oracle* oracle : {&remembers_, &forgets_}) {
      oracle->ForgetRuns();
      oracle->ClearCoverage();
    }
  }

  double ShareJudged() const {
    return static_cast<double>(remembers_.events_judged()) /
           static_cast<double>(forgets_.events_judged());
  }

 private:
  const Specification& specification_;
  Oracle remembers_;
  Oracle forgets_;
};

// Another run of as many events, most of them at their places.
Trace Varied(Trace trace, Numbers* numbers) {
  const auto size = static_cast<uint32_t>(trace.size());
  for (uint32_t changes = 1 + numbers->Below(2); changes > 0 && size > 1; --changes) {
    const uint32_t place = numbers->Below(size);
    if (numbers->Below(3) > 0) {
      MutateEvent(numbers, &trace[place]);
    } else {
      const auto other = trace.begin() + numbers->Below(size);
      const auto [first, last] = std::minmax(trace.begin() + place, other);
      std::rotate(first, first + 1, last + 1);
    }
  }
  return trace;
}

void JudgeVariations(const Specification& specification, size_t first_trace, size_t step,
                     uint32_t seed) {
  Pair pair(specification);
  Numbers numbers(seed);
  for (size_t i = first_trace; i < Traces().size(); i += step) {
    const Trace base = seed == 1 ? Traces()[i] : Mutated(Traces()[i], &numbers);
    for (int k = 0; k < kVariations; ++k) {
      pair.Judge(k % 5 == 0 ? base : Varied(base, &numbers));
      if (testing::Test::HasFatalFailure()) FAIL() << "trace " << i << ", variation " << k;
    }
    pair.ForgetRuns();
    if (testing::Test::HasFatalFailure()) FAIL() << "trace " << i;
  }
  EXPECT_LT(pair.ShareJudged(), 0.99) << "few were remembered";
}

class OraclesMemory : public testing::TestWithParam<uint32_t> {};

TEST_P(OraclesMemory, ChangesNothingOfTheSpecification) {
  JudgeVariations(Specification::BuiltIn(), 0, 1, GetParam());
}

TEST_P(OraclesMemory, ChangesNothingOfOtherClauses) {
  const auto specification = LoadSmall(RandomClauses(400, GetParam()));
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  JudgeVariations(*specification, GetParam() % 4, 4, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Seeds, OraclesMemory, testing::Range(1u, 7u));

}  // namespace
}  // namespace pendulum::oracle

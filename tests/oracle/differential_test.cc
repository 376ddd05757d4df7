// The compiled specification gives exactly what its clauses say: the oracle is compared with a
// plain evaluator of their expressions over all traces that tests keep, and over mutations of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "harness/oracle/oracle.h"
#include "tests/oracle/mutated_traces.h"
#include "tests/oracle/random_clauses.h"
#include "tests/oracle/reference.h"

namespace pendulum::oracle {
namespace {

// Judges with both, and counts what was seen, so that a test can tell that it saw something.
class Comparison {
 public:
  Comparison(const Specification& specification, Oracle::Engine engine)
      : specification_(specification), oracle_(specification, engine), reference_(specification) {}

  void Judge(const Trace& trace) {
    oracle_.BeginRun();
    reference_.BeginRun();
    for (uint32_t i = 0; i < trace.size(); ++i) {
      oracle_.OnEvent(trace[i], i);
      reference_.OnEvent(trace[i], i);
    }
    events_ += trace.size();
    const auto& expected = reference_.violations;
    const auto violations = oracle_.violations();
    const size_t kept = std::min(expected.size(), size_t{Oracle::kMaxViolations});
    for (size_t i = 0; i < std::min(kept, violations.size()); ++i) {
      ASSERT_TRUE(Equal(violations[i], expected[i]))
          << i << ": " << Id(violations[i].clause) << " at " << violations[i].event << ", expected "
          << Id(expected[i].clause) << " at " << expected[i].event;
    }
    ASSERT_EQ(violations.size(), kept);
    EXPECT_EQ(oracle_.violations_dropped() > 0, expected.size() > kept);
    EXPECT_TRUE(oracle_.readings_seen() == reference_.readings_seen);
    violations_ += kept;
  }

  // The trace and mutations of it, some of them again: what was judged before has to come to the
  // same, however a run goes on after that.
  void JudgeWithMutations(const Trace& trace, Numbers* numbers) {
    Judge(trace);
    for (int i = 0; i < 3; ++i) {
      const Trace mutated = Mutated(trace, numbers);
      Judge(mutated);
      Judge(i == 0 ? trace : mutated);
      Judge(Rearranged(i == 0 ? trace : mutated, numbers));
    }
  }

  // Counters add up over all runs.
  void CompareCounters() const {
    for (size_t i = 0; i < reference_.coverage.size(); ++i) {
      ASSERT_EQ(oracle_.coverage()[i], reference_.coverage[i]) << Id(i / kTimings);
    }
    for (size_t i = 0; i < reference_.reading_counts.size(); ++i) {
      ASSERT_EQ(oracle_.reading_counts()[i], reference_.reading_counts[i])
          << Id(specification_.readings()[i].clause);
    }
    for (size_t i = 0; i < reference_.unread_counts.size(); ++i) {
      ASSERT_EQ(oracle_.unread_counts()[i], reference_.unread_counts[i]) << Id(i);
    }
  }

  size_t violations() const { return violations_; }
  uint64_t events_judged() const { return oracle_.events_judged(); }
  uint64_t events() const { return events_; }
  size_t clauses_reached() const {
    size_t reached = 0;
    for (size_t i = 0; i < reference_.coverage.size(); i += kTimings) {
      const auto begin = reference_.coverage.begin() + static_cast<std::ptrdiff_t>(i);
      reached += std::any_of(begin, begin + kTimings, [](uint64_t count) { return count > 0; });
    }
    return reached;
  }

 private:
  std::string Id(size_t clause) const { return specification_.clauses()[clause].id; }

  const Specification& specification_;
  Oracle oracle_;
  ReferenceOracle reference_;
  size_t violations_ = 0;
  uint64_t events_ = 0;
};

class BuiltInSpecification : public testing::TestWithParam<Oracle::Engine> {};

TEST_P(BuiltInSpecification, OverAllTracesAndMutationsOfThem) {
  Comparison comparison(Specification::BuiltIn(), GetParam());
  Numbers numbers(1);
  for (const Trace& trace : Traces()) {
    comparison.JudgeWithMutations(trace, &numbers);
    if (testing::Test::HasFailure()) return;
  }
  comparison.CompareCounters();
  const size_t clauses = Specification::BuiltIn().clauses().size();
  EXPECT_GT(Traces().size(), clauses);
  EXPECT_GT(comparison.violations(), Traces().size() / 3);
  EXPECT_EQ(comparison.clauses_reached(), clauses);
  EXPECT_LT(comparison.events_judged(), comparison.events() * 4 / 5) << "few were remembered";
}

constexpr Oracle::Engine kEngines[] = {Oracle::Engine::kNative, Oracle::Engine::kInterpreter};

INSTANTIATE_TEST_SUITE_P(Engines, BuiltInSpecification, testing::ValuesIn(kEngines));

class RandomSpecification : public testing::TestWithParam<std::tuple<Oracle::Engine, uint32_t>> {};

TEST_P(RandomSpecification, OverTracesAndMutationsOfThem) {
  const auto [engine, seed] = GetParam();
  const auto specification = LoadSmall(RandomClauses(400, seed));
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Comparison comparison(*specification, engine);
  Numbers numbers(seed);
  for (size_t i = seed % 5; i < Traces().size(); i += 5) {
    comparison.JudgeWithMutations(Traces()[i], &numbers);
    if (testing::Test::HasFailure()) return;
  }
  comparison.CompareCounters();
  EXPECT_GT(comparison.violations(), 0u);
  EXPECT_GT(comparison.clauses_reached(), 50u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSpecification,
                         testing::Combine(testing::ValuesIn(kEngines), testing::Range(1u, 13u)));

// Where this fails for the processor, NativeCode::Translate has to learn it or say so.
TEST(NativeCode, IsThereOnX86) {
#if defined(__x86_64__)
  EXPECT_NE(Specification::BuiltIn().compiled().native, nullptr);
#endif
}

}  // namespace
}  // namespace pendulum::oracle

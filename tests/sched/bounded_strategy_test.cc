#include "harness/sched/bounded_strategy.h"

#include <cstring>

#include "harness/sched/search_probe.h"
#include "tests/sched/search_fixture.h"

namespace pendulum::sched {
namespace {

// How often a worker is left in `order` that comes later again.
int Preemptions(const std::string& order) {
  int count = 0;
  for (size_t i = 1; i < order.size(); ++i) {
    count += order[i] != order[i - 1] && order.find(order[i - 1], i) != std::string::npos;
  }
  return count;
}

class BoundedStrategyTest : public SearchFixture {
 public:
  void StartThree() {
    Start(Steps("a", 3), "a");
    Start(Steps("b", 3), "b");
    Start(Steps("c", 2), "c");
  }
  // The orders of the steps among all schedules of the search, each with how often it came.
  std::map<std::string, int> Orders(const std::string& name) {
    std::map<std::string, int> orders;
    for (const auto& [text, count] : Search(name, [this] { StartThree(); }).runs) {
      orders[text] += count;
    }
    return orders;
  }
};

TEST_F(BoundedStrategyTest, PreemptionsAreCountedExactlyAndNoScheduleComesTwice) {
  const auto all = Orders("exhaustive:deviations=100");
  EXPECT_EQ(all.size(), 560u);  // 8! / (3! 3! 2!)
  for (int most = 0; most <= 5; ++most) {
    std::set<std::string> expected;
    for (const auto& [order, count] : all) {
      if (Preemptions(order) <= most) expected.insert(order);
    }
    const auto bounded = Orders("exhaustive:preemptions=" + std::to_string(most));
    std::set<std::string> seen;
    for (const auto& [order, count] : bounded) {
      EXPECT_EQ(count, 1) << order;
      seen.insert(order);
    }
    EXPECT_EQ(seen, expected) << most << " preemptions";
  }
}

TEST_F(BoundedStrategyTest, DeviationsAreAnswersThatAreNotZero) {
  // Two questions with three answers each, a third one only after a deviation.
  const auto start = [this] {
    Start([this] {
      uint32_t sum = 0;
      for (int i = 0; i < 2; ++i) sum += scheduler_.Choose(Question::kBytes, 3, 0, 0);
      if (sum > 0) sum += scheduler_.Choose(Question::kStatus, 2, 0, 0);
      Log(std::to_string(sum));
    });
  };
  EXPECT_EQ(Search("exhaustive:deviations=0", start).counts.complete_runs, 1u);
  EXPECT_EQ(Search("exhaustive:deviations=1", start).counts.complete_runs, 1u + 4);
  EXPECT_EQ(Search("exhaustive:deviations=2", start).counts.complete_runs, 1u + 4 + 4 + 4);
  EXPECT_EQ(Search("exhaustive:deviations=9", start).counts.complete_runs, 1u + 2 * 8);
}

// What happens while a worker is left costs nothing more.
TEST_F(BoundedStrategyTest, ATransitionAndWhatItStartsAreOnePreemption) {
  const auto start = [this] {
    Start(Steps("a", 2), "a");
    Post([this] { Start(Steps("p", 1), "p"); });
  };
  std::set<std::string> seen;
  for (const auto& [text, count] : Search("exhaustive:preemptions=1", start).runs) {
    seen.insert(text);
  }
  EXPECT_EQ(seen, (std::set<std::string>{"aap", "apa", "paa"}));
}

TEST_F(BoundedStrategyTest, AProbeGuessesHowManySchedulesThereAre) {
  const std::unique_ptr<void, decltype(&std::free)> memory(
      std::calloc(1, SearchProbe::BytesNeeded()), &std::free);
  const auto probe_with = [&](const char* name, uint64_t probes) {
    std::memset(memory.get(), 0, SearchProbe::BytesNeeded());
    SearchProbe* probe = SearchProbe::Create(*ParseSearch(name), 1, memory.get());
    scheduler_.SetTouchListener(probe);
    for (uint64_t run = 0; run < probes; ++run) {
      Begin(probe, run);
      for (const char* worker : {"a", "b"}) {
        Start(
            [this] {
              Write(0);
              Write(1);
            },
            worker);
      }
      scheduler_.Run();
      End();
      probe->EndRun();
    }
    scheduler_.SetTouchListener(nullptr);
    return probe->Estimate();
  };
  // Three steps each; the orders of two writes by each to two objects.
  const SearchEstimate free = probe_with("exhaustive", 2000);
  EXPECT_NEAR(free.schedules, 20, 1);
  const auto start = [this] {
    for (const char* worker : {"a", "b"}) {
      Start(
          [this] {
            Write(0);
            Write(1);
          },
          worker);
    }
  };
  const auto orders = static_cast<double>(Search("exhaustive", start).counts.complete_runs);
  EXPECT_NEAR(free.orders, orders, orders / 4);
  const SearchEstimate bounded = probe_with("exhaustive:preemptions=1", 2000);
  const auto schedules =
      static_cast<double>(Search("exhaustive:preemptions=1", start).counts.complete_runs);
  EXPECT_NEAR(bounded.schedules, schedules, schedules / 10);
  EXPECT_EQ(bounded.orders, 0);
  EXPECT_EQ(bounded.probes, 2000u);
}

TEST(SearchNameTest, IsReadAndRefused) {
  EXPECT_TRUE(IsSearch("exhaustive") && IsSearch("exhaustive:preemptions=3"));
  EXPECT_TRUE(IsSearch("exhaustive,counts"));
  EXPECT_TRUE(ParseSearch("exhaustive:deviations=2,counts")->tries_counts);
  EXPECT_FALSE(ParseSearch("exhaustive:deviations=2")->tries_counts);
  EXPECT_FALSE(IsSearch("random") || IsSearch("exhaustively"));
  ASSERT_TRUE(ParseSearch("exhaustive").ok());
  EXPECT_EQ(ParseSearch("exhaustive")->bound, SearchKind::Bound::kNone);
  const auto preemptions = ParseSearch("exhaustive:preemptions=3");
  ASSERT_TRUE(preemptions.ok());
  EXPECT_EQ(preemptions->bound, SearchKind::Bound::kPreemptions);
  EXPECT_EQ(preemptions->most, 3u);
  EXPECT_EQ(ParseSearch("exhaustive:deviations=12")->bound, SearchKind::Bound::kDeviations);
  for (const char* wrong :
       {"random", "exhaustive:", "exhaustive:preemptions=", "exhaustive:preemptions=-1",
        "exhaustive:preemptions=3x", "exhaustive:depth=3", "exhaustive:preemptions=99999999999"}) {
    EXPECT_FALSE(ParseSearch(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace pendulum::sched

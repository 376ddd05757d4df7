#include "harness/explore/portfolio.h"

#include <algorithm>
#include <map>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/sched/strategy_factory.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::Each;
using testing::Gt;
using testing::IsEmpty;
using testing::SizeIs;

// The runs of each arm in one scenario, checking that the numbers go on where they ended.
class Tally {
 public:
  explicit Tally(size_t arms) : runs_(arms) {}
  std::vector<uint64_t> Add(const std::vector<Portion>& portions) {
    std::vector<uint64_t> of_round(runs_.size());
    for (const Portion& portion : portions) {
      if (portion.scenario != 0) continue;
      EXPECT_EQ(portion.first_run, runs_[portion.arm]);
      runs_[portion.arm] += portion.runs;
      of_round[portion.arm] += portion.runs;
    }
    return of_round;
  }
  uint64_t all() const {
    uint64_t sum = 0;
    for (const uint64_t runs : runs_) sum += runs;
    return sum;
  }

 private:
  std::vector<uint64_t> runs_;
};

TEST(PortfolioTest, OneArmHasAllRunsInOneRound) {
  Portfolio portfolio(1, 3, 5000);
  EXPECT_FALSE(portfolio.waits());
  const auto portions = portfolio.NextRound();
  ASSERT_THAT(portions, SizeIs(3));
  EXPECT_EQ(portions[2].scenario, 2U);
  EXPECT_EQ(portions[2].runs, 5000U);
  EXPECT_THAT(portfolio.NextRound(), IsEmpty());
}

TEST(PortfolioTest, ArmsThatReachSomethingNewGetMore) {
  Portfolio portfolio(4, 2, 1000);
  EXPECT_TRUE(portfolio.waits());
  Tally tally(4);
  EXPECT_THAT(tally.Add(portfolio.NextRound()), testing::ElementsAre(100, 0, 0, 0));
  portfolio.NoteCoverage(0, std::vector<uint64_t>{5, 0, 0, 0});
  const auto second = tally.Add(portfolio.NextRound());
  EXPECT_EQ(portfolio.first_cells(0), 1U);
  EXPECT_THAT(second, testing::ElementsAre(113, 113, 112, 112));
  // The first cell is known; two arms reach another one at the same time, one of them two.
  portfolio.NoteCoverage(0, std::vector<uint64_t>{1, 0, 0, 0});
  portfolio.NoteCoverage(2, std::vector<uint64_t>{1, 2, 0, 3});
  portfolio.NoteCoverage(3, std::vector<uint64_t>{0, 2, 0, 0});
  const auto third = tally.Add(portfolio.NextRound());
  EXPECT_EQ(portfolio.first_cells(2), 2U);
  EXPECT_EQ(portfolio.first_cells(3), 1U);
  EXPECT_LE(third[0] - third[1], 1U);
  EXPECT_THAT(third, Each(Gt(0)));
  EXPECT_GT(third[3], 2 * third[1]);
  EXPECT_GT(third[2], third[3]);
  EXPECT_EQ(tally.all(), 1000U);
  EXPECT_THAT(portfolio.NextRound(), IsEmpty());
}

TEST(PortfolioTest, AnyNumberOfRunsIsDividedCompletely) {
  for (const uint64_t runs : {1, 2, 3, 7, 10, 99, 100, 101, 999, 12345}) {
    for (const size_t arms : {1, 2, 6, 9}) {
      Portfolio portfolio(arms, 1, runs);
      Tally tally(arms);
      int rounds = 0;
      for (auto portions = portfolio.NextRound(); !portions.empty();
           portions = portfolio.NextRound()) {
        tally.Add(portions);
        ++rounds;
      }
      EXPECT_EQ(tally.all(), runs) << arms << " arms";
      EXPECT_LE(rounds, 3);
    }
  }
}

TEST(PortfolioTest, WithoutEndEachScenarioAndArmHasRunsInEachRound) {
  Portfolio portfolio(6, 3, Portfolio::kEndless);
  for (int round = 0; round < 20; ++round) {
    std::map<std::pair<size_t, size_t>, uint64_t> runs;
    for (const Portion& one : portfolio.NextRound()) runs[{one.scenario, one.arm}] = one.runs;
    EXPECT_THAT(runs, SizeIs(18));
  }
}

TEST(PortfolioTest, WithNothingNewSharesAreEqualAgain) {
  Portfolio portfolio(2, 1, Portfolio::kEndless);
  Tally tally(2);
  tally.Add(portfolio.NextRound());
  portfolio.NoteCoverage(0, std::vector<uint64_t>{1});
  tally.Add(portfolio.NextRound());
  portfolio.NoteCoverage(0, std::vector<uint64_t>{1, 1});
  const auto third = tally.Add(portfolio.NextRound());
  EXPECT_EQ(third[0], 3 * third[1]);
  portfolio.NoteCoverage(0, std::vector<uint64_t>{1, 1});
  const auto fourth = tally.Add(portfolio.NextRound());
  EXPECT_EQ(fourth[0], fourth[1]);
}

TEST(PortfolioTest, ItsArmsAreStrategies) {
  const std::vector<Arm> arms = PortfolioArms({"module.so"});
  EXPECT_GE(arms.size(), 4U);
  for (const Arm& arm : arms) EXPECT_TRUE(sched::MakeStrategy(arm.strategy, 1).ok());
}

TEST(PortfolioTest, ABuildThatTellsOfItsAccessesHasArmsOfItsOwn) {
  const auto accesses = [](const ModuleBuilds& builds) {
    const std::vector<Arm> arms = PortfolioArms(builds);
    return std::count_if(arms.begin(), arms.end(),
                         [](const Arm& arm) { return arm.variant == Variant::kAccesses; });
  };
  ModuleBuilds builds{"module.so"};
  EXPECT_EQ(accesses(builds), 0);
  builds.Set(Variant::kAccesses, {"accesses.so"});
  EXPECT_GE(accesses(builds), 1);
}

constexpr const char* kThrowsWhenPending =
    "\n    BOOL pending = FALSE; DWORD sent;\n"
    "    context->GetResponse()->Flush(TRUE, FALSE, &sent, &pending);\n"
    "    if (pending) throw 3;";

// All that must not depend on the number of jobs.
std::string TextOf(const Report& report) {
  std::string text;
  for (const ArmSummary& one : report.arms) {
    text += one.arm.strategy + " " + std::to_string(one.runs) + " " + std::to_string(one.findings) +
            " " + std::to_string(one.first_cells) + " " + std::to_string(one.guarantee.steps) +
            "\n";
  }
  for (const Finding& finding : report.findings) {
    text += finding.clause + " " + finding.scenario + " " + finding.strategy + " " +
            std::to_string(finding.run) + " " + std::to_string(finding.count) + " " +
            std::to_string(finding.trace_hash) + "\n";
  }
  return text;
}

TEST(PortfolioTest, TheReportSaysWhichArmFoundWhat) {
  VerifyOptions options = OptionsFor(CompileHandler("throws_pending", kThrowsWhenPending), 600);
  options.scenarios = {Get(), Post()};
  options.strategy = kPortfolio;
  const Report report = VerifyOrDie(options);
  EXPECT_EQ(report.strategy, "portfolio");
  EXPECT_EQ(report.runs, 1200U);
  ASSERT_EQ(report.arms.size(), PortfolioArms(options.modules).size());
  uint64_t runs = 0;
  uint64_t findings = 0;
  uint64_t promises = 0;
  for (const ArmSummary& one : report.arms) {
    runs += one.runs;
    findings += one.findings;
    promises += one.guarantee.depth != 0;
  }
  EXPECT_EQ(runs, 1200U);
  EXPECT_EQ(findings, report.findings.size());
  EXPECT_EQ(promises, 1U);
  EXPECT_GT(report.arms[0].first_cells, 0U);
  EXPECT_THAT(ClausesOf(report), Contains("MODULE-EXCEPTION"));
  EXPECT_EQ(report.divergence, "");
  options.jobs = 3;
  EXPECT_EQ(TextOf(VerifyOrDie(options)), TextOf(report));
}

TEST(PortfolioTest, AScenarioThatHangsIsLeftOutOfLaterRounds) {
  VerifyOptions options = OptionsFor(CompileHandler("hangs", "\n    for (;;) {\n    }"), 400);
  options.strategy = kPortfolio;
  options.scenarios = {Get(), Post()};
  const Report report = VerifyOrDie(options);
  EXPECT_THAT(ClausesOf(report), Contains(testing::StartsWith("MODULE-HANG")));
  // One hang each.
  EXPECT_EQ(report.runs, 2U);
  EXPECT_THAT(report.notes, Contains(testing::HasSubstr("798 runs were left out")));
}

}  // namespace
}  // namespace pendulum::explore

#include "harness/explore/reading_runs.h"

#include <gtest/gtest.h>

namespace pendulum::explore {
namespace {

// Clause 0 has readings 0 and 1, clause 1 none, clause 2 readings 2, 3 and 4.
const oracle::Specification& Sample() {
  static const oracle::Specification specification = [] {
    const auto clause = [](const std::string& id, const std::string& readings) {
      return R"({"id": ")" + id + R"(", "title": "t", "subject": "host", "level": "must",
        "basis": "documented", "source": {"page": "p.md"}, "on": "call", "require": "TRUE",
        "message": "m")" +
             readings + "}";
    };
    const std::string text =
        R"({"schema": "pendulum-specification/1", "clauses": [)" +
        clause("T-0", R"(, "readings": [{"text": "it is at once", "when": "TRUE"},
                                        {"text": "it is later", "when": "TRUE"}])") +
        "," + clause("T-1", "") + "," +
        clause("T-2", R"(, "readings": [{"text": "it is red", "when": "TRUE"},
               {"text": "it is green", "when": "TRUE"}, {"text": "it is blue", "when": "TRUE"}])") +
        "]}";
    const oracle::SpecificationText texts[] = {{"t.json", text}};
    auto loaded = oracle::Specification::FromTexts(texts);
    EXPECT_TRUE(loaded.ok()) << loaded.error().Text();
    return std::move(loaded).value();
  }();
  return specification;
}

// Runs of one scenario, as a batch would count them.
class Runs {
 public:
  explicit Runs(size_t scenario = 0) : scenario_(scenario) {}

  // So many runs that saw these readings (a bit each), and broke the rule in question or not.
  Runs& Add(uint64_t count, uint64_t seen, bool failed) {
    for (uint64_t i = 0; i < count; ++i) {
      NoteReadings(seen, failed, OtherReadingsOf(Sample()), table_.data());
    }
    if (!failed) return *this;
    failing_.count_by_scenario[scenario_] += count;
    failing_.readings_in_all &= seen;
    return *this;
  }

  std::vector<Reliance> Reliances() const {
    std::vector<ReadingTable> tables(scenario_ + 1);
    tables[scenario_] = table_;
    return RelianceOf(failing_, tables, Sample());
  }
  const ReadingTable& table() const { return table_; }

 private:
  size_t scenario_;
  ReadingTable table_ = {};
  FailingRuns failing_;
};

constexpr uint64_t kAtOnce = 1, kLater = 2, kRed = 4, kGreen = 8, kBlue = 16;

TEST(ReadingRunsTest, OtherReadingsAreThoseOfTheSameClause) {
  const OtherReadings others = OtherReadingsOf(Sample());
  EXPECT_EQ(others[0], kLater);
  EXPECT_EQ(others[1], kAtOnce);
  EXPECT_EQ(others[2], kGreen | kBlue);
  EXPECT_EQ(others[4], kRed | kGreen);
  EXPECT_EQ(others[5], 0U);
}

TEST(ReadingRunsTest, RunsAreCountedByWhatTheySawAndHowTheyEnded) {
  const Runs runs =
      Runs().Add(5, kAtOnce, false).Add(3, kLater, true).Add(2, 3, false).Add(7, 0, true);
  EXPECT_EQ(runs.table()[0], (ReadingRuns{{7, 0}, {0, 3}}));
  EXPECT_EQ(runs.table()[1], (ReadingRuns{{2, 3}, {5, 0}}));
  EXPECT_EQ(runs.table()[2], ReadingRuns{});
}

TEST(ReadingRunsTest, AModuleThatFailsWithOneReadingReliesOnTheOther) {
  for (const size_t scenario : {0, 3}) {
    const auto found =
        Runs(scenario).Add(50, kAtOnce, false).Add(40, kLater, true).Add(9, 3, true).Reliances();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].clause, 0U);
    EXPECT_EQ(found[0].failing_reading, 1U);
    EXPECT_EQ(found[0].failing_runs, 49U);
    EXPECT_EQ(found[0].passing_runs, 50U);
    EXPECT_EQ(ReadingTexts(Sample().clauses()[0], found[0].passing_readings), "it is at once");
  }
}

// The same reading also passes at times: it takes more than the reading to fail.
TEST(ReadingRunsTest, TheFailingReadingMayPassElsewhere) {
  EXPECT_EQ(Runs()
                .Add(50, kAtOnce, false)
                .Add(40, kLater, true)
                .Add(20, kLater, false)
                .Reliances()
                .size(),
            1U);
}

TEST(ReadingRunsTest, AModuleThatFailsWithBothReliesOnNone) {
  EXPECT_TRUE(
      Runs().Add(50, kAtOnce, true).Add(50, kLater, true).Add(50, 3, false).Reliances().empty());
  EXPECT_TRUE(Runs().Add(50, 3, true).Add(50, kAtOnce, false).Reliances().empty());
  EXPECT_TRUE(Runs().Add(50, kLater, true).Add(1, kAtOnce, true).Reliances().empty());
}

TEST(ReadingRunsTest, WithoutARunThatPassesThereIsNothingToRelyOn) {
  EXPECT_TRUE(Runs().Add(50, kLater, true).Reliances().empty());
  EXPECT_TRUE(Runs().Add(50, kLater, true).Add(50, 0, false).Reliances().empty());
  EXPECT_TRUE(Runs().Add(50, kLater, true).Add(50, kRed, false).Reliances().empty());
}

TEST(ReadingRunsTest, ChanceIsNoReliance) {
  EXPECT_TRUE(Runs().Add(50, kAtOnce, false).Add(1, kLater, true).Reliances().empty());
  // Nearly all runs see that reading, so that those that fail would in any case.
  EXPECT_TRUE(Runs()
                  .Add(1, kAtOnce, false)
                  .Add(1000, kLater, false)
                  .Add(40, kLater, true)
                  .Reliances()
                  .empty());
}

TEST(ReadingRunsTest, OtherScenariosSayNothing) {
  Runs failing = Runs(1).Add(50, kLater, true);
  std::vector<ReadingTable> tables = {Runs().Add(90, kAtOnce, false).table(), failing.table()};
  const FailingRuns runs{{{1, 50}}, kLater};
  EXPECT_TRUE(RelianceOf(runs, tables, Sample()).empty());
  tables[1] = failing.Add(90, kAtOnce, false).table();
  EXPECT_EQ(RelianceOf(runs, tables, Sample()).size(), 1U);
}

TEST(ReadingRunsTest, OfSeveralReadingsThoseThatPassAreNamed) {
  const auto found =
      Runs().Add(50, kRed, false).Add(40, kGreen, true).Add(50, kBlue, false).Reliances();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(ReadingTexts(Sample().clauses()[2], found[0].passing_readings),
            "it is red, or it is blue");
  EXPECT_EQ(found[0].passing_runs, 100U);
}

}  // namespace
}  // namespace pendulum::explore

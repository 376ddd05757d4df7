#include "harness/nightly/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using report::LifeCycle;
using testing::ElementsAre;
using testing::HasSubstr;

class NightlyDatabase : public testing::Test {
 protected:
  NightlyDatabase() : folder_(testing::TempDir() + "database-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
    path_ = folder_ + "/night.sqlite";
  }
  ~NightlyDatabase() override { fs::remove_all(folder_); }

  Database Open() {
    auto database = Database::Open(path_);
    EXPECT_TRUE(database.ok()) << (database.ok() ? "" : database.error().Text());
    return std::move(database).value();
  }

  // What opening says of a file with this content, which has to stay as it is.
  std::string Refusal(const std::string& content) {
    EXPECT_TRUE(platform::WriteFile(path_, content).ok());
    const auto opened = Database::Open(path_);
    EXPECT_EQ(platform::ReadFile(path_).value(), content) << "nothing is overwritten";
    return opened.ok() ? "no error" : opened.error().Text();
  }

  std::string folder_, path_;
};

FindingRow Row(const std::string& fingerprint) {
  FindingRow row;
  row.finding.fingerprint = fingerprint;
  row.finding.rule = "MODULE-HANG";
  row.finding.level = "must";
  row.finding.message = "it's \"quoted\"; DROP TABLE findings;--";
  row.finding.target = "echo";
  row.finding.operation = "Flush";
  row.finding.timing = "inline";
  row.finding.location = {"echo.cpp", 12, "CEcho::Start()"};
  row.finding.life_cycle = LifeCycle::kConfirmed;
  row.finding.first_night = 2;
  row.finding.last_night = 5;
  row.finding.count = 77;
  row.finding.sources = {{"page.md", "Remarks", {"HANG-01"}}};
  row.finding.decisions = {"the first Flush completes asynchronously"};
  row.finding.picture = "a\nb\n";
  row.finding.steps = {{3, "request begins", {"echo.cpp", 4, "f"}, true}};
  row.minimised = true;
  row.note = "went another way";
  return row;
}

TEST_F(NightlyDatabase, KeepsFindings) {
  {
    Database database = Open();
    ASSERT_TRUE(database.Atomically([&] { database.SaveFinding(Row("aa")); }).ok());
  }
  Database database = Open();
  const auto row = database.Finding("aa");
  ASSERT_TRUE(row.has_value());
  const report::NightFinding expected = Row("aa").finding;
  EXPECT_EQ(row->finding.message, expected.message);
  EXPECT_EQ(row->finding.location.function, expected.location.function);
  EXPECT_EQ(row->finding.location.line, 12);
  EXPECT_EQ(row->finding.life_cycle, LifeCycle::kConfirmed);
  EXPECT_EQ(row->finding.first_night, 2u);
  EXPECT_EQ(row->finding.last_night, 5u);
  EXPECT_EQ(row->finding.count, 77u);
  EXPECT_EQ(row->finding.picture, expected.picture);
  EXPECT_THAT(row->finding.decisions, ElementsAre(expected.decisions[0]));
  EXPECT_THAT(row->finding.sources.at(0).statements, ElementsAre("HANG-01"));
  EXPECT_EQ(row->finding.steps.at(0).worker, 3);
  EXPECT_TRUE(row->finding.steps.at(0).is_decision);
  EXPECT_TRUE(row->minimised);
  EXPECT_EQ(row->note, "went another way");
  EXPECT_FALSE(database.Finding("bb").has_value());
  EXPECT_EQ(database.Findings().size(), 1u);
}

TEST_F(NightlyDatabase, KeepsNightsTargetsAndJobs) {
  Database database = Open();
  EXPECT_FALSE(database.LastNight().has_value());
  const NightRow night = {3, "2026-11-23", 1700000000, 60000, 1234, Phase::kCanaries, true, false};
  const TargetRow target = {"echo", "it died", 5000, 123, 9, 7, 2, 4};
  ASSERT_TRUE(database
                  .Atomically([&] {
                    database.SaveNight(night);
                    database.SaveTarget(3, target);
                    database.BeginJob(3, {"3-1", "echo", ""});
                    database.BeginJob(3, {"3-2", "", "aa"});
                    database.EndJob("3-2");
                    database.SaveTrend({3, "2026-11-23", 123, 45, 9, 2, 1});
                    database.AddFailure(3, "once");
                    database.AddFailure(3, "once");
                    database.AddReplay(3, "aa", "shown");
                    database.SaveCanary(3, {"MODULE-HANG", "hang.cpp", true, 0.5});
                  })
                  .ok());
  const auto last = database.LastNight();
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->number, 3u);
  EXPECT_EQ(last->elapsed_ms, 1234u);
  EXPECT_EQ(last->phase, Phase::kCanaries);
  EXPECT_TRUE(last->resumed);
  ASSERT_EQ(database.Targets(3).size(), 1u);
  EXPECT_EQ(database.Targets(3)[0].executions, 123u);
  EXPECT_EQ(database.Targets(3)[0].restarts, 2u);
  ASSERT_EQ(database.Jobs().size(), 1u);
  EXPECT_EQ(database.Jobs()[0].target, "echo");
  ASSERT_EQ(database.Trends(10).size(), 1u);
  EXPECT_EQ(database.Trends(10)[0].cells, 45u);
  EXPECT_THAT(database.Failures(3), ElementsAre("once"));
  EXPECT_TRUE(database.Replayed(3).contains("aa"));
  EXPECT_TRUE(database.Canaries(3).at(0).found);
  EXPECT_TRUE(database.TakeError().ok());
}

TEST_F(NightlyDatabase, CellsAddUp) {
  Database database = Open();
  ASSERT_TRUE(database
                  .Atomically([&] {
                    database.AddCells(1, "a", "READ-01", {1, 0, 0, 2});
                    database.AddCells(1, "a", "READ-01", {1, 5, 0, 0});
                    database.AddCells(1, "b", "READ-02", {0, 0, 3, 0});
                  })
                  .ok());
  EXPECT_EQ(database.Cells(1, "a").at("READ-01"), (Database::Timings{2, 5, 0, 2}));
  EXPECT_EQ(CountCells(database.Cells(1, "a")), 3u);
  EXPECT_EQ(CountCells(database.Cells(1, "")), 4u);
  ASSERT_TRUE(database.Atomically([&] { database.DropCellsBefore(2); }).ok());
  EXPECT_EQ(CountCells(database.Cells(1, "")), 0u);
}

TEST_F(NightlyDatabase, ATransactionCountsAsAWholeOrNotAtAll) {
  Database database = Open();
  ASSERT_TRUE(database
                  .Atomically([&] {
                    database.SaveFinding(Row("aa"));
                    database.BeginJob(1, {"1-1", "", ""});
                  })
                  .ok());
  auto connection = Sqlite::Open(path_, false);
  ASSERT_TRUE(connection.ok());
  const auto broken = connection->Atomically([&] {
    connection->Run("DELETE FROM findings");
    connection->Run("INSERT INTO no_such_table VALUES(1)");
    connection->Run("DELETE FROM jobs");
  });
  ASSERT_FALSE(broken.ok());
  EXPECT_THAT(broken.error().Text(), HasSubstr("no such table"));
  EXPECT_TRUE(database.Finding("aa").has_value()) << "the first statement is undone";
  EXPECT_EQ(database.Jobs().size(), 1u);
}

TEST_F(NightlyDatabase, AnEmptyFileIsANewOne) {
  ASSERT_TRUE(platform::WriteFile(path_, "").ok());
  EXPECT_FALSE(Open().LastNight().has_value());
}

TEST_F(NightlyDatabase, AFileThatIsNoDatabaseIsLeftAlone) {
  const std::string error = Refusal(std::string(5000, 'x'));
  EXPECT_THAT(error, HasSubstr(path_));
  EXPECT_THAT(error, HasSubstr("file is not a database"));
  EXPECT_THAT(error, HasSubstr("move it away"));
}

TEST_F(NightlyDatabase, ADamagedOneIsLeftAlone) {
  {
    ASSERT_TRUE(Open().Atomically([] {}).ok());
  }
  std::string content = platform::ReadFile(path_).value();
  ASSERT_GT(content.size(), 8192u);
  // All but the first page.
  for (size_t i = 4096; i < content.size(); ++i) content[i] = static_cast<char>(0xA5);
  const std::string error = Refusal(content);
  EXPECT_THAT(error, HasSubstr(path_));
  EXPECT_THAT(error, HasSubstr("left as it is"));
}

TEST_F(NightlyDatabase, AnotherProgramsIsLeftAlone) {
  {
    auto other = Sqlite::Open(path_, true);
    ASSERT_TRUE(other.ok());
    other->Run("CREATE TABLE bookmarks(address TEXT)");
  }
  EXPECT_THAT(Refusal(platform::ReadFile(path_).value()), HasSubstr("belongs to another program"));
}

TEST_F(NightlyDatabase, ALaterVersionIsLeftAlone) {
  {
    ASSERT_TRUE(Open().Atomically([] {}).ok());
  }
  {
    auto later = Sqlite::Open(path_, false);
    later->Run("PRAGMA user_version = 9");
    later->Run("PRAGMA journal_mode = DELETE");
  }
  EXPECT_THAT(Refusal(platform::ReadFile(path_).value()),
              HasSubstr("of version 9, and this program reads version 1"));
}

TEST_F(NightlyDatabase, APlaceThatCannotBeWritten) {
  const auto opened = Database::Open("/no/such/folder/night.sqlite");
  ASSERT_FALSE(opened.ok());
  EXPECT_THAT(opened.error().Text(), HasSubstr("/no/such/folder/night.sqlite"));
}

}  // namespace
}  // namespace pendulum::nightly

// pendulum spec coverage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/platform/file.h"
#include "tests/cli/call.h"

namespace pendulum::cli {
namespace {

using testing::HasSubstr;

class SpecCoverage : public testing::Test {
 protected:
  SpecCoverage() : path_(testing::TempDir() + "coverage-" + std::to_string(getpid()) + ".json") {}
  ~SpecCoverage() override { std::filesystem::remove(path_); }

  // A report in which READ-07 was reached so often in two timings.
  const std::string& Report(int after_return, int none) {
    const std::string text =
        R"({"schema": "pendulum-report/1", "clauses": [{"clause": "READ-07", "verdict": "pass",)"
        R"( "reached": {"inline": 0, "after_return": )" +
        std::to_string(after_return) + R"(, "before_return": 0, "none": )" + std::to_string(none) +
        "}}]}";
    EXPECT_TRUE(platform::WriteFile(path_, text).ok());
    return path_;
  }

  const std::string path_;
};

TEST_F(SpecCoverage, AddsUpReports) {
  const std::string& report = Report(1200, 3);
  const Outcome outcome = Call({"spec", "coverage", report, report});
  EXPECT_EQ(outcome.status, kClean) << outcome.err;
  EXPECT_THAT(outcome.out, testing::ContainsRegex("\nREAD-07 +0 +2,400 +0 +6\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\nnever reached:\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\n  READ-08\n"));
  EXPECT_THAT(outcome.out, HasSubstr(": 1 reached, "));
}

TEST_F(SpecCoverage, WritesJson) {
  const Outcome outcome = Call({"spec", "coverage", Report(2, 0), "--json", "-"});
  const auto coverage = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(coverage["schema"], "pendulum-coverage/1");
  EXPECT_EQ(coverage["never_reached"].size() + 1, coverage["clauses"].size());
  for (const auto& clause : coverage["clauses"]) {
    EXPECT_EQ(clause["reached"]["after_return"], clause["clause"] == "READ-07" ? 2 : 0);
  }
}

TEST_F(SpecCoverage, NothingReachedIsStatusThree) {
  const Outcome outcome = Call({"spec", "coverage", Report(0, 0)});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr("nothing was checked"));
}

TEST_F(SpecCoverage, TellsWhatIsWrongWithAReport) {
  EXPECT_EQ(Call({"spec", "coverage", "nowhere.json"}).status, kNotDone);
  EXPECT_TRUE(platform::WriteFile(path_, "{\"schema\": \"pendulum-trace/1\"}").ok());
  const Outcome outcome = Call({"spec", "coverage", path_});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr(".json:1:12: /schema: "));
  EXPECT_EQ(Call({"spec", "coverage"}).status, kUsageError);
}

}  // namespace
}  // namespace pendulum::cli

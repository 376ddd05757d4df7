#include "harness/nightly/results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "harness/platform/file.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class NightlyResults : public testing::Test {
 protected:
  NightlyResults() : folder_(testing::TempDir() + "results-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
    config_.folder = folder_;
  }
  ~NightlyResults() override { fs::remove_all(folder_); }

  std::string Write(const std::string& text) {
    const std::string path = folder_ + "/result.json";
    EXPECT_TRUE(platform::WriteFile(path, text).ok());
    return path;
  }

  std::string folder_;
  Config config_;
};

TEST_F(NightlyResults, OfAVerification) {
  const std::string path = Write(R"({"schema": "pendulum-report/1", "verdict": "violation",
    "totals": {"runs": 500},
    "findings": [{"clause": "MODULE-HANG", "level": "must", "count": 3, "operation": "Flush",
      "timing": null, "replay": "x.json",
      "location": {"file": ")" + folder_ +
                                 R"(/sub/../echo.cpp", "line": 2, "function": "f"}}],
    "clauses": [{"clause": "READ-01", "reached": {"inline": 1, "after_return": 0,
      "before_return": 2, "none": 0}}, {"clause": "READ-02", "reached": {"inline": 0}}]})");
  const auto slice = ReadSlice(path, config_, "echo");
  ASSERT_TRUE(slice.ok()) << slice.error().Text();
  EXPECT_EQ(slice->executions, 500u);
  EXPECT_FALSE(slice->corpus_inputs.has_value());
  EXPECT_FALSE(slice->nothing_checked);
  ASSERT_EQ(slice->findings.size(), 1u);
  const report::NightFinding& finding = slice->findings[0].finding;
  EXPECT_EQ(finding.location.file, "echo.cpp") << "as seen from the configuration's folder";
  EXPECT_EQ(finding.operation, "Flush");
  EXPECT_EQ(finding.timing, "");
  EXPECT_EQ(finding.count, 3u);
  EXPECT_EQ(finding.fingerprint.size(), 16u);
  EXPECT_EQ(slice->cells.size(), 1u);
  EXPECT_EQ(slice->cells.at("READ-01"), (Database::Timings{1, 0, 2, 0}));
}

TEST_F(NightlyResults, OfAFuzzTarget) {
  const std::string path = Write(R"({"schema": "pendulum-report/1", "verdict": "not-exercised",
    "totals": {"executions": 12, "corpus_inputs": 5}, "findings": []})");
  const auto slice = ReadSlice(path, config_, "pipeline");
  ASSERT_TRUE(slice.ok());
  EXPECT_EQ(slice->executions, 12u);
  EXPECT_EQ(slice->corpus_inputs, 5u);
  EXPECT_TRUE(slice->nothing_checked);
}

TEST_F(NightlyResults, WhatIsNoReportIsAnErrorThatNamesTheFile) {
  EXPECT_THAT(ReadSlice(Write("{"), config_, "echo").error().Text(), HasSubstr("is no JSON"));
  EXPECT_THAT(ReadSlice(Write("[1]"), config_, "echo").error().Text(),
              HasSubstr(folder_ + "/result.json: is no pendulum-report/1"));
  EXPECT_TRUE(
      ReadSlice(Write(R"({"schema": "pendulum-report/1", "findings": 7})"), config_, "x").ok());
}

TEST_F(NightlyResults, OfAReplay) {
  const auto replay = [&](const std::string& verdict, const std::string& findings) {
    const auto read = ReadReplay(
        Write(R"({"schema": "pendulum-replay-result/1", "replays": [{"verdict": ")" + verdict +
              R"(", "explanation": "so", "expected": "B", "findings": [)" + findings + "]}]}"),
        config_, "echo");
    EXPECT_TRUE(read.ok());
    return *read;
  };
  const auto shown = replay("same-finding", R"({"clause": "A"}, {"clause": "B",
      "picture": ["1", "2"], "steps": [{"worker": 1, "text": "t", "decision": true}]})");
  EXPECT_EQ(shown.verdict, ReplayVerdict::kShown);
  ASSERT_TRUE(shown.shown.has_value());
  EXPECT_EQ(shown.shown->finding.rule, "B") << "the expected one";
  EXPECT_EQ(shown.shown->finding.picture, "1\n2\n");
  EXPECT_TRUE(shown.shown->finding.steps.at(0).is_decision);
  EXPECT_EQ(replay("fixed", "").verdict, ReplayVerdict::kGone);
  EXPECT_EQ(replay("no-finding", "").verdict, ReplayVerdict::kGone);
  EXPECT_EQ(replay("other-finding", "").verdict, ReplayVerdict::kUnclear);
  EXPECT_EQ(replay("no-longer-applies", "").explanation, "so");
}

TEST_F(NightlyResults, LastWordsAreTheLastLineThatSaysSomething) {
  const std::string path = Write("one\npendulum: no such file\nTry: pendulum --help\n\n");
  EXPECT_EQ(LastWords(path), "no such file");
  EXPECT_EQ(LastWords(folder_ + "/missing"), "");
}

}  // namespace
}  // namespace pendulum::nightly

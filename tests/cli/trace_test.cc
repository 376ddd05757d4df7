// pendulum trace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/platform/file.h"
#include "tests/cli/call.h"
#include "tests/report/baseline.h"

namespace pendulum::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kGood = PENDULUM_SOURCE_DIR "/corpus/traces/real-server.jsonl";
constexpr const char* kBad = PENDULUM_SOURCE_DIR "/corpus/traces/real-server-too-many-bytes.jsonl";

// A file of this test that goes with it.
class TraceProgram : public testing::Test {
 protected:
  TraceProgram() : path_(testing::TempDir() + "trace-" + std::to_string(getpid()) + ".jsonl") {}
  ~TraceProgram() override {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  void Write(const std::string& text) { ASSERT_TRUE(platform::WriteFile(path_, text).ok()); }
  // What is said of a clause.
  static json Clause(const std::string& file, const std::string& id) {
    const json result = json::parse(Call({"trace", "check", file, "--json", "-"}).out);
    for (const json& clause : result["traces"][0]["clauses"]) {
      if (clause["clause"] == id) return clause;
    }
    return {};
  }
  std::string path_;
};

TEST_F(TraceProgram, JudgesARecordedTrace) {
  const Outcome outcome = Call({"trace", "check", kGood, "--width", "100"});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("needs memory.violated, which this trace doesn't record\n"
                                     "    MODULE-BUFFER-LIFETIME"));
  EXPECT_EQ(Clause(kGood, "READ-19")["verdict"], "pass");
  // How many clauses there are, which the last line tells, is none of the form.
  std::string text = WithoutSourceFolder(Call({"trace", "check", kBad, "--quiet"}).out);
  text.erase(text.rfind(": of the clauses"));
  EXPECT_TRUE(MatchesBaseline("trace_check.txt", text));
}

TEST_F(TraceProgram, CatchesAViolationUnlessWhatShowsItIsNotRecorded) {
  EXPECT_EQ(Call({"trace", "check", kBad}).status, kFindings);
  EXPECT_EQ(Clause(kBad, "READ-19")["verdict"], "violation");
  std::string text = platform::ReadFile(kBad).value();
  const std::string field = ", \"bytes\": 5000";
  ASSERT_NE(text.find(field), std::string::npos);
  text.erase(text.find(field), field.size());
  Write(text);
  EXPECT_EQ(Clause(path_, "READ-19")["verdict"], "inconclusive");
  EXPECT_EQ(Clause(path_, "READ-19")["missing"],
            "needs bytes of completion.delivered, absent on line 8");
  EXPECT_EQ(Call({"trace", "check", path_}).status, kClean);
}

TEST_F(TraceProgram, SaysWhatIsWrongWithAFileAndWhere) {
  Write("{\"schema\": \"pendulum-trace/1\"}\n{\"event\": \"request.begun\"}\n");
  const Outcome outcome = Call({"trace", "check", path_});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr(path_ + ":2:11: "));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean 'request.began'?"));
  Write("{\"schema\": \"pendulum-trace/1\"}\n");
  EXPECT_EQ(Call({"trace", "check", path_}).status, kNotDone) << "nothing was checked";
  EXPECT_EQ(Call({"trace", "show", path_}).status, kNotDone);
}

TEST_F(TraceProgram, DrawsATrace) {
  const Outcome outcome = Call({"trace", "show", kGood, "--width", "100"});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_TRUE(MatchesBaseline("trace_show.txt", outcome.out));
}

// What the format asks for, and that everything that begins ends.
void CheckChromeTrace(const json& trace) {
  std::map<int, int> depth;
  std::map<std::string, int> operations, flows;
  int64_t last = 0;
  ASSERT_FALSE(trace["traceEvents"].empty());
  for (const json& event : trace["traceEvents"]) {
    const std::string phase = event.at("ph");
    EXPECT_TRUE(event.at("name").is_string());
    EXPECT_TRUE(event.at("pid").is_number_integer());
    ASSERT_TRUE(event.at("tid").is_number_integer());
    ASSERT_TRUE(event.at("ts").is_number_integer());
    EXPECT_GE(event["ts"], last) << "in the order of time";
    last = event["ts"];
    const int thread = event["tid"];
    if (phase == "B") ++depth[thread];
    if (phase == "E") EXPECT_GE(--depth[thread], 0) << event;
    const bool has_id = phase == "b" || phase == "e" || phase == "s" || phase == "f";
    if (!has_id) continue;
    const std::string id = event.at("id").dump();
    EXPECT_TRUE(event.at("cat").is_string());
    if (phase == "b") EXPECT_EQ(++operations[id], 1) << event;
    if (phase == "e") EXPECT_EQ(--operations[id], 0) << event;
    if (phase == "s") ++flows[id];
    if (phase == "f") EXPECT_EQ(--flows[id], 0) << event;
  }
  for (const auto& [thread, open] : depth) EXPECT_EQ(open, 0) << "thread " << thread;
  for (const auto& [id, open] : operations) EXPECT_EQ(open, 0) << "operation " << id;
  for (const auto& [id, open] : flows) EXPECT_EQ(open, 0) << "arrow " << id;
}

TEST_F(TraceProgram, ExportsATraceForPerfetto) {
  const Outcome outcome = Call({"trace", "export", kGood});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_TRUE(MatchesBaseline("trace_export.json", outcome.out));
  CheckChromeTrace(json::parse(outcome.out));
  EXPECT_EQ(Call({"trace", "export", kGood, "--out", path_}).out, "");
  EXPECT_EQ(platform::ReadFile(path_).value(), outcome.out);
}

TEST_F(TraceProgram, WhatItExportsIsBalancedForEveryTrace) {
  int traces = 0, checked = 0;
  for (const char* folder : {"/tests/spec/witness", "/tests/spec/idioms"}) {
    const std::string root = std::string(PENDULUM_SOURCE_DIR) + folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file() || ++traces % 4 != 0) continue;
      SCOPED_TRACE(entry.path().string());
      const Outcome outcome = Call({"trace", "export", entry.path().string()});
      if (outcome.status == kClean) CheckChromeTrace(json::parse(outcome.out));
      if (outcome.status != kClean) EXPECT_THAT(outcome.err, HasSubstr("does not say its"));
      checked += outcome.status == kClean ? 1 : 0;
    }
  }
  EXPECT_GT(checked, 50);
}

}  // namespace
}  // namespace pendulum::cli

#include "harness/explore/replay_json.h"

#include <gtest/gtest.h>

#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/scenario_json.h"

namespace pendulum::explore {
namespace {

using sched::Decision;
using sched::Question;

ReplayFile Example() {
  ReplayFile replay;
  replay.modules = {{"", {"echo.cpp", "more.cpp"}, {"-DX=1"}, 0x1234}, {"vendor.so", {}, {}, 5}};
  replay.clause = "MODULE-LEFT-PENDING";
  replay.message = "it \"left\"";
  replay.scenario = BuiltInScenarios()[3];
  replay.schedule = {
      {Question::kTransition, sched::kWorkerGoesOn, 2, 3, 1},
      {Question::kTiming, 0, 4, 2, 1},
      {Question::kBytes, 1, sched::kNoOperation, 5, 0},
      {Question::kTransition, sched::kNoRequest, sched::kNoOperation, 2, 0},
      {Question::kStatus, 0, 65534, 65535, 65534},
      {Question::kSetting, 7, 0, 2, 1},
  };
  replay.trace_hash = 0xFEDCBA9876543210;
  replay.strategy = "random";
  replay.seed = 42;
  replay.run = 17;
  replay.pendulum = "0.1.0";
  replay.specification = 0xABCDEF;
  return replay;
}

platform::Error ErrorOf(const std::string& text) {
  platform::Result<ReplayFile> replay = ReadReplay(text, "r.json");
  EXPECT_FALSE(replay.ok()) << text;
  return replay.ok() ? platform::Error{} : replay.error();
}

// The example's text with the first occurrence of `from` replaced.
std::string Spoilt(const std::string& from, const std::string& to) {
  std::string text = WriteReplay(Example());
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " is not in " << text;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(ReplayJson, WhatIsWrittenReadsBackTheSame) {
  const ReplayFile written = Example();
  const auto read = ReadReplay(WriteReplay(written), "r.json");
  ASSERT_TRUE(read.ok()) << read.error().Text();
  ASSERT_EQ(read->modules.size(), 2u);
  EXPECT_EQ(read->modules[0].sources, written.modules[0].sources);
  EXPECT_EQ(read->modules[0].flags, written.modules[0].flags);
  EXPECT_EQ(read->modules[0].hash, 0x1234u);
  EXPECT_EQ(read->modules[1].path, "vendor.so");
  EXPECT_TRUE(read->modules[1].sources.empty());
  EXPECT_EQ(read->clause, written.clause);
  EXPECT_EQ(read->message, written.message);
  EXPECT_EQ(JsonText(ScenarioToJson(read->scenario)), JsonText(ScenarioToJson(written.scenario)));
  EXPECT_EQ(read->schedule, written.schedule);
  EXPECT_EQ(read->trace_hash, written.trace_hash);
  EXPECT_EQ(read->strategy, written.strategy);
  EXPECT_EQ(read->seed, written.seed);
  EXPECT_EQ(read->run, written.run);
  EXPECT_EQ(read->pendulum, written.pendulum);
  EXPECT_EQ(read->specification, written.specification);
  EXPECT_EQ(read->instrumentation, module::Instrumentation::kNone);
}

TEST(ReplayJson, InstrumentationStandsThereWhenTheModulesHaveOne) {
  EXPECT_EQ(WriteReplay(Example()).find("instrumentation"), std::string::npos);
  ReplayFile replay = Example();
  replay.instrumentation = module::Instrumentation::kThread;
  const std::string text = WriteReplay(replay);
  EXPECT_NE(text.find("\"instrumentation\": \"thread\""), std::string::npos) << text;
  const auto read = ReadReplay(text, "r.json");
  ASSERT_TRUE(read.ok()) << read.error().Text();
  EXPECT_EQ(read->instrumentation, module::Instrumentation::kThread);
}

TEST(ReplayJson, DecisionsStandOneALineInWords) {
  const std::string text = WriteReplay(Example());
  EXPECT_NE(text.find("    {\"question\": \"transition\", \"answer\": 1, \"answers\": 3, "
                      "\"thread\": 2},\n"
                      "    {\"question\": \"timing\", \"answer\": 1, \"answers\": 2, "
                      "\"request\": 0, \"operation\": 4},\n"),
            std::string::npos)
      << text;
}

TEST(ReplayJson, EmptyScheduleIsTheHappyPath) {
  ReplayFile replay = Example();
  replay.schedule.clear();
  const auto read = ReadReplay(WriteReplay(replay), "r.json");
  ASSERT_TRUE(read.ok()) << read.error().Text();
  EXPECT_TRUE(read->schedule.empty());
}

TEST(ReplayJson, AnswerThatWasNotOfferedIsRefused) {
  const platform::Error error =
      ErrorOf(Spoilt("\"answer\": 1, \"answers\": 3", "\"answer\": 3, \"answers\": 3"));
  EXPECT_NE(error.message.find("/schedule/0/answer"), std::string::npos) << error.Text();
  EXPECT_NE(error.place.find("r.json:"), std::string::npos);
}

TEST(ReplayJson, MisspeltQuestionIsRefusedWithASuggestion) {
  const platform::Error error = ErrorOf(Spoilt("\"timing\"", "\"timming\""));
  EXPECT_NE(error.message.find("/schedule/1/question"), std::string::npos) << error.Text();
  EXPECT_NE(error.remedy.find("timing"), std::string::npos) << error.Text();
}

TEST(ReplayJson, ThreadBelongsToATransition) {
  const platform::Error error =
      ErrorOf(Spoilt("\"request\": 0, \"operation\": 4", "\"thread\": 4"));
  EXPECT_NE(error.message.find("transition"), std::string::npos) << error.Text();
}

TEST(ReplayJson, HashIsSixteenDigits) {
  const platform::Error error = ErrorOf(Spoilt("fedcba9876543210", "fedcba987654321"));
  EXPECT_NE(error.message.find("/trace_hash: expected 16"), std::string::npos) << error.Text();
}

TEST(ReplayJson, ModuleIsAPathOrSources) {
  const platform::Error error = ErrorOf(Spoilt("\"path\": \"vendor.so\", ", ""));
  EXPECT_NE(error.message.find("/modules/1"), std::string::npos) << error.Text();
}

TEST(ReplayJson, MistakeInTheScenarioHasItsPlace) {
  const platform::Error error = ErrorOf(Spoilt("\"content-length\"", "\"contents\""));
  EXPECT_NE(error.message.find("/scenario/requests/0/framing"), std::string::npos) << error.Text();
}

TEST(ReplayJson, OtherFilesAreRefused) {
  EXPECT_NE(ErrorOf("{}").message.find("schema"), std::string::npos);
  EXPECT_FALSE(ErrorOf("\x7f"
                       "ELF")
                   .message.empty());
  EXPECT_FALSE(LoadReplay("/nonexistent/r.json").ok());
}

TEST(JsonText, PutsOnOneLineWhatFits) {
  Json json;
  json["short"] = {1, 2, 3};
  json["empty"] = Json::array();
  json["nested"]["inner"] = {{"a", "b"}};
  json["bytes"] = "\xff";
  EXPECT_EQ(JsonText(json),
            "{\n  \"short\": [1, 2, 3],\n  \"empty\": [],\n  \"nested\": {\n"
            "    \"inner\": {\"a\": \"b\"}\n  },\n  \"bytes\": \"\xEF\xBF\xBD\"\n}\n");
  EXPECT_EQ(JsonText(Json(std::vector<std::string>(30, "word"))).find("[\n  \"word\",\n"), 0u);
}

}  // namespace
}  // namespace pendulum::explore

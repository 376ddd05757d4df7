#include "harness/explore/scenario_json.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "harness/explore/builtin_scenarios.h"

namespace pendulum::explore {
namespace {

constexpr const char* kSmallest = R"({
  "schema": "pendulum-scenario/1",
  "name": "one",
  "title": "a request",
  "requests": [{}]
})";

// A scenario with this text as its requests (and what may follow them).
std::string WithRequests(const std::string& requests) {
  return R"({"schema": "pendulum-scenario/1", "name": "one", "title": "t", "requests": )" +
         requests + "}";
}

platform::Error ErrorOf(const std::string& text) {
  platform::Result<host::Scenario> scenario = ReadScenario(text, "s.json");
  EXPECT_FALSE(scenario.ok()) << text;
  return scenario.ok() ? platform::Error{} : scenario.error();
}

TEST(ScenarioJson, SmallestScenarioHasDefaults) {
  const auto scenario = ReadScenario(kSmallest, "s.json");
  ASSERT_TRUE(scenario.ok()) << scenario.error().Text();
  EXPECT_EQ(scenario->name, "one");
  EXPECT_EQ(scenario->title, "a request");
  ASSERT_EQ(scenario->requests.size(), 1u);
  EXPECT_EQ(scenario->requests[0].method, "GET");
  EXPECT_EQ(scenario->requests[0].framing, host::BodyFraming::kNone);
  EXPECT_TRUE(scenario->host.response_buffering);
  EXPECT_EQ(scenario->host.configuration, "{}");
  EXPECT_EQ(scenario->limits.steps, host::ScenarioLimits().steps);
}

TEST(ScenarioJson, EveryMemberIsRead) {
  const auto scenario = ReadScenario(R"({
    "schema": "pendulum-scenario/1", "name": "all-of-it", "title": "all",
    "host": {
      "response_buffering": false, "response_buffer_limit_bytes": 77,
      "completion_timing": "pending", "buffered_writes_complete_inline": true,
      "end_of_body": "zero-bytes", "partial_reads": false, "poison_out_parameters": false,
      "zero_request_memory": false, "memory_faults": true, "network_faults": true,
      "write_after_disconnect": "succeed", "concurrent_completions": false,
      "post_routine": "alone", "client_certificate": true,
      "app_pool_name": "pool", "site_name": "site", "site_id": 7, "application_path": "/app",
      "physical_path": "D:\\", "user_name": "me", "authentication_type": "Basic",
      "remote_address": "::1", "local_address": "::2", "remote_port": 1, "local_port": 2,
      "connection_is_null": true,
      "server_variables": [{"name": "HTTPS", "value": "on"}],
      "configuration": {"system.webServer/x": {"on": true, "list": [1, 2.5, null, "s"]}}
    },
    "requests": [
      {"method": "PUT", "url": "/a?b", "headers": [{"name": "Accept", "value": "*/*"}],
       "framing": "chunked", "body": "hello",
       "client": {"arrival_bytes": [2, 1], "disconnect": "during-body", "reads_slowly": true}},
      {"on_same_connection": true}
    ],
    "limits": {"steps": 500}
  })",
                                     "s.json");
  ASSERT_TRUE(scenario.ok()) << scenario.error().Text();
  const host::HostSettings& host = scenario->host;
  EXPECT_FALSE(host.response_buffering);
  EXPECT_EQ(host.response_buffer_limit_bytes, 77u);
  EXPECT_EQ(host.completion_timing, host::Choice::kSecond);
  EXPECT_TRUE(host.buffered_writes_complete_inline);
  EXPECT_EQ(host.end_of_body, host::Choice::kSecond);
  EXPECT_FALSE(host.partial_reads);
  EXPECT_FALSE(host.poison_out_parameters);
  EXPECT_FALSE(host.zero_request_memory);
  EXPECT_TRUE(host.memory_faults);
  EXPECT_TRUE(host.network_faults);
  EXPECT_EQ(host.write_after_disconnect, host::Choice::kFirst);
  EXPECT_FALSE(host.concurrent_completions);
  EXPECT_EQ(host.post_routine, host::Choice::kFirst);
  EXPECT_TRUE(host.client_certificate);
  EXPECT_EQ(host.app_pool_name + host.site_name + host.application_path, "poolsite/app");
  EXPECT_EQ(host.site_id, 7u);
  EXPECT_EQ(host.physical_path, "D:\\");
  EXPECT_EQ(host.user_name + host.authentication_type, "meBasic");
  EXPECT_EQ(host.remote_address + host.local_address, "::1::2");
  EXPECT_EQ(host.remote_port, 1);
  EXPECT_EQ(host.local_port, 2);
  EXPECT_TRUE(host.connection_is_null);
  ASSERT_EQ(host.server_variables.size(), 1u);
  EXPECT_EQ(host.server_variables[0].first, "HTTPS");
  EXPECT_EQ(host.configuration, R"({"system.webServer/x":{"on":true,"list":[1,2.5,null,"s"]}})");
  ASSERT_EQ(scenario->requests.size(), 2u);
  const host::RequestDescription& request = scenario->requests[0];
  EXPECT_EQ(request.method + request.url + request.body, "PUT/a?bhello");
  EXPECT_EQ(request.headers[0].second, "*/*");
  EXPECT_EQ(request.framing, host::BodyFraming::kChunked);
  EXPECT_EQ(request.body_bytes, 5u);
  EXPECT_EQ(request.client.arrival_bytes, (std::vector<uint32_t>{2, 1}));
  EXPECT_EQ(request.client.disconnect, host::DisconnectWhen::kDuringBody);
  EXPECT_TRUE(request.client.reads_slowly);
  EXPECT_TRUE(scenario->requests[1].on_same_connection);
  EXPECT_EQ(scenario->limits.steps, 500u);
}

TEST(ScenarioJson, WhatIsWrittenReadsBackTheSame) {
  for (const host::Scenario& scenario : BuiltInScenarios()) {
    const std::string text = JsonText(ScenarioToJson(scenario));
    const auto again = ReadScenario(text, scenario.name);
    ASSERT_TRUE(again.ok()) << again.error().Text();
    EXPECT_EQ(JsonText(ScenarioToJson(*again)), text);
  }
}

TEST(ScenarioJson, ErrorsNamePlacePointerAndSuggestion) {
  const platform::Error error = ErrorOf(
      "{\n  \"schema\": \"pendulum-scenario/1\",\n"
      "  \"name\": \"a\", \"title\": \"t\",\n"
      "  \"requests\": [{\"metod\": \"GET\"}]\n}");
  EXPECT_EQ(error.place.substr(0, 9), "s.json:4:") << error.Text();
  EXPECT_NE(error.message.find("/requests/0/metod"), std::string::npos) << error.Text();
  EXPECT_NE(error.remedy.find("method"), std::string::npos) << error.Text();
}

TEST(ScenarioJson, WrongTypeSaysWhatWasExpected) {
  const platform::Error error = ErrorOf(WithRequests(R"([{"body_bytes": "many"}])"));
  EXPECT_NE(error.message.find("/requests/0/body_bytes"), std::string::npos) << error.Text();
  EXPECT_NE(error.message.find("integer"), std::string::npos) << error.Text();
}

struct Mistake {
  const char* name;
  const char* requests;
  const char* said;
};

class ScenarioMistake : public testing::TestWithParam<Mistake> {};

TEST_P(ScenarioMistake, IsFound) {
  const platform::Error error = ErrorOf(WithRequests(GetParam().requests));
  EXPECT_NE(error.Text().find(GetParam().said), std::string::npos) << error.Text();
}

INSTANTIATE_TEST_SUITE_P(
    All, ScenarioMistake,
    testing::Values(
        Mistake{"none", "[]", "1 to 8 requests"},
        Mistake{"nine", "[{},{},{},{},{},{},{},{},{}]", "1 to 8 requests"},
        Mistake{"no_array", "{}", "an array"},
        Mistake{"method", R"([{"method": "G T"}])", "a method"},
        Mistake{"url", R"([{"url": "x"}])", "begins with '/'"},
        Mistake{"header_name", R"([{"headers": [{"name": "a b", "value": "c"}]}])", "letters"},
        Mistake{"header_value", R"([{"headers": [{"name": "a", "value": "c\n"}]}])", "line breaks"},
        Mistake{"length_header", R"([{"headers": [{"name": "content-Length", "value": "3"}]}])",
                "follows from"},
        Mistake{"framing", R"([{"framing": "none", "body_bytes": 3}])", "content-length"},
        Mistake{"lengths_differ", R"([{"body": "abc", "body_bytes": 4}])", "has 3 bytes"},
        Mistake{"too_long", R"([{"body_bytes": 1048577}])", "1048576"},
        Mistake{"pieces_of_nothing", R"([{"client": {"arrival_bytes": [1]}}])", "no body"},
        Mistake{"piece_of_zero", R"([{"body": "a", "client": {"arrival_bytes": [0]}}])", "from 1"},
        Mistake{"leaves_during_nothing", R"([{"client": {"disconnect": "during-body"}}])",
                "no body"},
        Mistake{"first_is_second", R"([{"on_same_connection": true}])", "no request before"},
        Mistake{"disconnect", R"([{"client": {"disconnect": "anytime"}}])", "any-time"}),
    [](const auto& mistake) { return std::string(mistake.param.name); });

TEST(ScenarioJson, OtherSchemaIsRefused) {
  std::string text = kSmallest;
  text.replace(text.find("scenario/1"), 10, "scenario/2");
  EXPECT_NE(ErrorOf(text).message.find("pendulum-scenario/1"), std::string::npos);
}

TEST(ScenarioJson, MissingFileIsAnError) {
  const auto scenario = LoadScenario("/nonexistent/s.json");
  ASSERT_FALSE(scenario.ok());
  EXPECT_EQ(scenario.error().place, "/nonexistent/s.json");
}

TEST(BuiltInScenarios, AreTheFilesOfTheCorpus) {
  std::set<std::string> built_in, files;
  for (const host::Scenario& scenario : BuiltInScenarios()) {
    EXPECT_TRUE(built_in.insert(scenario.name).second) << scenario.name << " is there twice";
    EXPECT_FALSE(scenario.title.empty()) << scenario.name;
  }
  for (const auto& entry :
       std::filesystem::directory_iterator(PENDULUM_SOURCE_DIR "/corpus/scenarios")) {
    if (entry.path().extension() == ".json") files.insert(entry.path().stem());
  }
  EXPECT_EQ(built_in, files);
  EXPECT_GE(files.size(), 23u);
}

TEST(BuiltInScenarios, AreInTheTableOfTheReadme) {
  std::ifstream file(PENDULUM_SOURCE_DIR "/corpus/scenarios/README.md");
  std::stringstream readme;
  readme << file.rdbuf();
  size_t from = 0;
  for (const host::Scenario& scenario : BuiltInScenarios()) {
    const std::string row = "| `" + scenario.name + "` | " + scenario.title + " |";
    const size_t at = readme.str().find(row, from);
    ASSERT_NE(at, std::string::npos) << row << " is missing, or not in this order";
    from = at;
  }
}

}  // namespace
}  // namespace pendulum::explore

// Verifies the modules of examples/ with the program itself, as a user would.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = PENDULUM_BINARY_DIR "/pendulum";
constexpr const char* kExamples = PENDULUM_SOURCE_DIR "/examples/";

struct Example {
  const char* name;               // its path in examples/, without .cpp
  const char* clause;             // what a faulty one breaks; nullptr for one that conforms
  const char* further = nullptr;  // what comes of it in other schedules
  bool crashes = false;           // AddressSanitizer stops it in some of them
};

constexpr Example kAll[] = {
    {"hello", nullptr},
    {"echo", nullptr},
    {"worker", nullptr},
    {"streamer", nullptr},
    {"faulty_hello", "MODULE-WRITE-AFTER-LAST"},
    {"faulty_echo", "MODULE-PENDING-NOTHING"},
    {"faulty_worker", "MODULE-USE-AFTER-END"},
    // Where the next block is made late, the write has ended and the client gets that block twice.
    {"faulty_streamer", "MODULE-BUFFER-LIFETIME", "MODULE-SCHEDULE-DEPENDENT", true},
    // What looks wrong and is legal.
    {"idioms/cancel", nullptr},
    {"idioms/continue_after_inline", nullptr},
    {"idioms/counted_owners", nullptr},
    {"idioms/free_chunks_in_completion", nullptr},
    {"idioms/indicate_inside", nullptr},
    {"idioms/null_pointers", nullptr},
    {"idioms/post_before_return", nullptr},
    {"idioms/release_after_buffered_write", nullptr},
    {"idioms/send_response_while_pending", nullptr},
    {"idioms/singleton", nullptr},
    {"idioms/state_before_call", nullptr},
    {"idioms/write_after_client_left", nullptr},
};

// Schedules of every scenario: more for what must stay clean (`./x conformance` has many), fewer
// for the rest.
constexpr int kConformingRuns = 2000;
constexpr int kRuns = 1000;
constexpr int kRaceRuns = 440;

class Examples : public testing::TestWithParam<Example> {
 protected:
  Examples() : folder_(testing::TempDir() + "examples-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~Examples() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  platform::CommandResult Pendulum(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {kProgram};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto result = platform::RunCommand(command);
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{};
  }

  platform::CommandResult Verify(int runs, const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {
        "verify", std::string(kExamples) + GetParam().name + ".cpp",
        "--runs", std::to_string(runs),
        "--out",  folder_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Pendulum(arguments);
  }

  std::string folder_;
};

TEST_P(Examples, GetTheVerdictTheyShould) {
  const int runs = GetParam().clause == nullptr ? kConformingRuns : kRuns;
  const auto result = Verify(runs, {"--json", "-"});
  const auto report = nlohmann::json::parse(result.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << result.output << result.errors;
  EXPECT_EQ(report["totals"]["scenarios"], 23);
  // Runs are left out once the same crash has come back.
  if (!GetParam().crashes) {
    EXPECT_EQ(report["totals"]["runs"], 23 * runs);
  }
  std::set<std::string> clauses;
  for (const auto& finding : report["findings"]) {
    std::string clause = finding["clause"];
    clauses.insert(clause.substr(0, clause.find('/')));
  }
  if (GetParam().clause == nullptr) {
    EXPECT_EQ(result.exit_status, 0) << report["findings"].dump(2);
    EXPECT_TRUE(clauses.empty()) << report["findings"].dump(2);
  } else {
    EXPECT_EQ(result.exit_status, 1);
    std::set<std::string> expected = {GetParam().clause};
    if (GetParam().further != nullptr) expected.insert(GetParam().further);
    if (GetParam().crashes) expected.insert("MODULE-CRASH");
    EXPECT_EQ(clauses, expected);
  }
}

// The harness's own hand-overs between workers give no race, and hide no order that the server has.
TEST_P(Examples, HaveNoRaceUnlessTheyAreFaulty) {
  if (GetParam().clause != nullptr) GTEST_SKIP() << "it is faulty";
  const auto result = Verify(kRaceRuns, {"--races", "--json", "-"});
  const auto report = nlohmann::json::parse(result.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << result.output << result.errors;
  EXPECT_GE(report["totals"]["runs"], 10000);
  EXPECT_TRUE(report["findings"].empty()) << report["findings"].dump(2);
}

TEST_P(Examples, RepeatThemselves) {
  const std::vector<std::string> more = {"--json", "-", "--check-determinism", "--strategy",
                                         "random"};
  const auto first = Verify(kRuns / 4, more);
  const auto second = Verify(kRuns / 4, more);
  EXPECT_EQ(first.exit_status, GetParam().clause == nullptr ? 0 : 1) << first.output;
  auto one = nlohmann::ordered_json::parse(first.output);
  auto other = nlohmann::ordered_json::parse(second.output);
  one.erase("timing");
  other.erase("timing");
  EXPECT_EQ(one.dump(2), other.dump(2));
}

TEST_P(Examples, FindingsReplay) {
  Verify(kRuns, {"--quiet", "--strategy", "random"});
  int replayed = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    for (const bool in_process : {false, true}) {
      std::vector<std::string> arguments = {"replay", entry.path(), "--json", "-"};
      if (in_process) arguments.emplace_back("--in-process");
      const auto result = Pendulum(arguments);
      EXPECT_EQ(result.exit_status, 1) << entry.path() << result.output << result.errors;
      EXPECT_NE(result.output.find("\"same-finding\""), std::string::npos) << result.output;
      ++replayed;
    }
  }
  EXPECT_EQ(replayed > 0, GetParam().clause != nullptr);
}

TEST(ExamplesFolder, HasNoOther) {
  std::set<std::string> listed, there;
  for (const Example& example : kAll) listed.insert(example.name);
  for (const char* folder : {"", "idioms/"}) {
    for (const auto& entry : fs::directory_iterator(std::string(kExamples) + folder)) {
      if (entry.path().extension() != ".cpp") continue;
      there.insert(folder + entry.path().stem().string());
    }
  }
  EXPECT_EQ(listed, there);
}

INSTANTIATE_TEST_SUITE_P(All, Examples, testing::ValuesIn(kAll), [](const auto& example) {
  std::string name = example.param.name;
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
});

}  // namespace
}  // namespace pendulum

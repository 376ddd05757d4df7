// The example of spec/README.md, "Your own clauses", does what that section says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kProgram = PENDULUM_BINARY_DIR "/pendulum";
constexpr const char* kHello = PENDULUM_SOURCE_DIR "/examples/hello.cpp";

// The first block of JSON in that section.
std::string Example() {
  const auto readme = platform::ReadFile(PENDULUM_SOURCE_DIR "/spec/README.md");
  EXPECT_TRUE(readme.ok());
  const size_t section = readme->find("\n## Your own clauses\n");
  const std::string open = "```json\n";
  const size_t begin = readme->find(open, section);
  const size_t end = readme->find("```", begin + open.size());
  EXPECT_NE(section, std::string::npos);
  EXPECT_NE(end, std::string::npos);
  return readme->substr(begin + open.size(), end - begin - open.size());
}

class OwnClauses : public testing::Test {
 protected:
  OwnClauses() : folder_(testing::TempDir() + "own-clauses-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
    EXPECT_TRUE(platform::WriteFile(house_, Example()).ok());
  }
  ~OwnClauses() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static platform::CommandResult Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), kProgram);
    auto result = platform::RunCommand(arguments);
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{};
  }

  platform::CommandResult VerifyHello(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"verify", kHello, "--scenario", "get",
                                          "--runs", "50",   "--out",      folder_ + "/findings",
                                          "--json", "-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }

  std::string folder_;
  std::string house_ = folder_ + "/house.json";
};

TEST_F(OwnClauses, AreJudgedBesideTheBuiltInOnes) {
  EXPECT_EQ(VerifyHello({}).exit_status, 0) << "by the built-in clauses alone it is clean";
  const auto result = VerifyHello({"--spec", house_});
  EXPECT_EQ(result.exit_status, 1) << result.errors;
  const auto report = nlohmann::json::parse(result.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << result.output << result.errors;
  ASSERT_EQ(report["findings"].size(), 1u) << report["findings"].dump(2);
  const auto& finding = report["findings"][0];
  EXPECT_EQ(finding["clause"], "HOUSE-ASYNC-WRITES");
  EXPECT_EQ(finding["message"], "WriteEntityChunks with fAsync FALSE");
}

TEST_F(OwnClauses, AreNeededForReplay) {
  const auto report = nlohmann::json::parse(VerifyHello({"--spec", folder_}).output);
  const std::string file = report["findings"][0]["replay"];
  const auto without = Run({"replay", file});
  EXPECT_EQ(without.exit_status, 3);
  EXPECT_THAT(without.errors, HasSubstr("the specification has no clause HOUSE-ASYNC-WRITES"));
  EXPECT_THAT(without.errors, HasSubstr("--spec"));
  const auto with = Run({"replay", file, "--spec", house_});
  EXPECT_EQ(with.exit_status, 1) << with.errors;
  EXPECT_THAT(with.output, HasSubstr("the same finding came back"));
  EXPECT_EQ(with.errors, "");
}

TEST_F(OwnClauses, ReplayTellsOfAnotherSpecification) {
  const auto report = nlohmann::json::parse(VerifyHello({"--spec", house_}).output);
  const std::string file = report["findings"][0]["replay"];
  std::string other = Example();
  const std::string require = "\"operation.async\"";
  other.replace(other.find(require), require.size(), "\"TRUE\"");
  ASSERT_TRUE(platform::WriteFile(house_, other).ok());
  const auto result = Run({"replay", file, "--spec", house_});
  EXPECT_EQ(result.exit_status, 0) << result.output << result.errors;
  EXPECT_THAT(result.errors, HasSubstr("is another than the one that it was found with"));
}

TEST_F(OwnClauses, AreListedShownAndChecked) {
  EXPECT_THAT(Run({"spec", "list", "--spec", house_}).output, HasSubstr("HOUSE-READ-SIZE"));
  EXPECT_THAT(Run({"spec", "list", "--spec", house_}).output, HasSubstr("MODULE-LEFT-PENDING"));
  EXPECT_THAT(Run({"spec", "show", "HOUSE-READ-SIZE", "--spec", house_}).output,
              HasSubstr("https://handbook.example/modules"));
  EXPECT_EQ(Run({"spec", "show", "HOUSE-READ-SIZE"}).exit_status, 3);
  const auto lint = Run({"spec", "lint", "--spec", house_});
  EXPECT_EQ(lint.exit_status, 0) << lint.errors;
  EXPECT_THAT(lint.output, HasSubstr("the built-in clauses and " + house_));
  std::string taken = Example();
  const std::string id = "HOUSE-READ-SIZE";
  taken.replace(taken.find(id), id.size(), "MODULE-LEFT-PENDING");
  ASSERT_TRUE(platform::WriteFile(house_, taken).ok());
  const auto duplicate = Run({"spec", "lint", "--spec", house_});
  EXPECT_EQ(duplicate.exit_status, 3);
  EXPECT_THAT(duplicate.errors, HasSubstr("has the id MODULE-LEFT-PENDING"));
  EXPECT_THAT(duplicate.errors, HasSubstr("house.json:19:13"));
}

}  // namespace
}  // namespace pendulum

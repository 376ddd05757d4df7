// The program as it is called, in this process: command lines, errors and exit statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/command.h"
#include "harness/explore/builtin_scenarios.h"
#include "harness/explore/replay_json.h"
#include "harness/platform/file.h"
#include "tests/cli/call.h"

namespace pendulum::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class Program : public testing::Test {
 protected:
  Program() : folder_(testing::TempDir() + "cli-" + std::to_string(getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Program() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string File(const std::string& name, const std::string& content) {
    const std::string path = folder_ + "/" + name;
    EXPECT_TRUE(platform::WriteFile(path, content).ok());
    return path;
  }
  std::string folder_;
};

TEST_F(Program, HelpOfEachCommandHasExamples) {
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{},
                                             {"verify"},
                                             {"replay"},
                                             {"minimize"},
                                             {"spec"},
                                             {"spec", "show"},
                                             {"trace"},
                                             {"trace", "check"}}) {
    std::vector<std::string> arguments = command;
    arguments.emplace_back("--help");
    const Outcome outcome = Call(arguments);
    EXPECT_EQ(outcome.status, kClean);
    EXPECT_THAT(outcome.out, HasSubstr("xample"));
    EXPECT_EQ(outcome.err, "");
  }
}

TEST_F(Program, TellsItsVersion) {
  const Outcome outcome = Call({"--version"});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_EQ(outcome.out, "pendulum " + std::string(explore::kPendulumVersion) + "\n");
}

struct Mistake {
  const char* name;
  std::vector<std::string> arguments;
  const char* said;
};

class UsageMistake : public testing::TestWithParam<Mistake> {};

TEST_P(UsageMistake, IsStatusTwoWithAHint) {
  const Outcome outcome = Call(GetParam().arguments);
  EXPECT_EQ(outcome.status, kUsageError) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().said));
  EXPECT_THAT(outcome.err, HasSubstr("--help"));
  EXPECT_EQ(outcome.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    All, UsageMistake,
    testing::Values(
        Mistake{"nothing", {}, "subcommand"},
        Mistake{"unknown_command", {"verfy", "a.cpp"}, "verify"},
        Mistake{"no_module", {"verify"}, "MODULE"},
        Mistake{"misspelt_option", {"verify", "a.cpp", "--senario", "x"}, "--scenario"},
        Mistake{"strategy", {"verify", "a.cpp", "--strategy", "pcd"}, "'pct'"},
        Mistake{"runs", {"verify", "a.cpp", "--runs", "0"}, "runs"},
        Mistake{"time", {"verify", "a.cpp", "--time", "5"}, "20s"},
        Mistake{"time_and_runs", {"verify", "a.cpp", "--time", "5s", "--runs", "3"}, "runs"},
        Mistake{"color", {"verify", "a.cpp", "--color", "blue"}, "blue"},
        Mistake{"no_replay_file", {"replay"}, "FILE"},
        Mistake{"flags_for_replay", {"replay", "a.json", "--", "-O2"}, "--"},
        Mistake{"spec_alone", {"spec"}, "subcommand"}),
    [](const auto& mistake) { return std::string(mistake.param.name); });

TEST_F(Program, FilesThatCannotBeVerifiedAreStatusThree) {
  const std::string source = File("a.cpp", "");
  const auto expect = [](const std::vector<std::string>& arguments, const char* said) {
    const Outcome outcome = Call(arguments);
    EXPECT_EQ(outcome.status, kNotDone) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(said));
  };
  expect({"verify", folder_ + "/missing.cpp"}, "no such file");
  expect({"verify", folder_}, "folder");
  expect({"verify", File("a.dll", "MZ")}, "DLL");
  expect({"verify", File("a.txt", "")}, "neither");
  expect({"verify", File("a.so", "no object"), "--", "-O2"}, "-O2");
  expect({"verify", source, "--scenario", "post-smal"}, "post-small");
  expect({"verify", source, "--scenario", File("s.json", "{\n  \"schema\": 3\n}")}, "s.json:2:13");
  expect({"verify", source, "--scenario", "get", "--scenario", "get"}, "two scenarios");
}

TEST_F(Program, ReplayOfAChangedModuleIsTried) {
  explore::ReplayFile replay;
  replay.modules = {{"other.so", {}, {}, 1}};
  replay.clause = "MODULE-CRASH";
  replay.scenario = explore::BuiltInScenarios()[0];
  File("other.so", "something else");
  const Outcome outcome = Call({"replay", File("r.json", explore::WriteReplay(replay))});
  // That this is no module is all that stands in the way.
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr("other.so"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("--allow-changed")));
}

TEST_F(Program, BrokenReplayFileIsStatusThree) {
  const Outcome outcome = Call({"replay", File("r.json", "{\"schema\": ")});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr("r.json:1:"));
}

TEST_F(Program, SpecShowsAClause) {
  const Outcome outcome = Call({"spec", "show", "MODULE-LEFT-PENDING"});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_THAT(outcome.out, HasSubstr("MODULE-LEFT-PENDING: "));
  EXPECT_THAT(outcome.out, HasSubstr("https://learn.microsoft.com/"));
  const Outcome unknown = Call({"spec", "show", "MODULE-LEFT-PENDIN"});
  EXPECT_EQ(unknown.status, kNotDone);
  EXPECT_THAT(unknown.err, HasSubstr("MODULE-LEFT-PENDING"));
}

TEST_F(Program, SpecListsAndLints) {
  EXPECT_THAT(Call({"spec", "list"}).out, HasSubstr("MODULE-LEFT-PENDING"));
  EXPECT_EQ(Call({"spec", "lint", PENDULUM_SOURCE_DIR "/spec"}).status, kClean);
  File("bad.json", "{\"clauses\": 1}");
  EXPECT_EQ(Call({"spec", "lint", folder_}).status, kNotDone);
}

TEST_F(Program, ColoursFollowTheOptionAndTheTerminal) {
  Console terminal;
  terminal.out_is_terminal = true;
  OutputOptions options;
  EXPECT_TRUE(StyleOf(options, terminal).color);
  terminal.no_color = true;
  EXPECT_FALSE(StyleOf(options, terminal).color);
  options.color = "always";
  EXPECT_TRUE(StyleOf(options, terminal).color);
  options.color = "never";
  EXPECT_FALSE(StyleOf(options, terminal).color);
  options.width = 77;
  EXPECT_EQ(StyleOf(options, terminal).width, 77);
}

}  // namespace
}  // namespace pendulum::cli

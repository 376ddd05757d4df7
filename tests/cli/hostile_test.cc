// Full disks, folders that can't be written, files that are no files: each is told by its name, and
// nothing that was there is lost.
#include <gmock/gmock.h>

#include "tests/cli/program_fixture.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Hostile : public ProgramTest {
 protected:
  // The replay file of a finding; what is compiled for it is kept, so that nobody has to again.
  std::string Found() {
    const auto run = Run(Verify({"--out", Below("found")}));
    EXPECT_EQ(run.exit_status, 1) << run.errors;
    for (const auto& entry : fs::directory_iterator(Below("found"))) return entry.path();
    return "";
  }
  static std::vector<std::string> Verify(const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"verify",     Source("examples/faulty_hello.cpp"),
                                          "--scenario", "buffering-off",
                                          "--sanitize", "none",
                                          "--runs",     "20"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  // Every command that writes to `path`.
  std::vector<std::vector<std::string>> Writers(const std::string& found, const std::string& path) {
    std::vector<std::vector<std::string>> commands;
    for (const char* option : {"--json", "--sarif", "--junit"}) {
      commands.push_back(Verify({"--out", Below("found"), option, path}));
    }
    commands.push_back({"replay", found, "--json", path});
    commands.push_back({"replay", found, "--script", path});
    commands.push_back({"replay", found, "--emit-test", path});
    commands.push_back({"minimize", found, "-o", path});
    commands.push_back({"convert", found, path});
    commands.push_back({"corpus", "stats", Source("corpus/write"), "--json", path});
    return commands;
  }
};

TEST_F(Hostile, AFullDiskIsToldAndWhatWasThereStays) {
  const std::string found = Found();
  Run({"corpus", "stats", Source("corpus/write")});
  const std::string path = Write("out", "what was there");
  for (auto command : Writers(found, path)) {
    // The replay files of a verification are written first.
    if (command[0] == "verify") {
      command.insert(command.end(), {"--minimize-runs", "0"});
      command[std::find(command.begin(), command.end(), "--out") - command.begin() + 1] =
          Below("found");
    }
    const auto run = RunOnFullDisk(command);
    EXPECT_EQ(run.exit_status, 3) << testing::PrintToString(command) << run.output;
    EXPECT_THAT(run.errors, HasSubstr(command[0] == "verify" ? Below("found/") : path))
        << testing::PrintToString(command);
    EXPECT_THAT(run.errors, HasSubstr("make room")) << testing::PrintToString(command);
    EXPECT_EQ(Read(path), "what was there") << testing::PrintToString(command);
  }
  EXPECT_EQ(Run({"replay", found}).exit_status, 1) << "the replay file is as it was";
}

TEST_F(Hostile, AFolderThatCantBeWrittenIsTold) {
  const std::string found = Found();
  for (const char* path : {"/sys/kernel/pendulum-out", "/dev/null/out"}) {
    for (const auto& command : Writers(found, path)) {
      const auto run = Run(command);
      EXPECT_EQ(run.exit_status, 3) << testing::PrintToString(command) << run.output;
      EXPECT_THAT(run.errors, HasSubstr(path)) << testing::PrintToString(command);
      EXPECT_THAT(run.errors, HasSubstr("choose another folder")) << run.errors;
    }
  }
}

TEST_F(Hostile, AFolderInThePlaceOfAFileIsTold) {
  const std::string found = Found();
  fs::create_directories(Below("folder"));
  for (const auto& command : Writers(found, Below("folder"))) {
    const auto run = Run(command);
    EXPECT_EQ(run.exit_status, 3) << testing::PrintToString(command) << run.output;
    EXPECT_THAT(run.errors, HasSubstr(Below("folder"))) << testing::PrintToString(command);
  }
  EXPECT_TRUE(fs::is_empty(Below("folder")));
}

// A device is written to, and is a device afterwards.
TEST_F(Hostile, ADeviceIsNotReplaced) {
  const auto run = Run(Verify({"--out", Below("found"), "--json", "/dev/full"}));
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors, HasSubstr("/dev/full: cannot be written"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
  EXPECT_EQ(Run(Verify({"--out", Below("found"), "--json", "/dev/null"})).exit_status, 1);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(Hostile, ADamagedFileIsNamedAndStays) {
  const std::string text = R"({"schema": "pendulum-rep)";
  const std::string damaged = Write("damaged.json", text);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"replay", damaged},
                                                  {"minimize", damaged},
                                                  {"convert", damaged, Below("out")}}) {
    const auto run = Run(command);
    EXPECT_EQ(run.exit_status, 3) << run.output;
    EXPECT_THAT(run.errors, HasSubstr(damaged + ":1:")) << command[0];
  }
  EXPECT_EQ(Read(damaged), text);
  EXPECT_FALSE(fs::exists(Below("out")));
}

TEST_F(Hostile, ACampaignSaysWhereItCantWrite) {
  const std::string file = Write("file", "what was there");
  auto run = Run({"fuzz", "write", "--sanitize", "none", "--time", "1s", "--out", file});
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors, HasSubstr(file + "/corpus"));
  EXPECT_THAT(run.errors, HasSubstr("choose another folder"));
  EXPECT_EQ(Read(file), "what was there");
  run =
      Run({"fuzz", "write", "--sanitize", "none", "--time", "1s", "--out", "/sys/kernel/campaign"});
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors, HasSubstr("/sys/kernel/campaign"));
  run = RunOnFullDisk({"fuzz", "write", "--sanitize", "none", "--time", "1s", "--out", Below("c")});
  EXPECT_EQ(run.exit_status, 3) << run.output;
  EXPECT_THAT(run.errors, HasSubstr(Below("c/logs/")));
}

}  // namespace
}  // namespace pendulum::cli

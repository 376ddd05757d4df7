// The program itself, run in a folder that goes afterwards.
#ifndef PENDULUM_TESTS_CLI_PROGRAM_FIXTURE_H_
#define PENDULUM_TESTS_CLI_PROGRAM_FIXTURE_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::cli {

class ProgramTest : public testing::Test {
 protected:
  ProgramTest() : folder_(testing::TempDir() + "program-" + std::to_string(getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~ProgramTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  static platform::CommandResult Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PENDULUM_BINARY_DIR "/pendulum");
    auto result = platform::RunCommand(arguments);
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{-1, "", ""};
  }
  // The same where no byte can be written to any file, as on a disk that is full.
  static platform::CommandResult RunOnFullDisk(const std::vector<std::string>& arguments) {
    // Its errors go through a pipe, which has no such limit.
    std::string command = "(trap '' XFSZ; ulimit -f 0; exec '" PENDULUM_BINARY_DIR "/pendulum'";
    for (const std::string& argument : arguments) command += " '" + argument + "'";
    command += ") 2>&1 >/dev/null | cat >&2; exit ${PIPESTATUS[0]}";
    auto result = platform::RunCommand({"bash", "-c", command});
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{-1, "", ""};
  }

  std::string Below(const std::string& name) const { return folder_ + "/" + name; }
  static std::string Source(const std::string& path) { return PENDULUM_SOURCE_DIR "/" + path; }
  std::string Write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(Below(name)).parent_path());
    EXPECT_TRUE(platform::WriteFile(Below(name), text).ok());
    return Below(name);
  }
  static std::string Read(const std::string& path) {
    const auto text = platform::ReadFile(path);
    return text.ok() ? *text : "";
  }

  std::string folder_;
};

}  // namespace pendulum::cli

#endif  // PENDULUM_TESTS_CLI_PROGRAM_FIXTURE_H_

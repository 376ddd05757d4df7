// A project in a folder of its own, whose nights are run by the program.
#ifndef PENDULUM_TESTS_NIGHTLY_PROJECT_H_
#define PENDULUM_TESTS_NIGHTLY_PROJECT_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::nightly {

class Project : public testing::Test {
 protected:
  Project() : folder_(testing::TempDir() + "project-" + std::to_string(getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Project() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  // A source of this repository under another name.
  void Copy(const std::string& source, const std::string& name) {
    std::filesystem::copy_file(std::string(PENDULUM_SOURCE_DIR "/") + source, folder_ + "/" + name,
                               std::filesystem::copy_options::overwrite_existing);
  }

  // `rest` is what follows the folders.
  void Configure(const std::string& rest, const std::string& folders = R"("output": "out")") {
    Write("nightly.json",
          R"({"schema": "pendulum-nightly/1", "folders": {)" + folders + "}, " + rest + "}");
  }
  void Write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(platform::WriteFile(folder_ + "/" + name, text).ok());
  }
  std::string Read(const std::string& name) {
    const auto text = platform::ReadFile(folder_ + "/" + name);
    return text.ok() ? *text : "";
  }

  // A night in which each target runs once. Nothing hangs on how fast that is.
  std::vector<std::string> Command(const std::string& budget = "1h") const {
    return {PENDULUM_BINARY_DIR "/pendulum",
            "nightly",
            folder_ + "/nightly.json",
            "--once",
            "--budget",
            budget,
            "--jobs",
            "2"};
  }
  platform::CommandResult Night(const std::string& budget = "1h") {
    const auto result = platform::RunCommand(Command(budget));
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{};
  }
  // Compiles a source, so that no night has to: how long that takes depends on the machine's load.
  void Compile(const std::string& source) {
    const auto compiled =
        platform::RunCommand({PENDULUM_BINARY_DIR "/pendulum", "verify", folder_ + "/" + source,
                              "--sanitize", "none", "--runs", "1", "--scenario", "get",
                              "--minimize-runs", "0", "--out", folder_ + "/ignored"});
    ASSERT_TRUE(compiled.ok() && compiled->exit_status <= 1) << compiled->errors;
  }
  std::string Failures() { return Results()["failures"].dump(); }
  nlohmann::json Results() { return nlohmann::json::parse(Read("out/night.json"), nullptr, false); }

  std::string folder_;
};

}  // namespace pendulum::nightly

#endif  // PENDULUM_TESTS_NIGHTLY_PROJECT_H_

// The files that `pendulum verify` writes for other programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/platform/file.h"
#include "tests/cli/call.h"

namespace pendulum::cli {
namespace {

using testing::HasSubstr;

class Reports : public testing::Test {
 protected:
  Reports() : folder_(testing::TempDir() + "reports-" + std::to_string(getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Reports() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Outcome Verify(const std::string& example, const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"verify",     PENDULUM_SOURCE_DIR "/examples/" + example,
                                          "--scenario", "post-small",
                                          "--runs",     "200",
                                          "--sanitize", "none",
                                          "--strategy", "random",
                                          "--out",      folder_ + "/findings"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Call(arguments);
  }
  std::string folder_;
};

TEST_F(Reports, SarifAndJunitOfAFinding) {
  const std::string sarif = folder_ + "/a.sarif", junit = folder_ + "/a.xml";
  const Outcome outcome = Verify("faulty_echo.cpp", {"--sarif", sarif, "--junit", junit});
  EXPECT_EQ(outcome.status, kFindings) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("MODULE-")) << "the console's report is not replaced";
  // What the formats ask for is written down once.
  const std::string check =
      "python3 -B " PENDULUM_SOURCE_DIR "/tests/report/formats_test.py " + sarif + " " + junit;
  EXPECT_EQ(std::system(check.c_str()), 0);
  const auto log = nlohmann::json::parse(platform::ReadFile(sarif).value());
  const auto& result = log["runs"][0]["results"].at(0);
  EXPECT_THAT(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
              testing::EndsWith("faulty_echo.cpp"));
  EXPECT_GE(result["codeFlows"][0]["threadFlows"].size(), 2u);
  EXPECT_THAT(platform::ReadFile(junit).value(), HasSubstr("<failure type=\"MODULE-"));
}

TEST_F(Reports, OneFormatOnStandardOutputIsAllThatStandsThere) {
  const Outcome outcome = Verify("echo.cpp", {"--sarif", "-"});
  EXPECT_EQ(outcome.status, kClean) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["version"], "2.1.0");
}

TEST_F(Reports, AFileThatCannotBeWrittenIsNamed) {
  const Outcome outcome = Verify("echo.cpp", {"--junit", folder_ + "/missing/a.xml"});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr(folder_ + "/missing/a.xml"));
}

}  // namespace
}  // namespace pendulum::cli

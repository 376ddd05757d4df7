// The conformance report and the overall verdict of the program, as a user would get them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness/platform/process.h"

namespace pendulum {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

platform::CommandResult Verify(const std::string& example, const std::vector<std::string>& more) {
  std::vector<std::string> command = {PENDULUM_BINARY_DIR "/pendulum", "verify",
                                      PENDULUM_SOURCE_DIR "/examples/" + example + ".cpp", "--out",
                                      testing::TempDir() + "findings"};
  command.insert(command.end(), more.begin(), more.end());
  auto result = platform::RunCommand(command);
  EXPECT_TRUE(result.ok());
  return result.ok() ? *result : platform::CommandResult{};
}

TEST(ConformanceOfExamples, EveryGroupIsListed) {
  const auto result = Verify("echo", {"--runs", "50", "--conformance"});
  EXPECT_EQ(result.exit_status, 0) << result.errors;
  for (const char* part : {"echo.cpp: no finding", "\nread\n", "\nwrite\n", "\nmodule\n",
                           "\n  READ-01 ", "none: no operation", "\nall: ", "\noverall: pass\n"}) {
    EXPECT_THAT(result.output, HasSubstr(part));
  }
  EXPECT_THAT(Verify("echo", {"--runs", "50"}).output, Not(HasSubstr("overall:")));
}

TEST(ConformanceOfExamples, AViolationIsTheVerdictOnAll) {
  const auto result = Verify("faulty_hello", {"--runs", "50", "--conformance", "--quiet"});
  EXPECT_EQ(result.exit_status, 1) << result.errors;
  EXPECT_THAT(result.output,
              AllOf(HasSubstr("MODULE-WRITE-AFTER-LAST "), HasSubstr("\noverall: violation\n")));
}

TEST(ConformanceOfExamples, TimeThatEndsTooSoonIsNoPass) {
  const auto result = Verify("echo", {"--time", "1ms", "--json", "-"});
  EXPECT_EQ(result.exit_status, 3) << result.output;
  const auto report = nlohmann::json::parse(result.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << result.output << result.errors;
  EXPECT_THAT(report["missing"].dump(), HasSubstr("no run of scenarios"));
  EXPECT_NE(report["verdict"], "pass");
}

}  // namespace
}  // namespace pendulum

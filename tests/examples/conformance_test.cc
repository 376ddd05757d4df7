// The conformance report and the overall verdict of the program, as a user would get them.
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

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Writes without chunks, twice: two faults that read the same.
constexpr const char* kRepeatedFault = R"(#include <httpserv.h>
class Module : public CHttpModule {
  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext* context, IHttpEventProvider*) override {
    for (int i = 0; i < 2; ++i) {
      DWORD sent = 0;
      context->GetResponse()->WriteEntityChunks(nullptr, 1, FALSE, TRUE, &sent);
    }
    return RQ_NOTIFICATION_CONTINUE;
  }
};
class Factory : public IHttpModuleFactory {
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    *module = new Module;
    return S_OK;
  }
  void Terminate() override { delete this; }
};
HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new Factory, RQ_BEGIN_REQUEST, 0);
}
)";

platform::CommandResult Pendulum(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), PENDULUM_BINARY_DIR "/pendulum");
  auto result = platform::RunCommand(arguments);
  EXPECT_TRUE(result.ok());
  return result.ok() ? *result : platform::CommandResult{};
}

platform::CommandResult Verify(const std::string& example, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"verify",
                                        PENDULUM_SOURCE_DIR "/examples/" + example + ".cpp",
                                        "--out", testing::TempDir() + "findings"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Pendulum(arguments);
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

TEST(ReplayOfFindings, TellsEachFaultOnce) {
  const std::string folder = testing::TempDir() + "repeated-" + std::to_string(getpid());
  ASSERT_TRUE(platform::MakeFolder(folder).ok());
  const std::string source = folder + "/repeated.cpp";
  ASSERT_TRUE(platform::WriteFile(source, kRepeatedFault).ok());
  const auto verified =
      Pendulum({"verify", source, "--runs", "2", "-s", "get", "--out", folder, "--quiet"});
  EXPECT_EQ(verified.exit_status, 1) << verified.output << verified.errors;
  const std::string file = folder + "/repeated-MODULE-BAD-ARGUMENT-null-chunks-get.json";
  const auto replayed = Pendulum({"replay", file, "--color", "never"});
  EXPECT_EQ(replayed.exit_status, 1) << replayed.output << replayed.errors;
  const std::string found = "found    MODULE-BAD-ARGUMENT/null-chunks: ";
  const size_t first = replayed.output.find(found);
  ASSERT_NE(first, std::string::npos) << replayed.output;
  EXPECT_EQ(replayed.output.find(found, first + 1), std::string::npos) << replayed.output;
  EXPECT_THAT(replayed.output,
              AllOf(HasSubstr("1 chunk"), Not(HasSubstr("1 chunks")), HasSubstr(" (2")));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace pendulum

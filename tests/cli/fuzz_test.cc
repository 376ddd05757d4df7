// Inputs of fuzz targets on the command line: converted, repeated, made smaller, and found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/command.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FuzzCommandTest : public testing::Test {
 protected:
  FuzzCommandTest() : folder_(testing::TempDir() + "fuzz-command-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~FuzzCommandTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // The program itself: it looks for others beside it.
  static platform::CommandResult Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PENDULUM_BINARY_DIR "/pendulum");
    auto result = platform::RunCommand(arguments);
    EXPECT_TRUE(result.ok()) << result.error().Text();
    return result.ok() ? *result : platform::CommandResult{-1, "", ""};
  }
  std::string Below(const std::string& name) const { return folder_ + "/" + name; }
  static std::string Read(const std::string& path) {
    auto content = platform::ReadFile(path);
    EXPECT_TRUE(content.ok()) << content.error().Text();
    return content.ok() ? *content : "";
  }
  static std::string Source(const std::string& path) { return PENDULUM_SOURCE_DIR "/" + path; }
  static std::vector<std::string> Corpus(const std::string& target) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(Source("corpus/" + target))) {
      files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  std::string folder_;
};

TEST_F(FuzzCommandTest, AnInputBecomesAReplayFileAndItsShortestBytesComeBack) {
  for (const char* target : {"write", "read_entity_body", "pipeline"}) {
    const std::vector<std::string> files = Corpus(target);
    ASSERT_GE(files.size(), 3u);
    for (size_t i = 0; i < 3; ++i) {
      auto run = Run({"convert", files[i], Below("1.json")});
      ASSERT_EQ(run.exit_status, kClean) << run.errors;
      run = Run({"convert", Below("1.json"), Below("1.raw")});
      ASSERT_EQ(run.exit_status, kClean) << run.errors;
      EXPECT_EQ(Read(Below("1.raw")), Read(files[i])) << "a seed is canonical: " << files[i];
      run = Run({"replay", Below("1.json")});
      EXPECT_THAT(run.output, HasSubstr("1.json: ")) << run.errors;
    }
  }
}

TEST_F(FuzzCommandTest, AScenarioBecomesAnInputAndAScenarioAgain) {
  auto run = Run({"convert", Source("corpus/scenarios/post-slow.json"), Below("a.raw")});
  ASSERT_EQ(run.exit_status, kClean) << run.errors;
  run = Run({"convert", "--scenario", Below("a.raw"), Below("a.json")});
  ASSERT_EQ(run.exit_status, kClean) << run.errors;
  EXPECT_THAT(Read(Below("a.json")), HasSubstr("\"arrival_bytes\""));
  run = Run({"convert", Below("a.json"), Below("b.raw")});
  ASSERT_EQ(run.exit_status, kClean) << run.errors;
  EXPECT_EQ(Read(Below("b.raw")), Read(Below("a.raw")));
  EXPECT_FALSE(Read(Below("b.raw")).empty());
}

TEST_F(FuzzCommandTest, WhatCantBeConvertedIsNamedWithItsPlace) {
  ASSERT_TRUE(platform::WriteFile(Below("x.json"), "{\"schema\": \"other/1\"}").ok());
  auto run = Run({"convert", Below("x.json"), Below("x.raw")});
  EXPECT_EQ(run.exit_status, kNotDone);
  EXPECT_THAT(run.errors, HasSubstr("x.json:1:12"));
  EXPECT_THAT(run.errors, HasSubstr("pendulum-replay/1"));

  ASSERT_TRUE(platform::WriteFile(Below("raw"), std::string(1, '\0')).ok());
  run = Run({"convert", Below("raw"), Below("raw.json")});
  EXPECT_EQ(run.exit_status, kNotDone);
  EXPECT_THAT(run.errors, HasSubstr("--module my_module.cpp"));

  run = Run({"convert", Below("missing"), Below("raw.json")});
  EXPECT_EQ(run.exit_status, kNotDone);
  EXPECT_THAT(run.errors, HasSubstr("missing"));
  EXPECT_FALSE(fs::exists(Below("raw.json")));
}

TEST_F(FuzzCommandTest, RawInputsAreRepeatedAndMadeSmaller) {
  ASSERT_EQ(
      Run({"convert", Source("corpus/scenarios/post-small.json"), Below("crash-1")}).exit_status,
      kClean);
  const std::string module = Source("examples/faulty_hello.cpp");
  auto run = Run({"replay", "--module", module, Below("crash-1")});
  EXPECT_EQ(run.exit_status, kFindings) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("MODULE-WRITE-AFTER-LAST"));
  run = Run({"minimize", "--module", module, Below("crash-1"), "-o", Below("small.json")});
  EXPECT_EQ(run.exit_status, kClean) << run.errors;
  run = Run({"replay", Below("small.json")});
  EXPECT_EQ(run.exit_status, kFindings) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("the same finding came back"));
}

TEST_F(FuzzCommandTest, AFaultyModuleIsFoundAndTheCommandRepeatsIt) {
  auto run = Run({"fuzz", Source("examples/faulty_hello.cpp"), "--sanitize", "none", "--time", "4s",
                  "--out", Below("campaign"), "--json", Below("result.json"), "--", "-seed=1"});
  ASSERT_EQ(run.exit_status, kFindings) << run.errors << run.output;
  EXPECT_THAT(run.output, HasSubstr("MODULE-WRITE-AFTER-LAST"));
  const size_t command = run.output.find("pendulum replay ");
  ASSERT_NE(command, std::string::npos) << run.output;
  std::string file = run.output.substr(command + 16);
  file.erase(file.find('\n'));
  run = Run({"replay", file});
  EXPECT_EQ(run.exit_status, kFindings) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("the same finding came back"));
  EXPECT_THAT(Read(Below("result.json")), HasSubstr("pendulum-fuzz-result/1"));
}

// The process dies of each input that crashes; the campaign goes on, and tells it once.
TEST_F(FuzzCommandTest, ACrashIsToldOnceAndTheCampaignGoesOn) {
  ASSERT_TRUE(platform::WriteFile(Below("crashes.cpp"), R"(#include <httpserv.h>
class Crashes : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext* context, IHttpEventProvider*) {
    if (context->GetRequest()->GetRemainingEntityBytes() > 100) *(volatile int*)nullptr = 1;
    return RQ_NOTIFICATION_CONTINUE;
  }
};
class Factory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) {
    *module = new Crashes;
    return S_OK;
  }
  void Terminate() { delete this; }
};
HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new Factory, RQ_BEGIN_REQUEST, 0);
}
)")
                  .ok());
  const auto run = Run({"fuzz", Below("crashes.cpp"), "--sanitize", "none", "--time", "4s", "--out",
                        Below("campaign"), "--json", Below("result.json")});
  EXPECT_EQ(run.exit_status, kFindings) << run.errors << run.output;
  const size_t first = run.output.find("MODULE-CRASH");
  ASSERT_NE(first, std::string::npos) << run.output;
  EXPECT_THAT(run.output, HasSubstr("crashes.cpp:5"));
  EXPECT_EQ(run.output.find("MODULE-CRASH: ", first + 1), std::string::npos) << run.output;
  EXPECT_THAT(Read(Below("result.json")), testing::Not(HasSubstr("\"restarts\": 0")));
}

// Two processes that share a folder, in which each takes over what the other finds.
TEST_F(FuzzCommandTest, AflFindsAFaultyModuleWithTwoProcesses) {
  const std::string names[] = {"afl-fuzz"};
  if (platform::FindProgram(names).empty()) GTEST_SKIP() << "AFL++ is not installed";
  // As somebody has them who fuzzes other programs, too.
  setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
  setenv("LSAN_OPTIONS", "print_suppressions=0", 1);
  auto run = Run({"fuzz", Source("examples/faulty_hello.cpp"), "--engine", "aflpp", "--jobs", "2",
                  "--sanitize", "none", "--time", "6s", "--minimize-runs", "50", "--out",
                  Below("campaign"), "--json", Below("result.json")});
  ASSERT_EQ(run.exit_status, kFindings) << run.errors << run.output;
  EXPECT_THAT(run.output, HasSubstr("MODULE-WRITE-AFTER-LAST"));
  EXPECT_THAT(run.output, HasSubstr("pendulum replay "));
  for (const char* job : {"job-0", "job-1"}) {
    const std::string stats = Read(Below("campaign/afl/" + std::string(job) + "/fuzzer_stats"));
    const size_t at = stats.find("stability         : ");
    ASSERT_NE(at, std::string::npos) << stats;
    EXPECT_GE(std::stod(stats.substr(at + 20)), 99.5);
  }
  unsetenv("ASAN_OPTIONS");
  unsetenv("LSAN_OPTIONS");
  run = Run({"fuzz", "write", "--engine", "aflpp", "--sanitize", "thread", "--time", "1s"});
  EXPECT_EQ(run.exit_status, kUsageError);
}

TEST_F(FuzzCommandTest, ADataRaceIsFoundWithThreadSanitizer) {
  ASSERT_TRUE(platform::WriteFile(Below("racy.cpp"), R"(#include <httpserv.h>
static int counter = 0;
class Racy : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext* context, IHttpEventProvider*) {
    context->PostCompletion(1);
    ++counter;
    return RQ_NOTIFICATION_PENDING;
  }
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext*, DWORD, BOOL, IHttpEventProvider*,
                                                IHttpCompletionInfo*) {
    ++counter;
    return RQ_NOTIFICATION_CONTINUE;
  }
};
class Factory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) {
    *module = new Racy;
    return S_OK;
  }
  void Terminate() { delete this; }
};
HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new Factory, RQ_BEGIN_REQUEST, 0);
}
)")
                  .ok());
  const auto run =
      Run({"fuzz", Below("racy.cpp"), "--sanitize", "thread", "--time", "60s", "--minimize-runs",
           "50", "--out", Below("campaign"), "--", "-seed=1", "-runs=3000"});
  ASSERT_EQ(run.exit_status, kFindings) << run.errors << run.output;
  EXPECT_THAT(run.output, HasSubstr("MODULE-DATA-RACE"));
  EXPECT_THAT(run.output, HasSubstr("pendulum replay "));
}

TEST_F(FuzzCommandTest, WhatCantBeDoneIsSaid) {
  auto run = Run({"fuzz", Below("missing.cpp"), "--time", "1s"});
  EXPECT_EQ(run.exit_status, kNotDone);
  EXPECT_THAT(run.errors, HasSubstr("missing.cpp"));
  run = Run({"fuzz", "write", "--time", "soon"});
  EXPECT_EQ(run.exit_status, kUsageError);
  ASSERT_TRUE(platform::WriteFile(Below("file"), "").ok());
  run = Run({"fuzz", "write", "--sanitize", "none", "--time", "1s", "--out", Below("file/below")});
  EXPECT_EQ(run.exit_status, kNotDone);
  EXPECT_THAT(run.errors, HasSubstr("file/below"));
}

}  // namespace
}  // namespace pendulum::cli

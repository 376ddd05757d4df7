// A finding for others: in words, and as a C++ test that is built and run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "harness/platform/file.h"
#include "harness/platform/process.h"
#include "tests/cli/call.h"
#include "tests/report/baseline.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class ForOthers : public testing::Test {
 protected:
  ForOthers() : folder_(testing::TempDir() + "for-others-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~ForOthers() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // The replay file of the finding of a module's minimised run.
  std::string Found(const std::string& source, const std::string& scenario) {
    const std::string found = folder_ + "/found";
    const Outcome outcome =
        Call({"verify", PENDULUM_SOURCE_DIR "/" + source, "--scenario", scenario, "--sanitize",
              "none", "--strategy", "random", "--runs", "300", "--out", found});
    EXPECT_EQ(outcome.status, kFindings) << outcome.out << outcome.err;
    for (const auto& entry : fs::directory_iterator(found)) return entry.path().string();
    return "";
  }
  static std::string Read(const std::string& path) {
    const auto text = platform::ReadFile(path);
    EXPECT_TRUE(text.ok()) << text.error().Text();
    return text.ok() ? *text : "";
  }

  std::string folder_;
};

constexpr const char* kModule = "tests/modules/faulty_completion_before_return.cpp";

TEST_F(ForOthers, TheRunInWords) {
  const std::string found = Found(kModule, "post-small");
  const Outcome outcome = Call({"replay", found, "--script", "-"});
  EXPECT_EQ(outcome.status, kFindings) << outcome.err;
  EXPECT_TRUE(MatchesBaseline("call_script.txt", outcome.out));
}

// The kept text is built as the program test_finding_emitted (tests/cli/CMakeLists.txt).
TEST_F(ForOthers, TheTestIsTheOneThatIsBuilt) {
  const std::string found = Found(kModule, "post-small");
  // Beside the kept one, since the module is named as it is seen from there.
  const std::string out =
      PENDULUM_SOURCE_DIR "/tests/baselines/emitted.cc." + std::to_string(getpid());
  const Outcome outcome = Call({"replay", found, "--emit-test", out});
  EXPECT_EQ(outcome.status, kFindings) << outcome.err;
  std::string text = WithoutSourceFolder(Read(out));
  fs::remove(out);
  // The rest of the file's name, and what follows from the specification and the simulation.
  text = std::regex_replace(text, std::regex(R"((emitted\.cc)\.\d+)"), "$1");
  text = std::regex_replace(
      text, std::regex(R"re(("(specification|hash|trace_hash)": )"[0-9a-f]{16}")re"),
      "$1\"0123456789abcdef\"");
  EXPECT_TRUE(MatchesBaseline("emitted.cc.txt", text));
}

TEST_F(ForOthers, TheTestFailsForAsLongAsTheFindingIsThere) {
  const auto run = platform::RunCommand({PENDULUM_BINARY_DIR "/tests/cli/test_finding_emitted"});
  ASSERT_TRUE(run.ok());
  EXPECT_EQ(run->exit_status, 1) << run->output << run->errors;
  EXPECT_THAT(run->output, HasSubstr("faulty_completion_before_return.cpp:"));
  EXPECT_THAT(run->output, HasSubstr("MODULE-PENDING-NOTHING: "));
  EXPECT_THAT(run->output, HasSubstr("[  FAILED  ] Finding.MODULE_PENDING_NOTHING"));
}

TEST_F(ForOthers, ARunWithoutAFindingHasNothingToTell) {
  const std::string found = Found("examples/faulty_hello.cpp", "buffering-off");
  std::string text = Read(found);
  const size_t at = text.find("faulty_hello.cpp");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 16, "hello.cpp");
  ASSERT_TRUE(platform::WriteFile(found, text).ok());
  const std::string out = folder_ + "/a.cc";
  const Outcome outcome =
      Call({"replay", found, "--emit-test", out, "--script", folder_ + "/a.txt"});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr("there is nothing to tell: the run breaks no rule"));
  EXPECT_FALSE(fs::exists(out));
  EXPECT_FALSE(fs::exists(folder_ + "/a.txt"));
}

TEST_F(ForOthers, OneFileAtATime) {
  const Outcome outcome = Call({"replay", "a.json", "b.json", "--script", "-"});
  EXPECT_EQ(outcome.status, kUsageError);
  EXPECT_THAT(outcome.err, HasSubstr("one file at a time"));
}

}  // namespace
}  // namespace pendulum::cli

// Every file of corpus/regressions is a test of its own; and the check of them is one that fails.
#include "tests/regressions/regressions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::regressions {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kFolder = PENDULUM_SOURCE_DIR "/corpus/regressions";

class Regression : public testing::TestWithParam<std::string> {};

TEST_P(Regression, StaysMended) { EXPECT_EQ(CheckRegression(kFolder, GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(Corpus, Regression, testing::ValuesIn(Regressions(kFolder)),
                         [](const auto& one) { return TestName(one.param); });

class CheckOfRegressions : public testing::Test {
 protected:
  CheckOfRegressions() : folder_(testing::TempDir() + "regressions-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~CheckOfRegressions() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void Write(const std::string& name, const std::string& content) {
    fs::create_directories(fs::path(folder_ + "/" + name).parent_path());
    ASSERT_TRUE(platform::WriteFile(folder_ + "/" + name, content).ok());
  }

  std::string folder_;
};

TEST_F(CheckOfRegressions, SeesAFindingThatIsThereAgain) {
  const auto run = platform::RunCommand(
      {PENDULUM_BINARY_DIR "/pendulum", "verify", PENDULUM_SOURCE_DIR "/examples/faulty_hello.cpp",
       "--sanitize", "none", "--scenario", "buffering-off", "--out", folder_ + "/module"});
  ASSERT_TRUE(run.ok() && run->exit_status == 1) << run->errors;
  const auto found = Regressions(folder_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(CheckRegression(folder_, found[0]),
              HasSubstr("MODULE-WRITE-AFTER-LAST is there again: "));
}

TEST_F(CheckOfRegressions, RefusesWhatItDoesNotKnow) {
  Write("no_target/a", "");
  Write("b", "");
  Write("module/c", std::string(1, '\0'));
  Write("module/d.json", "{\"schema\": \"pendulum-rep");
  Write("write/e", std::string(1, '\5'));
  Write("page/README.md", "");
  EXPECT_THAT(Regressions(folder_),
              testing::ElementsAre("b", "module/c", "module/d.json", "no_target/a", "write/e"));
  EXPECT_THAT(CheckRegression(folder_, "no_target/a"), HasSubstr("\"no_target\" is no target"));
  EXPECT_THAT(CheckRegression(folder_, "b"), HasSubstr("\"\" is no target"));
  EXPECT_THAT(CheckRegression(folder_, "module/c"), HasSubstr("--module my_module.cpp"));
  EXPECT_THAT(CheckRegression(folder_, "module/d.json"), HasSubstr("module/d.json:1"));
  EXPECT_THAT(CheckRegression(folder_, "write/e"), HasSubstr("input of the target pipeline"));
  EXPECT_THAT(CheckRegression(folder_, "write/missing"), HasSubstr("write/missing"));
}

TEST_F(CheckOfRegressions, NamesTestsByTheirFiles) {
  EXPECT_EQ(TestName("write/041b"), "write__041b");
  EXPECT_EQ(TestName("module/a-b.json"), "module__a_b_json");
}

}  // namespace
}  // namespace pendulum::regressions

// What exhaustive search and minimisation print, on modules of examples/.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <regex>
#include <string>

#include "harness/cli/command.h"
#include "tests/cli/call.h"
#include "tests/report/baseline.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;

class SearchAndMinimize : public testing::Test {
 protected:
  SearchAndMinimize()
      : folder_(testing::TempDir() + "search-and-minimize-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~SearchAndMinimize() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // `text` without what is another in each run or checkout: folders.
  std::string Steady(std::string text) const {
    for (const std::string& folder : {folder_, std::string(PENDULUM_SOURCE_DIR)}) {
      for (size_t at; (at = text.find(folder)) != std::string::npos;) {
        text.replace(at, folder.size(), folder == folder_ ? "OUT" : "SOURCES");
      }
    }
    // Where the line with the folder is broken depends on its name.
    return std::regex_replace(text, std::regex("pendulum replay\\s+OUT"), "pendulum replay OUT");
  }

  // The lines on searches: what was checked besides is another with each new rule.
  static std::string Searches(const std::string& text) {
    const size_t begin = text.find("  search ");
    return begin == std::string::npos ? "" : text.substr(begin);
  }

  static std::string Module(const std::string& name) {
    return PENDULUM_SOURCE_DIR "/examples/" + name + ".cpp";
  }

  std::string folder_;
};

TEST_F(SearchAndMinimize, ASearchSaysHowFarItCame) {
  const Outcome outcome = Call({"verify", Module("hello"), "--scenario", "get", "--strategy",
                                "exhaustive", "--out", folder_});
  EXPECT_EQ(outcome.status, kClean) << outcome.err;
  EXPECT_TRUE(MatchesBaseline("verify_exhaustive.txt", Searches(outcome.out)));
}

TEST_F(SearchAndMinimize, ASearchThatIsNotCompleteSaysWhy) {
  const Outcome outcome = Call({"verify", Module("echo"), "--scenario", "post-small", "--strategy",
                                "exhaustive:preemptions=2", "--runs", "300", "--out", folder_});
  EXPECT_EQ(outcome.status, kNotDone) << outcome.err;
  EXPECT_TRUE(MatchesBaseline("verify_exhaustive_open.txt", Searches(outcome.out)));
}

TEST_F(SearchAndMinimize, MinimizeSaysWhatIsLeft) {
  const Outcome verified =
      Call({"verify", Module("faulty_worker"), "--scenario", "post-small", "--strategy", "random",
            "--sanitize", "none", "--runs", "500", "--minimize-runs", "0", "--out", folder_});
  ASSERT_EQ(verified.status, kFindings) << verified.err;
  const std::string file = folder_ + "/faulty_worker-MODULE-USE-AFTER-END-post-small.json";
  const Outcome outcome = Call({"minimize", file});
  EXPECT_EQ(outcome.status, kClean) << outcome.err;
  EXPECT_TRUE(MatchesBaseline("minimize.txt", Steady(outcome.out)));
  const Outcome quiet = Call({"minimize", file, "--quiet"});
  EXPECT_TRUE(MatchesBaseline("minimize_quiet.txt", Steady(quiet.out)));
}

}  // namespace
}  // namespace pendulum::cli

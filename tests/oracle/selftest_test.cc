#include "harness/oracle/selftest.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/platform/file.h"
#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kHeader = "{\"schema\": \"pendulum-trace/1\"}\n";
constexpr const char* kGoodFlush =
    "{\"event\": \"operation.called\", \"kind\": \"Flush\"}\n"
    "{\"event\": \"operation.returned\"}\n";
constexpr const char* kBadFlush =
    "{\"event\": \"operation.called\", \"kind\": \"Flush\"}\n"
    "{\"event\": \"operation.returned\", \"status\": \"E_FAIL\"}\n";

// A folder with witnesses of a specification with the one clause T-0, which flushes can break.
class SelfTestFolder : public testing::Test {
 protected:
  SelfTestFolder() : folder_(testing::TempDir() + "selftest-" + std::to_string(getpid())) {
    std::filesystem::create_directories(folder_);
    Write("T-0.meets.jsonl", kGoodFlush);
    Write("T-0.breaks.jsonl", kBadFlush);
  }
  ~SelfTestFolder() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void Write(const std::string& name, const std::string& lines) {
    std::filesystem::create_directories(std::filesystem::path(folder_ + "/" + name).parent_path());
    ASSERT_TRUE(platform::WriteFile(folder_ + "/" + name, kHeader + lines).ok());
  }

  static Specification OneClause() {
    auto specification = LoadSmall({{.on = "operation.returned",
                                     .when = "operation.kind == 'Flush'",
                                     .require = "operation.status == S_OK",
                                     .message = "returned {operation.status}"}});
    EXPECT_TRUE(specification.ok()) << specification.error().Text();
    return std::move(specification).value();
  }

  // The faults, without the folder's path.
  Texts Faults(const Texts& more_folders = {}) {
    Texts folders = {folder_};
    folders.insert(folders.end(), more_folders.begin(), more_folders.end());
    const auto test = TestWitnesses(OneClause(), folders);
    EXPECT_TRUE(test.ok()) << test.error().Text();
    Texts texts;
    for (const platform::Error& fault : test->faults) {
      std::string text = fault.Text();
      for (size_t at = text.find(folder_); at != text.npos; at = text.find(folder_)) {
        text.erase(at, folder_.size() + 1);
      }
      texts.push_back(text);
    }
    return texts;
  }

  const std::string folder_;
};

TEST_F(SelfTestFolder, IsContentWithAPair) {
  const auto test = TestWitnesses(OneClause(), Texts{folder_});
  ASSERT_TRUE(test.ok());
  EXPECT_EQ(test->faults.size(), 0u);
  EXPECT_EQ(test->clauses, 1u);
  EXPECT_EQ(test->witnesses, 2u);
}

TEST_F(SelfTestFolder, MissesAWitness) {
  std::filesystem::remove(folder_ + "/T-0.breaks.jsonl");
  EXPECT_EQ(Faults(), Texts{"T-0: there is no witness T-0.breaks.jsonl"});
  std::filesystem::remove(folder_ + "/T-0.meets.jsonl");
  EXPECT_EQ(Faults(), (Texts{"T-0: there is no witness T-0.meets.jsonl",
                             "T-0: there is no witness T-0.breaks.jsonl"}));
}

TEST_F(SelfTestFolder, RefusesAVacuousWitness) {
  Write("T-0.meets.jsonl", "{\"event\": \"request.began\"}\n");
  EXPECT_EQ(Faults(), Texts{"T-0: the trace that meets the clause does not reach it"});
}

TEST_F(SelfTestFolder, RefusesWitnessesThatShowSomethingElse) {
  Write("T-0.meets.jsonl", kBadFlush);
  EXPECT_EQ(Faults(), Texts{"T-0: the trace that meets the clause breaks a clause: it breaks\n"
                            "  T-0 at line 3: returned 0x80004005 (E_FAIL)"});
  Write("T-0.meets.jsonl", kGoodFlush);
  Write("T-0.breaks.jsonl", kGoodFlush);
  EXPECT_EQ(Faults(),
            Texts{"T-0: the trace that breaks the clause does not break it; it breaks no clause"});
}

TEST_F(SelfTestFolder, TellsWhereAWitnessCannotBeRead) {
  Write("T-0.breaks.jsonl", "{\"event\": \"operation.caled\"}\n");
  const Texts faults = Faults();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_TRUE(faults[0].starts_with("T-0: its witness can't be read: T-0.breaks.jsonl:2:"))
      << faults[0];
}

TEST_F(SelfTestFolder, FindsWitnessesOfNoClause) {
  Write("T-0/meets.jsonl", kGoodFlush);
  Write("T-1.reading-1.jsonl", kGoodFlush);
  Write("T-O.breaks.jsonl", kBadFlush);
  EXPECT_EQ(Faults(),
            (Texts{"T-0/meets.jsonl: this witness belongs to no clause and no reading (did you "
                   "mean 'T-0.meets.jsonl'?)",
                   "T-1.reading-1.jsonl: this witness belongs to no clause and no reading",
                   "T-O.breaks.jsonl: this witness belongs to no clause and no reading (did you "
                   "mean 'T-0.breaks.jsonl'?)"}));
}

TEST_F(SelfTestFolder, TakesTheFirstFolderThatHasAFile) {
  const std::string other = folder_ + "-other";
  std::filesystem::create_directories(other);
  std::filesystem::rename(folder_ + "/T-0.breaks.jsonl", other + "/T-0.breaks.jsonl");
  EXPECT_EQ(Faults(), Texts{"T-0: there is no witness T-0.breaks.jsonl"});
  EXPECT_EQ(Faults({other}), Texts{});
  std::filesystem::remove_all(other);
}

TEST_F(SelfTestFolder, NeedsFoldersThatAreThere) {
  EXPECT_FALSE(TestWitnesses(OneClause(), Texts{folder_ + "/nowhere"}).ok());
}

}  // namespace
}  // namespace pendulum::oracle

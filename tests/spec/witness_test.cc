// Every clause of spec/*.json has a witness pair: a trace that reaches it and meets it, and one
// that breaks it. A check that cannot fail is not a check.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/spec/judge.h"

namespace pendulum::oracle {
namespace {

constexpr std::string_view kMeets = ".meets.jsonl";
constexpr std::string_view kBreaks = ".breaks.jsonl";

class WitnessPair : public testing::TestWithParam<std::string> {
 protected:
  static trace::TraceFile Read(std::string_view suffix) {
    return ReadTraceFile(std::string(kWitnessFolder) + GetParam() + std::string(suffix));
  }
  static int Index() { return TheSpecification().Find(GetParam()); }
  static const Clause& TheClause() { return TheSpecification().clauses()[Index()]; }
  static bool IsOption() { return TheClause().level == Level::kMay; }
};

TEST_P(WitnessPair, TheTraceThatMeetsItReachesItAndBreaksNothing) {
  const trace::TraceFile file = Read(kMeets);
  ASSERT_FALSE(file.events.empty()) << "every clause needs a witness pair";
  const WitnessResult result = JudgeTrace(TheSpecification(), file);
  EXPECT_EQ(Broken(TheSpecification(), file), BrokenAsNoted(file));
  EXPECT_FALSE(result.Violates(Index()));
  // Where the event itself is the fault, a trace can only meet the clause by not having it.
  const bool event_is_fault = TheClause().require == "FALSE" && !IsOption();
  EXPECT_NE(result.reached[Index()], event_is_fault);
}

TEST_P(WitnessPair, TheTraceThatBreaksItBreaksNothingElse) {
  const trace::TraceFile file = Read(kBreaks);
  ASSERT_FALSE(file.events.empty()) << "every clause needs a witness pair";
  const WitnessResult result = JudgeTrace(TheSpecification(), file);
  // An option can't be broken: a trace "breaks" it by not using it.
  EXPECT_EQ(Broken(TheSpecification(), file), BrokenAsNoted(file, IsOption() ? "" : GetParam()));
  Oracle oracle(TheSpecification());
  for (const Violation& violation : result.violations) {
    if (violation.clause != Index()) continue;
    const std::string message = oracle.Message(violation);
    EXPECT_NE(message.find_first_of("0123456789"), std::string::npos)
        << "a message says what happened with real numbers: " << message;
    EXPECT_EQ(message.find_first_of("{}"), std::string::npos) << message;
  }
}

TEST_P(WitnessPair, IsOneByTheOraclesOwnRules) {
  const auto status = CheckWitnessPair(TheSpecification(), Index(), Read(kMeets), Read(kBreaks));
  EXPECT_TRUE(status.ok()) << status.error().Text();
}

TEST_P(WitnessPair, EachReadingHasATraceThatShowsItAlone) {
  for (size_t i = 0; i < TheClause().readings.size(); ++i) {
    const auto reading = static_cast<int>(i);
    const trace::TraceFile file =
        ReadTraceFile(std::string(kWitnessFolder) + ReadingFileName(TheClause(), reading));
    ASSERT_FALSE(file.events.empty()) << "every reading needs a witness";
    const auto status = CheckReadingWitness(TheSpecification(), Index(), reading, file);
    EXPECT_TRUE(status.ok()) << status.error().Text();
    EXPECT_EQ(Broken(TheSpecification(), file), BrokenAsNoted(file));
  }
}

std::vector<std::string> AllIds() {
  std::vector<std::string> ids;
  for (const Clause& clause : TheSpecification().clauses()) ids.push_back(clause.id);
  return ids;
}

INSTANTIATE_TEST_SUITE_P(AllClauses, WitnessPair, testing::ValuesIn(AllIds()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           std::replace(name.begin(), name.end(), '/', '_');
                           return name;
                         });

// The paths of the files below a folder, in the order of their names.
std::vector<std::string> FilesBelow(std::string_view folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Witness, EveryFileBelongsToAClause) {
  std::set<std::string> expected;
  for (const Clause& clause : TheSpecification().clauses()) {
    expected.insert(std::string(kWitnessFolder) + MeetsFileName(clause));
    expected.insert(std::string(kWitnessFolder) + BreaksFileName(clause));
    for (size_t i = 0; i < clause.readings.size(); ++i) {
      expected.insert(std::string(kWitnessFolder) + ReadingFileName(clause, static_cast<int>(i)));
    }
  }
  for (const std::string& path : FilesBelow(kWitnessFolder)) {
    EXPECT_EQ(expected.count(path), 1u) << path << " is for no clause or reading";
  }
}

// Where a clause with readings is met, one of them must hold: what is accepted is then accounted
// for, whatever a trace does.
TEST(Witness, NoTraceFallsBetweenTheReadingsOfAClause) {
  for (const std::string_view folder : {kWitnessFolder, kIdiomFolder}) {
    for (const std::string& path : FilesBelow(folder)) {
      const WitnessResult result = JudgeTrace(TheSpecification(), ReadTraceFile(path));
      for (size_t i = 0; i < result.unread.size(); ++i) {
        EXPECT_EQ(result.unread[i], 0u) << TheSpecification().clauses()[i].id << " in " << path;
      }
    }
  }
}

}  // namespace
}  // namespace pendulum::oracle

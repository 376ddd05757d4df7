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
// In a witness's note, what comes after this names the clauses that the trace breaks as well.
constexpr std::string_view kAlso = "; breaks as well: ";

// The clauses that the note lists.
std::set<std::string> Also(const std::string& note) {
  std::set<std::string> also;
  size_t start = note.find(kAlso);
  if (start == std::string::npos) return also;
  for (start += kAlso.size(); start < note.size();) {
    const size_t end = std::min(note.find(", ", start), note.size());
    also.insert(note.substr(start, end - start));
    start = end + 2;
  }
  return also;
}

std::set<std::string> Broken(const WitnessResult& result) {
  std::set<std::string> ids;
  for (const Violation& violation : result.violations) {
    ids.insert(TheSpecification().clauses()[violation.clause].id);
  }
  return ids;
}

class WitnessPair : public testing::TestWithParam<std::string> {
 protected:
  static trace::TraceFile Read(std::string_view suffix) {
    return ReadTraceFile(std::string(kWitnessFolder) + GetParam() + std::string(suffix));
  }
  static int Index() { return TheSpecification().Find(GetParam()); }
};

TEST_P(WitnessPair, TheTraceThatMeetsItReachesItAndBreaksNothing) {
  const trace::TraceFile file = Read(kMeets);
  ASSERT_FALSE(file.events.empty()) << "every clause needs a witness pair";
  const WitnessResult result = JudgeTrace(TheSpecification(), file);
  EXPECT_EQ(Broken(result), Also(file.note));
  EXPECT_FALSE(result.Violates(Index()));
  // Where the event itself is the fault, a trace can only meet the clause by not having it.
  const bool event_is_fault = TheSpecification().clauses()[Index()].require == "FALSE";
  EXPECT_NE(result.reached[Index()], event_is_fault);
}

TEST_P(WitnessPair, TheTraceThatBreaksItBreaksNothingElse) {
  const trace::TraceFile file = Read(kBreaks);
  ASSERT_FALSE(file.events.empty()) << "every clause needs a witness pair";
  const WitnessResult result = JudgeTrace(TheSpecification(), file);
  std::set<std::string> expected = Also(file.note);
  expected.insert(GetParam());
  EXPECT_EQ(Broken(result), expected);
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

TEST(Witness, EveryFileBelongsToAClause) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kWitnessFolder)) {
    if (!entry.is_regular_file()) continue;
    std::string id = std::filesystem::relative(entry.path(), kWitnessFolder).string();
    const std::string_view suffix = id.ends_with(kMeets) ? kMeets : kBreaks;
    ASSERT_TRUE(id.ends_with(suffix)) << id;
    id.resize(id.size() - suffix.size());
    EXPECT_GE(TheSpecification().Find(id), 0) << entry.path() << " is for no clause";
  }
}

}  // namespace
}  // namespace pendulum::oracle

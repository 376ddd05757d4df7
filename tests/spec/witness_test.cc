// Every clause of spec/*.json has a witness pair: a trace that reaches it and meets it, and one
// that breaks it. A check that cannot fail is not a check.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"
#include "harness/trace/json_lines.h"
#include "tests/spec/the_specification.h"

namespace pendulum::oracle {
namespace {

constexpr std::string_view kMeets = ".meets.jsonl";
constexpr std::string_view kBreaks = ".breaks.jsonl";
// In a witness's note, what comes after this names the clauses that the trace breaks as well.
constexpr std::string_view kAlso = "; breaks as well: ";

std::string WitnessFolder() { return PENDULUM_SOURCE_DIR "/tests/spec/witness/"; }

std::string IdOf(uint16_t clause) { return TheSpecification().clauses()[clause].id; }

// What judging a witness gave.
struct Judgement {
  std::set<std::string> broken;
  std::vector<std::string> messages;  // of the clause that the witness is for
  uint64_t reached = 0;               // how often that clause's guard was
};

Judgement Judge(const std::string& id, const trace::TraceFile& file) {
  static Oracle* const oracle = new Oracle(TheSpecification());
  oracle->BeginRun();
  oracle->ClearCoverage();
  for (uint32_t i = 0; i < file.events.size(); ++i) oracle->OnEvent(file.events[i], i);
  Judgement judgement;
  EXPECT_EQ(oracle->violations_dropped(), 0u) << id;
  for (const Violation& violation : oracle->violations()) {
    judgement.broken.insert(IdOf(violation.clause));
    if (IdOf(violation.clause) == id) judgement.messages.push_back(oracle->Message(violation));
  }
  const auto clause = static_cast<size_t>(TheSpecification().Find(id));
  for (int timing = 0; timing < Oracle::kTimingClasses; ++timing) {
    judgement.reached += oracle->coverage()[clause * Oracle::kTimingClasses + timing];
  }
  return judgement;
}

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

class WitnessPair : public testing::TestWithParam<std::string> {
 protected:
  // The trace of the file, or an empty one after a failure.
  trace::TraceFile Read(std::string_view suffix) {
    const std::string path = WitnessFolder() + GetParam() + std::string(suffix);
    auto file = trace::LoadTrace(path);
    if (!file.ok()) {
      ADD_FAILURE() << "every clause needs a witness pair: " << file.error().Text();
      return {};
    }
    return std::move(file).value();
  }
};

TEST_P(WitnessPair, MeetsIt) {
  const trace::TraceFile file = Read(kMeets);
  if (file.events.empty()) return;
  const Judgement judgement = Judge(GetParam(), file);
  EXPECT_EQ(judgement.broken, Also(file.note));
  EXPECT_FALSE(judgement.broken.contains(GetParam()));
  // Where the event itself is the fault, a trace can only meet the clause by not having it.
  const Clause& clause = TheSpecification().clauses()[TheSpecification().Find(GetParam())];
  if (clause.require == "FALSE") {
    EXPECT_EQ(judgement.reached, 0u);
  } else {
    EXPECT_GT(judgement.reached, 0u) << "the guard is not reached";
  }
}

TEST_P(WitnessPair, BreaksIt) {
  const trace::TraceFile file = Read(kBreaks);
  if (file.events.empty()) return;
  const Judgement judgement = Judge(GetParam(), file);
  std::set<std::string> expected = Also(file.note);
  expected.insert(GetParam());
  EXPECT_EQ(judgement.broken, expected);
  for (const std::string& message : judgement.messages) {
    EXPECT_NE(message.find_first_of("0123456789"), std::string::npos)
        << "a message says what happened with real numbers: " << message;
    EXPECT_EQ(message.find_first_of("{}"), std::string::npos) << message;
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
                           for (char& letter : name) {
                             if (isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
                           }
                           return name;
                         });

TEST(Witness, EveryFileBelongsToAClause) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(WitnessFolder())) {
    if (!entry.is_regular_file()) continue;
    std::string id = std::filesystem::relative(entry.path(), WitnessFolder()).string();
    const std::string_view suffix = id.ends_with(kMeets) ? kMeets : kBreaks;
    ASSERT_TRUE(id.ends_with(suffix)) << id;
    id.resize(id.size() - suffix.size());
    EXPECT_GE(TheSpecification().Find(id), 0) << entry.path() << " is for no clause";
  }
}

}  // namespace
}  // namespace pendulum::oracle

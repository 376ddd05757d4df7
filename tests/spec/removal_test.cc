// Removing any single clause makes a test fail: the checks of witness_test.cc and of `pendulum spec
// selftest`, which hold for the specification as it is, do not hold without the clause.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/oracle/selftest.h"
#include "harness/oracle/statements.h"
#include "harness/oracle/traceability.h"
#include "tests/spec/judge.h"

namespace pendulum::oracle {
namespace {

// The files of spec/ that hold clauses, by their groups.
std::map<std::string, nlohmann::json> Files() {
  std::map<std::string, nlohmann::json> files;
  for (const Clause& clause : TheSpecification().clauses()) {
    if (files.count(clause.group) != 0) continue;
    std::ifstream file(PENDULUM_SOURCE_DIR "/spec/" + clause.group + ".json");
    files[clause.group] = nlohmann::json::parse(file);
  }
  return files;
}

// The specification without a clause.
class Remover {
 public:
  Remover() : files_(Files()) {
    for (const auto& [group, file] : files_) texts_[group] = file.dump();
  }

  Specification Without(const Clause& clause) const {
    nlohmann::json changed = files_.at(clause.group);
    nlohmann::json& clauses = changed["clauses"];
    for (size_t i = clauses.size(); i-- > 0;) {
      if (clauses[i]["id"] == clause.id) clauses.erase(i);
    }
    const std::string changed_text = changed.dump();
    std::vector<SpecificationText> texts;
    for (const auto& [group, text] : texts_) {
      texts.push_back({group, group == clause.group ? changed_text : text});
    }
    auto specification = Specification::FromTexts(texts);
    EXPECT_TRUE(specification.ok()) << specification.error().Text();
    return std::move(specification).value();
  }

 private:
  std::map<std::string, nlohmann::json> files_;
  std::map<std::string, std::string> texts_;
};

std::set<std::string> Orphans(const Specification& specification) {
  const std::vector<std::string> folders = {std::string(kWitnessFolder)};
  const auto orphans = OrphanWitnesses(specification, folders);
  EXPECT_TRUE(orphans.ok());
  std::set<std::string> names;
  for (const platform::Error& orphan : *orphans) {
    names.insert(orphan.place.substr(folders[0].size() + 1));
  }
  return names;
}

std::set<std::string> WitnessNames(const Clause& clause) {
  std::set<std::string> names = {MeetsFileName(clause), BreaksFileName(clause)};
  for (size_t i = 0; i < clause.readings.size(); ++i) {
    names.insert(ReadingFileName(clause, static_cast<int>(i)));
  }
  return names;
}

TEST(Removal, OfAnyClauseLeavesItsWitnessesWithoutOne) {
  const Remover remover;
  ASSERT_EQ(Orphans(TheSpecification()), std::set<std::string>{});
  ASSERT_GT(TheSpecification().clauses().size(), 100u);
  for (const Clause& clause : TheSpecification().clauses()) {
    const Specification without = remover.Without(clause);
    ASSERT_EQ(without.clauses().size() + 1, TheSpecification().clauses().size()) << clause.id;
    EXPECT_EQ(Orphans(without), WitnessNames(clause)) << clause.id;
  }
}

// Independently of names: what its witness does wrong is not noticed any more.
TEST(Removal, OfAnyClauseLetsItsBreachGoUnnoticed) {
  const Remover remover;
  for (const Clause& clause : TheSpecification().clauses()) {
    if (clause.level == Level::kMay) continue;  // an option can't be broken
    const trace::TraceFile breaks =
        ReadTraceFile(std::string(kWitnessFolder) + BreaksFileName(clause));
    const std::set<std::string> expected = BrokenAsNoted(breaks, clause.id);
    EXPECT_EQ(Broken(TheSpecification(), breaks), expected) << clause.id;
    EXPECT_NE(Broken(remover.Without(clause), breaks), expected) << clause.id;
  }
}

// What the documentation says is then checked by nothing, where no other clause cites it.
TEST(Removal, OfTheOnlyClauseThatCitesAStatementLeavesAGap) {
  const Remover remover;
  const Statements& statements = Statements::BuiltIn();
  const auto states = [&](const Specification& specification) {
    std::vector<StatementState> all;
    for (const auto& row : TraceStatements(specification, statements).statements) {
      all.push_back(row.state);
    }
    return all;
  };
  const Traceability whole = TraceStatements(TheSpecification(), statements);
  int shown = 0;
  for (size_t i = 0; i < whole.statements.size(); ++i) {
    const StatementTrace& row = whole.statements[i];
    if (row.state != StatementState::kChecked || row.clauses.size() != 1) continue;
    const Clause& clause = TheSpecification().clauses()[static_cast<size_t>(row.clauses[0])];
    EXPECT_EQ(states(remover.Without(clause))[i], StatementState::kMissing) << clause.id;
    if (++shown == 10) break;  // the others go the same way
  }
  EXPECT_EQ(shown, 10);
}

}  // namespace
}  // namespace pendulum::oracle

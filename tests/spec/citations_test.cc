// What the clauses say of themselves: where they come from, how many there are, what they tell a
// module's author.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/spec/judge.h"

namespace pendulum::oracle {
namespace {

// The page of each statement, by the statement's id.
std::map<std::string, std::string> PagesOfStatements() {
  std::ifstream file(PENDULUM_SOURCE_DIR "/spec/statements.json");
  std::map<std::string, std::string> pages;
  for (const auto& statement : nlohmann::json::parse(file)) {
    pages[statement.at("id")] = statement.at("page");
  }
  return pages;
}

// What stands before the slash.
std::string Family(const std::string& id) { return id.substr(0, id.find('/')); }

TEST(Citations, EveryStatementExistsAndStandsOnThePageNamed) {
  const auto pages = PagesOfStatements();
  ASSERT_GT(pages.size(), 400u);
  for (const Clause& clause : TheSpecification().clauses()) {
    ASSERT_FALSE(clause.sources.empty()) << clause.id;
    for (const Source& source : clause.sources) {
      EXPECT_FALSE(source.statements.empty()) << clause.id << " cites no statement";
      for (const std::string& id : source.statements) {
        const auto page = pages.find(id);
        ASSERT_NE(page, pages.end()) << clause.id << " cites " << id << ", which does not exist";
        EXPECT_EQ(page->second, source.page) << clause.id << " cites " << id;
      }
    }
  }
}

TEST(Citations, IdsAreUnique) {
  std::set<std::string> ids;
  for (const Clause& clause : TheSpecification().clauses()) {
    EXPECT_TRUE(ids.insert(clause.id).second) << clause.id;
  }
}

TEST(Citations, EachOperationHasAtLeastTwelveClausesForTheHost) {
  std::map<std::string, int> counts;
  for (const Clause& clause : TheSpecification().clauses()) {
    if (clause.subject == Subject::kHost) ++counts[clause.id.substr(0, clause.id.find('-'))];
  }
  for (const char* operation : {"WRITE", "FLUSH", "READ", "POST"}) {
    EXPECT_GE(counts[operation], 12) << operation;
  }
}

TEST(Citations, EveryRuleForModulesIsThere) {
  std::set<std::string> families;
  for (const Clause& clause : TheSpecification().clauses()) {
    const bool module_rule = clause.id.starts_with("MODULE-");
    EXPECT_EQ(clause.subject == Subject::kModule, module_rule) << clause.id;
    if (module_rule) families.insert(Family(clause.id));
  }
  const std::set<std::string> expected = {"MODULE-PENDING-NOTHING",
                                          "MODULE-LEFT-PENDING",
                                          "MODULE-BUFFER-LIFETIME",
                                          "MODULE-CALL-AFTER-ASYNC",
                                          "MODULE-OVERLAP",
                                          "MODULE-DOUBLE-COMPLETION",
                                          "MODULE-USE-AFTER-END",
                                          "MODULE-NO-PROGRESS",
                                          "MODULE-HANG",
                                          "MODULE-CRASH",
                                          "MODULE-DATA-RACE",
                                          "MODULE-LEAK",
                                          "MODULE-BAD-ARGUMENT",
                                          "MODULE-ERROR-IGNORED",
                                          "MODULE-WRITE-AFTER-LAST",
                                          "MODULE-EXCEPTION",
                                          "MODULE-LOCK-ABANDONED",
                                          "MODULE-LOCK-ORDER",
                                          "MODULE-LOST-WAKEUP",
                                          "MODULE-THREAD-OUTLIVES",
                                          "MODULE-SCHEDULE-DEPENDENT"};
  EXPECT_EQ(families, expected);
}

TEST(Citations, MessagesNameWhatHappened) {
  for (const Clause& clause : TheSpecification().clauses()) {
    EXPECT_NE(clause.message.find('{'), std::string::npos) << clause.id;
  }
}

TEST(Citations, ModuleClausesSayWhatGoesWrongAndHowToMendIt) {
  for (const Clause& clause : TheSpecification().clauses()) {
    if (clause.subject != Subject::kModule) continue;
    EXPECT_TRUE(clause.rationale.ends_with('.')) << clause.id;
    EXPECT_TRUE(clause.fix.ends_with('.')) << clause.id;
    EXPECT_FALSE(clause.title.ends_with('.')) << clause.id;
  }
}

}  // namespace
}  // namespace pendulum::oracle

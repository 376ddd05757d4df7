// pendulum spec show and list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness/oracle/specification.h"
#include "harness/platform/file.h"
#include "tests/cli/call.h"
#include "tests/report/baseline.h"

namespace pendulum::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSmall = PENDULUM_SOURCE_DIR "/tests/data/specification";

TEST(SpecShow, TellsAClauseInWordsWithARunThatBreaksIt) {
  const Outcome outcome = Call({"spec", "show", "--spec", kSmall, "MODULE-FLUSH", "--width", "80"});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_TRUE(MatchesBaseline("spec_show.txt", outcome.out));
}

TEST(SpecList, ThePageOfAllClausesIsUpToDate) {
  const Outcome outcome = Call({"spec", "list", "--markdown"});
  EXPECT_EQ(outcome.status, kClean);
  const auto page = platform::ReadFile(PENDULUM_SOURCE_DIR "/docs/clauses.md");
  ASSERT_TRUE(page.ok()) << page.error().Text();
  EXPECT_TRUE(outcome.out == *page) << "docs/clauses.md is stale: ./x docs writes it anew";
}

TEST(SpecShow, WritesJson) {
  const Outcome outcome = Call({"spec", "show", "--spec", kSmall, "OWN-01", "--json", "-"});
  EXPECT_EQ(outcome.status, kClean);
  const json shown = json::parse(outcome.out);
  EXPECT_EQ(shown["id"], "OWN-01");
  EXPECT_EQ(
      shown["words"],
      "When an operation returns, if the operation is Flush: what the call returned is S_OK.");
  EXPECT_EQ(shown["example"]["broken_at"], 4);
  EXPECT_EQ(shown["example"]["message"], "Flush (operation 0) returned 0x80004005 (E_FAIL)");
}

TEST(SpecShow, EveryBuiltInClauseHasAnExampleThatBreaksIt) {
  for (const auto& clause : oracle::Specification::BuiltIn().clauses()) {
    const json shown = json::parse(Call({"spec", "show", clause.id, "--json", "-"}).out);
    ASSERT_TRUE(shown.contains("example")) << clause.id;
    EXPECT_GT(shown["example"]["events"].size(), 0u) << clause.id;
    const bool breaks = shown["example"]["broken_at"] > 0;
    EXPECT_EQ(breaks, clause.level != oracle::Level::kMay) << clause.id;
    const std::string words = shown["words"];
    EXPECT_TRUE(words.starts_with("When ") && words.ends_with(".")) << words;
  }
}

TEST(SpecShow, ShowsTheMembersOfARule) {
  const Outcome rule = Call({"spec", "show", "MODULE-BAD-ARGUMENT"});
  EXPECT_EQ(rule.status, kClean);
  EXPECT_THAT(rule.out, HasSubstr("MODULE-BAD-ARGUMENT: a rule in "));
  EXPECT_THAT(rule.out, HasSubstr("\n  MODULE-BAD-ARGUMENT/null-chunks "));
  const Outcome clause = Call({"spec", "show", "MODULE-LEFT-PENDING"});
  EXPECT_THAT(clause.out, HasSubstr("\n  MODULE-LEFT-PENDING/on-completion "));
  EXPECT_THAT(clause.out, Not(HasSubstr("a rule in")));
}

TEST(SpecShow, SuggestsWhatWasMeant) {
  const Outcome outcome = Call({"spec", "show", "MODULE-BAD-ARGUMNT"});
  EXPECT_EQ(outcome.status, kNotDone);
  EXPECT_THAT(outcome.err, HasSubstr("did you mean 'MODULE-BAD-ARGUMENT'?"));
  EXPECT_THAT(Call({"spec", "show", "nothing-like-it"}).err, HasSubstr("spec list"));
}

TEST(SpecList, PrintsAPageOfAllClauses) {
  const Outcome outcome = Call({"spec", "list", "--markdown"});
  EXPECT_EQ(outcome.status, kClean);
  EXPECT_TRUE(outcome.out.starts_with("# The clauses\n"));
  for (const auto& clause : oracle::Specification::BuiltIn().clauses()) {
    EXPECT_THAT(outcome.out, HasSubstr("\n### " + clause.id + "\n"));
    EXPECT_THAT(outcome.out, HasSubstr("\n  - [" + clause.id + "](#"));
  }
  EXPECT_THAT(outcome.out, HasSubstr("](#module-bad-argumentnull-chunks): "));
}

}  // namespace
}  // namespace pendulum::cli

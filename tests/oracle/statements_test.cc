#include "harness/oracle/statements.h"

#include <gtest/gtest.h>

namespace pendulum::oracle {
namespace {

constexpr std::string_view kNoReasons = R"({"schema": "pendulum-not-checked/1", "statements": []})";

// A statement that `changed` stands in for a part of.
std::string StatementText(const std::string& part, const std::string& changed) {
  std::string text =
      R"({"id": "A-01", "page": "a.md", "section": "Remarks", "statement": "It is so.",
 "subject": "host", "kind": "bytes", "testable": true, "why_not": null, "ambiguity": null})";
  const size_t place = text.find(part);
  EXPECT_NE(place, std::string::npos) << part;
  return text.replace(place, part.size(), changed);
}

std::string ErrorOf(const std::string& part, const std::string& changed) {
  const auto statements =
      Statements::FromTexts("[" + StatementText(part, changed) + "]", kNoReasons);
  return statements.ok() ? "" : statements.error().Text();
}

std::string ErrorOfReasons(std::string_view text) {
  const auto statements = Statements::FromTexts("[]", text);
  return statements.ok() ? "" : statements.error().Text();
}

TEST(Statements, KeepsWhatTheFilesSay) {
  const auto statements = Statements::FromTexts(
      R"([{"id": "A-01", "page": "a.md", "section": "Remarks", "statement": "It is so.",
"subject": "both", "kind": "thread", "testable": false, "why_not": "nobody sees it",
"ambiguity": "always?"}])",
      "{\"schema\": \"pendulum-not-checked/1\", \"statements\": [\n"
      "  {\"id\": \"B-02\", \"reason\": \"none\"}]}");
  ASSERT_TRUE(statements.ok()) << statements.error().Text();
  ASSERT_EQ(statements->all.size(), 1u);
  const Statement& statement = statements->all[0];
  EXPECT_EQ(statement.page, "a.md");
  EXPECT_EQ(statement.section, "Remarks");
  EXPECT_EQ(statement.text, "It is so.");
  EXPECT_EQ(statement.subject, StatementSubject::kBoth);
  EXPECT_EQ(statement.kind, "thread");
  EXPECT_FALSE(statement.testable);
  EXPECT_EQ(statement.why_not, "nobody sees it");
  EXPECT_EQ(statement.ambiguity, "always?");
  ASSERT_EQ(statements->not_checked.size(), 1u);
  EXPECT_EQ(statements->not_checked[0].statement, "B-02");
  EXPECT_EQ(statements->not_checked[0].reason, "none");
  EXPECT_EQ(statements->not_checked[0].place, "spec/not-checked.json:2:3");
  EXPECT_EQ(statements->Find("A-01"), 0);
  EXPECT_EQ(statements->Find("A-02"), -1);
}

TEST(Statements, SaysWhereAStatementIsWrong) {
  EXPECT_EQ(ErrorOf("A-01", "A-01"), "");
  EXPECT_EQ(ErrorOf("\"kind\"", "\"kimd\""),
            "spec/statements.json:2:29: /0/kimd: nothing by this name is known here; known are "
            "\"id\", \"page\", \"section\", \"statement\", \"subject\", \"kind\", \"testable\", "
            "\"why_not\", \"ambiguity\" (did you mean 'kind'?)");
  EXPECT_EQ(ErrorOf("\"host\"", "\"hots\""),
            "spec/statements.json:2:13: /0/subject: expected one of \"host\", \"module\", "
            "\"both\", got \"hots\" (did you mean 'host'?)");
  EXPECT_EQ(ErrorOf("\"a.md\"", "\"\""),
            "spec/statements.json:1:25: /0/page: this may not be empty");
  EXPECT_EQ(ErrorOf("true", "false"),
            "spec/statements.json:2:68: /0/why_not: one that is not testable says here why not");
  EXPECT_EQ(ErrorOf("\"why_not\": null", "\"why_not\": \"x\""),
            "spec/statements.json:2:67: /0/why_not: a testable statement has null here");
  EXPECT_EQ(ErrorOf("{", "1, {"), "spec/statements.json:1:2: /0: expected an object, got 1");
  EXPECT_EQ(ErrorOf("{", StatementText("A", "A") + ", {"),
            "spec/statements.json:2:100: /1/id: another statement has the id A-01");
}

TEST(Statements, SaysWhereAReasonIsWrong) {
  EXPECT_EQ(ErrorOfReasons(R"({"schema": "pendulum-not-checked/2", "statements": []})"),
            "spec/not-checked.json:1:12: /schema: expected one of \"pendulum-not-checked/1\", got "
            "\"pendulum-not-checked/2\" (did you mean 'pendulum-not-checked/1'?)");
  EXPECT_EQ(
      ErrorOfReasons(R"({"schema": "pendulum-not-checked/1", "statements": [{"id": "A-01"}]})"),
      "spec/not-checked.json:1:53: /statements/0: \"reason\" is missing here");
}

TEST(Statements, TellsOfAFileThatIsNotThere) {
  const std::string folder = testing::TempDir();
  const auto statements = Statements::Load(folder + "/nowhere");
  ASSERT_FALSE(statements.ok());
  EXPECT_NE(statements.error().Text().find("nowhere/statements.json"), std::string::npos);
}

TEST(Statements, AreBuiltIntoTheProgramAsTheyStandInSpec) {
  const auto loaded = Statements::Load(PENDULUM_SOURCE_DIR "/spec");
  ASSERT_TRUE(loaded.ok()) << loaded.error().Text();
  const Statements& built_in = Statements::BuiltIn();
  ASSERT_EQ(built_in.all.size(), loaded->all.size());
  ASSERT_GT(built_in.all.size(), 400u);
  for (size_t i = 0; i < built_in.all.size(); ++i) {
    EXPECT_EQ(built_in.all[i].id, loaded->all[i].id);
    EXPECT_EQ(built_in.all[i].text, loaded->all[i].text);
  }
  ASSERT_EQ(built_in.not_checked.size(), loaded->not_checked.size());
  for (size_t i = 0; i < built_in.not_checked.size(); ++i) {
    EXPECT_EQ(built_in.not_checked[i].statement, loaded->not_checked[i].statement);
    EXPECT_EQ(built_in.not_checked[i].reason, loaded->not_checked[i].reason);
  }
}

}  // namespace
}  // namespace pendulum::oracle

#include "harness/oracle/traceability.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace pendulum::oracle {
namespace {

// The id of a clause and its sources as they stand in JSON.
struct Cited {
  std::string id;
  std::string source;
};

Specification SpecificationOf(const std::vector<Cited>& clauses) {
  std::string text = R"({"schema": "pendulum-specification/1", "clauses": [)";
  for (const Cited& clause : clauses) {
    text += text.ends_with('[') ? "" : ",";
    text += R"({"id": ")" + clause.id + R"(", "title": "t", "subject": "host", "level": "must",)" +
            R"("basis": "documented", "on": "call", "require": "FALSE", "message": "m",)" +
            R"("source": )" + clause.source + "}";
  }
  text += "]}";
  const SpecificationText texts[] = {{"t.json", text}};
  auto specification = Specification::FromTexts(texts);
  EXPECT_TRUE(specification.ok()) << specification.error().Text();
  return std::move(specification).value();
}

Statement StatementOf(const std::string& id, const std::string& page, bool testable = true) {
  Statement statement;
  statement.id = id;
  statement.page = page;
  statement.section = "Remarks";
  statement.testable = testable;
  return statement;
}

// Statements READ-01, READ-02 on read.md, WRITE-01 on write.md, and WRITE-02, not testable, there.
Statements SmallStatements(std::vector<NotChecked> not_checked = {}) {
  Statements statements;
  statements.all = {StatementOf("READ-01", "read.md"), StatementOf("READ-02", "read.md"),
                    StatementOf("WRITE-01", "write.md"),
                    StatementOf("WRITE-02", "write.md", false)};
  statements.not_checked = std::move(not_checked);
  return statements;
}

constexpr const char* kReads =
    R"({"page": "read.md", "section": "Remarks", "statements": ["READ-01", "READ-02"]})";
constexpr const char* kWrites =
    R"({"page": "write.md", "section": "Remarks", "statements": ["WRITE-01"]})";

std::vector<std::string> ProblemsOf(const std::vector<Cited>& clauses,
                                    const Statements& statements) {
  const Specification specification = SpecificationOf(clauses);
  std::vector<std::string> texts;
  for (const platform::Error& problem : TraceStatements(specification, statements).problems) {
    texts.push_back(problem.Text());
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Traceability, LeadsFromStatementsToClausesAndBack) {
  const Specification specification = SpecificationOf(
      {{"A", kReads},
       {"B", R"([{"page": "read.md", "section": "Remarks", "statements": ["READ-02", "READ-02"]},
                 {"page": "write.md", "section": "Remarks", "statements": ["WRITE-02"]}])"}});
  const Statements statements = SmallStatements({{"WRITE-01", "nobody can see it", "n.json:3:5"}});
  const Traceability trace = TraceStatements(specification, statements);
  EXPECT_TRUE(trace.problems.empty()) << trace.problems.front().Text();
  ASSERT_EQ(trace.statements.size(), 4u);
  EXPECT_EQ(trace.statements[0].state, StatementState::kChecked);
  EXPECT_EQ(trace.statements[0].clauses, (std::vector<int>{0}));
  EXPECT_EQ(trace.statements[1].clauses, (std::vector<int>{0, 1}));
  EXPECT_EQ(trace.statements[2].state, StatementState::kExplained);
  ASSERT_NE(trace.statements[2].reason, nullptr);
  EXPECT_EQ(trace.statements[2].reason->reason, "nobody can see it");
  EXPECT_EQ(trace.statements[3].state, StatementState::kNotTestable);
  EXPECT_EQ(trace.statements[3].clauses, (std::vector<int>{1}));
  ASSERT_EQ(trace.clauses.size(), 2u);
  EXPECT_EQ(trace.clauses[0], (std::vector<int>{0, 1}));
  EXPECT_EQ(trace.clauses[1], (std::vector<int>{1, 3}));
}

TEST(Traceability, ReportsATestableStatementThatNobodyMentions) {
  EXPECT_EQ(ProblemsOf({{"A", kReads}, {"B", kWrites}}, SmallStatements()), Texts{});
  EXPECT_EQ(ProblemsOf({{"A", kReads}}, SmallStatements()),
            Texts{"WRITE-01: no clause cites it, and not-checked.json does not say why not"});
}

TEST(Traceability, ReportsAStatementThatIsBothCheckedAndExplained) {
  EXPECT_EQ(ProblemsOf({{"A", kReads}, {"B", kWrites}},
                       SmallStatements({{"READ-02", "no", "n.json:3:5"}})),
            Texts{"READ-02: clause A cites it, and not-checked.json says why none does (remove the "
                  "entry at n.json:3:5)"});
}

TEST(Traceability, ReportsWhatDoesNotExist) {
  const std::vector<Cited> clauses = {
      {"A", kReads},
      {"B", kWrites},
      {"C", R"({"page": "raed.md", "section": "Remarks", "statements": ["READ-1"]})"}};
  EXPECT_EQ(ProblemsOf(clauses, SmallStatements()),
            (Texts{"C: it cites a page that does not exist, raed.md (did you mean 'read.md'?)",
                   "C: it cites a statement that does not exist, READ-1 (did you mean "
                   "'READ-01'?)"}));
}

TEST(Traceability, ReportsAStatementCitedFromElsewhere) {
  const Texts problems =
      ProblemsOf({{"A", kReads},
                  {"B", R"([{"page": "read.md", "section": "Remarks", "statements": ["WRITE-01"]},
                 {"page": "write.md", "section": "Summary", "statements": ["WRITE-01"]}])"}},
                 SmallStatements());
  EXPECT_EQ(problems, (Texts{"B: it cites WRITE-01 of read.md, Remarks; the statement stands "
                             "elsewhere (it is of write.md, Remarks)",
                             "B: it cites WRITE-01 of write.md, Summary; the statement stands "
                             "elsewhere (it is of write.md, Remarks)"}));
}

TEST(Traceability, ReportsReasonsThatAreNone) {
  EXPECT_EQ(ProblemsOf({{"A", kReads}}, SmallStatements({{"WRITE-01", " \n", "n.json:3:5"},
                                                         {"WRITE-01", "no", "n.json:4:5"},
                                                         {"WRITE-1", "no", "n.json:5:5"}})),
            (Texts{"n.json:3:5: the reason why no clause checks WRITE-01 is empty",
                   "n.json:4:5: WRITE-01 is explained twice (also at n.json:3:5)",
                   "n.json:5:5: there is no statement WRITE-1 (did you mean 'WRITE-01'?)"}));
}

}  // namespace
}  // namespace pendulum::oracle

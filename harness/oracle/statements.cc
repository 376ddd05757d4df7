#include "harness/oracle/statements.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <utility>

#include "harness/platform/embedded.h"
#include "harness/platform/json_reader.h"

namespace pendulum::oracle {

// Generated from spec/ when the program is built: statements.json, then not-checked.json.
extern const platform::EmbeddedFile kStatementFiles[];
extern const size_t kStatementFilesCount;

namespace {

using platform::JsonDocument;
using platform::JsonErrors;
using platform::JsonKind;
using platform::JsonValue;

constexpr std::string_view kKinds[] = {"parameter", "status", "pipeline",  "lifetime", "pending",
                                       "ordering",  "bytes",  "buffering", "thread"};

std::string Words(const JsonValue& value) {
  const std::string text = value.String();
  if (value.Is(JsonKind::kString) && text.empty()) value.Report("this may not be empty");
  return text;
}

// A string, or null for nothing.
std::string WordsOrNull(const JsonValue& value) {
  return value.Is(JsonKind::kNull) ? std::string() : Words(value);
}

Statement ReadStatement(const JsonValue& value, const Statements& statements) {
  value.AllowOnly({"id", "page", "section", "statement", "subject", "kind", "testable", "why_not",
                   "ambiguity"});
  Statement statement;
  statement.id = Words(value.Required("id"));
  if (statements.Find(statement.id) >= 0) {
    value.Optional("id").Report("another statement has the id " + statement.id);
  }
  statement.page = Words(value.Required("page"));
  statement.section = Words(value.Required("section"));
  statement.text = Words(value.Required("statement"));
  statement.subject =
      static_cast<StatementSubject>(value.Required("subject").Choice({"host", "module", "both"}));
  statement.kind = kKinds[value.Required("kind").Choice(kKinds)];
  statement.testable = value.Required("testable").Boolean(true);
  statement.why_not = WordsOrNull(value.Required("why_not"));
  statement.ambiguity = WordsOrNull(value.Required("ambiguity"));
  if (statement.testable != statement.why_not.empty()) {
    value.Optional("why_not").Report(statement.testable
                                         ? "a testable statement has null here"
                                         : "one that is not testable says here why not");
  }
  return statement;
}

void ReadStatements(const JsonValue& root, Statements* statements) {
  for (const JsonValue& value : root.Elements()) {
    statements->all.push_back(ReadStatement(value, *statements));
  }
}

void ReadNotChecked(const JsonValue& root, Statements* statements) {
  root.AllowOnly({"schema", "statements"});
  root.Required("schema").Choice({"pendulum-not-checked/1"});
  for (const JsonValue& value : root.Required("statements").Elements()) {
    value.AllowOnly({"id", "reason"});
    NotChecked entry;
    entry.statement = Words(value.Required("id"));
    entry.reason = value.Required("reason").String();
    entry.place = value.Place();
    statements->not_checked.push_back(std::move(entry));
  }
}

platform::Result<Statements> Read(const JsonDocument& all, const JsonDocument& not_checked,
                                  const JsonErrors& errors) {
  Statements statements;
  if (all.root()) ReadStatements(all.root(), &statements);
  if (not_checked.root()) ReadNotChecked(not_checked.root(), &statements);
  if (!errors.ok()) return errors.first();
  return statements;
}

}  // namespace

platform::Result<Statements> Statements::Load(const std::string& folder) {
  JsonErrors errors;
  const JsonDocument all = JsonDocument::Load(folder + "/statements.json", &errors);
  const JsonDocument not_checked = JsonDocument::Load(folder + "/not-checked.json", &errors);
  return Read(all, not_checked, errors);
}

platform::Result<Statements> Statements::FromTexts(std::string_view statements,
                                                   std::string_view not_checked) {
  JsonErrors errors;
  const JsonDocument all(statements, "spec/statements.json", &errors);
  const JsonDocument explained(not_checked, "spec/not-checked.json", &errors);
  return Read(all, explained, errors);
}

const Statements& Statements::BuiltIn() {
  static const Statements statements = [] {
    auto result = FromTexts(kStatementFiles[0].content, kStatementFiles[1].content);
    if (!result) {
      // The build embeds what the tests have loaded; there is nothing to go on with.
      std::fprintf(stderr, "the built-in statements are broken: %s\n",
                   result.error().Text().c_str());
      std::abort();
    }
    return std::move(result).value();
  }();
  return statements;
}

int Statements::Find(std::string_view id) const {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Statement& statement) { return statement.id == id; });
  return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

}  // namespace pendulum::oracle

// What the documentation says, statement by statement (spec/statements.json), and why some of it is
// checked by no clause (spec/not-checked.json).
#ifndef PENDULUM_ORACLE_STATEMENTS_H_
#define PENDULUM_ORACLE_STATEMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::oracle {

enum class StatementSubject : uint8_t { kHost, kModule, kBoth };

// One sentence's worth of a documentation page, in our own words.
struct Statement {
  std::string id;       // "READ-07"
  std::string page;     // "ihttprequest-readentitybody-method.md"
  std::string section;  // "Remarks (note)"
  std::string text;
  StatementSubject subject = StatementSubject::kHost;
  std::string kind;  // "bytes", "ordering", …
  bool testable = true;
  std::string why_not;    // of one that is not testable
  std::string ambiguity;  // what the page leaves open, or empty
};

// Why no clause checks a testable statement.
struct NotChecked {
  std::string statement;
  std::string reason;
  std::string place;  // of its entry: "not-checked.json:4:5"
};

struct Statements {
  std::vector<Statement> all;
  std::vector<NotChecked> not_checked;

  // Reads statements.json and not-checked.json of a folder. The error names file, line and column,
  // what was expected, and a suggestion for a misspelt name. Whether an entry of not-checked.json
  // names a statement, and gives a reason, is for TraceStatements to say.
  static platform::Result<Statements> Load(const std::string& folder);
  // The same from texts in memory.
  static platform::Result<Statements> FromTexts(std::string_view statements,
                                                std::string_view not_checked);
  // Those built into the program (spec/ at build time).
  static const Statements& BuiltIn();

  // The index of the statement with this id, or -1.
  int Find(std::string_view id) const;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_STATEMENTS_H_

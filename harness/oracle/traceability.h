// From the documentation's statements to the clauses that check them, and back.
#ifndef PENDULUM_ORACLE_TRACEABILITY_H_
#define PENDULUM_ORACLE_TRACEABILITY_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/oracle/statements.h"
#include "harness/platform/result.h"

namespace pendulum::oracle {

enum class StatementState : uint8_t {
  kChecked,       // cited by a clause
  kExplained,     // not-checked.json says why no clause cites it
  kNotTestable,   // no run could show it broken; a clause may cite it all the same
  kMissing,       // testable, and neither cited nor explained
  kContradiction  // both cited and explained
};
// "checked", "explained", "not testable", "missing", "contradiction".
std::string_view StatementStateName(StatementState state);

struct StatementTrace {
  StatementState state = StatementState::kMissing;
  std::vector<int> clauses;            // that cite it, by index, each once
  const NotChecked* reason = nullptr;  // borrowed from the statements
};

struct Traceability {
  std::vector<StatementTrace> statements;  // by the statement's index
  std::vector<std::vector<int>> clauses;   // by the clause's index: the statements that it cites
  std::vector<platform::Error> problems;   // of statements, then of clauses, then of reasons
};

// What is wrong is a problem: a testable statement that is neither cited nor explained, or both; a
// clause that cites a statement or a page that does not exist, or a statement under another page or
// section than its own; an entry of not-checked.json that names no statement, or one twice, or
// gives no reason. The pages that exist are those of the statements. Both arguments are borrowed
// for the result's life.
Traceability TraceStatements(const Specification& specification, const Statements& statements);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_TRACEABILITY_H_

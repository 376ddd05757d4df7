// pendulum spec trace: which clauses check which of the documentation's statements, and back.
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/oracle/statements.h"
#include "harness/oracle/traceability.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;
using oracle::Specification;
using oracle::Statement;
using oracle::Statements;
using oracle::StatementState;
using oracle::StatementTrace;
using oracle::Traceability;

struct TraceArguments {
  std::string folder;
  bool statements = false;
  bool clauses = false;
  bool gaps = false;
  OutputOptions output;
};

struct Matrix {
  std::span<const Clause> clauses;
  const Statements& statements;
  Traceability trace;

  size_t Count(StatementState state) const {
    size_t count = 0;
    for (const StatementTrace& row : trace.statements) count += row.state == state ? 1 : 0;
    return count;
  }
  size_t Testable() const {
    size_t count = 0;
    for (const Statement& statement : statements.all) count += statement.testable ? 1 : 0;
    return count;
  }
};

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<std::string> ClauseIds(const Matrix& matrix, const StatementTrace& row) {
  std::vector<std::string> ids;
  for (int clause : row.clauses) ids.push_back(matrix.clauses[static_cast<size_t>(clause)].id);
  return ids;
}

std::vector<std::string> StatementIds(const Matrix& matrix, size_t clause) {
  std::vector<std::string> ids;
  for (int statement : matrix.trace.clauses[clause]) {
    ids.push_back(matrix.statements.all[static_cast<size_t>(statement)].id);
  }
  return ids;
}

// Why no clause cites the statement, as far as anybody has said.
std::string ReasonOf(const Statement& statement, const StatementTrace& row) {
  return row.reason != nullptr ? row.reason->reason : statement.why_not;
}

Json StatementsJson(const Matrix& matrix) {
  Json all = Json::array();
  for (size_t i = 0; i < matrix.statements.all.size(); ++i) {
    const Statement& statement = matrix.statements.all[i];
    const StatementTrace& row = matrix.trace.statements[i];
    Json json;
    json["id"] = statement.id;
    json["page"] = statement.page;
    json["section"] = statement.section;
    json["testable"] = statement.testable;
    json["state"] = oracle::StatementStateName(row.state);
    json["clauses"] = ClauseIds(matrix, row);
    json["reason"] = ReasonOf(statement, row);
    all.push_back(std::move(json));
  }
  return all;
}

Json MatrixJson(const Matrix& matrix, const TraceArguments& arguments) {
  Json json;
  json["schema"] = "pendulum-matrix/1";
  Json& totals = json["totals"];
  totals["statements"] = matrix.statements.all.size();
  totals["testable"] = matrix.Testable();
  for (StatementState state :
       {StatementState::kChecked, StatementState::kExplained, StatementState::kNotTestable,
        StatementState::kMissing, StatementState::kContradiction}) {
    std::string name(oracle::StatementStateName(state));
    if (const size_t space = name.find(' '); space != std::string::npos) name[space] = '_';
    totals[name] = matrix.Count(state);
  }
  totals["clauses"] = matrix.clauses.size();
  if (!arguments.gaps && !arguments.clauses) json["statements"] = StatementsJson(matrix);
  if (!arguments.gaps && !arguments.statements) {
    Json& clauses = json["clauses"] = Json::array();
    for (size_t i = 0; i < matrix.clauses.size(); ++i) {
      Json clause;
      clause["id"] = matrix.clauses[i].id;
      clause["statements"] = StatementIds(matrix, i);
      clauses.push_back(std::move(clause));
    }
  }
  Json& problems = json["problems"] = Json::array();
  for (const platform::Error& problem : matrix.trace.problems) {
    problems.push_back(
        {{"place", problem.place}, {"message", problem.message}, {"remedy", problem.remedy}});
  }
  return json;
}

// What stands beside a statement: the clauses that check it, or why none does.
std::string Verdict(const Matrix& matrix, const Statement& statement, const StatementTrace& row) {
  const std::string ids = Joined(ClauseIds(matrix, row));
  const std::string reason = ReasonOf(statement, row);
  switch (row.state) {
    case StatementState::kChecked:
      return "checked by " + ids;
    case StatementState::kExplained:
      return "not checked: " + reason;
    case StatementState::kNotTestable:
      return "not testable: " + reason + (ids.empty() ? "" : "; cited by " + ids);
    case StatementState::kMissing:
      return "MISSING: no clause, no reason";
    case StatementState::kContradiction:
      return "CONTRADICTION: checked by " + ids + "; not checked: " + reason;
  }
  return "";
}

void PrintStatements(const Matrix& matrix, int columns, std::ostream* out) {
  std::string page;
  for (size_t i = 0; i < matrix.statements.all.size(); ++i) {
    const Statement& statement = matrix.statements.all[i];
    if (statement.page != page) {
      *out << (page.empty() ? "" : "\n") << statement.page << "\n";
      page = statement.page;
    }
    constexpr int kLabelColumns = 14;
    PrintLabelled(report::Pad("  " + statement.id, kLabelColumns),
                  statement.section + ": " + statement.text, columns, out);
    PrintLabelled(std::string(kLabelColumns, ' ') + "= ",
                  Verdict(matrix, statement, matrix.trace.statements[i]), columns, out);
  }
}

void PrintClauses(const Matrix& matrix, int columns, std::ostream* out) {
  size_t widest = 0;
  for (const Clause& clause : matrix.clauses) widest = std::max(widest, clause.id.size());
  for (size_t i = 0; i < matrix.clauses.size(); ++i) {
    const std::string statements = Joined(StatementIds(matrix, i));
    PrintLabelled(report::Pad(matrix.clauses[i].id, static_cast<int>(widest) + 2),
                  statements.empty() ? "no statement" : statements, columns, out);
  }
}

void PrintSummary(const Matrix& matrix, std::ostream* out) {
  *out << report::Counted(matrix.statements.all.size(), "statement") << ", "
       << report::Thousands(matrix.Testable())
       << " of them testable: " << report::Thousands(matrix.Count(StatementState::kChecked))
       << " checked by " << report::Counted(matrix.clauses.size(), "clause") << ", "
       << report::Thousands(matrix.Count(StatementState::kExplained)) << " explained, "
       << report::Thousands(matrix.Count(StatementState::kMissing)) << " missing; "
       << report::Counted(matrix.trace.problems.size(), "problem") << "\n";
}

void PrintMatrix(const Matrix& matrix, const TraceArguments& arguments, const Console& console) {
  const int columns = report::Columns(StyleOf(arguments.output, console));
  std::ostream* const out = console.out;
  if (!arguments.gaps && !arguments.output.quiet) {
    if (!arguments.clauses) PrintStatements(matrix, columns, out);
    if (arguments.clauses == arguments.statements) *out << "\n";
    if (!arguments.statements) PrintClauses(matrix, columns, out);
    *out << "\n";
  }
  for (const platform::Error& problem : matrix.trace.problems) *out << problem.Text() << "\n";
  PrintSummary(matrix, out);
}

int Trace(const TraceArguments& arguments, const Console& console) {
  std::optional<Specification> loaded;
  std::optional<Statements> read;
  if (!arguments.folder.empty()) {
    auto specification = Specification::Load(arguments.folder);
    if (!specification.ok()) return Fail(specification.error(), console);
    auto statements = Statements::Load(arguments.folder);
    if (!statements.ok()) return Fail(statements.error(), console);
    loaded = std::move(specification).value();
    read = std::move(statements).value();
  }
  const Specification& specification = loaded ? *loaded : Specification::BuiltIn();
  const Statements& statements = read ? *read : Statements::BuiltIn();
  const Matrix matrix = {specification.clauses(), statements,
                         oracle::TraceStatements(specification, statements)};
  const auto written = WriteJson(arguments.output, MatrixJson(matrix, arguments), console);
  if (!written.ok()) return Fail(written.error(), console);
  if (PrintsText(arguments.output)) PrintMatrix(matrix, arguments, console);
  return matrix.trace.problems.empty() ? kClean : kFindings;
}

}  // namespace

void AddSpecTrace(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<TraceArguments>();
  CLI::App* command = spec->add_subcommand(
      "trace", "Show which clause checks which statement of the documentation, and back");
  CLI::Option* statements =
      command->add_flag("--statements", arguments->statements, "Only from statements to clauses");
  command->add_flag("--clauses", arguments->clauses, "Only from clauses to statements")
      ->excludes(statements);
  command->add_flag("--gaps", arguments->gaps, "Only what is missing or wrong");
  command
      ->add_option("--folder", arguments->folder,
                   "Read the clauses, statements.json and not-checked.json of this folder")
      ->type_name("DIR");
  AddOutputOptions(command, &arguments->output);
  command->footer(
      "A statement is checked by the clauses that cite it, or explained in not-checked.json.\n"
      "Exit status 1: a testable statement is neither, or both, or something cited does not\n"
      "exist.\n\n"
      "Examples:\n  pendulum spec trace\n  pendulum spec trace --gaps\n"
      "  pendulum spec trace --folder spec/ --clauses");
  RunWhenChosen(command, arguments, Trace, invocation);
}

}  // namespace pendulum::cli

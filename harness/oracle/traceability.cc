#include "harness/oracle/traceability.h"

#include <algorithm>
#include <string>

#include "harness/platform/suggest.h"

namespace pendulum::oracle {
namespace {

using platform::Error;

constexpr std::string_view kNotCheckedFile = "not-checked.json";

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

class Tracer {
 public:
  Tracer(const Specification& specification, const Statements& statements)
      : clauses_(specification.clauses()), statements_(statements) {
    for (const Statement& statement : statements.all) {
      ids_.push_back(statement.id);
      pages_.push_back(statement.page);
    }
    result_.statements.resize(statements.all.size());
    result_.clauses.resize(clauses_.size());
  }

  Traceability Trace() {
    for (size_t i = 0; i < clauses_.size(); ++i) TraceClause(static_cast<int>(i));
    for (const NotChecked& entry : statements_.not_checked) TraceReason(entry);
    std::vector<Error> others = std::move(result_.problems);
    result_.problems.clear();
    for (size_t i = 0; i < statements_.all.size(); ++i) Conclude(static_cast<int>(i));
    result_.problems.insert(result_.problems.end(), others.begin(), others.end());
    return std::move(result_);
  }

 private:
  void Report(std::string message, std::string place, std::string remedy) {
    result_.problems.push_back({std::move(message), std::move(place), std::move(remedy)});
  }

  void TraceClause(int index) {
    const Clause& clause = clauses_[static_cast<size_t>(index)];
    for (const Source& source : clause.sources) {
      if (std::find(pages_.begin(), pages_.end(), source.page) == pages_.end()) {
        Report("it cites a page that does not exist, " + source.page, clause.id,
               platform::Suggestion(source.page, pages_));
      }
      for (const std::string& id : source.statements) TraceCitation(index, source, id);
    }
  }

  void TraceCitation(int index, const Source& source, const std::string& id) {
    const Clause& clause = clauses_[static_cast<size_t>(index)];
    const int found = statements_.Find(id);
    if (found < 0) {
      Report("it cites a statement that does not exist, " + id, clause.id,
             platform::Suggestion(id, ids_));
      return;
    }
    const Statement& statement = statements_.all[static_cast<size_t>(found)];
    if (statement.page != source.page || statement.section != source.section) {
      Report("it cites " + id + " of " + source.page + ", " + source.section +
                 "; the statement stands elsewhere",
             clause.id, "it is of " + statement.page + ", " + statement.section);
    }
    std::vector<int>& clauses = result_.statements[static_cast<size_t>(found)].clauses;
    if (!clauses.empty() && clauses.back() == index) return;
    clauses.push_back(index);
    result_.clauses[static_cast<size_t>(index)].push_back(found);
  }

  void TraceReason(const NotChecked& entry) {
    const int found = statements_.Find(entry.statement);
    if (found < 0) {
      Report("there is no statement " + entry.statement, entry.place,
             platform::Suggestion(entry.statement, ids_));
      return;
    }
    const NotChecked*& reason = result_.statements[static_cast<size_t>(found)].reason;
    if (reason != nullptr) {
      Report(entry.statement + " is explained twice", entry.place, "also at " + reason->place);
      return;
    }
    reason = &entry;
    if (IsBlank(entry.reason)) {
      Report("the reason why no clause checks " + entry.statement + " is empty", entry.place, "");
    }
  }

  void Conclude(int index) {
    const Statement& statement = statements_.all[static_cast<size_t>(index)];
    StatementTrace& trace = result_.statements[static_cast<size_t>(index)];
    const bool cited = !trace.clauses.empty();
    if (!statement.testable) {
      trace.state = StatementState::kNotTestable;
    } else if (cited && trace.reason != nullptr) {
      trace.state = StatementState::kContradiction;
      Report("clause " + clauses_[static_cast<size_t>(trace.clauses.front())].id +
                 " cites it, and " + std::string(kNotCheckedFile) + " says why none does",
             statement.id, "remove the entry at " + trace.reason->place);
    } else if (cited) {
      trace.state = StatementState::kChecked;
    } else if (trace.reason != nullptr) {
      trace.state = StatementState::kExplained;
    } else {
      trace.state = StatementState::kMissing;
      Report("no clause cites it, and " + std::string(kNotCheckedFile) + " does not say why not",
             statement.id, "");
    }
  }

  std::span<const Clause> clauses_;
  const Statements& statements_;
  std::vector<std::string_view> ids_, pages_;
  Traceability result_;
};

}  // namespace

std::string_view StatementStateName(StatementState state) {
  constexpr std::string_view kNames[] = {"checked", "explained", "not testable", "missing",
                                         "contradiction"};
  return kNames[static_cast<size_t>(state)];
}

Traceability TraceStatements(const Specification& specification, const Statements& statements) {
  return Tracer(specification, statements).Trace();
}

}  // namespace pendulum::oracle

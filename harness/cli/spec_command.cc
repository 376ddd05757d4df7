#include "harness/cli/spec_command.h"

#include <ostream>

#include "harness/oracle/statements.h"

namespace pendulum::cli {

using explore::Json;
using oracle::Clause;

std::string_view SubjectName(const Clause& clause) {
  return clause.subject == oracle::Subject::kHost ? "host" : "module";
}

std::string_view LevelName(const Clause& clause) {
  constexpr std::string_view kNames[] = {"must", "should", "may"};
  return kNames[static_cast<size_t>(clause.level)];
}

std::string_view BasisName(const Clause& clause) {
  constexpr std::string_view kNames[] = {"documented", "derived", "observed"};
  return kNames[static_cast<size_t>(clause.basis)];
}

Json ClauseJson(const Clause& clause) {
  Json json;
  json["id"] = clause.id;
  json["title"] = clause.title;
  json["subject"] = SubjectName(clause);
  json["level"] = LevelName(clause);
  json["basis"] = BasisName(clause);
  json["sources"] = Json::array();
  for (const oracle::Source& source : clause.sources) {
    Json one;
    one["page"] = source.page;
    one["section"] = source.section;
    one["statements"] = source.statements;
    json["sources"].push_back(std::move(one));
  }
  json["group"] = clause.group;
  json["rationale"] = clause.rationale;
  json["fix"] = clause.fix;
  json["on"] = clause.on;
  json["for_each"] = clause.for_each;
  json["when"] = clause.when;
  json["require"] = clause.require;
  json["message"] = clause.message;
  json["readings"] = Json::array();
  for (const oracle::Reading& reading : clause.readings) {
    json["readings"].push_back({{"text", reading.text}, {"when", reading.when}});
  }
  return json;
}

std::string StatementText(const std::string& id, const std::string& page) {
  const oracle::Statements& statements = oracle::Statements::BuiltIn();
  const int found = statements.Find(id);
  if (found < 0) return id;
  const oracle::Statement& statement = statements.all[static_cast<size_t>(found)];
  return statement.page == page ? id + ": " + statement.text : id;
}

platform::Status WriteJson(const OutputOptions& options, const Json& json, const Console& console) {
  if (options.json.empty()) return platform::OkStatus();
  return WriteOutput(options.json, explore::JsonText(json), console);
}

bool PrintsText(const OutputOptions& options) { return options.json != "-"; }

void PrintLabelled(std::string_view label, std::string_view text, int columns, std::ostream* out) {
  if (text.empty()) return;
  const int label_columns = report::DisplayWidth(label);
  bool first = true;
  for (const std::string& line : report::Wrap(text, columns - label_columns)) {
    *out << (first ? std::string(label) : report::Pad("", label_columns)) << line << "\n";
    first = false;
  }
}

}  // namespace pendulum::cli

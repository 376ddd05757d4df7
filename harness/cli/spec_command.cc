#include "harness/cli/spec_command.h"

#include <ostream>

#include "harness/oracle/statements.h"

namespace pendulum::cli {

using explore::Json;
using oracle::Clause;

Json ClauseJson(const Clause& clause) {
  Json json;
  json["id"] = clause.id;
  json["title"] = clause.title;
  json["subject"] = oracle::SubjectName(clause.subject);
  json["level"] = oracle::LevelName(clause.level);
  json["basis"] = oracle::BasisName(clause.basis);
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

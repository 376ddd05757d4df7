#include <algorithm>
#include <memory>
#include <ostream>

#include "harness/cli/command.h"
#include "harness/explore/json_text.h"
#include "harness/oracle/specification.h"
#include "harness/platform/suggest.h"
#include "harness/report/text.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;
using oracle::Specification;

struct SpecArguments {
  std::string id;
  std::string folder;
  OutputOptions output;
};

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
  json["rationale"] = clause.rationale;
  json["fix"] = clause.fix;
  json["on"] = clause.on;
  json["when"] = clause.when;
  json["require"] = clause.require;
  json["message"] = clause.message;
  return json;
}

void Line(std::string_view label, std::string_view text, int columns, std::ostream* out) {
  constexpr int kLabelColumns = 11;
  if (text.empty()) return;
  bool first = true;
  for (const std::string& line : report::Wrap(text, columns - kLabelColumns)) {
    *out << report::Pad(first ? label : "", kLabelColumns) << line << "\n";
    first = false;
  }
}

void PrintClause(const Clause& clause, int columns, std::ostream* out) {
  *out << clause.id << ": " << clause.title << "\n";
  Line("  subject", SubjectName(clause), columns, out);
  Line("  level", LevelName(clause), columns, out);
  Line("  basis", BasisName(clause), columns, out);
  for (const oracle::Source& source : clause.sources) {
    Line("  page", source.page + (source.section.empty() ? "" : ", " + source.section), columns,
         out);
    *out << std::string(11, ' ') << report::PageAddress(source.page) << "\n";
  }
  Line("  why", clause.rationale, columns, out);
  Line("  fix", clause.fix, columns, out);
  Line("  on", clause.on, columns, out);
  Line("  when", clause.when, columns, out);
  Line("  require", clause.require, columns, out);
  Line("  message", clause.message, columns, out);
}

int Show(const SpecArguments& arguments, const Console& console) {
  const Specification& specification = Specification::BuiltIn();
  const int index = specification.Find(arguments.id);
  if (index < 0) {
    std::vector<std::string_view> ids;
    for (const Clause& clause : specification.clauses()) ids.push_back(clause.id);
    std::string remedy = platform::Suggestion(arguments.id, ids);
    if (remedy.empty()) remedy = "pendulum spec list prints all";
    return Fail({"the specification has no clause by this name", arguments.id, remedy}, console);
  }
  const Clause& clause = specification.clauses()[static_cast<size_t>(index)];
  if (!arguments.output.json.empty()) {
    const auto written =
        WriteOutput(arguments.output.json, explore::JsonText(ClauseJson(clause)), console);
    if (!written.ok()) return Fail(written.error(), console);
  }
  if (arguments.output.json != "-") {
    PrintClause(clause, report::Columns(StyleOf(arguments.output, console)), console.out);
  }
  return kClean;
}

int List(const SpecArguments& arguments, const Console& console) {
  const auto clauses = Specification::BuiltIn().clauses();
  if (!arguments.output.json.empty()) {
    Json json = Json::array();
    for (const Clause& clause : clauses) json.push_back(ClauseJson(clause));
    const auto written = WriteOutput(arguments.output.json, explore::JsonText(json), console);
    if (!written.ok()) return Fail(written.error(), console);
  }
  if (arguments.output.json == "-") return kClean;
  const report::Style style = StyleOf(arguments.output, console);
  size_t widest = 0;
  for (const Clause& clause : clauses) widest = std::max(widest, clause.id.size());
  for (const Clause& clause : clauses) {
    const std::string line = report::Pad(clause.id, static_cast<int>(widest)) + "  " +
                             report::Pad(LevelName(clause), 6) + "  " + clause.title;
    *console.out << report::Fit(line, report::Columns(style), style) << "\n";
  }
  return kClean;
}

int Lint(const SpecArguments& arguments, const Console& console) {
  const auto specification = Specification::Load(arguments.folder);
  if (!specification.ok()) return Fail(specification.error(), console);
  const size_t count = specification->clauses().size();
  if (count == 0) return Fail({"has no clause", arguments.folder, ""}, console);
  *console.out << arguments.folder << ": " << report::Counted(count, "clause") << ", no mistake\n";
  return kClean;
}

using Action = int (*)(const SpecArguments&, const Console&);

CLI::App* AddAction(CLI::App* command, const char* name, const char* description, Action action,
                    const std::shared_ptr<SpecArguments>& arguments, Invocation* invocation) {
  CLI::App* added = command->add_subcommand(name, description);
  added->callback([arguments, invocation, action] {
    invocation->run = [arguments, invocation, action] {
      return action(*arguments, invocation->console);
    };
  });
  return added;
}

}  // namespace

void AddSpecCommand(CLI::App* app, Invocation* invocation) {
  auto arguments = std::make_shared<SpecArguments>();
  CLI::App* command = app->add_subcommand("spec", "Look at the specification that judges modules");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  pendulum spec list\n  pendulum spec show MODULE-LEFT-PENDING\n"
      "  pendulum spec lint spec/");
  CLI::App* list =
      AddAction(command, "list", "Print every clause on a line", List, arguments, invocation);
  AddOutputOptions(list, &arguments->output);
  list->footer("Example:\n  pendulum spec list --json -");
  CLI::App* show =
      AddAction(command, "show", "Print all that a clause says", Show, arguments, invocation);
  show->add_option("ID", arguments->id, "The clause, such as READ-07")->required();
  AddOutputOptions(show, &arguments->output);
  show->footer("Example:\n  pendulum spec show MODULE-LEFT-PENDING");
  CLI::App* lint =
      AddAction(command, "lint", "Check a folder of clauses", Lint, arguments, invocation);
  lint->add_option("DIR", arguments->folder, "The folder with the *.json files")->required();
  lint->footer("Example:\n  pendulum spec lint spec/");
}

}  // namespace pendulum::cli

// pendulum spec show: all that a clause says.
#include <algorithm>
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"
#include "harness/platform/suggest.h"
#include "harness/report/clause_words.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;
using oracle::Specification;

struct ShowArguments {
  std::string id;
  SpecificationOptions specification;
  OutputOptions output;
};

constexpr int kLabelColumns = 11;

void Line(std::string_view label, std::string_view text, int columns, std::ostream* out) {
  PrintLabelled(report::Pad(label, kLabelColumns), text, columns, out);
}

void PrintSources(const Clause& clause, int columns, std::ostream* out) {
  for (const oracle::Source& source : clause.sources) {
    Line("  page", source.page + (source.section.empty() ? "" : ", " + source.section), columns,
         out);
    *out << std::string(kLabelColumns, ' ') << report::PageAddress(source.page) << "\n";
    for (const std::string& id : source.statements) {
      PrintLabelled(std::string(kLabelColumns, ' ') + "  ", StatementText(id, source.page), columns,
                    out);
    }
  }
}

void PrintExample(const Specification& specification, int index,
                  const std::vector<std::string>& folders, int columns, std::ostream* out) {
  const auto example = BreakingExample(specification, index, folders);
  if (!example) return;
  const Clause& clause = specification.clauses()[static_cast<size_t>(index)];
  *out << (clause.level == oracle::Level::kMay ? "\n  A run that does not use it, event by event:\n"
                                               : "\n  A run that breaks it, event by event:\n");
  for (const std::string& line : ExampleLines(*example)) {
    const size_t text = line.find_first_not_of(" >^0123456789");
    PrintLabelled("  " + line.substr(0, text), line.substr(text), columns, out);
  }
}

void PrintClause(const Specification& specification, int index, int columns, std::ostream* out) {
  const Clause& clause = specification.clauses()[static_cast<size_t>(index)];
  PrintLabelled(clause.id + ": ", clause.title, columns, out);
  *out << "\n";
  PrintLabelled("  ", report::ClauseWords(specification, index), columns, out);
  *out << "\n";
  Line("  binds", "the " + std::string(oracle::SubjectName(clause.subject)), columns, out);
  constexpr std::string_view kLevels[] = {"must: a breach is a finding",
                                          "should: a breach is a warning",
                                          "may: an option, which no run breaks"};
  Line("  level", kLevels[static_cast<size_t>(clause.level)], columns, out);
  Line("  basis", oracle::BasisName(clause.basis), columns, out);
  Line("  why", clause.rationale, columns, out);
  Line("  fix", clause.fix, columns, out);
  PrintSources(clause, columns, out);
  if (!clause.readings.empty()) {
    *out
        << "\n  The documentation can be read in several ways. Which one a run shows is recorded;\n"
           "  a module that relies on one passes only if\n";
    for (const oracle::Reading& reading : clause.readings) {
      PrintLabelled("  - ", reading.text + ": " + reading.when, columns, out);
    }
  }
  *out << "\n";
  Line("  on", clause.on, columns, out);
  Line("  for each", clause.for_each, columns, out);
  Line("  when", clause.when, columns, out);
  Line("  require", clause.require, columns, out);
  Line("  message", clause.message, columns, out);
}

// The clauses whose rule `id` names: those with "id/" in front.
std::vector<int> Members(const Specification& specification, const std::string& id) {
  std::vector<int> members;
  for (size_t i = 0; i < specification.clauses().size(); ++i) {
    if (specification.clauses()[i].id.starts_with(id + "/")) members.push_back(static_cast<int>(i));
  }
  return members;
}

void PrintMembers(const Specification& specification, const std::vector<int>& members, int columns,
                  std::ostream* out) {
  size_t widest = 0;
  for (int member : members) {
    widest = std::max(widest, specification.clauses()[static_cast<size_t>(member)].id.size());
  }
  for (int member : members) {
    const Clause& clause = specification.clauses()[static_cast<size_t>(member)];
    PrintLabelled("  " + report::Pad(clause.id, static_cast<int>(widest) + 2), clause.title,
                  columns, out);
  }
}

// What may have been meant: a clause, or the rule that several clauses make up.
std::string SuggestionFor(const Specification& specification, const std::string& id) {
  std::vector<std::string_view> ids;
  for (const Clause& clause : specification.clauses()) {
    ids.push_back(clause.id);
    ids.push_back(ids.back().substr(0, ids.back().find('/')));
  }
  const std::string suggestion = platform::Suggestion(id, ids);
  return suggestion.empty() ? "pendulum spec list prints all" : suggestion;
}

Json ShownJson(const Specification& specification, int index,
               const std::vector<std::string>& folders) {
  Json json = ClauseJson(specification.clauses()[static_cast<size_t>(index)]);
  json["words"] = report::ClauseWords(specification, index);
  if (const auto example = BreakingExample(specification, index, folders)) {
    json["example"] = {{"events", example->lines},
                       {"broken_at", example->message.empty() ? 0 : example->broken + 1},
                       {"message", example->message}};
  }
  return json;
}

int Show(const ShowArguments& arguments, const Console& console) {
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  const int index = specification->Find(arguments.id);
  const std::vector<int> members = Members(*specification, arguments.id);
  if (index < 0 && members.empty()) {
    return Fail({"the specification has no clause by this name", arguments.id,
                 SuggestionFor(*specification, arguments.id)},
                console);
  }
  const std::vector<std::string> folders = OwnWitnessFolders(arguments.specification.more);
  Json json = index < 0 ? Json::object() : ShownJson(*specification, index, folders);
  for (int member : members) {
    json["members"].push_back(specification->clauses()[static_cast<size_t>(member)].id);
  }
  const auto written = WriteJson(arguments.output, json, console);
  if (!written.ok()) return Fail(written.error(), console);
  if (!PrintsText(arguments.output)) return kClean;
  const int columns = report::Columns(StyleOf(arguments.output, console));
  if (index >= 0) {
    PrintClause(*specification, index, columns, console.out);
    PrintExample(*specification, index, folders, columns, console.out);
    if (!members.empty()) *console.out << "\n  Other parts of the same rule:\n";
  } else {
    *console.out << arguments.id << ": a rule in " << report::Counted(members.size(), "clause")
                 << "\n";
  }
  PrintMembers(*specification, members, columns, console.out);
  return kClean;
}

}  // namespace

void AddSpecShow(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* command = spec->add_subcommand("show", "Print all that a clause says");
  command
      ->add_option("ID", arguments->id,
                   "The clause, such as READ-07, or a rule, such as MODULE-BAD-ARGUMENT")
      ->required();
  AddSpecificationOption(command, &arguments->specification);
  AddOutputOptions(command, &arguments->output);
  command->footer(
      "Examples:\n  pendulum spec show MODULE-LEFT-PENDING\n  pendulum spec show "
      "MODULE-BAD-ARGUMENT");
  RunWhenChosen(command, arguments, Show, invocation);
}

}  // namespace pendulum::cli

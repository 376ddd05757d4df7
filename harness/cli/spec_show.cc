// pendulum spec show: all that a clause says.
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"
#include "harness/platform/suggest.h"

namespace pendulum::cli {
namespace {

using oracle::Clause;

struct ShowArguments {
  std::string id;
  SpecificationOptions specification;
  OutputOptions output;
};

void Line(std::string_view label, std::string_view text, int columns, std::ostream* out) {
  constexpr int kLabelColumns = 11;
  PrintLabelled(report::Pad(label, kLabelColumns), text, columns, out);
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

int Show(const ShowArguments& arguments, const Console& console) {
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  const int index = specification->Find(arguments.id);
  if (index < 0) {
    std::vector<std::string_view> ids;
    for (const Clause& clause : specification->clauses()) ids.push_back(clause.id);
    std::string remedy = platform::Suggestion(arguments.id, ids);
    if (remedy.empty()) remedy = "pendulum spec list prints all";
    return Fail({"the specification has no clause by this name", arguments.id, remedy}, console);
  }
  const Clause& clause = specification->clauses()[static_cast<size_t>(index)];
  const auto written = WriteJson(arguments.output, ClauseJson(clause), console);
  if (!written.ok()) return Fail(written.error(), console);
  if (PrintsText(arguments.output)) {
    PrintClause(clause, report::Columns(StyleOf(arguments.output, console)), console.out);
  }
  return kClean;
}

}  // namespace

void AddSpecShow(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* command = spec->add_subcommand("show", "Print all that a clause says");
  command->add_option("ID", arguments->id, "The clause, such as READ-07")->required();
  AddSpecificationOption(command, &arguments->specification);
  AddOutputOptions(command, &arguments->output);
  command->footer("Example:\n  pendulum spec show MODULE-LEFT-PENDING");
  RunWhenChosen(command, arguments, Show, invocation);
}

}  // namespace pendulum::cli

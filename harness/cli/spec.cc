// pendulum spec: the parts that look at clauses as they stand. The others are in spec_<part>.cc.
#include <algorithm>
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;

struct ListArguments {
  bool markdown = false;
  SpecificationOptions specification;
  OutputOptions output;
};

int List(const ListArguments& arguments, const Console& console) {
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  if (arguments.markdown) {
    *console.out << SpecificationMarkdown(*specification);
    return kClean;
  }
  const auto clauses = specification->clauses();
  Json json = Json::array();
  for (const Clause& clause : clauses) json.push_back(ClauseJson(clause));
  const auto written = WriteJson(arguments.output, json, console);
  if (!written.ok()) return Fail(written.error(), console);
  if (!PrintsText(arguments.output)) return kClean;
  const report::Style style = StyleOf(arguments.output, console);
  size_t widest = 0;
  for (const Clause& clause : clauses) widest = std::max(widest, clause.id.size());
  for (const Clause& clause : clauses) {
    const std::string line = report::Pad(clause.id, static_cast<int>(widest)) + "  " +
                             report::Pad(oracle::LevelName(clause.level), 6) + "  " + clause.title;
    *console.out << report::Fit(line, report::Columns(style), style) << "\n";
  }
  return kClean;
}

}  // namespace

void AddSpecCommand(CLI::App* app, Invocation* invocation) {
  CLI::App* command = app->add_subcommand("spec", "Look at the specification that judges modules");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  pendulum spec list\n  pendulum spec show MODULE-LEFT-PENDING\n"
      "  pendulum spec trace --gaps\n  pendulum spec lint spec/");

  auto list_arguments = std::make_shared<ListArguments>();
  CLI::App* list = command->add_subcommand("list", "Print every clause on a line");
  AddSpecificationOption(list, &list_arguments->specification);
  AddOutputOptions(list, &list_arguments->output);
  list->add_flag("--markdown", list_arguments->markdown, "Print them as a page with all they say")
      ->excludes("--json");
  list->footer("Examples:\n  pendulum spec list --json -\n  pendulum spec list --markdown");
  RunWhenChosen(list, list_arguments, List, invocation);

  AddSpecShow(command, invocation);

  AddSpecCoverage(command, invocation);
  AddSpecDrift(command, invocation);
  AddSpecLint(command, invocation);
  AddSpecSelfTest(command, invocation);
  AddSpecTrace(command, invocation);
}

}  // namespace pendulum::cli

// pendulum spec lint: what is wrong with clauses, as far as they alone tell.
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"
#include "harness/oracle/lint.h"

namespace pendulum::cli {
namespace {

using oracle::Specification;

struct LintArguments {
  std::string folder;
  SpecificationOptions specification;
};

int Lint(const LintArguments& arguments, const Console& console) {
  const bool own_folder = !arguments.folder.empty();
  const auto specification =
      own_folder ? Specification::Load(arguments.folder, arguments.specification.more)
                 : ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  const size_t count = specification->clauses().size();
  if (count == 0) return Fail({"has no clause", arguments.folder, ""}, console);
  std::string checked = own_folder ? arguments.folder : "the built-in clauses";
  for (const std::string& more : arguments.specification.more) checked += " and " + more;
  const std::vector<platform::Error> warnings = oracle::Lint(*specification);
  for (const platform::Error& warning : warnings) *console.out << warning.Text() << "\n";
  *console.out << checked << ": " << report::Counted(count, "clause") << ", "
               << (warnings.empty() ? "no mistake" : report::Counted(warnings.size(), "warning"))
               << "\n";
  return kClean;
}

}  // namespace

void AddSpecLint(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<LintArguments>();
  CLI::App* command = spec->add_subcommand("lint", "Check clauses");
  command->add_option("DIR", arguments->folder,
                      "The folder with the *.json files; the built-in clauses if not given");
  AddSpecificationOption(command, &arguments->specification);
  command->footer(
      "Examples:\n  pendulum spec lint spec/\n  pendulum spec lint --spec my_clauses.json");
  RunWhenChosen(command, arguments, Lint, invocation);
}

}  // namespace pendulum::cli

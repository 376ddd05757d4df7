#include <algorithm>
#include <exception>
#include <ostream>

#include "harness/cli/command.h"
#include "harness/explore/replay_json.h"
#include "harness/platform/suggest.h"

namespace pendulum::cli {
namespace {

constexpr const char* kFooter = R"(Exit status:
  0  clean
  1  findings
  2  the command line is wrong
  3  could not be done, or nothing was checked
  4  a run did not repeat itself

Examples:
  pendulum verify my_module.cpp
  pendulum verify a.cpp b.cpp -- -Iinclude -DNDEBUG
  pendulum replay pendulum-findings/my_module-MODULE-LEFT-PENDING.json
  pendulum spec show MODULE-LEFT-PENDING)";

// The command that `app` has come to, as it is typed: "spec show".
const CLI::App* ChosenCommand(const CLI::App& app, std::string* name) {
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) {
    chosen = chosen->get_subcommands().front();
    *name += (name->empty() ? "" : " ") + chosen->get_name();
  }
  return chosen;
}

// What may have been meant by an argument that nobody expected: an option or a command.
std::string SuggestionFor(const std::string& argument, const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const CLI::App* other : command.get_subcommands(
           std::function<bool(const CLI::App*)>([](const CLI::App*) { return true; }))) {
    names.push_back(other->get_name());
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return platform::Suggestion(argument.substr(0, argument.find('=')), candidates);
}

int FailParsing(const CLI::ParseError& error, const CLI::App& app, const Console& console) {
  std::string name;
  const CLI::App* const command = ChosenCommand(app, &name);
  std::string message = error.what();
  const std::vector<std::string> left = command->remaining(true);
  if (!left.empty()) {
    message = "\"" + left.front() + "\" is not " +
              (left.front().starts_with('-') ? "an option" : "known") + " here";
    const std::string suggestion = SuggestionFor(left.front(), *command);
    if (!suggestion.empty()) message += " (" + suggestion + ")";
  }
  return FailUsage(message, name, console);
}

int Parse(CLI::App* app, std::vector<std::string> arguments, const Console& console) {
  try {
    // CLI11 takes them from the back.
    std::reverse(arguments.begin(), arguments.end());
    app->parse(arguments);
  } catch (const CLI::CallForHelp&) {
    std::string name;
    *console.out << ChosenCommand(*app, &name)->help();
    return kClean;
  } catch (const CLI::CallForVersion& version) {
    *console.out << version.what() << "\n";
    return kClean;
  } catch (const CLI::ParseError& error) {
    return FailParsing(error, *app, console);
  }
  return -1;
}

}  // namespace

int RunProgram(const std::vector<std::string>& arguments, const Console& console,
               bool may_hand_over) {
  Invocation invocation;
  invocation.arguments = arguments;
  invocation.may_hand_over = may_hand_over;
  invocation.console = console;
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes != arguments.end()) invocation.passed_on.assign(dashes + 1, arguments.end());

  CLI::App app(
      "Runs IIS native modules in a simulated IIS and checks them against the documentation",
      "pendulum");
  app.set_version_flag("--version", "pendulum " + std::string(explore::kPendulumVersion));
  app.require_subcommand(1);
  app.footer(kFooter);
  AddVerifyCommand(&app, &invocation);
  AddReplayCommand(&app, &invocation);
  AddMinimizeCommand(&app, &invocation);
  AddFuzzCommand(&app, &invocation);
  AddConvertCommand(&app, &invocation);
  AddCorpusCommand(&app, &invocation);
  AddNightlyCommand(&app, &invocation);
  AddSpecCommand(&app, &invocation);
  AddTraceCommand(&app, &invocation);
  if (const int status = Parse(&app, {arguments.begin(), dashes}, console); status >= 0) {
    return status;
  }
  try {
    return invocation.run();
  } catch (const std::exception& exception) {
    return Fail({std::string("gave up: ") + exception.what(), "", ""}, console);
  }
}

}  // namespace pendulum::cli

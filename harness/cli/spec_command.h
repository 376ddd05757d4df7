// What the parts of `pendulum spec` share: one file a part, spec_<part>.cc.
#ifndef PENDULUM_CLI_SPEC_COMMAND_H_
#define PENDULUM_CLI_SPEC_COMMAND_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "harness/cli/command.h"
#include "harness/explore/json_text.h"
#include "harness/oracle/specification.h"

namespace pendulum::cli {

// Each adds its part to `spec` and sets `invocation->run` when it is chosen.
void AddSpecLint(CLI::App* spec, Invocation* invocation);
void AddSpecShow(CLI::App* spec, Invocation* invocation);
void AddSpecSelfTest(CLI::App* spec, Invocation* invocation);
void AddSpecTrace(CLI::App* spec, Invocation* invocation);

// Makes `run` what the invocation does when `command` is chosen.
template <typename Arguments>
void RunWhenChosen(CLI::App* command, const std::shared_ptr<Arguments>& arguments,
                   int (*run)(const Arguments&, const Console&), Invocation* invocation) {
  command->callback(
      [=] { invocation->run = [=] { return run(*arguments, invocation->console); }; });
}

// "host" or "module"; "must", "should" or "may"; "documented", "derived" or "observed".
std::string_view SubjectName(const oracle::Clause& clause);
std::string_view LevelName(const oracle::Clause& clause);
std::string_view BasisName(const oracle::Clause& clause);

// All that a clause says, for programs.
explore::Json ClauseJson(const oracle::Clause& clause);

// Writes `json` to where --json says, if anywhere.
platform::Status WriteJson(const OutputOptions& options, const explore::Json& json,
                           const Console& console);
// Whether something is to be printed for people: not when the JSON takes standard output.
bool PrintsText(const OutputOptions& options);

// Prints `text` in lines of at most `columns`, `label` in front of the first, the others indented
// as far. Nothing for an empty text.
void PrintLabelled(std::string_view label, std::string_view text, int columns, std::ostream* out);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_SPEC_COMMAND_H_

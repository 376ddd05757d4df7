// What the parts of `pendulum spec` share: one file a part, spec_<part>.cc.
#ifndef PENDULUM_CLI_SPEC_COMMAND_H_
#define PENDULUM_CLI_SPEC_COMMAND_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/cli/command.h"
#include "harness/explore/json_text.h"
#include "harness/oracle/specification.h"
#include "harness/report/clause_example.h"

namespace pendulum::cli {

// Each adds its part to `spec` and sets `invocation->run` when it is chosen.
void AddSpecCoverage(CLI::App* spec, Invocation* invocation);
void AddSpecDrift(CLI::App* spec, Invocation* invocation);
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

// All that a clause says, for programs.
explore::Json ClauseJson(const oracle::Clause& clause);

// The folders "witness" beside the user's own clauses (folders or files).
std::vector<std::string> OwnWitnessFolders(const std::vector<std::string>& own);

// The trace kept for breaking a clause (by its index): of a built-in one, or from `folders`.
std::optional<report::ClauseExample> BreakingExample(const oracle::Specification& specification,
                                                     int clause,
                                                     const std::vector<std::string>& folders = {});

// The example's lines with numbers, the one that breaks the clause marked, and the message below
// it.
std::vector<std::string> ExampleLines(const report::ClauseExample& example);

// The whole specification as a page: docs/clauses.md.
std::string SpecificationMarkdown(const oracle::Specification& specification);

// "READ-02: what it says", without the latter for one that the page does not have.
std::string StatementText(const std::string& id, const std::string& page);

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

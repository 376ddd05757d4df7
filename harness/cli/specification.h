// The specification that a command judges by: the built-in clauses and the user's own.
#ifndef PENDULUM_CLI_SPECIFICATION_H_
#define PENDULUM_CLI_SPECIFICATION_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

struct SpecificationOptions {
  std::vector<std::string> more;  // files and folders of clauses beside the built-in ones
};

// Adds --spec.
void AddSpecificationOption(CLI::App* command, SpecificationOptions* options);

// The built-in specification with the clauses that the options name. Errors: there is nothing by a
// name, a file is wrong, a clause has the id of another.
platform::Result<oracle::Specification> ChooseSpecification(const SpecificationOptions& options);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_SPECIFICATION_H_

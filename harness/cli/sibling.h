// The other programs of the family: modules that were compiled with a sanitizer need a program that
// has its run-time library.
#ifndef PENDULUM_CLI_SIBLING_H_
#define PENDULUM_CLI_SIBLING_H_

#include "harness/cli/command.h"
#include "harness/module/module.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

// Whether this program can load modules with that instrumentation.
bool CanLoad(module::Instrumentation instrumentation);

// Makes sure that this program can: else hands the whole invocation over to the sibling that can,
// which lies in the same folder, and does not return. Errors: there is none.
platform::Status NeedProgramFor(module::Instrumentation instrumentation,
                                const Invocation& invocation);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_SIBLING_H_

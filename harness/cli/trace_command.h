// What the parts of `pendulum trace` share: one file a part, trace_<part>.cc.
#ifndef PENDULUM_CLI_TRACE_COMMAND_H_
#define PENDULUM_CLI_TRACE_COMMAND_H_

#include "harness/cli/command.h"

namespace pendulum::cli {

// Each adds its part to `trace` and sets `invocation->run` when it is chosen.
void AddTraceCheck(CLI::App* trace, Invocation* invocation);
void AddTraceShow(CLI::App* trace, Invocation* invocation);
void AddTraceExport(CLI::App* trace, Invocation* invocation);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_TRACE_COMMAND_H_

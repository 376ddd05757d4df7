// Raw inputs of fuzz targets (harness/fuzz/input.h), where a replay file may stand.
#ifndef PENDULUM_CLI_RAW_INPUT_H_
#define PENDULUM_CLI_RAW_INPUT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/modules.h"
#include "harness/explore/replay_json.h"
#include "harness/fuzz/input.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

// What an input of the target `module` is run with; the others have the scripted module. A replay
// file says this itself.
struct RawInputOptions {
  std::vector<std::string> modules;  // sources or shared objects
  std::vector<std::string> flags;    // for the compiler
  module::Instrumentation instrumentation = module::Instrumentation::kNone;
};

// Whether the content of a file is JSON; else it is an input.
bool IsJson(std::string_view content);

// The source of the scripted module. Errors: it is not there.
platform::Result<std::string> ScriptedModuleSource();

// The run of an input, recorded: it is done once. The clause is that of the first finding; empty:
// there is none. Paths of modules are absolute. Errors: it can't be run.
platform::Result<explore::ReplayFile> RecordInput(std::string_view content, const std::string& file,
                                                  const RawInputOptions& options,
                                                  const oracle::Specification& specification);

// A replay file, or an input as RecordInput has it, by what the file at `path` holds.
platform::Result<explore::ReplayFile> LoadRun(const std::string& path,
                                              const RawInputOptions& options,
                                              const oracle::Specification& specification);

// Options --module and --flag of a command that takes inputs.
void AddRawInputOptions(CLI::App* command, RawInputOptions* options);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_RAW_INPUT_H_

// A recorded run done again for tests: which rules it breaks now, whatever the recording expects.
#ifndef PENDULUM_CLI_REPEAT_H_
#define PENDULUM_CLI_REPEAT_H_

#include <string>
#include <vector>

#include "harness/explore/finding.h"
#include "harness/explore/replay_json.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

// Compiles the modules of `replay`, whose paths are relative to the folder of `file`, repeats its
// run in a child process, and returns every rule that it breaks. Where the run no longer is the
// recorded one, decisions are followed by what they are about. Errors: it could not be run.
platform::Result<std::vector<explore::Finding>> RepeatRun(
    const explore::ReplayFile& replay, const std::string& file,
    const oracle::Specification& specification = oracle::Specification::BuiltIn());

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_REPEAT_H_

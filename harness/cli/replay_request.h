// From a replay file to a run that can be repeated: its modules are found and compiled again.
#ifndef PENDULUM_CLI_REPLAY_REQUEST_H_
#define PENDULUM_CLI_REPLAY_REQUEST_H_

#include <string>
#include <vector>

#include "harness/cli/modules.h"
#include "harness/explore/replay_json.h"
#include "harness/explore/verify.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

struct PreparedReplay {
  explore::ReplayRequest request;       // `changed` says whether a module was
  std::vector<PreparedModule> modules;  // in the order of the file
};

// The modules of the replay file at `file`, as they are now, with its scenario and schedule.
// Errors: a file is missing, or a module does not compile.
platform::Result<PreparedReplay> PrepareReplay(const explore::ReplayFile& replay,
                                               const std::string& file);

// What there is to say where another specification judges than the one that found the finding;
// empty: nothing. Errors: this one has no such clause.
platform::Result<std::string> CompareSpecifications(const explore::ReplayFile& replay,
                                                    const std::string& file,
                                                    const oracle::Specification& specification);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_REPLAY_REQUEST_H_

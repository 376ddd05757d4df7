// The replay files that verify leaves behind, one a finding.
#ifndef PENDULUM_CLI_REPLAY_FILES_H_
#define PENDULUM_CLI_REPLAY_FILES_H_

#include <span>
#include <string>
#include <vector>

#include "harness/cli/modules.h"
#include "harness/explore/finding.h"
#include "harness/host/scenario.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

// Writes the replay file of one finding to `path`.
platform::Status WriteReplayFile(const std::string& path, std::span<const PreparedModule> modules,
                                 const host::Scenario& scenario, uint64_t specification_hash,
                                 const explore::Finding& finding);

// Writes a replay file into `folder` for each finding of `report` and sets its path in the finding.
// The folder is made when there is something to write. Names follow from module, clause and
// scenario, so that the same verification writes the same files.
platform::Status WriteReplayFiles(const std::string& folder,
                                  std::span<const PreparedModule> modules,
                                  std::span<const host::Scenario> scenarios,
                                  uint64_t specification_hash, explore::Report* report);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_REPLAY_FILES_H_

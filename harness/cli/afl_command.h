// How afl-fuzz is started, one process a job, all of which share a folder.
#ifndef PENDULUM_CLI_AFL_COMMAND_H_
#define PENDULUM_CLI_AFL_COMMAND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::cli {

struct AflCommand {
  std::string program;             // with AFL++'s run-time library in it
  std::vector<std::string> flags;  // which target and modules, and where it tells
  std::vector<std::string> own;    // afl-fuzz's, from the command line
  std::string mutator;             // the library that changes inputs
  std::string seeds;               // folder
  std::string shared;              // folder of all jobs
  int job = 0;                     // 0 is the main one
  uint64_t seconds = 0;

  std::vector<std::string> Arguments() const;
};

// Makes `folder` hold copies of what lies in `from`, which is where afl-fuzz begins; where that is
// nothing, one byte. Errors: it can't be written.
platform::Status GatherSeeds(const std::vector<std::string>& from, const std::string& folder);

// Copies the inputs that ended processes of the jobs to `findings`, as crashes are named there.
// Errors: it can't be written.
platform::Status KeepCrashes(const std::string& shared, const std::string& findings);

// Copies what the jobs have found into `corpus`, named by what it holds. Errors: it can't be
// written.
platform::Status KeepQueues(const std::string& shared, const std::string& corpus);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_AFL_COMMAND_H_

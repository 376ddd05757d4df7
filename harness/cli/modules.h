// The modules named on the command line or in a replay file, made ready to be loaded.
#ifndef PENDULUM_CLI_MODULES_H_
#define PENDULUM_CLI_MODULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/module/module.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

struct PreparedModule {
  std::string name;  // what reports call it: the path as given, or the first source's
  std::string path;  // of the shared object to load
  std::vector<std::string> sources;  // as given; empty for a shared object
  std::vector<std::string> flags;
  uint64_t hash = 0;  // of the contents of the sources, or of the shared object
};

// Prepares what the user named: every shared object is a module of its own, and all source files
// together are one, compiled with `flags` and with the instrumentation, which shared objects can't
// be given any more. Errors: a file is missing, of a kind that can't be verified, or does not
// compile; flags without a source.
platform::Result<std::vector<PreparedModule>> PrepareModules(
    const std::vector<std::string>& files, const std::vector<std::string>& flags,
    module::Instrumentation instrumentation);

// The folder for what is compiled, which is kept from one invocation to the next: $PENDULUM_CACHE,
// $XDG_CACHE_HOME/pendulum, ~/.cache/pendulum, or one in the folder for temporary files.
std::string WorkFolder();

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_MODULES_H_

// Corpora made one, or smaller.
#ifndef PENDULUM_CLI_CORPUS_MERGE_H_
#define PENDULUM_CLI_CORPUS_MERGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/fuzz/input.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

struct CorpusMerge {
  fuzz::Target target = fuzz::Target::kModule;
  std::string into;                       // made if it is not there
  std::vector<std::string> from;          // with what else; none: `into` alone
  bool keeps_all = true;                  // what `into` has stays, though others reach the same
  std::vector<std::string> plain;         // the modules, as shared objects
  std::vector<std::string> instrumented;  // the same with their edges counted
};

struct CorpusMerged {
  size_t inputs_before = 0;  // of `into`
  size_t inputs_seen = 0;    // of all folders, each content once
  size_t inputs = 0;
  uint64_t cells = 0;               // reached by all, and by what is kept
  std::vector<std::string> ending;  // inputs that end the process: they are kept
};

// Keeps of all inputs a set that takes the same edges of the module and reaches the same cells of
// the specification, under names that follow from their contents. The new folder is complete before
// it takes the place of `into`, in one step: whoever is killed leaves the old one as it was, and a
// folder beside it, `<into>.work.<number>`. Errors: a file is no input of the target, a folder
// can't be read or written, the engine fails; `into` is as it was then.
platform::Result<CorpusMerged> MergeCorpora(const CorpusMerge& merge);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_CORPUS_MERGE_H_

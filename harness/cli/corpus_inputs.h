// Folders of inputs: what is in them, for which target they are, and what they reach.
#ifndef PENDULUM_CLI_CORPUS_INPUTS_H_
#define PENDULUM_CLI_CORPUS_INPUTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/fuzz/input.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::cli {

struct CorpusInput {
  std::string path;
  std::string content;
};

// All files of the folders and those below them, but hidden ones and pages (.md), each content
// once, by folder and path. Errors: a folder or a file can't be read, a file is no raw input of
// `target`, there is none.
platform::Result<std::vector<CorpusInput>> ReadCorpus(const std::vector<std::string>& folders,
                                                      fuzz::Target target);

// The target whose name the folder has, or whose input its first file is.
platform::Result<fuzz::Target> TargetOfCorpus(const std::string& folder);

// What merging and pruning call an input: 16 digits that follow from its content.
std::string CorpusName(std::string_view content);

struct CorpusReach {
  // How many inputs reach a cell: clause by timing class, as oracle::Oracle::coverage has it.
  std::vector<uint64_t> inputs_by_cell;
  std::vector<uint64_t> first_by_cell;  // the index of the first of them
  std::vector<std::string> ending;      // paths of inputs that end the process

  uint64_t Cells() const;  // how many are reached
};

// Runs each input once with the modules (shared objects), in a child process. Errors: a module does
// not load, no process can be made.
platform::Result<CorpusReach> ReachOf(const std::vector<CorpusInput>& inputs,
                                      const std::vector<std::string>& modules,
                                      const oracle::Specification& specification);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_CORPUS_INPUTS_H_

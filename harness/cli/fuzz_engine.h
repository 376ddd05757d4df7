// The processes of a fuzzing engine, which are started again when one dies.
#ifndef PENDULUM_CLI_FUZZ_ENGINE_H_
#define PENDULUM_CLI_FUZZ_ENGINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/fuzz/progress.h"
#include "harness/platform/process.h"
#include "harness/platform/result.h"
#include "harness/platform/shared_memory.h"

namespace pendulum::cli {

// Where a campaign keeps its things, below one folder.
struct FuzzFolders {
  std::string corpus;
  std::string findings;   // raw inputs, one a finding
  std::string artifacts;  // what the engine itself writes when it dies
  std::string logs;
  std::string shared;     // AFL++'s, of all jobs
  std::string afl_seeds;  // what AFL++ begins with

  static FuzzFolders Below(const std::string& folder);
  platform::Status Make() const;
};

class FuzzEngine {
 public:
  struct Options {
    // libFuzzer in the program itself, or afl-fuzz, which runs it.
    enum class Kind : uint8_t { kLibFuzzer, kAfl } kind = Kind::kLibFuzzer;
    std::string program;                    // with the engine's library in it
    std::string mutator;                    // AFL++'s library that changes inputs
    std::vector<std::string> target_flags;  // which target and modules
    std::vector<std::string> engine_flags;  // the engine's own
    std::vector<std::string> seeds;         // folders
    FuzzFolders folders;
    int jobs = 1;
    uint64_t time_ms = 0;  // 0: until it is stopped
  };
  // Starts all. Errors: a folder can't be made, no process can be started.
  static platform::Result<std::unique_ptr<FuzzEngine>> Start(Options options);

  // Goes on for at most `timeout_ms`. An input that ended a process is put among the findings, and
  // the process is started again. False when the time is over and none runs any more. Errors: a
  // process does not get so far as to run anything.
  platform::Result<bool> Wait(int timeout_ms);
  // Ends all processes.
  void Stop() { jobs_.clear(); }
  // To be called at the end: puts what was learnt into the corpus. Errors: it can't be written.
  platform::Status Keep() const;

  struct Totals {
    uint64_t executions = 0;
    uint32_t clauses = 0;
    uint32_t cells = 0;
    uint64_t restarts = 0;
  };
  Totals totals() const;
  uint64_t elapsed_ms() const;

 private:
  struct Job {
    int number = 0;
    std::string log;
    std::unique_ptr<platform::SharedMemory> memory;
    fuzz::FuzzProgress* progress = nullptr;
    uint64_t executions_at_start = 0;
    std::optional<platform::Child> child;
  };

  explicit FuzzEngine(Options options) : options_(std::move(options)) {}
  platform::Status StartJob(Job* job);
  std::vector<std::string> TargetFlags(int number) const;
  std::vector<std::string> LibFuzzerArguments(int number) const;
  std::vector<std::string> AflArguments(int number) const;
  platform::Status HandleEnd(Job* job);
  uint64_t left_ms() const;

  Options options_;
  uint64_t started_ms_ = 0;
  uint64_t restarts_ = 0;
  std::vector<std::unique_ptr<Job>> jobs_;
};

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_FUZZ_ENGINE_H_

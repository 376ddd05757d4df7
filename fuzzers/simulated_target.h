// What the targets that simulate runs have in common: an input is decoded and run, and what breaks
// the specification is a finding. Of the host's targets only what the host does wrong is one, and
// only as long as the scripted module has kept its side: it does wrong things on purpose.
#ifndef PENDULUM_FUZZERS_SIMULATED_TARGET_H_
#define PENDULUM_FUZZERS_SIMULATED_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "fuzzers/feedback.h"
#include "fuzzers/schedule_mutation.h"
#include "harness/explore/crash.h"
#include "harness/explore/simulation.h"
#include "harness/fuzz/input.h"
#include "harness/fuzz/progress.h"
#include "harness/platform/result.h"
#include "harness/platform/shared_memory.h"
#include "harness/sched/answers_strategy.h"

namespace pendulum::fuzzers {

struct TargetOptions {
  fuzz::Target target = fuzz::Target::kModule;
  // Shared objects; empty: the scripted module, which lies beside the program.
  std::vector<std::string> modules;
  // The folder where findings go, each once, and the process goes on. Empty: the first finding is
  // written to the present folder, and ends the process as an engine expects.
  std::string findings;
  std::string progress;  // the file of fuzz::FuzzProgress; empty: none
  // A scenario's file: inputs are changed in their schedules alone, and all become ones of this
  // scenario. Empty: scenarios are changed, too.
  std::string scenario;
  // False, to measure what it costs: the engine is told of code alone.
  bool tells_clauses = true;
};

// Takes --target=NAME, --module=FILE (several), --findings=FOLDER, --progress=FILE,
// --scenario=FILE, --code-alone from the command line, which engines pass over.
platform::Result<TargetOptions> ReadOptions(fuzz::Target target, int count, char** arguments);

class SimulatedTarget {
 public:
  static platform::Result<std::unique_ptr<SimulatedTarget>> Create(TargetOptions options);

  // Where the last process with this progress file did not survive an input: keeps that among the
  // findings.
  void KeepLastInput();
  // One execution; an input that isn't the target's is passed over.
  void Run(std::span<const uint8_t> bytes);

  const Feedback& feedback() const { return feedback_; }
  const explore::Simulation& simulation() const { return *simulation_; }
  // What changes inputs of the one scenario; nullptr: there are others.
  ScheduleMutation* schedules() { return schedules_.has_value() ? &*schedules_ : nullptr; }
  uint64_t runs() const { return runs_; }
  // How often the host broke a rule after the scripted module had broken one.
  uint64_t excused() const { return excused_; }

 private:
  explicit SimulatedTarget(TargetOptions options) : options_(std::move(options)) {}
  platform::Status SetOneScenario();
  void Simulate();
  void Judge(std::span<const uint8_t> bytes);
  static void OnRace(void* target, const explore::CrashReport& report);
  void Tell(const oracle::Clause& clause, const std::string& message, const std::string& name,
            std::span<const uint8_t> bytes);
  bool IsFinding(const oracle::Violation& violation) const;

  TargetOptions options_;
  std::vector<sched::Decision> decisions_;
  sched::Scheduler::DecisionLog log_;
  std::unique_ptr<trace::TraceBuffer> trace_;
  std::unique_ptr<explore::Simulation> simulation_;
  sched::AnswersStrategy strategy_;
  fuzz::Decoder decoder_;
  std::optional<ScheduleMutation> schedules_;
  std::vector<uint8_t> plainest_;  // the input that stands for hardly any
  Feedback feedback_;
  std::unique_ptr<platform::SharedMemory> memory_;
  fuzz::FuzzProgress* progress_ = nullptr;
  std::set<std::string> known_;  // the names of findings, without their last part
  bool is_of_target_ = true;     // the present scenario
  explore::CrashReport race_;    // of the last run, where it has a kind of its own
  trace::Site race_site_;
  uint64_t runs_ = 0;
  uint64_t excused_ = 0;
};

// What the engine calls, for a target of this number; see PENDULUM_SIMULATED_TARGET.
void InitializeTarget(fuzz::Target target, int count, char** arguments);
// As SimulatedTarget::KeepLastInput.
void KeepLastInput();
int RunTarget(fuzz::Target target, const uint8_t* data, size_t size);
size_t MutateTarget(uint8_t* data, size_t size, size_t most, unsigned seed);
size_t CrossTargets(const uint8_t* one, size_t one_size, const uint8_t* other, size_t other_size,
                    uint8_t* out, size_t most, unsigned seed);

}  // namespace pendulum::fuzzers

// Defines the functions that engines call.
#define PENDULUM_SIMULATED_TARGET(name)                                                        \
  extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {                         \
    pendulum::fuzzers::InitializeTarget(pendulum::fuzz::Target::name, *count, *arguments);     \
    return 0;                                                                                  \
  }                                                                                            \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {                    \
    return pendulum::fuzzers::RunTarget(pendulum::fuzz::Target::name, data, size);             \
  }                                                                                            \
  extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most,           \
                                            unsigned seed) {                                   \
    return pendulum::fuzzers::MutateTarget(data, size, most, seed);                            \
  }                                                                                            \
  extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* one, size_t one_size,             \
                                              const uint8_t* other, size_t other_size,         \
                                              uint8_t* out, size_t most, unsigned seed) {      \
    return pendulum::fuzzers::CrossTargets(one, one_size, other, other_size, out, most, seed); \
  }

#endif  // PENDULUM_FUZZERS_SIMULATED_TARGET_H_

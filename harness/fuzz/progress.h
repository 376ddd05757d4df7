// What a process that fuzzes tells whoever watches it, in a file that both have in memory: how far
// it is, and the input that it runs, which outlives whatever that does to the process.
#ifndef PENDULUM_FUZZ_PROGRESS_H_
#define PENDULUM_FUZZ_PROGRESS_H_

#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace pendulum::fuzz {

// Zeroed memory is a valid one. Written by one process; a reader may see numbers of different
// moments.
struct FuzzProgress {
  static constexpr uint32_t kMostBytes = 64 * 1024;

  uint64_t executions = 0;  // since the file was made
  uint64_t excused = 0;     // as SimulatedTarget::excused
  uint32_t clauses = 0;     // reached by this process
  uint32_t cells = 0;       // clauses by timing class reached by it
  uint32_t clauses_in_all = 0;
  uint32_t running = 0;       // 1 while an input is executed
  uint32_t not_survived = 0;  // inputs, as far as the target itself has told of them
  uint32_t input_bytes = 0;   // of the last input; longer ones are cut
  uint8_t input[kMostBytes] = {};

  void Begin(std::span<const uint8_t> bytes) {
    input_bytes = static_cast<uint32_t>(bytes.size() < kMostBytes ? bytes.size() : kMostBytes);
    if (input_bytes != 0) std::memcpy(input, bytes.data(), input_bytes);
    running = 1;
  }
  void End() {
    ++executions;
    running = 0;
  }
};

// A finding's file is named "finding-<clause>-<place>-<number>", a slash in the clause being a
// comma: the same finding is looked for by the beginning of the name.
inline constexpr const char* kFindingPrefix = "finding-";
// The name for an input that a process did not survive.
inline std::string CrashName(const std::string& hash) {
  return std::string(kFindingPrefix) + "crash-" + hash;
}

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_PROGRESS_H_

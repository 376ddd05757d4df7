// The input of a fuzz target, and its bytes: a scenario, and the answers to the decisions of one
// run of it.
//
// The encoding is total: every string of bytes is an input, the empty one too (a GET, with the
// plainest answers). Bytes that are missing at the end are zeros, and a zero is always the plainest
// value. Encode gives the shortest bytes of an input, and Decode of these gives the input again;
// other bytes of the same input exist. docs/fuzz-input.md has the layout.
#ifndef PENDULUM_FUZZ_INPUT_H_
#define PENDULUM_FUZZ_INPUT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "harness/host/scenario.h"
#include "harness/platform/result.h"
#include "harness/sched/answers_strategy.h"

namespace pendulum::fuzz {

// For whom an input is. The first byte says so. The order is part of the encoding: append.
enum class Target : uint8_t {
  kModule,  // whatever module it is run with
  // The scripted module (script.h), with operations of the one kind, and what goes with it …
  kWrite,
  kFlush,
  kReadEntityBody,
  kPostCompletion,
  kPipeline,  // … and with all
};
inline constexpr uint32_t kTargets = 6;

// "module", "write", "flush", "read_entity_body", "post_completion", "pipeline".
std::string_view TargetName(Target target);
std::optional<Target> FindTarget(std::string_view name);

struct Input {
  Target target = Target::kModule;
  host::Scenario scenario;
  sched::Answers answers;
};

// What an input can have at most; longer lists and texts have no encoding.
inline constexpr uint32_t kMostTextBytes = 4096;
inline constexpr uint32_t kMostBodyTextBytes = 65536;
inline constexpr uint32_t kMostHeaders = 64;
inline constexpr uint32_t kMostPieces = 64;

// Never fails. The scenario is one that a host can run; its name is "fuzz-" and the target's.
Input Decode(std::span<const uint8_t> bytes);
// The target alone.
Target TargetOf(std::span<const uint8_t> bytes);

// Decodes one input after another, each of which has much in common with the last.
class Decoder {
 public:
  // Returns whether the scenario is another than the last time.
  bool Decode(std::span<const uint8_t> bytes);
  const Input& input() const { return input_; }
  // The answers may be exchanged for others, whose memory is used the next time.
  sched::Answers* answers() { return &input_.answers; }

 private:
  Input input_;
  std::vector<uint8_t> scenario_bytes_;  // all that the present scenario follows from; or none
};

// The error names the first value that has no encoding, by its place in the scenario's JSON. The
// scenario's name and title are not encoded, nor are answers that are 0 at the end of a list.
platform::Result<std::vector<uint8_t>> Encode(const Input& input);
// With what Encode begins for every input of this target and scenario; errors as there.
platform::Result<std::vector<uint8_t>> EncodeScenario(Target target,
                                                      const host::Scenario& scenario);
// What Encode gives, of a `scenario` that is encoded already. The answers are trimmed.
platform::Result<std::vector<uint8_t>> EncodeAnswers(std::span<const uint8_t> scenario,
                                                     sched::Answers* answers);

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_INPUT_H_

// The command lines that a night starts: this program's own commands.
#ifndef PENDULUM_NIGHTLY_COMMANDS_H_
#define PENDULUM_NIGHTLY_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/nightly/config.h"

namespace pendulum::nightly {

using Command = std::vector<std::string>;

// Where a child leaves its results, within its folder.
inline constexpr const char* kResultName = "result.json";
inline constexpr const char* kLogName = "log.txt";

// A slice of a target: `time_ms` of verifying or fuzzing, with findings and results in `folder`.
Command SliceCommand(const std::string& program, const Config& config, const Target& target,
                     uint32_t slice, uint64_t seed, uint64_t time_ms, const std::string& folder);

Command CanaryCommand(const std::string& program, const Canary& canary, const std::string& folder);

Command ReplayCommand(const std::string& program, const std::string& input,
                      const std::string& folder);

// The smaller input goes to `smaller`.
Command MinimiseCommand(const std::string& program, const std::string& input,
                        const std::string& smaller, uint64_t time_ms, const std::string& folder);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_COMMANDS_H_

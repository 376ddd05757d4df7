#include "harness/nightly/commands.h"

#include <filesystem>
#include <initializer_list>

namespace pendulum::nightly {
namespace {

// Schedules of each scenario that a canary gets.
constexpr const char* kCanaryRuns = "500";

void Add(Command* command, std::initializer_list<std::string> words) {
  command->insert(command->end(), words);
}

std::string Milliseconds(uint64_t time_ms) { return std::to_string(time_ms) + "ms"; }

Command Verify(const std::string& program, const ModuleSources& module,
               const std::string& sanitizer, const std::string& folder,
               std::initializer_list<std::string> extent) {
  Command command = {program, "verify"};
  command.insert(command.end(), module.files.begin(), module.files.end());
  for (const std::string& scenario : module.scenarios) Add(&command, {"--scenario", scenario});
  Add(&command, {"--sanitize", sanitizer, "--jobs", "1", "--quiet"});
  // Findings of last night are found again: only new ones are worth making smaller.
  Add(&command, {"--minimize-runs", "0", "--out", folder, "--json", folder + "/" + kResultName});
  command.insert(command.end(), extent);
  if (!module.flags.empty()) Add(&command, {"--"});
  command.insert(command.end(), module.flags.begin(), module.flags.end());
  return command;
}

}  // namespace

Command SliceCommand(const std::string& program, const Config& config, const Target& target,
                     uint32_t slice, uint64_t seed, uint64_t time_ms, const std::string& folder) {
  const std::string& sanitizer = target.sanitizers[slice % target.sanitizers.size()];
  const std::string seed_text = std::to_string(seed);
  if (!target.is_fuzz_target) {
    return Verify(program, target.module, sanitizer, folder,
                  {"--seed", seed_text, "--time", Milliseconds(time_ms)});
  }
  Command command = {program, "fuzz", target.name};
  Add(&command, {"--sanitize", sanitizer, "--jobs", "1", "--quiet"});
  Add(&command, {"--time", Milliseconds(time_ms), "--out", folder});
  Add(&command, {"--json", folder + "/" + kResultName});
  const std::string corpus = config.corpora + "/" + target.name;
  if (!config.corpora.empty() && std::filesystem::is_directory(corpus)) {
    Add(&command, {"--seeds", corpus});
  }
  // libFuzzer's seed has 32 bits, and 0 is none.
  Add(&command, {"--", "-seed=" + std::to_string((seed & 0x7FFFFFFE) + 1)});
  return command;
}

Command CanaryCommand(const std::string& program, const Canary& canary, const std::string& folder) {
  return Verify(program, canary.module, canary.sanitizer, folder, {"--runs", kCanaryRuns});
}

Command ReplayCommand(const std::string& program, const std::string& input,
                      const std::string& folder) {
  return {program, "replay", input, "--quiet", "--json", folder + "/" + kResultName};
}

Command MinimiseCommand(const std::string& program, const std::string& input,
                        const std::string& smaller, uint64_t time_ms, const std::string& folder) {
  return {program,
          "minimize",
          input,
          "--out",
          smaller,
          "--time",
          Milliseconds(time_ms),
          "--quiet",
          "--json",
          folder + "/" + kResultName};
}

}  // namespace pendulum::nightly

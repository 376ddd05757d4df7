// What `pendulum nightly` is to do: the file nightly.json, `pendulum-nightly/1`, described in
// docs/nightly.md and by nightly.schema.json beside this file.
#ifndef PENDULUM_NIGHTLY_CONFIG_H_
#define PENDULUM_NIGHTLY_CONFIG_H_

#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::nightly {

inline constexpr std::string_view kConfigSchema = "pendulum-nightly/1";

// A module, as `pendulum verify` takes it. Paths are as written, relative to the file's folder.
struct ModuleSources {
  std::vector<std::string> files;  // sources of one module, or shared objects
  std::vector<std::string> flags;  // for the compiler
  std::vector<std::string> scenarios;
};

struct Target {
  std::string name;
  bool is_fuzz_target = false;  // `name` is that of a fuzz target; else `module` is verified
  ModuleSources module;
  std::vector<std::string> sanitizers;  // in turn, one a slice: "address", "thread", "none"
  double share = 1;                     // of the time, in proportion to those of the others
};

// A finding that somebody has taken over. By fingerprint, or by rule and target.
struct KnownFinding {
  std::string fingerprint;
  std::string rule;
  std::string target;
  std::string owner;
  std::string expires;  // the last day on which it counts: "2026-12-31"
  std::string reason;
};

// A module with a fault that has to be found.
struct Canary {
  std::string rule;
  ModuleSources module;
  std::string sanitizer = "address";
};

struct Config {
  std::string path;
  std::string folder;  // absolute, of `path`: programs are started there
  std::vector<Target> targets;
  std::vector<KnownFinding> known;
  std::vector<Canary> canaries;
  bool must_find_all = true;             // every rule that modules must keep needs a canary
  std::vector<std::string> must_find;    // otherwise: these
  std::string output;                    // absolute
  std::string database;                  // absolute
  std::string corpora;                   // absolute, a folder a fuzz target; may be empty
  std::vector<std::string> regressions;  // absolute folders of inputs that no longer fail
};

// Reads `text`, the file at `path`. Errors name place and what was expected; all mistakes are
// looked for, and the first is told.
platform::Result<Config> ReadConfig(std::string_view text, const std::string& path);

platform::Result<Config> LoadConfig(const std::string& path);

// Whether it is a day as DateText of platform/clock.h writes it.
bool IsDate(std::string_view text);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_CONFIG_H_

// What the programs of a night leave behind: their results in JSON.
#ifndef PENDULUM_NIGHTLY_RESULTS_H_
#define PENDULUM_NIGHTLY_RESULTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/nightly/config.h"
#include "harness/nightly/database.h"
#include "harness/nightly/life_cycle.h"
#include "harness/platform/result.h"
#include "harness/report/night.h"

namespace pendulum::nightly {

// A finding as it was seen now: with its fingerprint, and without what only the database knows.
struct SeenFinding {
  report::NightFinding finding;
  std::string replay;  // path of its replay file; empty: there is none
};

// A `pendulum-report/1`.
struct SliceResult {
  uint64_t executions = 0;
  std::optional<uint64_t> corpus_inputs;
  std::string divergence;        // a run did not repeat itself: where
  bool nothing_checked = false;  // the verdict was "not-exercised"
  std::vector<SeenFinding> findings;
  std::map<std::string, Database::Timings> cells;
};

// `target` goes into the findings. Errors name the file.
platform::Result<SliceResult> ReadSlice(const std::string& path, const Config& config,
                                        const std::string& target);

// A `pendulum-replay-result/1` of one file.
struct ReplayResult {
  ReplayVerdict verdict = ReplayVerdict::kUnclear;
  std::string explanation;
  // The finding that was expected, or else the first; nothing when there was none.
  std::optional<SeenFinding> shown;
};
platform::Result<ReplayResult> ReadReplay(const std::string& path, const Config& config,
                                          const std::string& target);

// The decisions that are left, from a `pendulum-minimize-result/1`.
platform::Result<std::vector<std::string>> ReadMinimised(const std::string& path);

// The last line of a program's output that says something.
std::string LastWords(const std::string& path);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_RESULTS_H_

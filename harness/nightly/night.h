// A night of unattended jobs, from its begin (or from where it was broken off) to its end.
#ifndef PENDULUM_NIGHTLY_NIGHT_H_
#define PENDULUM_NIGHTLY_NIGHT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "harness/nightly/config.h"
#include "harness/oracle/specification.h"
#include "harness/platform/result.h"
#include "harness/report/night.h"

namespace pendulum::nightly {

struct NightOptions {
  std::string program;  // path of `pendulum`, whose commands do the work
  uint64_t budget_ms = 0;
  int jobs = 1;  // programs at the same time
  // Each target gets one short slice, and the night ends: to try a configuration out.
  bool once = false;
  // What has happened, a line each, once it can't be lost any more.
  std::function<void(const std::string& line)> say;
  // Writes the reports. A night has ended once this has returned.
  std::function<platform::Status(const report::Night& night)> deliver;
};

// A night that was broken off is not gone on with after so many hours: another one is begun.
inline constexpr uint64_t kResumeHours = 12;

// Runs all that the configuration declares: replays of what was found before, then canaries, then
// targets for their shares of the budget. What is found is in the database before it is said, so
// that the process may be killed at any moment; the next call goes on. Errors: the configuration
// and the specification don't fit, the output folder or the database can't be used, another night
// is under way, or it was interrupted.
platform::Result<report::Night> RunNight(const Config& config, const NightOptions& options,
                                         const oracle::Specification& specification);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_NIGHT_H_

// How a finding's life goes on, from night to night:
//
//   new -> confirmed -> fixed -> regression -> fixed
//
// and known instead of any open state while somebody has taken it over.
#ifndef PENDULUM_NIGHTLY_LIFE_CYCLE_H_
#define PENDULUM_NIGHTLY_LIFE_CYCLE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/nightly/config.h"
#include "harness/report/night.h"

namespace pendulum::nightly {

// From the name that report::LifeCycleName gives it.
std::optional<report::LifeCycle> FindLifeCycle(std::string_view name);

// What a replay says of the finding that it is about.
enum class ReplayVerdict : uint8_t {
  kShown,    // it came back
  kGone,     // the run was repeated, or followed by name, and kept to the rules
  kUnclear,  // another finding, or the recording no longer applies
};

// Nights without a sighting after which a finding that no replay can tell about counts as fixed.
inline constexpr uint32_t kNightsUntilGone = 7;

report::LifeCycle AfterSighting(report::LifeCycle before);

// `nights_unseen`: since it was seen last, this one not counted.
report::LifeCycle AfterReplay(report::LifeCycle before, ReplayVerdict verdict,
                              uint32_t nights_unseen);

// The entry of the configuration that is about the finding and has not expired on `date`, or null.
const KnownFinding* FindKnown(std::span<const KnownFinding> known,
                              const report::NightFinding& finding, std::string_view date);

// Takes over what the entry says, or, without one, away what an earlier entry said.
void ApplyKnown(const KnownFinding* known, report::NightFinding* finding);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_LIFE_CYCLE_H_

#include "harness/report/night.h"

#include <algorithm>

namespace pendulum::report {

std::string_view LifeCycleName(LifeCycle life_cycle) {
  switch (life_cycle) {
    case LifeCycle::kNew:
      return "new";
    case LifeCycle::kConfirmed:
      return "confirmed";
    case LifeCycle::kKnown:
      return "known";
    case LifeCycle::kFixed:
      return "fixed";
    case LifeCycle::kRegression:
      return "regression";
  }
  return "";
}

bool IsOpen(const NightFinding& finding) {
  return finding.life_cycle != LifeCycle::kKnown && finding.life_cycle != LifeCycle::kFixed;
}

bool HasFailed(const Night& night) {
  const auto breaks_must = [](const NightFinding& one) {
    return IsOpen(one) && one.level == "must";
  };
  const auto did_not_run = [](const NightTarget& one) { return !one.failure.empty(); };
  const auto was_missed = [](const NightCanary& one) { return !one.found; };
  return !night.failures.empty() ||
         std::any_of(night.findings.begin(), night.findings.end(), breaks_must) ||
         std::any_of(night.targets.begin(), night.targets.end(), did_not_run) ||
         std::any_of(night.canaries.begin(), night.canaries.end(), was_missed);
}

}  // namespace pendulum::report

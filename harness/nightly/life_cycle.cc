#include "harness/nightly/life_cycle.h"

namespace pendulum::nightly {

using report::LifeCycle;

namespace {

constexpr LifeCycle kAll[] = {LifeCycle::kNew, LifeCycle::kConfirmed, LifeCycle::kKnown,
                              LifeCycle::kFixed, LifeCycle::kRegression};

// "MODULE-HANG" stands for "MODULE-HANG/spin" as well.
bool IsAbout(std::string_view rule, std::string_view clause) {
  return clause == rule || (clause.starts_with(rule) && clause[rule.size()] == '/');
}

}  // namespace

std::optional<LifeCycle> FindLifeCycle(std::string_view name) {
  for (const LifeCycle life_cycle : kAll) {
    if (report::LifeCycleName(life_cycle) == name) return life_cycle;
  }
  return std::nullopt;
}

LifeCycle AfterSighting(LifeCycle before) {
  return before == LifeCycle::kFixed ? LifeCycle::kRegression : before;
}

LifeCycle AfterReplay(LifeCycle before, ReplayVerdict verdict, uint32_t nights_unseen) {
  const bool forgotten = nights_unseen >= kNightsUntilGone;
  switch (verdict) {
    case ReplayVerdict::kShown:
      if (before == LifeCycle::kNew) return LifeCycle::kConfirmed;
      return AfterSighting(before);
    case ReplayVerdict::kGone:
      // What no replay has ever shown can't be said to be fixed by one that doesn't either.
      return before == LifeCycle::kNew && !forgotten ? before : LifeCycle::kFixed;
    case ReplayVerdict::kUnclear:
      break;
  }
  return forgotten ? LifeCycle::kFixed : before;
}

const KnownFinding* FindKnown(std::span<const KnownFinding> known,
                              const report::NightFinding& finding, std::string_view date) {
  for (const KnownFinding& entry : known) {
    const bool same = entry.fingerprint.empty()
                          ? IsAbout(entry.rule, finding.rule) && entry.target == finding.target
                          : entry.fingerprint == finding.fingerprint;
    // Days compare as their texts do.
    if (same && date <= entry.expires) return &entry;
  }
  return nullptr;
}

void ApplyKnown(const KnownFinding* known, report::NightFinding* finding) {
  if (finding->life_cycle == LifeCycle::kFixed) known = nullptr;
  finding->owner = known == nullptr ? "" : known->owner;
  finding->expires = known == nullptr ? "" : known->expires;
  finding->reason = known == nullptr ? "" : known->reason;
  if (known != nullptr) {
    finding->life_cycle = LifeCycle::kKnown;
  } else if (finding->life_cycle == LifeCycle::kKnown) {
    finding->life_cycle = LifeCycle::kConfirmed;
  }
}

}  // namespace pendulum::nightly

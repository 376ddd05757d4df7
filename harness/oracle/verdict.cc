#include "harness/oracle/verdict.h"

#include <cassert>
#include <numeric>

namespace pendulum::oracle {

std::string_view VerdictName(Verdict verdict) {
  static constexpr std::string_view kNames[] = {"pass",        "violation",     "warning",
                                                "unspecified", "not-exercised", "inconclusive"};
  static_assert(std::size(kNames) == kVerdicts);
  assert(static_cast<int>(verdict) < kVerdicts);
  return kNames[static_cast<size_t>(verdict)];
}

uint64_t TimesReached(const ClauseVerdict& seen) {
  return std::accumulate(seen.reached.begin(), seen.reached.end(), uint64_t{0});
}

Verdict Decide(Level level, const ClauseVerdict& seen) {
  if (seen.violations != 0 && level == Level::kMust) return Verdict::kViolation;
  if (seen.violations != 0 && level == Level::kShould) return Verdict::kWarning;
  if (!seen.missing.empty()) return Verdict::kInconclusive;
  if (TimesReached(seen) == 0) return Verdict::kNotExercised;
  return seen.readings.empty() ? Verdict::kPass : Verdict::kUnspecified;
}

Verdict OverallVerdict(std::span<const ClauseVerdict> clauses) {
  bool has[kVerdicts] = {};
  for (const ClauseVerdict& clause : clauses) has[static_cast<size_t>(clause.verdict)] = true;
  for (const Verdict verdict : {Verdict::kViolation, Verdict::kInconclusive, Verdict::kWarning,
                                Verdict::kPass, Verdict::kUnspecified}) {
    if (has[static_cast<size_t>(verdict)]) return verdict;
  }
  return Verdict::kNotExercised;
}

}  // namespace pendulum::oracle

#include "harness/oracle/verdict.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "harness/trace/names.h"

namespace pendulum::oracle {

using trace::EventKind;

std::string_view VerdictName(Verdict verdict) {
  static constexpr std::string_view kNames[] = {"pass",        "violation",     "warning",
                                                "unspecified", "not-exercised", "inconclusive"};
  static_assert(std::size(kNames) == kVerdicts);
  assert(static_cast<int>(verdict) < kVerdicts);
  return kNames[static_cast<size_t>(verdict)];
}

bool WatchesForFaults(const Clause& clause) {
  static constexpr EventKind kFaults[] = {
      EventKind::kMemoryViolated, EventKind::kModuleCrashed,    EventKind::kModuleHung,
      EventKind::kHandlerMissing, EventKind::kExceptionCrossed, EventKind::kResponseDiffered};
  std::string_view left = clause.on;
  while (!left.empty()) {
    const std::string_view name = left.substr(0, left.find(", "));
    if (std::none_of(std::begin(kFaults), std::end(kFaults),
                     [&](EventKind kind) { return trace::EventName(kind) == name; })) {
      return false;
    }
    left.remove_prefix(std::min(left.size(), name.size() + 2));
  }
  return !clause.on.empty();
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

std::vector<ClauseVerdict> JudgeClauses(const Specification& specification,
                                        const Evidence& evidence) {
  const auto at = [](std::span<const uint64_t> counts, size_t index) {
    return index < counts.size() ? counts[index] : 0;
  };
  std::vector<ClauseVerdict> clauses(specification.clauses().size());
  for (size_t i = 0; i < clauses.size(); ++i) {
    ClauseVerdict& seen = clauses[i];
    for (size_t timing = 0; timing < seen.reached.size(); ++timing) {
      seen.reached[timing] = at(evidence.coverage, i * seen.reached.size() + timing);
    }
    seen.readings.resize(specification.clauses()[i].readings.size());
    seen.violations = at(evidence.violations, i);
    if (i < evidence.missing.size()) seen.missing = evidence.missing[i];
  }
  for (size_t i = 0; i < specification.readings().size(); ++i) {
    const ReadingPlace place = specification.readings()[i];
    clauses[place.clause].readings[place.index] = at(evidence.readings, i);
  }
  for (size_t i = 0; i < clauses.size(); ++i) {
    clauses[i].verdict = Decide(specification.clauses()[i].level, clauses[i]);
  }
  return clauses;
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

// What may be said of a clause, and of all of them together, when the runs are over: from how often
// it was reached, how often it was broken, and what could not be seen.
#ifndef PENDULUM_ORACLE_VERDICT_H_
#define PENDULUM_ORACLE_VERDICT_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"

namespace pendulum::oracle {

enum class Verdict : uint8_t {
  kPass,          // reached, and kept whenever it was
  kViolation,     // a `must` was broken
  kWarning,       // a `should` was broken
  kUnspecified,   // the documentation can be read in several ways: which ones were seen is recorded
  kNotExercised,  // its guard was never reached: nothing is known of it
  kInconclusive,  // something that was to be seen was not: ClauseVerdict::missing says what
};
inline constexpr int kVerdicts = 6;

// "pass", "violation", "warning", "unspecified", "not-exercised", "inconclusive".
std::string_view VerdictName(Verdict verdict);

struct ClauseVerdict {
  Verdict verdict = Verdict::kNotExercised;
  // How often the guard was reached, by timing class (Oracle::kTimingClasses).
  std::array<uint64_t, Oracle::kTimingClasses> reached = {};
  // How often each of the clause's readings was seen; empty for a clause without readings.
  std::vector<uint64_t> readings;
  // How often it was broken. What is counted (runs, operations) is for whoever counts to say.
  uint64_t violations = 0;
  // What stood in the way of a judgement, a phrase without a full stop: "scenario get had no run".
  // Empty: nothing did.
  std::string missing;
  // Texts of readings: with another one the module fails, as the runs show.
  std::vector<std::string> passes_only_if;

  bool operator==(const ClauseVerdict&) const = default;
};

// Whether all that a clause judges are events that are faults in themselves: a crash, memory that
// was touched, a different response. Where it was not exercised, none happened.
bool WatchesForFaults(const Clause& clause);

// How often the guard was reached in all.
uint64_t TimesReached(const ClauseVerdict& seen);

// The verdict on a clause of this level by the rest of `seen`, whose `verdict` is not looked at.
// What is known for certain comes first: it was broken; something that belongs to it could not be
// seen; it was never reached; it was kept, in one of its readings if it has any. A clause of the
// level `may` can't be broken.
Verdict Decide(Level level, const ClauseVerdict& seen);

// What was seen, by the indexes of a specification. What is not given counts as zero or empty.
struct Evidence {
  std::span<const uint64_t> coverage;    // as Oracle::coverage
  std::span<const uint64_t> readings;    // as Oracle::reading_counts
  std::span<const uint64_t> violations;  // by clause
  std::span<const std::string> missing;  // by clause
};

// The verdict on each clause, by its index.
std::vector<ClauseVerdict> JudgeClauses(const Specification& specification,
                                        const Evidence& evidence);

// The verdict on all clauses together. The first of these that is true:
//   violation      a clause was violated: nothing that is seen later can mend that
//   not-exercised  no clause was reached and nothing was missing: nothing was checked, which is a
//                  failure
//   inconclusive   a clause is inconclusive: what was not seen might have been a violation
//   warning        a clause gave a warning
//   pass           a clause passed
//   unspecified    all that was reached has several readings
Verdict OverallVerdict(std::span<const ClauseVerdict> clauses);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_VERDICT_H_

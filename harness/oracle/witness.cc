#include "harness/oracle/witness.h"

#include <algorithm>
#include <cassert>

namespace pendulum::oracle {
namespace {

std::string Describe(const WitnessResult& result) {
  if (result.messages.empty()) return "it breaks no clause";
  std::string text = "it breaks";
  for (const std::string& message : result.messages) text += "\n  " + message;
  return text;
}

}  // namespace

bool WitnessResult::Violates(int clause) const {
  return std::any_of(violations.begin(), violations.end(),
                     [&](const Violation& violation) { return violation.clause == clause; });
}

WitnessResult JudgeTrace(const Specification& specification, const trace::TraceFile& trace) {
  Oracle oracle(specification);
  for (size_t i = 0; i < trace.events.size(); ++i) {
    oracle.OnEvent(trace.events[i], static_cast<uint32_t>(i));
  }
  WitnessResult result;
  for (size_t i = 0; i < oracle.coverage().size(); i += Oracle::kTimingClasses) {
    const auto classes = oracle.coverage().subspan(i, Oracle::kTimingClasses);
    result.reached.push_back(
        std::any_of(classes.begin(), classes.end(), [](uint64_t n) { return n > 0; }));
  }
  for (const Violation& violation : oracle.violations()) {
    result.violations.push_back(violation);
    const int line = trace.lines[violation.event];
    result.messages.push_back(specification.clauses()[violation.clause].id + " at line " +
                              std::to_string(line) + ": " + oracle.Message(violation));
  }
  return result;
}

platform::Status CheckWitnessPair(const Specification& specification, int clause,
                                  const trace::TraceFile& meets, const trace::TraceFile& breaks) {
  assert(clause >= 0 && clause < static_cast<int>(specification.clauses().size()));
  const Clause& of = specification.clauses()[clause];
  const WitnessResult good = JudgeTrace(specification, meets);
  const WitnessResult bad = JudgeTrace(specification, breaks);
  // Where the event itself is the fault, a trace meets the clause by not having it.
  if (!good.reached[clause] && of.require != "FALSE") {
    return platform::Error{"the trace that meets the clause does not reach it", of.id, ""};
  }
  for (const Violation& violation : good.violations) {
    // How the host answers a module's mistake is shown by a module that makes one.
    const Clause& broken = specification.clauses()[violation.clause];
    const bool counts = broken.level == Level::kMust && broken.subject == of.subject;
    if (!counts && violation.clause != clause) continue;
    return platform::Error{"the trace that meets the clause breaks a clause: " + Describe(good),
                           of.id, ""};
  }
  if (of.level == Level::kMay) {
    if (!bad.reached[clause]) return platform::OkStatus();
    return platform::Error{"the trace that breaks the clause exercises the option", of.id, ""};
  }
  if (bad.Violates(clause)) return platform::OkStatus();
  return platform::Error{"the trace that breaks the clause does not break it; " + Describe(bad),
                         of.id, ""};
}

}  // namespace pendulum::oracle

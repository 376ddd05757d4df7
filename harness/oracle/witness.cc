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

// The clauses whose breach spoils a trace that meets `clause`: how the host answers a module's
// mistake is shown by a module that makes one.
bool Spoils(const Specification& specification, int clause, const Violation& violation) {
  const Clause& of = specification.clauses()[clause];
  const Clause& broken = specification.clauses()[violation.clause];
  return violation.clause == clause ||
         (broken.level == Level::kMust && broken.subject == of.subject);
}

// What keeps a trace from meeting the clause, whether or not it reaches it.
platform::Status CheckNothingBroken(const Specification& specification, int clause,
                                    const WitnessResult& result) {
  const std::string& id = specification.clauses()[clause].id;
  for (const Violation& violation : result.violations) {
    if (!Spoils(specification, clause, violation)) continue;
    return platform::Error{"the trace that meets the clause breaks a clause: " + Describe(result),
                           id, ""};
  }
  if (result.unread[clause] == 0) return platform::OkStatus();
  return platform::Error{"the trace meets the clause where none of its readings holds", id,
                         "the requirement should imply one of them"};
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
  result.readings.assign(oracle.reading_counts().begin(), oracle.reading_counts().end());
  result.unread.assign(oracle.unread_counts().begin(), oracle.unread_counts().end());
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
  const bool must_reach = of.require != "FALSE" || of.level == Level::kMay;
  if (!good.reached[clause] && must_reach) {
    return platform::Error{"the trace that meets the clause does not reach it", of.id, ""};
  }
  if (auto status = CheckNothingBroken(specification, clause, good); !status) return status;
  if (of.level == Level::kMay) {
    if (!bad.reached[clause]) return platform::OkStatus();
    return platform::Error{"the trace that breaks the clause exercises the option", of.id, ""};
  }
  if (bad.Violates(clause)) return platform::OkStatus();
  return platform::Error{"the trace that breaks the clause does not break it; " + Describe(bad),
                         of.id, ""};
}

platform::Status CheckReadingWitness(const Specification& specification, int clause, int reading,
                                     const trace::TraceFile& shows) {
  assert(clause >= 0 && clause < static_cast<int>(specification.clauses().size()));
  const Clause& of = specification.clauses()[clause];
  assert(reading >= 0 && reading < static_cast<int>(of.readings.size()));
  const WitnessResult result = JudgeTrace(specification, shows);
  if (auto status = CheckNothingBroken(specification, clause, result); !status) return status;
  for (size_t i = 0; i < result.readings.size(); ++i) {
    const ReadingPlace& place = specification.readings()[i];
    if (place.clause != clause) continue;
    const std::string& text = of.readings[place.index].text;
    if (place.index == reading && result.readings[i] == 0) {
      return platform::Error{"the trace does not show the reading \"" + text + "\"", of.id, ""};
    }
    if (place.index != reading && result.readings[i] != 0) {
      return platform::Error{"the trace shows the reading \"" + text + "\" too", of.id, ""};
    }
  }
  return platform::OkStatus();
}

std::string MeetsFileName(const Clause& clause) { return clause.id + ".meets.jsonl"; }

std::string BreaksFileName(const Clause& clause) { return clause.id + ".breaks.jsonl"; }

std::string ReadingFileName(const Clause& clause, int reading) {
  return clause.id + ".reading-" + std::to_string(reading + 1) + ".jsonl";
}

}  // namespace pendulum::oracle

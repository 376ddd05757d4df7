// What a night of unattended jobs came to, as `pendulum nightly` knows it when it is over; the
// reports of a night are made from this and nothing else.
#ifndef PENDULUM_REPORT_NIGHT_H_
#define PENDULUM_REPORT_NIGHT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/module/module.h"
#include "harness/oracle/specification.h"

namespace pendulum::report {

// Where a finding stands in its life. It is new when it is first seen, confirmed once a replay has
// shown it again, known when somebody has taken it over until a date, fixed when its replay no
// longer shows it, and a regression when it is seen after that.
enum class LifeCycle : uint8_t { kNew, kConfirmed, kKnown, kFixed, kRegression };

// A step of the minimised run, in order: what the picture and the code flow show.
struct NightStep {
  uint8_t worker = 0;         // or kClientLane, kServerLane (swim_lane.h)
  std::string text;           // the event in a few words
  module::Location location;  // in the module, where known
  bool is_decision = false;   // the schedule decided something other than the plainest here
};

struct NightFinding {
  std::string fingerprint;  // 16 hexadecimal digits, the same from night to night
  std::string rule;         // the clause's id
  std::string level;        // "must", "should": a warning
  std::string title;
  std::string message;
  std::string fix;
  std::vector<oracle::Source> sources;
  std::string target;     // the name under which it is declared
  std::string operation;  // "ReadEntityBody", may be empty
  std::string timing;     // "inline", "after return", "before return", or empty
  module::Location location;
  LifeCycle life_cycle = LifeCycle::kNew;
  uint32_t first_night = 0;
  uint32_t last_night = 0;
  uint64_t count = 0;                  // how often it was seen, all nights together
  std::string owner;                   // of a known one
  std::string expires;                 // of a known one, "2026-12-31"
  std::string reason;                  // of a known one
  std::string input;                   // path of the minimised replay file
  std::string replay;                  // the exact command
  std::vector<std::string> decisions;  // what is left of its schedule, in words
  std::string picture;                 // the swim lanes as text
  std::vector<NightStep> steps;
};

// A target or module that the configuration declares.
struct NightTarget {
  std::string name;
  std::string kind;     // "fuzz target" or "module"
  std::string failure;  // why it did not run; empty when it did
  double seconds = 0;   // of processors' time that it was given
  uint64_t executions = 0;
  uint64_t corpus_inputs = 0;
  uint64_t corpus_inputs_before = 0;
  uint64_t cells = 0;     // clause x timing cells that it reached
  uint32_t restarts = 0;  // how often it had died and was started again
};

// How often a clause was reached, by the timing of the operation concerned (oracle::Oracle's
// classes: inline; after the handler returned; before it returned; no operation).
struct NightClause {
  std::string id;
  std::string group;  // the file of spec/ without ".json"
  std::string title;
  std::array<uint64_t, 4> reached{};
};

// A module with a planted fault that has to be found, or nothing that was not found means anything.
struct NightCanary {
  std::string rule;
  std::string module;
  bool found = false;
  double seconds = 0;
};

// An earlier night, or this one, in few numbers.
struct NightTrend {
  uint32_t night = 0;
  std::string date;
  uint64_t executions = 0;
  uint64_t cells = 0;
  uint64_t corpus_inputs = 0;
  uint64_t open_findings = 0;
  uint64_t new_findings = 0;
};

struct Night {
  uint32_t number = 0;   // counted from 1
  std::string date;      // of its begin, "2026-11-23"
  std::string pendulum;  // version
  double budget_seconds = 0;
  double elapsed_seconds = 0;
  bool resumed = false;                // it was broken off before, and went on
  std::vector<NightTarget> targets;    // in the order of the configuration
  std::vector<NightFinding> findings;  // open ones first; then by rule, target and place
  std::vector<NightClause> clauses;    // all of the specification, in its order
  std::vector<NightCanary> canaries;   // in the order of their rules
  std::vector<NightTrend> trends;      // the last nights, this one last
  std::vector<std::string> failures;   // why the night is not to be trusted, or what was not done
};

// "new", "confirmed", "known", "fixed", "regression".
std::string_view LifeCycleName(LifeCycle life_cycle);

// Whether somebody has to look at it: it is there, and nobody has taken it over.
bool IsOpen(const NightFinding& finding);

// Whether the night fails: a finding that is open and not known and breaks a `must`, a target that
// did not run, a canary that was not found, or another failure.
bool HasFailed(const Night& night);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_NIGHT_H_

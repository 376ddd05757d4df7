// Replay files, `pendulum-replay/1`: one recorded run with all that is needed to repeat it.
#ifndef PENDULUM_EXPLORE_REPLAY_JSON_H_
#define PENDULUM_EXPLORE_REPLAY_JSON_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/decision_key.h"
#include "harness/explore/json_text.h"
#include "harness/host/scenario.h"
#include "harness/module/module.h"
#include "harness/platform/json_reader.h"
#include "harness/platform/result.h"
#include "harness/sched/schedule.h"

namespace pendulum::explore {

inline constexpr std::string_view kReplaySchema = "pendulum-replay/1";
inline constexpr std::string_view kPendulumVersion = PENDULUM_VERSION;

// A module of the recorded run: a shared object, or sources to compile with flags. Paths are
// relative to the folder of the replay file, or absolute.
struct ReplayModule {
  std::string path;                  // of the shared object; empty when there are sources
  std::vector<std::string> sources;  // in the order in which they were given
  std::vector<std::string> flags;    // for the compiler, beyond Pendulum's own
  uint64_t hash = 0;                 // of the shared object's or the sources' contents
};

struct ReplayFile {
  std::vector<ReplayModule> modules;
  std::string clause;   // the finding that was recorded
  std::string message;  // what it said
  host::Scenario scenario;
  module::Instrumentation instrumentation = module::Instrumentation::kNone;  // absent: none
  sched::Schedule schedule;
  // Those of the schedule that are not the plainest, by name, so that they can be made on a changed
  // module too. Files of earlier versions have none.
  std::vector<NamedDecision> decisions;
  uint64_t trace_hash = 0;
  // Where the schedule came from, for people: the arm's strategy, its seed, the number of its run.
  std::string strategy;
  uint64_t seed = 0;
  uint64_t run = 0;
  std::string pendulum;        // the version that recorded it
  uint64_t specification = 0;  // the hash of the specification that judged it
};

// A schedule in readable form: one object a decision, such as
// {"question": "timing", "answer": 1, "answers": 2, "request": 0, "operation": 3}. "request",
// "operation" and "thread" are left out where a decision concerns none.
Json ScheduleToJson(std::span<const sched::Decision> schedule);
// Mistakes are reported to the document's errors.
sched::Schedule ScheduleFromJson(const platform::JsonValue& json);

// The text of a replay file.
std::string WriteReplay(const ReplayFile& replay);

// Reads one from `text`; `file` names it in errors.
platform::Result<ReplayFile> ReadReplay(std::string_view text, const std::string& file);

// The same from the file at `path`.
platform::Result<ReplayFile> LoadReplay(const std::string& path);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_REPLAY_JSON_H_

// Programs that run beside each other, as many as there are places, each with a limit of time.
#ifndef PENDULUM_NIGHTLY_CREW_H_
#define PENDULUM_NIGHTLY_CREW_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/platform/process.h"
#include "harness/platform/result.h"

namespace pendulum::nightly {

struct CrewJob {
  std::string id;
  platform::ProgramOptions program;
  uint64_t limit_ms = 0;  // then it is asked to end, and killed when it does not
};

struct CrewOutcome {
  std::string id;
  platform::ChildEnd end;
  uint64_t elapsed_ms = 0;
  bool stopped = false;  // at its limit
};

class Crew {
 public:
  // What a program is given to write down its results once it is asked to end.
  static constexpr uint64_t kGraceMs = 5000;

  explicit Crew(int places) : places_(static_cast<size_t>(places)) {}

  bool HasRoom() const { return workers_.size() < places_; }
  bool IsIdle() const { return workers_.empty(); }
  size_t places() const { return places_; }

  // Only where there is room. Errors: it can't be started.
  platform::Status Start(const CrewJob& job);

  // The next one that ended, waiting at most `timeout_ms`.
  std::optional<CrewOutcome> Wait(int timeout_ms);

  // Asks all to end.
  void Stop();

 private:
  struct Worker {
    std::string id;
    platform::Child child;
    uint64_t started_ms = 0;
    uint64_t limit_ms = 0;
    bool asked = false;
    uint64_t asked_ms = 0;
  };
  void Ask(Worker* worker, uint64_t now_ms);
  void HoldToLimits();

  size_t places_;
  std::vector<Worker> workers_;
};

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_CREW_H_

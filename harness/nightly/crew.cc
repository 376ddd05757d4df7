#include "harness/nightly/crew.h"

#include <algorithm>
#include <cassert>

#include "harness/platform/clock.h"

namespace pendulum::nightly {

platform::Status Crew::Start(const CrewJob& job) {
  assert(HasRoom());
  auto child = platform::Child::Start(job.program);
  if (!child.ok()) return child.error();
  workers_.push_back({job.id, std::move(child).value(), platform::MonotonicMs(), job.limit_ms});
  return platform::OkStatus();
}

void Crew::Ask(Worker* worker, uint64_t now_ms) {
  if (worker->asked) return;
  worker->asked = true;
  worker->asked_ms = now_ms;
  worker->child.Terminate();
}

void Crew::HoldToLimits() {
  const uint64_t now_ms = platform::MonotonicMs();
  for (Worker& worker : workers_) {
    if (now_ms - worker.started_ms >= worker.limit_ms) Ask(&worker, now_ms);
    if (worker.asked && now_ms - worker.asked_ms >= kGraceMs) worker.child.Kill();
  }
}

std::optional<CrewOutcome> Crew::Wait(int timeout_ms) {
  constexpr int kLookMs = 50;
  const uint64_t begun_ms = platform::MonotonicMs();
  while (!workers_.empty()) {
    HoldToLimits();
    const uint64_t waited_ms = platform::MonotonicMs() - begun_ms;
    const auto left_ms =
        static_cast<int>(std::max<int64_t>(timeout_ms - static_cast<int64_t>(waited_ms), 0));
    std::vector<platform::Child*> children;
    for (Worker& worker : workers_) children.push_back(&worker.child);
    const int index = platform::Child::WaitAny(children, std::min(left_ms, kLookMs));
    if (index >= 0) {
      const auto place = workers_.begin() + index;
      CrewOutcome outcome;
      outcome.id = place->id;
      outcome.end = place->child.Reap();
      outcome.elapsed_ms = platform::MonotonicMs() - place->started_ms;
      outcome.stopped = place->asked;
      workers_.erase(place);
      return outcome;
    }
    if (left_ms == 0) break;
  }
  return std::nullopt;
}

void Crew::Stop() {
  const uint64_t now_ms = platform::MonotonicMs();
  for (Worker& worker : workers_) Ask(&worker, now_ms);
}

}  // namespace pendulum::nightly

// One finding after it was found: its run is made smaller, and replayed.
#ifndef PENDULUM_NIGHTLY_FOLLOW_UP_H_
#define PENDULUM_NIGHTLY_FOLLOW_UP_H_

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "harness/nightly/engine.h"

namespace pendulum::nightly {

// The replay of a finding, which tells whether it is still there and what its run looks like.
Work ReplayFinding(Engine* engine, const std::string& fingerprint);

// Findings that are to be made smaller and to be confirmed, in the order in which they came.
class FollowUps {
 public:
  explicit FollowUps(Engine* engine) : engine_(*engine) {}

  void Add(const std::vector<std::string>& fingerprints);

  // Making smaller takes at most a quarter of the budget, and none of its end.
  std::optional<Work> Next();

 private:
  std::optional<Work> Minimise(const FindingRow& row);

  Engine& engine_;
  std::deque<std::string> waiting_;
  uint64_t minimising_ms_ = 0;
};

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_FOLLOW_UP_H_

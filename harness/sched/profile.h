// What a few trial runs show of a program: how long its runs are and who takes part in them.
#ifndef PENDULUM_SCHED_PROFILE_H_
#define PENDULUM_SCHED_PROFILE_H_

#include <array>
#include <cstdint>

#include "harness/sched/agents.h"
#include "harness/sched/prng.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Runs of a scenario's own choice can be longer and have more agents than all trial runs.
struct Profile {
  static constexpr uint32_t kThreads = 256;

  uint32_t steps = 0;     // the most kTransition questions of a run
  uint32_t agents = 0;    // the most agents of a run (agents.h)
  uint32_t requests = 0;  // transitions were about requests with numbers below this
  // By thread number: how often it was chosen in the run in which it was chosen most; 0: never
  // seen.
  std::array<uint16_t, kThreads> events = {};

  // The estimate for one whose number says nothing: the mean of those that were seen, at least 1.
  uint32_t MeanEvents() const;
};

// Takes a profile: the runs 0 to kTrialRuns - 1 are the plainest one, one in which all operations
// complete asynchronously and all agents take turns, and random ones. They are the same for every
// strategy and seed.
class ProfileStrategy final : public Strategy {
 public:
  static constexpr uint64_t kTrialRuns = 8;

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

  // Of the runs so far.
  const Profile& profile() const { return profile_; }

 private:
  uint32_t AnswerTransition(const Ask& ask);
  void Count(const Ask& ask, uint32_t answer);

  Profile profile_;
  uint64_t run_ = 0;
  Prng prng_;
  AgentTable agents_;
  uint32_t steps_ = 0;
  uint32_t agents_seen_ = 0;
  std::array<uint32_t, kCandidateCount> waits_since_ = {};
  std::array<uint16_t, Profile::kThreads> events_ = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_PROFILE_H_

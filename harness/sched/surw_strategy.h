// Selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury 2025).
#ifndef PENDULUM_SCHED_SURW_STRATEGY_H_
#define PENDULUM_SCHED_SURW_STRATEGY_H_

#include <array>
#include <cstdint>

#include "harness/sched/agents.h"
#include "harness/sched/prng.h"
#include "harness/sched/profile.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Draws agents by the number of events that they have left, as far as the profile tells. Were the
// numbers exact, each order of the selected events would come with the same probability, which a
// draw among the agents doesn't give: it favours orders in which short agents end early.
//
// In each run the events of one request are selected; with one request, all events. Events of other
// requests happen in between at random: the selected agent that is to go on next is drawn first,
// the others of its request wait for it.
class SurwStrategy final : public Strategy {
 public:
  explicit SurwStrategy(uint64_t seed) : seed_(seed) {}

  bool Learns() const override { return true; }
  void Learn(const Profile& profile) override;
  void BeginRun(uint64_t run) override;
  uint32_t Answer(const Ask& ask) override;

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};

  // Notes the agent behind a candidate when it is new: its request and how many events it has.
  void Meet(uint8_t id, Key key);
  bool IsSelected(uint8_t id) const { return !selects_ || requests_[id] == selected_; }
  // Draws one of the selected candidates by what they have left; kNobody when there is none.
  uint32_t DrawSelected(const Ask& ask);

  uint64_t seed_;
  Profile profile_;
  uint32_t mean_events_ = 1;
  Prng prng_;
  AgentTable agents_;
  bool selects_ = false;
  uint8_t selected_ = kNoRequest;      // request
  uint8_t last_request_ = kNoRequest;  // of the agent that was chosen last
  uint8_t intended_ = 0;               // candidate id of the selected agent that is to go on next
  bool has_intended_ = false;
  std::array<uint32_t, kCandidateCount> left_ = {};
  std::array<uint8_t, kCandidateCount> requests_ = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_SURW_STRATEGY_H_

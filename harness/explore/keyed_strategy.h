// Strategies that know decisions by name: one follows decisions by name, one notes the names of
// what another strategy decides.
#ifndef PENDULUM_EXPLORE_KEYED_STRATEGY_H_
#define PENDULUM_EXPLORE_KEYED_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "harness/explore/decision_key.h"
#include "harness/sched/schedule.h"
#include "harness/sched/strategy.h"

namespace pendulum::explore {

// A decision to make where its question comes up: the hashes of a DecisionKey and a Chosen.
struct KeyedAnswer {
  uint64_t key = 0;
  uint64_t chosen = 0;  // transitions; otherwise not looked at
  sched::Question question = sched::Question::kTransition;
  uint16_t answer = 0;  // of all other questions
};

KeyedAnswer AnswerOf(const NotedDecision& noted);

// Where the decisions of a run that were not the plainest are noted, in their order. It may lie in
// memory that outlives the process. Zeroed memory is a valid one.
struct DecisionNotes {
  uint32_t count;
  uint32_t given;    // how many of the decisions to follow were made
  uint32_t refused;  // the first whose question came without its answer, by its index plus one
  NotedDecision decisions[sched::kLongestSchedule];
};

// Answers each question that has one of the answers' names as that says, and all others with 0.
class KeyedStrategy final : public sched::Strategy {
 public:
  // All are borrowed.
  KeyedStrategy(const sched::Scheduler* scheduler, const trace::TraceBuffer* trace,
                DecisionNotes* notes)
      : namer_(scheduler, trace), notes_(*notes) {}

  // What to follow from the next run on.
  void Follow(std::span<const KeyedAnswer> answers);
  // Does as `strategy` says from the next run on, and notes it. Borrowed.
  void Accompany(sched::Strategy* strategy) { accompanied_ = strategy; }

  void BeginRun(uint64_t run) override;
  uint32_t Answer(const sched::Ask& ask) override;

 private:
  uint32_t FollowedAnswer(const sched::Ask& ask, uint64_t key);

  DecisionNamer namer_;
  DecisionNotes& notes_;
  sched::Strategy* accompanied_ = nullptr;
  std::vector<KeyedAnswer> answers_;
  std::map<uint64_t, uint32_t> answer_of_key_;
  uint32_t position_ = 0;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_KEYED_STRATEGY_H_

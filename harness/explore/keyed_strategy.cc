#include "harness/explore/keyed_strategy.h"

#include <iterator>

namespace pendulum::explore {

using sched::Question;

KeyedAnswer AnswerOf(const NotedDecision& noted) {
  return {HashOf(noted.key), HashOf(noted.chosen), noted.decision.question, noted.decision.answer};
}

void KeyedStrategy::Follow(std::span<const KeyedAnswer> answers) {
  answers_.assign(answers.begin(), answers.end());
  answer_of_key_.clear();
  for (uint32_t i = 0; i < answers_.size(); ++i) answer_of_key_.try_emplace(answers_[i].key, i);
  accompanied_ = nullptr;
}

void KeyedStrategy::BeginRun(uint64_t run) {
  namer_.BeginRun();
  position_ = 0;
  notes_.count = notes_.given = notes_.refused = 0;
  if (accompanied_ != nullptr) accompanied_->BeginRun(run);
}

uint32_t KeyedStrategy::FollowedAnswer(const sched::Ask& ask, uint64_t key) {
  const auto found = answer_of_key_.find(key);
  if (found == answer_of_key_.end()) return 0;
  const KeyedAnswer& followed = answers_[found->second];
  const uint32_t answer = ask.question == Question::kTransition
                              ? namer_.AnswerFor(ask, followed.chosen)
                              : followed.answer;
  if (answer >= ask.answers) {
    if (notes_.refused == 0) notes_.refused = found->second + 1;
    return 0;
  }
  ++notes_.given;
  return answer;
}

uint32_t KeyedStrategy::Answer(const sched::Ask& ask) {
  const DecisionKey key = namer_.KeyOf(ask);
  const uint32_t answer =
      accompanied_ != nullptr ? accompanied_->Answer(ask) : FollowedAnswer(ask, HashOf(key));
  const uint32_t position = position_++;
  if (answer == 0 || notes_.count == std::size(notes_.decisions)) return answer;
  NotedDecision& noted = notes_.decisions[notes_.count];
  const sched::Key about = ask.KeyOf(answer);
  noted = NotedDecision{};
  noted.position = position;
  noted.decision = {ask.question, about.request, about.operation, ask.answers,
                    static_cast<uint16_t>(answer)};
  noted.key = key;
  noted.chosen = namer_.ChosenBy(ask, answer);
  namer_.Complete(ask, &noted);
  ++notes_.count;
  return answer;
}

}  // namespace pendulum::explore

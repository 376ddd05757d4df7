#include "harness/sched/replay_strategy.h"

#include <string>

namespace pendulum::sched {
namespace {

std::string Readable(const Decision& decision) {
  return std::string(QuestionName(decision.question)) + ": " + Describe(decision);
}

}  // namespace

std::string Divergence::Text() const {
  return "decision " + std::to_string(position) + " was recorded as \"" + Readable(expected) +
         "\", but the run came to \"" + Readable(got) + "\"";
}

void ReplayStrategy::BeginRun(uint64_t) {
  used_ = 0;
  divergence_.reset();
}

uint32_t ReplayStrategy::Answer(const Ask& ask) {
  if (used_ == schedule_.size() || divergence_.has_value()) return 0;
  const Decision& expected = schedule_[used_];
  // Recordings of before the question was asked do without it.
  if (ask.question == Question::kCount && expected.question != Question::kCount) return 0;
  const uint16_t answer = expected.answer < ask.answers ? expected.answer : 0;
  const Key key = ask.KeyOf(answer);
  const Decision got = {ask.question, key.request, key.operation, ask.answers, answer};
  if (got == expected) {
    ++used_;
    return answer;
  }
  divergence_ = Divergence{used_, expected, got};
  return 0;
}

}  // namespace pendulum::sched

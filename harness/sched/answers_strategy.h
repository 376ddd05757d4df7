// Answers by a list for each kind of question: what a fuzzer's bytes say.
#ifndef PENDULUM_SCHED_ANSWERS_STRATEGY_H_
#define PENDULUM_SCHED_ANSWERS_STRATEGY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// The answers to each kind of question in their order, separately, so that one more question of a
// kind does not move the answers of the others. Where a list ends, the answers are 0.
using Answers = std::array<std::vector<uint16_t>, kQuestionCount>;

// Those of a schedule, trimmed.
Answers AnswersOf(std::span<const Decision> schedule);
// Leaves out the zeros at the ends of the lists, which mean the same.
void TrimAnswers(Answers* answers);

// The strategy as MakeStrategy takes it: "answers:0.2/1//0.0.3//". Lists are separated by slashes,
// in the order of Question, and their answers by dots.
inline constexpr std::string_view kAnswersPrefix = "answers:";
std::string AnswersText(const Answers& answers);
// Reads what AnswersText writes. The error says where it isn't that.
platform::Result<Answers> ParseAnswers(std::string_view text);

// An answer too large for a question is taken modulo the number of its answers.
class AnswersStrategy final : public Strategy {
 public:
  explicit AnswersStrategy(Answers answers = {}) : answers_(std::move(answers)) {}

  // From the next run on; exchanged with the last ones, so that nothing is allocated.
  void Exchange(Answers* answers) { answers_.swap(*answers); }

  void BeginRun(uint64_t) override { positions_ = {}; }
  uint32_t Answer(const Ask& ask) override {
    const auto question = static_cast<size_t>(ask.question);
    const std::vector<uint16_t>& list = answers_[question];
    const size_t position = positions_[question]++;
    if (position >= list.size()) return 0;
    const uint32_t answer = list[position];
    return answer < ask.answers ? answer : answer % ask.answers;
  }

 private:
  Answers answers_;
  std::array<size_t, kQuestionCount> positions_ = {};
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_ANSWERS_STRATEGY_H_

#include "harness/sched/answers_strategy.h"

#include <charconv>

namespace pendulum::sched {

Answers AnswersOf(std::span<const Decision> schedule) {
  Answers answers;
  for (const Decision& decision : schedule) {
    answers[static_cast<size_t>(decision.question)].push_back(decision.answer);
  }
  TrimAnswers(&answers);
  return answers;
}

void TrimAnswers(Answers* answers) {
  for (std::vector<uint16_t>& list : *answers) {
    while (!list.empty() && list.back() == 0) list.pop_back();
  }
}

std::string AnswersText(const Answers& answers) {
  std::string text(kAnswersPrefix);
  for (size_t question = 0; question < answers.size(); ++question) {
    if (question != 0) text += '/';
    for (size_t i = 0; i < answers[question].size(); ++i) {
      if (i != 0) text += '.';
      text += std::to_string(answers[question][i]);
    }
  }
  return text;
}

platform::Result<Answers> ParseAnswers(std::string_view text) {
  const auto refuse = [&](const char* at) {
    return platform::Error{"expected " + std::to_string(kQuestionCount) +
                               " lists of numbers, as in " + AnswersText({}),
                           "character " + std::to_string(at - text.data() + 1), ""};
  };
  if (!text.starts_with(kAnswersPrefix)) return refuse(text.data());
  Answers answers;
  const char* const end = text.data() + text.size();
  const char* at = text.data() + kAnswersPrefix.size();
  for (size_t question = 0; question < answers.size(); ++question) {
    if (question != 0 && (at == end || *at++ != '/')) return refuse(at);
    while (at != end && *at != '/') {
      if (!answers[question].empty() && *at++ != '.') return refuse(at);
      uint16_t answer = 0;
      const auto read = std::from_chars(at, end, answer);
      if (read.ec != std::errc()) return refuse(at);
      answers[question].push_back(answer);
      at = read.ptr;
    }
  }
  if (at != end) return refuse(at);
  return answers;
}

}  // namespace pendulum::sched

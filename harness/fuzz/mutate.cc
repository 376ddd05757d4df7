#include "harness/fuzz/mutate.h"

#include <algorithm>
#include <array>

#include "harness/fuzz/mutate_scenario.h"
#include "harness/sched/schedule.h"

namespace pendulum::fuzz {
namespace {

using sched::Answers;
using sched::Prng;
using sched::Question;

constexpr std::array kWriteSteps = {Step::kWrite, Step::kHeader, Step::kStatus, Step::kBuffer};
constexpr std::array kFlushSteps = {Step::kFlush, Step::kWrite, Step::kBuffer};
constexpr std::array kReadSteps = {Step::kRead, Step::kRemaining, Step::kInsert};
constexpr std::array kPostSteps = {Step::kPost, Step::kIndicate};
constexpr std::array kAllSteps = {Step::kWrite,  Step::kFlush,    Step::kRead,      Step::kPost,
                                  Step::kHeader, Step::kStatus,   Step::kClear,     Step::kCancel,
                                  Step::kInsert, Step::kIndicate, Step::kBuffer,    Step::kLeave,
                                  Step::kReset,  Step::kDuplex,   Step::kRemaining, Step::kError};

// Where answers are inserted in lists that are short.
constexpr uint32_t kFarthest = 64;

std::vector<uint16_t>& ListOf(Input* input, Question question) {
  return input->answers[static_cast<size_t>(question)];
}

bool SetAnswer(Prng* prng, Question question, uint32_t answers, Input* input) {
  std::vector<uint16_t>& list = ListOf(input, question);
  // Mostly one that is there or just behind, so that changes add up.
  const auto size = static_cast<uint32_t>(list.size());
  const uint32_t position = prng->Below(4) == 0 ? prng->Below(kFarthest) : prng->Below(size + 4);
  if (position >= size) list.resize(position + 1);
  const auto before = list[position];
  list[position] = static_cast<uint16_t>(prng->Below(answers));
  if (list[position] == before) list[position] = before == 0 ? 1 : 0;
  return true;
}

// The answers at which something else than the plainest happens.
bool MoveCompletion(Prng* prng, Input* input) {
  std::vector<uint16_t>& list = ListOf(input, Question::kTransition);
  std::vector<size_t> others;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i] != 0) others.push_back(i);
  }
  if (others.empty() || prng->Below(3) == 0) {
    // At a point where the worker would go on: what is pending happens now.
    return SetAnswer(prng, Question::kTransition, 3, input);
  }
  const size_t from = others[prng->Below(static_cast<uint32_t>(others.size()))];
  const size_t steps = 1 + prng->Below(3);
  const size_t to = prng->Below(2) == 0 ? from - std::min(from, steps) : from + steps;
  if (to >= list.size()) list.resize(to + 1);
  std::swap(list[from], list[to]);
  return list[from] != list[to];
}

bool GrowBytes(Prng* prng, Input* input) {
  std::vector<uint16_t>& list = ListOf(input, Question::kBytes);
  if (list.empty() || prng->Below(3) == 0) {
    return SetAnswer(prng, Question::kBytes, prng->Below(2) == 0 ? 8 : 65535, input);
  }
  uint16_t& answer = list[prng->Below(static_cast<uint32_t>(list.size()))];
  const bool grows = prng->Below(2) == 0;
  if (!grows && answer == 0) return false;
  if (grows && answer == sched::kMostAnswers - 1) return false;
  answer = static_cast<uint16_t>(grows ? answer + 1 : answer - 1);
  return true;
}

// A list that has answers; nullptr when none has.
std::vector<uint16_t>* SomeList(Prng* prng, Input* input) {
  const uint32_t first = prng->Below(sched::kQuestionCount);
  for (uint32_t i = 0; i < sched::kQuestionCount; ++i) {
    auto& list = input->answers[(first + i) % sched::kQuestionCount];
    if (!list.empty()) return &list;
  }
  return nullptr;
}

bool ChangeList(Mutation mutation, Prng* prng, Input* input) {
  std::vector<uint16_t>* const list = SomeList(prng, input);
  if (list == nullptr) return false;
  const auto size = static_cast<uint32_t>(list->size());
  const uint32_t at = prng->Below(size);
  switch (mutation) {
    case Mutation::kInsertAnswer:
      list->insert(list->begin() + at, static_cast<uint16_t>(prng->Below(3)));
      break;
    case Mutation::kDropAnswer:
      list->erase(list->begin() + at);
      break;
    case Mutation::kRepeatAnswers: {
      const uint32_t count = 1 + prng->Below(std::min(size - at, 16u));
      const std::vector<uint16_t> stretch(list->begin() + at, list->begin() + at + count);
      list->insert(list->begin() + at, stretch.begin(), stretch.end());
      break;
    }
    default:
      list->resize(at);
      break;
  }
  if (list->size() > sched::kLongestSchedule) list->resize(sched::kLongestSchedule);
  return true;
}

std::vector<uint16_t> Splice(const std::vector<uint16_t>& one, const std::vector<uint16_t>& other,
                             Prng* prng) {
  const size_t cut = prng->Below(static_cast<uint32_t>(std::max(one.size(), other.size())) + 1);
  std::vector<uint16_t> spliced(one.begin(),
                                one.begin() + static_cast<long>(std::min(cut, one.size())));
  if (cut < other.size()) {
    spliced.resize(cut);
    spliced.insert(spliced.end(), other.begin() + static_cast<long>(cut), other.end());
  }
  return spliced;
}

// One to four, of so many kinds from the first one on.
void MakeChanges(uint32_t first, uint32_t kinds, Prng* prng, Input* input) {
  const uint32_t changes = 1 + prng->Below(4);
  for (uint32_t i = 0; i < changes; ++i) {
    constexpr int kTries = 8;
    for (int tries = 0; tries < kTries; ++tries) {
      if (Mutate(static_cast<Mutation>(first + prng->Below(kinds)), prng, input)) break;
    }
  }
  sched::TrimAnswers(&input->answers);
}

}  // namespace

std::span<const Step> StepsOf(Target target) {
  switch (target) {
    case Target::kModule:
      return {};
    case Target::kWrite:
      return kWriteSteps;
    case Target::kFlush:
      return kFlushSteps;
    case Target::kReadEntityBody:
      return kReadSteps;
    case Target::kPostCompletion:
      return kPostSteps;
    case Target::kPipeline:
      break;
  }
  return kAllSteps;
}

bool IsOfTarget(const Input& input) {
  if (input.target == Target::kModule || input.target == Target::kPipeline) return true;
  if (input.scenario.requests.size() != 1) return false;
  const auto script = ParseScript(input.scenario.requests[0].url);
  if (!script.has_value()) return true;
  const std::span<const Step> steps = StepsOf(input.target);
  for (const Activation& activation : script->activations) {
    for (const Operation& operation : activation.operations) {
      if (std::find(steps.begin(), steps.end(), operation.step) == steps.end()) return false;
    }
  }
  return true;
}

bool Mutate(Mutation mutation, Prng* prng, Input* input) {
  switch (mutation) {
    case Mutation::kFlipTiming:
      return SetAnswer(prng, Question::kTiming, 2, input);
    case Mutation::kCompleteEarly:
      return MoveCompletion(prng, input);
    case Mutation::kChangeOrder:
      return SetAnswer(prng, Question::kTransition, 4, input);
    case Mutation::kGrowBytes:
      return GrowBytes(prng, input);
    case Mutation::kChangeStatus:
      return SetAnswer(prng, Question::kStatus, 4, input);
    case Mutation::kChangeSetting:
      return SetAnswer(prng, Question::kSetting, 3, input);
    case Mutation::kInsertAnswer:
    case Mutation::kDropAnswer:
    case Mutation::kRepeatAnswers:
    case Mutation::kClearAnswers:
      return ChangeList(mutation, prng, input);
    case Mutation::kChangeRequest:
      return ChangeRequest(prng, input);
    case Mutation::kChangeHost:
      return ChangeHost(prng, input);
    case Mutation::kChangeRequests:
      return ChangeRequests(prng, input);
    default:
      return ChangeScript(mutation, prng, input);
  }
}

void MutateInput(Prng* prng, Input* input) { MakeChanges(0, kMutations, prng, input); }

void MutateAnswers(Prng* prng, Input* input) {
  constexpr auto kFirst = static_cast<uint32_t>(Mutation::kFlipTiming);
  constexpr auto kLast = static_cast<uint32_t>(Mutation::kClearAnswers);
  MakeChanges(kFirst, kLast - kFirst + 1, prng, input);
}

void CrossAnswers(const sched::Answers& other, Prng* prng, sched::Answers* answers) {
  for (size_t question = 0; question < answers->size(); ++question) {
    (*answers)[question] = Splice((*answers)[question], other[question], prng);
  }
  sched::TrimAnswers(answers);
}

Input CrossOver(const Input& one, const Input& other, Prng* prng) {
  Input input = one;
  CrossAnswers(other.answers, prng, &input.answers);
  if (prng->Below(2) == 0) SpliceScripts(other, prng, &input);
  return input;
}

}  // namespace pendulum::fuzz

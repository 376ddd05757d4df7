#include "harness/sched/schedule.h"

#include <cassert>
#include <iterator>

namespace pendulum::sched {
namespace {

// "operation 3 of request 0", as far as these are known; `unknown` when neither is.
std::string Subject(uint8_t request, uint16_t operation, std::string_view unknown) {
  std::string text;
  if (operation != kNoOperation) text = "operation " + std::to_string(operation);
  if (request != kNoRequest) {
    if (!text.empty()) text += " of ";
    text += "request " + std::to_string(request);
  }
  return text.empty() ? std::string(unknown) : text;
}

std::string DescribeTransition(const Decision& decision) {
  if (decision.request == kWorkerGoesOn) {
    return "thread " + std::to_string(decision.operation) + " goes on";
  }
  return Subject(decision.request, decision.operation, "the earliest timer") + " comes next";
}

std::string DescribeStatus(const Decision& decision) {
  const std::string subject = Subject(decision.request, decision.operation, "the call");
  if (decision.answer == 0) return subject + " succeeds";
  return subject + " fails in way " + std::to_string(decision.answer);
}

std::string DescribeBytes(const Decision& decision) {
  const std::string subject = Subject(decision.request, decision.operation, "the call");
  if (decision.answer == 0) return subject + " moves all bytes";
  return subject + " moves part of the bytes, choice " + std::to_string(decision.answer);
}

std::string DescribeCount(const Decision& decision) {
  static constexpr std::string_view kLeft[] = {"rubbish", "what it held", "0",
                                               "the most that it may be"};
  const std::string subject = Subject(decision.request, decision.operation, "the call");
  if (decision.answer >= std::size(kLeft)) return subject + " goes pending";
  return subject + " goes pending and leaves " + std::string(kLeft[decision.answer]) +
         " as its count";
}

// Why no run could have recorded `decision`; nullptr if one could.
const char* Fault(const Decision& decision) {
  if (static_cast<int>(decision.question) >= kQuestionCount) return "asks an unknown question";
  if (decision.answers < 2) return "has fewer than two answers";
  if (decision.answer >= decision.answers) return "has an answer that was not offered";
  if (decision.request == kWorkerGoesOn && decision.question != Question::kTransition) {
    return "lets a thread go on, but is not about a transition";
  }
  return nullptr;
}

}  // namespace

std::span<const Decision> Recorded(const Scheduler::DecisionLog& log) {
  return {log.decisions, log.count};
}

platform::Status CheckSchedule(std::span<const Decision> schedule) {
  if (schedule.size() > kLongestSchedule) {
    return platform::Error{"the schedule has " + std::to_string(schedule.size()) +
                               " decisions, and " + std::to_string(kLongestSchedule) +
                               " is the most",
                           "", ""};
  }
  for (size_t i = 0; i < schedule.size(); ++i) {
    if (const char* fault = Fault(schedule[i])) {
      return platform::Error{"decision " + std::to_string(i) + " " + fault, "", ""};
    }
  }
  return platform::OkStatus();
}

std::span<const Decision> WithoutTrailingZeros(std::span<const Decision> schedule) {
  while (!schedule.empty() && schedule.back().answer == 0) {
    schedule = schedule.first(schedule.size() - 1);
  }
  return schedule;
}

std::string_view QuestionName(Question question) {
  switch (question) {
    case Question::kTransition:
      return "transition";
    case Question::kTiming:
      return "timing";
    case Question::kBytes:
      return "bytes";
    case Question::kStatus:
      return "status";
    case Question::kSetting:
      return "setting";
    case Question::kCount:
      return "count";
  }
  assert(false);
  return "";
}

std::string Describe(const Decision& decision) {
  std::string text;
  switch (decision.question) {
    case Question::kTransition:
      text = DescribeTransition(decision);
      break;
    case Question::kTiming:
      text = Subject(decision.request, decision.operation, "the call") +
             (decision.answer == 0 ? " completes inline" : " completes asynchronously");
      break;
    case Question::kBytes:
      text = DescribeBytes(decision);
      break;
    case Question::kStatus:
      text = DescribeStatus(decision);
      break;
    case Question::kSetting:
      text = Subject(decision.request, decision.operation, "the host") +
             (decision.answer == 0 ? " behaves in the plainest way"
                                   : " behaves in way " + std::to_string(decision.answer));
      break;
    case Question::kCount:
      text = DescribeCount(decision);
      break;
  }
  return text + " (" + std::to_string(decision.answer) + " of " + std::to_string(decision.answers) +
         ")";
}

}  // namespace pendulum::sched

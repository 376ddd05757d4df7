// Decisions in words.
#include "harness/explore/decision_key.h"
#include "harness/trace/method.h"
#include "harness/trace/names.h"

namespace pendulum::explore {
namespace {

using sched::Question;

std::string Nth(uint16_t ordinal) {
  static constexpr const char* kWords[] = {"first", "second", "third", "fourth", "fifth"};
  if (ordinal < std::size(kWords)) return kWords[ordinal];
  const unsigned number = ordinal + 1u;
  const unsigned last = number % 10;
  const bool teen = number / 10 % 10 == 1;
  const char* ending = last == 1 && !teen   ? "st"
                       : last == 2 && !teen ? "nd"
                       : last == 3 && !teen ? "rd"
                                            : "th";
  return std::to_string(number) + ending;
}

std::string RequestName(uint8_t request) {
  return request == sched::kNoRequest ? "the server" : "request " + std::to_string(request);
}

std::string OperationName(const Subject& subject) {
  return "the " + Nth(subject.ordinal) + " " +
         trace::ValueText(trace::ValueType::kOperationKind, subject.operation_kind) + " of " +
         RequestName(subject.request);
}

// "the thread of request 0".
std::string ThreadName(const Subject& subject) {
  if (subject.kind == SubjectKind::kDelivery) {
    return "the thread that delivers the completion of " + OperationName(subject);
  }
  if (subject.kind == SubjectKind::kModuleThread) {
    return "the " + Nth(subject.ordinal) + " thread of the module";
  }
  if (subject.kind == SubjectKind::kUnborn) return "a new thread";
  return "the thread of " + RequestName(subject.request);
}

std::string NotificationName(uint16_t detail) {
  const std::string name = trace::ValueText(trace::ValueType::kNotification, detail & 0xFF);
  return (detail & trace::kPost) != 0 ? name + " (post)" : name;
}

// What the candidate that was chosen does.
std::string ChosenWords(const NotedDecision& noted) {
  const Subject& subject = noted.chosen.subject;
  switch (subject.kind) {
    case SubjectKind::kOperation:
      return OperationName(subject) + " completes";
    case SubjectKind::kDelivery:
      return "the completion of " + OperationName(subject) + " is delivered";
    case SubjectKind::kThread:
    case SubjectKind::kModuleThread:
      return ThreadName(subject) + " goes on";
    case SubjectKind::kUnborn:
      return noted.begins_completion ? "a completion is delivered" : "a new thread begins";
    case SubjectKind::kRequest:
      return "the client of " + RequestName(subject.request) + " acts";
    case SubjectKind::kNothing:
      break;
  }
  return "the earliest timer fires";
}

// What the asking worker did last, for people.
std::string AfterWords(const LastEvent& last) {
  const bool knows_operation = last.subject.kind == SubjectKind::kOperation;
  switch (static_cast<trace::EventKind>(last.kind)) {
    case trace::EventKind::kCall:
    case trace::EventKind::kWaitBegan:
    case trace::EventKind::kWaitEnded:
    case trace::EventKind::kMemoryAllocated:
      return ", after its " + (last.ordinal == 0 ? "" : Nth(last.ordinal) + " ") + "call of " +
             std::string(trace::MethodName(static_cast<trace::Method>(last.detail)));
    case trace::EventKind::kOperationReturned:
      return knows_operation ? ", after it started " + OperationName(last.subject) : "";
    case trace::EventKind::kNotificationReturned:
      return ", after " + NotificationName(last.detail);
    default:
      return "";
  }
}

// Before what else it happens.
std::string BeforeWords(const NotedDecision& noted) {
  if (!noted.could_go_on) return " before anything else that could happen";
  const LastEvent& last = noted.key.last;
  if (static_cast<trace::EventKind>(last.kind) == trace::EventKind::kOperationCalled &&
      last.subject.kind == SubjectKind::kOperation) {
    return noted.chosen.subject.kind == SubjectKind::kOperation &&
                   noted.chosen.subject.request == last.subject.request &&
                   noted.chosen.subject.operation_kind == last.subject.operation_kind &&
                   noted.chosen.subject.ordinal == last.subject.ordinal
               ? " before the call that started it returns"
               : " before the call of " + OperationName(last.subject) + " returns";
  }
  if (noted.in_completion) {
    return " before OnAsyncCompletion of " + NotificationName(noted.notification) + " returns" +
           AfterWords(last);
  }
  if (noted.in_handler) {
    return " before the handler of " + NotificationName(noted.notification) + " returns" +
           AfterWords(last);
  }
  return " before " + ThreadName(noted.key.subject) + " goes on" + AfterWords(last);
}

std::string SubjectWords(const Subject& subject) {
  if (subject.kind == SubjectKind::kOperation) return OperationName(subject);
  if (subject.kind == SubjectKind::kRequest) return RequestName(subject.request);
  return ThreadName(subject);
}

std::string BytesWords(const NotedDecision& noted) {
  const std::string subject = SubjectWords(noted.key.subject);
  if (noted.decision.answer == 1) return subject + " brings 1 byte";
  if (noted.decision.answer == 2) return subject + " brings half of the bytes";
  return subject + " brings part of the bytes";
}

std::string CountWords(const NotedDecision& noted) {
  static constexpr const char* kLeft[] = {"rubbish", "what they held", "0",
                                          "the most that they may be"};
  const uint16_t answer = noted.decision.answer;
  return "from " + SubjectWords(noted.key.subject) + " on, counts of pending calls of " +
         RequestName(noted.key.subject.request) + ", which no page defines, are left as " +
         (answer < std::size(kLeft) ? kLeft[answer] : "something else");
}

// Where pages leave the host two ways.
std::string SettingWords(const NotedDecision& noted) {
  const Subject& subject = noted.key.subject;
  const std::string name = SubjectWords(subject);
  if (subject.kind == SubjectKind::kOperation) {
    switch (static_cast<trace::OperationKind>(subject.operation_kind)) {
      case trace::OperationKind::kReadEntityBody:
        return name + " tells of the end of the body as success with 0 bytes";
      case trace::OperationKind::kPostCompletion:
        return "OnAsyncCompletion is called after the routine of " + name;
      case trace::OperationKind::kWriteEntityChunks:
      case trace::OperationKind::kWriteEntityChunkByReference:
      case trace::OperationKind::kFlush:
        return name + " fails because the client has gone";
      default:
        break;
    }
  }
  return name + " gets the documented behaviour number " + std::to_string(noted.decision.answer) +
         ", not the plainest";
}

}  // namespace

std::string Words(const NotedDecision& noted) {
  switch (noted.decision.question) {
    case Question::kTransition:
      return ChosenWords(noted) + BeforeWords(noted);
    case Question::kTiming:
      return SubjectWords(noted.key.subject) + " completes asynchronously";
    case Question::kBytes:
      return BytesWords(noted);
    case Question::kStatus:
      return SubjectWords(noted.key.subject) + " fails";
    case Question::kSetting:
      return SettingWords(noted);
    case Question::kCount:
      return CountWords(noted);
  }
  return "";
}

}  // namespace pendulum::explore

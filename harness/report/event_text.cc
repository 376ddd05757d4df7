#include "harness/report/event_text.h"

#include <fmt/format.h>

#include "harness/platform/signals.h"
#include "harness/report/text.h"
#include "harness/trace/method.h"
#include "harness/trace/names.h"

namespace pendulum::report {
namespace {

using trace::Event;
using trace::EventKind;
using trace::OperationKind;

constexpr std::string_view kHandlers[trace::kNotificationCount] = {
    "BeginRequest",
    "AuthenticateRequest",
    "AuthorizeRequest",
    "ResolveRequestCache",
    "MapRequestHandler",
    "AcquireRequestState",
    "PreExecuteRequestHandler",
    "ExecuteRequestHandler",
    "ReleaseRequestState",
    "UpdateRequestCache",
    "LogRequest",
    "EndRequest",
    "CustomRequestNotification",
    "SendResponse",
    "ReadEntity",
    "MapPath",
};

OperationKind KindOf(const Event& called) { return trace::OperationKindOf(called); }

std::string StatusName(uint32_t status) {
  return trace::ValueText(trace::ValueType::kStatus, status);
}

std::string MethodText(const Event& event) {
  return std::string(trace::MethodName(static_cast<trace::Method>(event.d)));
}

// What an operation was asked to do, after its name.
std::string RequestedText(const Event& called) {
  std::string text;
  switch (KindOf(called)) {
    case OperationKind::kIndicateCompletion:
      return " (" + StatusName(called.a) + ")";
    case OperationKind::kReadEntityBody:
    case OperationKind::kWriteEntityChunks:
    case OperationKind::kPostCompletion:
      text = Counted(called.a, "byte");
      break;
    default:
      break;
  }
  if ((called.d & trace::kMoreData) != 0) text += text.empty() ? "more data" : ", more data";
  const bool asks = KindOf(called) != OperationKind::kPostCompletion;
  if (asks && (called.d & trace::kAsync) == 0) text += text.empty() ? "sync" : ", sync";
  return text.empty() ? text : " (" + text + ")";
}

std::string ClientText(const Event& event) {
  switch (event.kind) {
    case EventKind::kClientSent:
      return fmt::format("client sent {} ({} in all{})", Counted(event.a, "byte"),
                         Thousands(event.b), (event.d & 1) != 0 ? ", complete" : "");
    case EventKind::kClientReceived: {
      std::string text = "client got ";
      if ((event.d & 1) != 0) text += "the headers, ";
      text += Counted(event.a, "body byte");
      if ((event.d & 2) != 0) text += ", response complete";
      return text;
    }
    case EventKind::kResponseDiffered:
      return fmt::format("client got another response: {} differs at byte {}",
                         trace::ValueText(trace::ValueType::kResponsePart, event.d),
                         Thousands(event.a));
    default:
      return event.d == 0 ? "client left" : "connection reset by the module";
  }
}

std::string CrashText(const Event& event) {
  switch (static_cast<trace::CrashCause>(event.b)) {
    case trace::CrashCause::kStackOverflow:
      return "crashed: stack overflow";
    case trace::CrashCause::kOutOfMemory:
      return "stopped: out of memory";
    case trace::CrashCause::kAbort:
      return "aborted";
    case trace::CrashCause::kReport:
      return "stopped by a sanitizer's report";
    case trace::CrashCause::kPendingMemory:
      return "touched the memory of a pending operation";
    case trace::CrashCause::kEndedMemory:
      return "touched memory of a request that has ended";
    case trace::CrashCause::kRace:
      return "data race";
    case trace::CrashCause::kSignal:
      break;
  }
  return fmt::format("crashed: {}", platform::SignalName(static_cast<int>(event.a)));
}

std::string MemoryText(const Event& event, const Event* operation) {
  const std::string whose = operation != nullptr ? OperationText(*operation)
                            : (event.d & 2) != 0 ? "InsertEntityBody"
                                                 : "an operation";
  switch (static_cast<trace::MemoryFault>(event.b)) {
    case trace::MemoryFault::kFreed:
      return "memory of " + whose + " was freed";
    case trace::MemoryFault::kStackFrameLeft:
      return "stack memory of " + whose + " went out of scope";
    case trace::MemoryFault::kChanged:
      break;
  }
  return fmt::format("memory of {} was changed at byte {}", whose, Thousands(event.a));
}

std::string RunEndText(const Event& event) {
  return "run ended: " + trace::ValueText(trace::ValueType::kRunEnd, event.a);
}

std::string CompletionText(const Event& event) {
  const std::string which =
      event.operation == trace::kNone16 ? "" : fmt::format(" #{}", event.operation);
  const char* const handler =
      (event.d & trace::kByRoutine) != 0 ? "completion function" : "OnAsyncCompletion";
  return fmt::format("{}{}: {}, {}", handler, which, Counted(event.a, "byte"),
                     HresultText(event.b));
}

// Events that need a number or a name of their own.
std::string DetailedText(const Event& event, const Event* operation) {
  switch (event.kind) {
    case EventKind::kCall:
      return MethodText(event);
    case EventKind::kWaitBegan:
      return MethodText(event) + fmt::format(": waits for object {}", event.a);
    case EventKind::kWaitEnded:
      return MethodText(event) + ": goes on";
    case EventKind::kLockTaken:
      return MethodText(event) + fmt::format(": has lock {}", event.a);
    case EventKind::kLockReleased:
      return MethodText(event) + fmt::format(": gives back lock {}", event.a);
    case EventKind::kLockFreed:
      return MethodText(event) + ": of a lock whose memory is freed";
    case EventKind::kMemoryViolated:
      return MemoryText(event, operation);
    case EventKind::kMemoryAccessed:
      return fmt::format("goes on to {} {}", event.d != 0 ? "store" : "load",
                         Counted(event.a, "byte"));
    case EventKind::kModuleRegistered:
      return "RegisterModule returned " + HresultText(event.a);
    case EventKind::kExceptionCrossed:
      return "a C++ exception left " + HandlerName(event.d);
    case EventKind::kHandlerMissing:
      return "the module does not override this handler";
    case EventKind::kModuleCrashed:
      return CrashText(event);
    case EventKind::kRunEnded:
      return RunEndText(event);
    case EventKind::kThreadBegan:
      return fmt::format("thread {} of the module begins", event.a);
    case EventKind::kThreadEnded:
      return fmt::format("thread {} of the module ends", event.a);
    default:
      return std::string(trace::EventName(event.kind));
  }
}

}  // namespace

std::string HandlerName(uint16_t flags) {
  const auto notification = static_cast<size_t>(flags & 0xFF);
  if (notification >= std::size(kHandlers)) return fmt::format("notification {}", notification);
  const char* const prefix = (flags & trace::kPost) != 0 ? "OnPost" : "On";
  return prefix + std::string(kHandlers[notification]);
}

std::string HresultText(uint32_t hresult) {
  return trace::ValueName(trace::ValueType::kHresult, static_cast<int64_t>(hresult));
}

std::string OperationText(const Event& called) {
  return fmt::format(
      "{} #{}",
      trace::ValueText(trace::ValueType::kOperationKind, called.d & trace::kOperationKindMask),
      called.operation);
}

std::string AnswerText(const Event* called, const Event& returned) {
  if (called != nullptr && KindOf(*called) == OperationKind::kIndicateCompletion) {
    return "returned";
  }
  if (returned.a != 0) return HresultText(returned.a);
  if ((returned.d & trace::kPendingTrue) != 0) return "pending";
  if (called != nullptr && KindOf(*called) == OperationKind::kPostCompletion) return "posted";
  constexpr uint16_t kAlwaysCompletes = trace::kAsync | trace::kPendingFlagNull;
  if (called != nullptr && (called->d & kAlwaysCompletes) == kAlwaysCompletes) return "pending";
  const std::string how = called != nullptr && (called->d & trace::kAsync) == 0 ? "" : " inline";
  if ((returned.d & trace::kCountWritten) == 0) return "done" + how;
  return Counted(returned.b, "byte") + how;
}

std::string EventText(const Event& event, const Event* operation) {
  switch (event.kind) {
    case EventKind::kRequestBegan:
      return "request begins";
    case EventKind::kRequestEnded:
      return "request ends";
    case EventKind::kRequestParked:
      return "request parked in " + HandlerName(event.d);
    case EventKind::kNotificationEntered:
      return HandlerName(event.d);
    case EventKind::kNotificationReturned:
    case EventKind::kCompletionReturned:
      return "returned " + StatusName(event.b);
    case EventKind::kOperationCalled:
      return OperationText(event) + RequestedText(event);
    case EventKind::kOperationReturned:
      return (operation != nullptr ? OperationText(*operation) : "the call") + ": " +
             AnswerText(operation, event);
    case EventKind::kCompletionDelivered:
      return CompletionText(event);
    case EventKind::kModuleHung:
      return "runs on without calling the host";
    case EventKind::kClientSent:
    case EventKind::kClientReceived:
    case EventKind::kClientDisconnected:
    case EventKind::kResponseDiffered:
      return ClientText(event);
    default:
      return DetailedText(event, operation);
  }
}

bool IsClientEvent(const Event& event) {
  return event.kind == EventKind::kClientSent || event.kind == EventKind::kClientReceived ||
         event.kind == EventKind::kClientDisconnected || event.kind == EventKind::kResponseDiffered;
}

}  // namespace pendulum::report

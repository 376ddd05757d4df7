#include "harness/report/told_event.h"

#include <string_view>

#include "harness/trace/method.h"

namespace pendulum::report {

using trace::Event;
using trace::EventKind;

namespace {

bool IsQuestion(trace::Method method) {
  std::string_view name = trace::MethodName(method);
  if (const size_t colon = name.rfind(':'); colon != std::string_view::npos) {
    name.remove_prefix(colon + 1);
  }
  return name.starts_with("Get") || name.starts_with("Is") || name.starts_with("Query");
}

}  // namespace

bool IsFromModule(const Event& event) {
  switch (event.kind) {
    case EventKind::kCall:
    case EventKind::kOperationCalled:
    case EventKind::kOperationReturned:
    case EventKind::kWaitBegan:
    case EventKind::kWaitEnded:
    case EventKind::kModuleCrashed:
    case EventKind::kModuleHung:
    case EventKind::kMemoryViolated:
    case EventKind::kMemoryAccessed:
      return true;
    default:
      return false;
  }
}

bool IsTold(const Event& event) {
  switch (event.kind) {
    case EventKind::kRunBegan:
    case EventKind::kRunEnded:
    case EventKind::kModuleRegistered:
    case EventKind::kFactoryTerminated:
    case EventKind::kModuleCreated:
    case EventKind::kModuleDisposed:
    case EventKind::kBodyBytes:
    case EventKind::kMemoryAllocated:
    case EventKind::kHeaderChanged:
    case EventKind::kHeaderAsked:
    case EventKind::kClientHeader:
    case EventKind::kClientHead:
    case EventKind::kContextStored:
    case EventKind::kContextCleaned:
    case EventKind::kContextSet:
    case EventKind::kContextGot:
    case EventKind::kModuleLoaded:
    case EventKind::kNotificationsRegistered:
    case EventKind::kPrioritySet:
    case EventKind::kGlobalReturned:
    case EventKind::kWaitEnded:
    case EventKind::kRequestLength:
    case EventKind::kUserReleased:
      return false;
    case EventKind::kCall:
      // What RegisterModule calls belongs to no request.
      return event.request != trace::kNone8 && !IsQuestion(static_cast<trace::Method>(event.d));
    default:
      return true;
  }
}

}  // namespace pendulum::report

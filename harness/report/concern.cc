#include "harness/report/concern.h"

#include "harness/trace/names.h"

namespace pendulum::report {
namespace {

using trace::Event;
using trace::EventKind;

bool Enters(const Event& event) {
  return event.kind == EventKind::kNotificationEntered ||
         event.kind == EventKind::kCompletionDelivered;
}

bool Returns(const Event& event) {
  return event.kind == EventKind::kNotificationReturned ||
         event.kind == EventKind::kCompletionReturned;
}

}  // namespace

Concern ConcernOf(std::span<const explore::TracedEvent> trace, uint32_t started_event) {
  if (started_event >= trace.size()) return {};
  const Event& started = trace[started_event].event;
  if (started.kind != EventKind::kOperationCalled) return {};
  Concern concern;
  concern.operation = trace::ValueName(trace::ValueType::kOperationKind,
                                       static_cast<int64_t>(trace::OperationKindOf(started)));
  int depth = 0;  // of handlers that the calling worker has entered since
  bool in_handler = true;
  for (const explore::TracedEvent& traced : trace.subspan(started_event + 1)) {
    const Event& event = traced.event;
    const bool own = event.operation == started.operation;
    if (own && event.kind == EventKind::kOperationReturned &&
        (event.d & trace::kPendingTrue) == 0 && concern.timing.empty() &&
        trace::OperationKindOf(started) != trace::OperationKind::kPostCompletion) {
      // A completion may still come, where the pending flag was not asked for.
      concern.timing = "inline";
    }
    if (own && event.kind == EventKind::kCompletionDelivered) {
      concern.timing = in_handler ? "before return" : "after return";
      break;
    }
    if (event.worker != started.worker) continue;
    if (Enters(event)) ++depth;
    if (Returns(event) && depth-- == 0) in_handler = false;
  }
  return concern;
}

}  // namespace pendulum::report

#include "harness/report/clause_example.h"

#include <algorithm>

#include "harness/oracle/oracle.h"
#include "harness/report/event_text.h"
#include "harness/report/text.h"
#include "harness/trace/describe.h"
#include "harness/trace/fields.h"

namespace pendulum::report {
namespace {

// Whether the trace has more than one of what `of` tells of an event.
template <typename Of>
bool Differs(const trace::TraceFile& trace, Of of) {
  uint8_t first = trace::kNone8;
  for (const trace::Event& event : trace.events) {
    const uint8_t value = of(event);
    if (value == trace::kNone8) continue;
    if (first != trace::kNone8 && value != first) return true;
    first = value;
  }
  return false;
}

std::string RequestText(const trace::Event& event) {
  std::string text = "request begins";
  for (const trace::EventField& field : trace::FieldsOf(event.kind)) {
    const int64_t value = trace::FieldValue(event, field);
    if (field.name == "content_length_bytes" && value > 0) {
      text += value == UINT32_MAX
                  ? ", its length unknown"
                  : ", " + Thousands(static_cast<uint64_t>(value)) + " bytes of body";
    }
    if (field.name == "chunked_body" && value != 0) text += ", chunked";
    if (field.name == "head" && value != 0) text += ", HEAD";
    if (field.name == "buffering" && value == 0) text += ", buffering off";
  }
  return text;
}

// Where a phrase is better than the event's name and fields.
std::string LineText(const trace::Event& event, const trace::Event* operation) {
  using enum trace::EventKind;
  switch (event.kind) {
    case kRequestBegan:
      return RequestText(event);
    case kRequestEnded:
    case kRequestParked:
    case kClientSent:
    case kClientReceived:
    case kClientDisconnected:
    case kMemoryViolated:
    case kModuleRegistered:
    case kExceptionCrossed:
    case kHandlerMissing:
    case kModuleCrashed:
    case kModuleHung:
    case kResponseDiffered:
    case kThreadBegan:
    case kThreadEnded:
    case kRunEnded:
      return EventText(event, operation);
    default:
      return trace::Describe(event);
  }
}

// The call of the operation that an event is about, or null.
const trace::Event* OperationOf(const trace::TraceFile& trace, const trace::Event& event) {
  if (event.operation == trace::kNone16) return nullptr;
  for (const trace::Event& other : trace.events) {
    const bool called = other.kind == trace::EventKind::kOperationCalled;
    if (called && other.operation == event.operation) return &other;
  }
  return nullptr;
}

}  // namespace

ClauseExample ExampleOf(const oracle::Specification& specification, int clause,
                        const trace::TraceFile& trace) {
  ClauseExample example;
  const bool workers = Differs(trace, [](const trace::Event& event) { return event.worker; });
  const bool requests = Differs(trace, [](const trace::Event& event) { return event.request; });
  oracle::Oracle oracle(specification);
  for (size_t i = 0; i < trace.events.size(); ++i) {
    const trace::Event& event = trace.events[i];
    oracle.OnEvent(event, static_cast<uint32_t>(i));
    std::string line;
    if (workers && event.worker != trace::kNone8) {
      line += "worker " + std::to_string(event.worker) + ": ";
    }
    if (requests && event.request != trace::kNone8) {
      line += "request " + std::to_string(event.request) + ": ";
    }
    example.lines.push_back(line + LineText(event, OperationOf(trace, event)));
  }
  const auto violations = oracle.violations();
  const auto broken =
      std::find_if(violations.begin(), violations.end(),
                   [&](const oracle::Violation& violation) { return violation.clause == clause; });
  if (broken != violations.end()) {
    example.broken = broken->event;
    example.message = oracle.Message(*broken);
  }
  return example;
}

}  // namespace pendulum::report

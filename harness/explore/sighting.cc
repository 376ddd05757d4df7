#include "harness/explore/sighting.h"

#include "harness/trace/json_lines.h"

namespace pendulum::explore {
namespace {

// Whether an event comes from a place in the module. What the host or the client did carries the
// place of whatever call came before it, which means nothing.
bool HasPlace(trace::EventKind kind) {
  switch (kind) {
    case trace::EventKind::kMemoryViolated:
    case trace::EventKind::kClientSent:
    case trace::EventKind::kClientReceived:
    case trace::EventKind::kClientDisconnected:
    case trace::EventKind::kRequestBegan:
    case trace::EventKind::kRequestEnded:
    case trace::EventKind::kRequestParked:
    case trace::EventKind::kRunEnded:
    case trace::EventKind::kResponseDiffered:
      return false;
    default:
      return true;
  }
}

}  // namespace

Sighting SightingOf(const oracle::Violation& violation, std::span<const trace::Event> events,
                    std::span<const trace::Site> sites) {
  Sighting sighting;
  sighting.clause = violation.clause;
  if (violation.event < sites.size() && HasPlace(events[violation.event].kind)) {
    sighting.site = sites[violation.event];
  } else if (violation.started_event < sites.size() && violation.started_event != violation.event) {
    sighting.site = sites[violation.started_event];
  }
  if (violation.started_event < events.size()) {
    const trace::Event& started = events[violation.started_event];
    if (started.kind == trace::EventKind::kOperationCalled) {
      sighting.operation_kind = static_cast<uint8_t>(started.d & trace::kOperationKindMask);
    }
  }
  return sighting;
}

std::string RunName(const Setup& setup, const std::string& scenario, size_t arm, uint64_t run) {
  std::string name = "scenario " + scenario;
  if (setup.arms.size() > 1) name += ", strategy " + setup.arms[arm].strategy;
  return name + ", run " + std::to_string(run);
}

std::string DescribeDifference(uint32_t index, const trace::Event* first,
                               const trace::Event* second) {
  const auto words = [](const trace::Event* event) {
    return event == nullptr ? std::string("nothing, since the run had ended")
                            : trace::EventJson(*event);
  };
  return "event " + std::to_string(index) + " was " + words(first) + " the first time and " +
         words(second) + " the second";
}

}  // namespace pendulum::explore

#include "harness/explore/endless.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "harness/trace/method.h"
#include "harness/trace/names.h"

namespace pendulum::explore {
namespace {

using trace::Event;
using trace::EventKind;

// How much of the end of a trace shows what is repeated.
constexpr size_t kTailEvents = 1000;
constexpr size_t kMostNamed = 4;

std::string KindName(const Event& called) {
  return trace::ValueText(trace::ValueType::kOperationKind,
                          static_cast<int64_t>(trace::OperationKindOf(called)));
}

std::string MethodText(const Event& event) {
  return std::string(trace::MethodName(static_cast<trace::Method>(event.d)));
}

std::string Outstanding(std::span<const Event> events, uint8_t request) {
  std::map<uint16_t, Event> open;
  for (const Event& event : events) {
    if (event.request != request || event.operation == trace::kNone16) continue;
    if (event.kind == EventKind::kOperationCalled) open[event.operation] = event;
    if (event.kind == EventKind::kCompletionDelivered) open.erase(event.operation);
    if (event.kind == EventKind::kOperationReturned) {
      const auto called = open.find(event.operation);
      if (called == open.end()) continue;
      const bool posted =
          trace::OperationKindOf(called->second) == trace::OperationKind::kPostCompletion;
      const bool waits =
          (event.d & trace::kPendingTrue) != 0 || (posted && static_cast<int32_t>(event.a) >= 0);
      if (!waits) open.erase(called);
    }
  }
  if (open.empty()) return "nothing";
  std::string text;
  size_t named = 0;
  for (const auto& [number, called] : open) {
    if (named++ == kMostNamed) return text + " and more";
    text += (text.empty() ? "" : ", ") + KindName(called) + " (operation " +
            std::to_string(number) + ")";
  }
  return text;
}

// Whoever could have resumed it: what runs again and again, and workers of the module that wait.
std::string Resumers(std::span<const Event> events, uint8_t request) {
  std::string text;
  bool completes = false;
  int32_t running = 0;
  for (const Event& event : events) {
    if (event.request != request) continue;
    if (event.kind == EventKind::kNotificationEntered) ++running;
    if (event.kind == EventKind::kNotificationReturned) --running;
  }
  for (const Event& event : events.last(std::min(events.size(), kTailEvents))) {
    completes =
        completes || (event.request == request && event.kind == EventKind::kCompletionReturned);
  }
  if (running > 0) text = "its handler, which has not returned";
  if (completes) {
    text += text.empty() ? "" : ", ";
    text += "OnAsyncCompletion, which returned RQ_NOTIFICATION_PENDING each time";
  }
  return text;
}

// Workers of the module that wait, and in which call.
std::string Waiting(std::span<const Event> events) {
  std::map<uint8_t, Event> waiting;
  for (const Event& event : events) {
    if (event.kind == EventKind::kWaitBegan) waiting[event.worker] = event;
    if (event.kind == EventKind::kWaitEnded || event.kind == EventKind::kThreadEnded) {
      waiting.erase(event.worker);
    }
  }
  std::string text;
  for (const auto& [worker, event] : waiting) {
    text += (text.empty() ? "" : ", ") + ("worker " + std::to_string(worker)) + " in " +
            MethodText(event) + " (object " + std::to_string(event.a) + ")";
  }
  return text;
}

std::string Repeated(std::span<const Event> events) {
  std::map<std::string, size_t> counts;
  for (const Event& event : events.last(std::min(events.size(), kTailEvents))) {
    if (event.kind == EventKind::kOperationCalled) ++counts[KindName(event)];
    if (event.kind == EventKind::kCompletionDelivered) ++counts["OnAsyncCompletion"];
    if (event.kind == EventKind::kCall || event.kind == EventKind::kWaitBegan) {
      ++counts[MethodText(event)];
    }
  }
  std::vector<std::pair<std::string, size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& one, const auto& other) { return one.second > other.second; });
  std::string text;
  for (size_t i = 0; i < sorted.size() && i < kMostNamed; ++i) {
    text += (i == 0 ? "" : ", ") + sorted[i].first;
  }
  return text;
}

}  // namespace

std::vector<std::string> DescribeEndless(std::span<const Event> events, uint8_t request) {
  std::vector<std::string> lines = {"outstanding: " + Outstanding(events, request)};
  const std::string waiting = Waiting(events);
  std::string resumers = Resumers(events, request);
  if (!waiting.empty()) {
    resumers += (resumers.empty() ? "" : ", ") + ("the module's threads that wait: " + waiting);
  }
  lines.push_back("could have resumed it: " +
                  (resumers.empty() ? "a thread of the module" : resumers));
  const std::string repeated = Repeated(events);
  if (!repeated.empty()) lines.push_back("called again and again at the end: " + repeated);
  return lines;
}

}  // namespace pendulum::explore

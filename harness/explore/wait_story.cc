#include "harness/explore/wait_story.h"

#include <algorithm>
#include <map>
#include <optional>

#include "harness/trace/method.h"
#include "harness/trace/names.h"

namespace pendulum::explore {
namespace {

using trace::Event;
using trace::EventKind;
using trace::Method;

struct Held {
  uint32_t lock = 0;
  size_t event = 0;
};

// Who holds and who waits after some of the events, in the order of workers.
struct State {
  std::map<uint8_t, std::vector<Held>> held;
  std::map<uint8_t, size_t> waiting;          // the event at which the worker began to wait
  std::map<uint32_t, size_t> signalled;       // the last wake-up, by object
  std::map<uint32_t, uint8_t> worker_of;      // by thread number
  std::map<uint32_t, size_t> began;           // the event with which a thread began, by its number
  std::map<uint32_t, uint32_t> thread_of;     // the number of the thread that an object stands for
  std::map<uint8_t, std::string> handler_of;  // "RQ_BEGIN_REQUEST of request 0"
};

bool Signals(uint16_t method) {
  switch (static_cast<Method>(method)) {
    case Method::kWin32_SetEvent:
    case Method::kWin32_PulseEvent:
    case Method::kWin32_WakeConditionVariable:
    case Method::kWin32_WakeAllConditionVariable:
    case Method::kWin32_pthread_cond_signal:
    case Method::kWin32_pthread_cond_broadcast:
      return true;
    default:
      return false;
  }
}

std::string MethodText(const Event& event) {
  if (event.d >= static_cast<uint16_t>(Method::kCount)) return "a call";
  return std::string(trace::MethodName(static_cast<Method>(event.d)));
}

void GiveBack(State* state, const Event& event) {
  const auto take_from = [&](std::vector<Held>& held) {
    const auto at = std::find_if(held.rbegin(), held.rend(),
                                 [&](const Held& one) { return one.lock == event.a; });
    if (at == held.rend()) return false;
    held.erase(std::next(at).base());
    return true;
  };
  if (take_from(state->held[event.worker])) return;
  for (auto& [worker, held] : state->held) {
    if (take_from(held)) return;
  }
}

void Follow(State* state, const Event& event, size_t index) {
  switch (event.kind) {
    case EventKind::kLockTaken:
      state->held[event.worker].push_back({event.a, index});
      break;
    case EventKind::kLockReleased:
      GiveBack(state, event);
      break;
    case EventKind::kWaitBegan:
      state->waiting[event.worker] = index;
      break;
    case EventKind::kWaitEnded:
      state->waiting.erase(event.worker);
      break;
    case EventKind::kThreadBegan:
      state->worker_of[event.a] = event.worker;
      state->began[event.a] = index;
      if (event.b != 0) state->thread_of[event.b] = event.a;
      state->handler_of[event.worker] = "thread " + std::to_string(event.a) + " of the module";
      break;
    case EventKind::kNotificationEntered:
    case EventKind::kCompletionDelivered:
      state->handler_of[event.worker] =
          trace::ValueName(trace::ValueType::kNotification, event.d & 0xFF) + " of request " +
          std::to_string(event.request);
      break;
    case EventKind::kCall:
      if (Signals(event.d)) state->signalled[event.b] = index;
      break;
    default:
      break;
  }
}

State After(const std::vector<TracedEvent>& trace, size_t count) {
  State state;
  for (size_t i = 0; i < std::min(count, trace.size()); ++i) Follow(&state, trace[i].event, i);
  return state;
}

std::string At(const TracedEvent& traced) {
  if (traced.location.line == 0) return "";
  const std::string& file = traced.location.file;
  const size_t slash = file.rfind('/');
  return " at " + (slash == std::string::npos ? file : file.substr(slash + 1)) + ":" +
         std::to_string(traced.location.line);
}

std::string WorkerText(const State& state, uint8_t worker) {
  std::string text = "worker " + std::to_string(worker);
  const auto known = state.handler_of.find(worker);
  return known == state.handler_of.end() ? text : text + " (" + known->second + ")";
}

const Held* HolderOf(const State& state, uint32_t lock, uint8_t* holder) {
  for (const auto& [worker, held] : state.held) {
    for (const Held& one : held) {
      if (one.lock != lock) continue;
      *holder = worker;
      return &one;
    }
  }
  return nullptr;
}

// The number of the thread whose end a wait is for, if it is for one.
std::optional<uint32_t> ThreadJoined(const State& state, const Event& wait) {
  if (wait.d == static_cast<uint16_t>(Method::kWin32_pthread_join)) return wait.a;
  const auto known = state.thread_of.find(wait.a);
  if (known == state.thread_of.end()) return std::nullopt;
  return known->second;
}

// "thread 7 (Refresh at cache.cpp:12)", with what it runs where that is known.
std::string ThreadText(const std::vector<TracedEvent>& trace, const State& state, uint32_t number) {
  const std::string text = "thread " + std::to_string(number);
  const auto began = state.began.find(number);
  if (began == state.began.end()) return text;
  const std::string& function = trace[began->second].location.function;
  if (function.empty()) return text;
  return text + " (" + function.substr(0, function.find('(')) + At(trace[began->second]) + ")";
}

// Who has to do something before the worker can go on, where that is known.
std::optional<uint8_t> WaitsForWhom(const State& state, const Event& wait) {
  uint8_t holder = 0;
  if (const auto thread = ThreadJoined(state, wait); thread.has_value()) {
    const auto known = state.worker_of.find(*thread);
    if (known != state.worker_of.end()) return known->second;
    return std::nullopt;
  }
  if (wait.a == 0 || HolderOf(state, wait.a, &holder) == nullptr) return std::nullopt;
  return holder;
}

// Whether the last wake-up of what the wait is for came before it.
bool IsSignalledBefore(const State& state, const Event& wait, size_t index) {
  const auto last = state.signalled.find(wait.a);
  return !ThreadJoined(state, wait).has_value() && last != state.signalled.end() &&
         last->second < index;
}

std::string WaitText(const std::vector<TracedEvent>& trace, const State& state, size_t index) {
  const Event& wait = trace[index].event;
  std::string text =
      WorkerText(state, wait.worker) + " waits in " + MethodText(wait) + At(trace[index]);
  uint8_t holder = 0;
  const Held* held = wait.a == 0 ? nullptr : HolderOf(state, wait.a, &holder);
  if (const auto thread = ThreadJoined(state, wait); thread.has_value()) {
    return text + " for the end of " + ThreadText(trace, state, *thread);
  }
  if (held != nullptr) {
    text += " for lock " + std::to_string(wait.a);
    text += holder == wait.worker
                ? ", which it holds itself: it took it"
                : ", held by worker " + std::to_string(holder) + ", which took it";
    return text + At(trace[held->event]);
  }
  if (wait.a == 0) return text;
  text += " for object " + std::to_string(wait.a);
  const auto last = state.signalled.find(wait.a);
  if (last == state.signalled.end()) return text;
  return text + ", which worker " + std::to_string(trace[last->second].event.worker) +
         (last->second < index ? " had signalled" : " signalled") + At(trace[last->second]) +
         (last->second < index ? ", before the wait began" : "");
}

// Workers each of which waits for the next, and the last for the first; empty when there are none.
std::vector<uint8_t> CircleOf(const std::vector<TracedEvent>& trace, const State& state) {
  for (const auto& [start, ignored] : state.waiting) {
    std::vector<uint8_t> circle = {start};
    while (circle.size() <= state.waiting.size()) {
      const auto wait = state.waiting.find(circle.back());
      if (wait == state.waiting.end()) break;
      const auto next = WaitsForWhom(state, trace[wait->second].event);
      if (!next.has_value()) break;
      if (*next == start) return circle;
      circle.push_back(*next);
    }
  }
  return {};
}

std::string CircleText(const std::vector<uint8_t>& circle) {
  std::string text = "a deadlock: worker " + std::to_string(circle.front());
  for (size_t i = 1; i <= circle.size(); ++i) {
    text += (i > 1 ? ", which waits" : " waits");
    text += " for worker " + std::to_string(circle[i % circle.size()]);
  }
  return circle.size() > 1 ? text : text + ", itself";
}

std::vector<std::string> TellHang(const std::vector<TracedEvent>& trace) {
  std::vector<std::string> lines;
  const State state = After(trace, trace.size());
  for (const auto& [worker, index] : state.waiting) lines.push_back(WaitText(trace, state, index));
  const std::vector<uint8_t> circle = CircleOf(trace, state);
  if (!circle.empty()) lines.push_back(CircleText(circle));
  return lines;
}

std::string OrderText(const std::vector<TracedEvent>& trace, const State& before, const Held& first,
                      size_t second) {
  const Event& taken = trace[second].event;
  return WorkerText(before, taken.worker) + " took lock " + std::to_string(first.lock) +
         At(trace[first.event]) + " and then lock " + std::to_string(taken.a) + At(trace[second]);
}

// Both orders of two locks; of a larger circle, the first of them.
std::vector<std::string> TellOrders(const std::vector<TracedEvent>& trace, size_t index) {
  std::vector<std::string> lines;
  State now = After(trace, index);
  const Event& taken = trace[index].event;
  for (const Held& first : now.held[taken.worker]) {
    State then;
    for (size_t i = 0; i < index; ++i) {
      const Event& earlier = trace[i].event;
      if (earlier.kind == EventKind::kLockTaken && earlier.a == first.lock) {
        for (const Held& held : then.held[earlier.worker]) {
          if (held.lock != taken.a) continue;
          return {OrderText(trace, then, held, i), OrderText(trace, now, first, index)};
        }
      }
      Follow(&then, earlier, i);
    }
    lines.push_back(OrderText(trace, now, first, index));
  }
  return lines;
}

// Where the locks were taken that a thread or the handlers of a request have left.
std::vector<std::string> TellLeft(const std::vector<TracedEvent>& trace, size_t index) {
  std::vector<std::string> lines;
  const State state = After(trace, index);
  const Event& end = trace[index].event;
  for (const auto& [worker, held] : state.held) {
    for (const Held& one : held) {
      const Event& taken = trace[one.event].event;
      const bool concerned =
          end.kind == EventKind::kThreadEnded ? worker == end.worker : taken.request == end.request;
      if (!concerned) continue;
      lines.push_back("lock " + std::to_string(one.lock) + " was taken with " + MethodText(taken) +
                      At(trace[one.event]));
    }
  }
  return lines;
}

}  // namespace

std::vector<std::string> TellWaits(const std::vector<TracedEvent>& trace, std::string_view clause,
                                   uint32_t event) {
  if (event >= trace.size()) return {};
  if (clause.starts_with("MODULE-HANG") || clause == "MODULE-LOST-WAKEUP") return TellHang(trace);
  if (clause == "MODULE-LOCK-ORDER") return TellOrders(trace, event);
  if (clause.starts_with("MODULE-LOCK-ABANDONED")) return TellLeft(trace, event);
  return {};
}

uint32_t PlaceOfWait(const std::vector<TracedEvent>& trace, std::string_view clause, uint32_t event,
                     uint8_t request) {
  const bool lost = clause == "MODULE-LOST-WAKEUP";
  if (!lost && (!clause.starts_with("MODULE-HANG") || event >= trace.size())) return event;
  if (!lost && trace[event].event.kind == EventKind::kModuleHung) return event;
  const State state = After(trace, trace.size());
  const std::vector<uint8_t> circle = CircleOf(trace, state);
  std::optional<size_t> best;
  int best_rank = -1;
  for (const auto& [worker, index] : state.waiting) {
    const Event& wait = trace[index].event;
    if (lost && !IsSignalledBefore(state, wait, index)) continue;
    const bool in_circle = std::find(circle.begin(), circle.end(), worker) != circle.end();
    const int rank = (in_circle ? 2 : 0) + (wait.request == request ? 1 : 0);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = index;
  }
  return static_cast<uint32_t>(best.value_or(event));
}

}  // namespace pendulum::explore

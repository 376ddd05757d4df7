#include "harness/report/chrome_trace.h"

#include <map>
#include <set>
#include <vector>

#include "harness/explore/json_text.h"
#include "harness/report/event_text.h"
#include "harness/report/text.h"
#include "harness/trace/fields.h"

namespace pendulum::report {
namespace {

using explore::Json;
using trace::Event;
using trace::EventKind;

constexpr int kServer = 1;  // the one process
constexpr int kClientThread = 1000;
constexpr int kServerThread = 1001;  // what happens on no worker

class Writer {
 public:
  Writer(std::span<const Event> events, std::string_view note) : events_(events), note_(note) {}

  Json Write() {
    for (const Event& event : events_) {
      if (event.kind == EventKind::kOperationCalled) started_[event.operation] = event;
    }
    for (size_t i = 0; i < events_.size(); ++i) WriteEvent(events_[i], static_cast<int64_t>(i));
    CloseAll(static_cast<int64_t>(events_.size()));
    Json json;
    json["displayTimeUnit"] = "ns";
    json["otherData"]["time"] = "one microsecond an event: the trace has an order, and no times";
    json["otherData"]["note"] = Printable(note_);
    json["traceEvents"] = Json::array();
    WriteNames(&json["traceEvents"]);
    for (Json& event : out_) json["traceEvents"].push_back(std::move(event));
    return json;
  }

 private:
  static int ThreadOf(const Event& event) {
    if (IsClientEvent(event)) return kClientThread;
    return event.worker == trace::kNone8 ? kServerThread : event.worker;
  }

  Json& Add(const char* phase, const std::string& name, int thread, int64_t time) {
    threads_.insert(thread);
    Json json;
    json["ph"] = phase;
    json["name"] = name;
    json["pid"] = kServer;
    json["tid"] = thread;
    json["ts"] = time;
    out_.push_back(std::move(json));
    return out_.back();
  }

  static Json Arguments(const Event& event) {
    Json json = Json::object();
    if (event.request != trace::kNone8) json["request"] = event.request;
    if (event.module != trace::kNone8) json["module"] = event.module;
    if (event.operation != trace::kNone16) json["operation"] = event.operation;
    for (const trace::EventField& field : trace::FieldsOf(event.kind)) {
      if (!trace::HasField(event, field)) continue;
      json[std::string(field.name)] = trace::ValueText(field.type, trace::FieldValue(event, field));
    }
    return json;
  }

  const Event* Started(const Event& event) const {
    const auto found = started_.find(event.operation);
    return found == started_.end() ? nullptr : &found->second;
  }

  void WriteEvent(const Event& event, int64_t time) {
    const int thread = ThreadOf(event);
    switch (event.kind) {
      case EventKind::kNotificationEntered:
      case EventKind::kCompletionDelivered:
        Open(event, thread, time);
        break;
      case EventKind::kNotificationReturned:
      case EventKind::kCompletionReturned:
        Close(event, thread, time);
        break;
      case EventKind::kOperationCalled:
        Call(event, thread, time);
        break;
      case EventKind::kOperationReturned:
        Return(event, thread, time);
        break;
      case EventKind::kRunBegan:
      case EventKind::kBodyBytes:
        break;
      default:
        Instant(event, thread, time);
        break;
    }
  }

  void Instant(const Event& event, int thread, int64_t time) {
    Json& json = Add("i", Printable(EventText(event, Started(event))), thread, time);
    json["s"] = "t";
    json["args"] = Arguments(event);
  }

  void Open(const Event& event, int thread, int64_t time) {
    const bool completes = event.kind == EventKind::kCompletionDelivered;
    const std::string name = completes ? "OnAsyncCompletion" : HandlerName(event.d);
    Json& json = Add("B", name, thread, time);
    json["args"] = Arguments(event);
    frames_[thread].push_back({completes, event.request});
    if (!completes) return;
    EndOperation(event, time);
    if (!flows_.erase(event.operation)) return;
    Json& flow = Add("f", "completion", thread, time);
    flow["cat"] = "operation";
    flow["id"] = event.operation;
    flow["bp"] = "e";
  }

  // Ends the innermost slice of its kind, and those inside it, which an exception has left.
  void Close(const Event& event, int thread, int64_t time) {
    const Frame own = {event.kind == EventKind::kCompletionReturned, event.request};
    std::vector<Frame>& frames = frames_[thread];
    size_t depth = frames.size();
    while (depth > 0 && !(frames[depth - 1] == own)) --depth;
    if (depth == 0) return Instant(event, thread, time);
    while (frames.size() > depth) End(thread, time);
    Add("E", "", thread, time)["args"] = Arguments(event);
    frames.pop_back();
  }

  void End(int thread, int64_t time) {
    Add("E", "", thread, time);
    frames_[thread].pop_back();
  }

  void Call(const Event& event, int thread, int64_t time) {
    EndOperation(event, time);
    const std::string name = OperationText(event);
    Json& json = Add("b", name, thread, time);
    json["cat"] = "operation";
    json["id"] = event.operation;
    json["args"] = Arguments(event);
    running_[event.operation] = name;
    Json& call = Add("X", name, thread, time);
    call["dur"] = 1;
    Json& flow = Add("s", "completion", thread, time);
    flow["cat"] = "operation";
    flow["id"] = event.operation;
    flows_.insert(event.operation);
    flow_places_[event.operation] = out_.size() - 1;
  }

  void Return(const Event& event, int thread, int64_t time) {
    const Event* called = Started(event);
    Json& json = Add("i", "returned " + Printable(AnswerText(called, event)), thread, time);
    json["s"] = "t";
    json["args"] = Arguments(event);
    const bool waits =
        (event.d & trace::kPendingTrue) != 0 ||
        (called != nullptr && (called->d & trace::kPendingFlagNull) != 0 &&
         (called->d & trace::kAsync) != 0) ||
        (called != nullptr &&
         (called->d & 0xFF) == static_cast<int>(trace::OperationKind::kPostCompletion));
    if (!waits || event.a >> 31 != 0) EndOperation(event, time);
  }

  void EndOperation(const Event& event, int64_t time) {
    const auto running = running_.find(event.operation);
    if (running == running_.end()) return;
    Json& json = Add("e", running->second, ThreadOf(event), time);
    json["cat"] = "operation";
    json["id"] = event.operation;
    if (event.kind != EventKind::kOperationCalled) json["args"] = Arguments(event);
    running_.erase(running);
  }

  // What has not ended in the trace; and arrows that lead nowhere.
  void CloseAll(int64_t time) {
    for (auto& [thread, frames] : frames_) {
      while (!frames.empty()) End(thread, time);
    }
    while (!running_.empty()) {
      Event event = {EventKind::kRunEnded,
                     trace::kNone8,
                     trace::kNone8,
                     trace::kNone8,
                     running_.begin()->first,
                     0,
                     0,
                     0};
      if (const Event* called = Started(event)) event.worker = called->worker;
      EndOperation(event, time);
    }
    std::set<size_t> places;
    for (const uint16_t operation : flows_) places.insert(flow_places_[operation]);
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
      out_.erase(out_.begin() + static_cast<ptrdiff_t>(*place));
    }
  }

  void WriteNames(Json* events) const {
    const auto name = [&](const char* what, int thread, const std::string& text) {
      Json json;
      json["ph"] = "M";
      json["name"] = what;
      json["pid"] = kServer;
      json["tid"] = thread;
      json["ts"] = 0;
      json["args"]["name"] = text;
      events->push_back(std::move(json));
    };
    name("process_name", 0, "worker process");
    for (const int thread : threads_) {
      name("thread_name", thread,
           thread == kClientThread   ? "client"
           : thread == kServerThread ? "server"
                                     : "worker " + std::to_string(thread));
    }
  }

  struct Frame {
    bool completes;
    uint8_t request;
    friend bool operator==(const Frame&, const Frame&) = default;
  };

  std::span<const Event> events_;
  std::string_view note_;
  std::vector<Json> out_;
  std::set<int> threads_;
  std::map<uint16_t, Event> started_;
  std::map<int, std::vector<Frame>> frames_;  // by thread
  std::map<uint16_t, std::string> running_;   // operations, with their names
  std::set<uint16_t> flows_;                  // arrows that have begun
  std::map<uint16_t, size_t> flow_places_;    // where in out_
};

}  // namespace

std::string ChromeTrace(std::span<const Event> events, std::string_view note) {
  return explore::JsonText(Writer(events, note).Write());
}

}  // namespace pendulum::report

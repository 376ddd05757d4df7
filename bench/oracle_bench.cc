// What judging costs: the events of one POST request through the built-in specification.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/trace/json_lines.h"
#include "harness/trace/recorder.h"

namespace pendulum::oracle {
namespace {

// A handler and a completion of a module that reads a body in three pieces, writes, flushes, posts.
constexpr const char* kCore = R"(
{"event": "notification.entered"}
{"event": "call", "method": "IHttpContext::GetRequest"}
{"event": "call", "method": "IHttpRequest::GetRemainingEntityBytes", "result": 768}
{"event": "call", "method": "IHttpContext::AllocateRequestMemory"}
{"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 256, "async": true}
{"event": "operation.returned", "pending_flag": true}
{"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
{"event": "completion.delivered", "bytes": 256, "says_read": true}
{"event": "call", "method": "IHttpCompletionInfo::GetCompletionStatus"}
{"event": "call", "method": "IHttpCompletionInfo::GetCompletionBytes", "result": 256}
{"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
{"event": "operation.returned", "pending_flag": true}
{"event": "completion.returned", "operation": 0, "returned_status": "RQ_NOTIFICATION_PENDING"}
{"event": "completion.delivered", "bytes": 512, "says_read": true, "operation": 1}
{"event": "call", "method": "IHttpCompletionInfo::GetCompletionStatus"}
{"event": "call", "method": "IHttpContext::GetResponse"}
{"event": "operation.called", "kind": "WriteEntityChunks", "chunks": 2, "buffer_bytes": 772, "async": true, "more_data": true}
{"event": "operation.returned", "pending_flag": true}
{"event": "completion.returned", "operation": 1, "returned_status": "RQ_NOTIFICATION_PENDING"}
{"event": "completion.delivered", "bytes": 772, "says_write": true, "operation": 2}
{"event": "call", "method": "IHttpCompletionInfo::GetCompletionStatus"}
{"event": "operation.called", "kind": "Flush", "async": true}
{"event": "operation.returned", "pending_flag": true}
{"event": "completion.returned", "operation": 2, "returned_status": "RQ_NOTIFICATION_PENDING"}
{"event": "client.received", "bytes": 772}
{"event": "completion.delivered", "bytes": 772, "says_write": true, "operation": 3}
{"event": "call", "method": "IHttpCompletionInfo::GetCompletionStatus"}
{"event": "operation.called", "kind": "PostCompletion", "buffer_bytes": 1}
{"event": "operation.returned"}
{"event": "completion.returned", "operation": 3, "returned_status": "RQ_NOTIFICATION_PENDING"}
{"event": "completion.delivered", "bytes": 1, "operation": 4}
{"event": "completion.returned", "operation": 4}
{"event": "client.received", "bytes": 0, "complete": true})";

// The events of the whole request: two notifications and posts before the core, three after it.
std::vector<trace::Event> PostRequest() {
  std::string text = R"({"schema": "pendulum-trace/1"}
{"event": "run.began"}
{"event": "module.registered"}
{"event": "request.began", "content_length_bytes": 768}
{"event": "client.sent", "bytes": 768, "all_sent": true}
{"event": "module.created"}
)";
  const auto deliver = [&](const std::string& notification, bool post) {
    text += "{\"event\": \"notification.entered\", \"notification\": \"" + notification +
            "\", \"post\": " + (post ? "true" : "false") + "}\n";
    text += "{\"event\": \"notification.returned\"}\n";
  };
  for (const char* notification :
       {"RQ_BEGIN_REQUEST", "RQ_AUTHENTICATE_REQUEST", "RQ_AUTHORIZE_REQUEST",
        "RQ_RESOLVE_REQUEST_CACHE", "RQ_MAP_REQUEST_HANDLER", "RQ_ACQUIRE_REQUEST_STATE",
        "RQ_PRE_EXECUTE_REQUEST_HANDLER"}) {
    deliver(notification, false);
  }
  text += kCore;
  text += "\n";
  deliver("RQ_EXECUTE_REQUEST_HANDLER", true);
  for (const char* notification : {"RQ_RELEASE_REQUEST_STATE", "RQ_UPDATE_REQUEST_CACHE",
                                   "RQ_LOG_REQUEST", "RQ_END_REQUEST"}) {
    deliver(notification, false);
  }
  text += R"({"event": "module.disposed"}
{"event": "request.ended"}
{"event": "factory.terminated"}
{"event": "run.ended"}
)";
  auto file = trace::ReadTrace(text, "post");
  return file.ok() ? file->events : std::vector<trace::Event>();
}

void SetRates(benchmark::State& state, size_t events) {
  state.counters["events"] = static_cast<double>(events);
  state.counters["per_event"] = benchmark::Counter(
      static_cast<double>(events),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void JudgePost(benchmark::State& state) {
  const std::vector<trace::Event> events = PostRequest();
  Oracle oracle(Specification::BuiltIn());
  if (events.empty()) state.SkipWithError("the trace could not be read");
  for (auto _ : state) {
    oracle.BeginRun();
    for (uint32_t i = 0; i < events.size(); ++i) oracle.OnEvent(events[i], i);
    if (!oracle.violations().empty()) {
      state.SkipWithError(oracle.Message(oracle.violations()[0]).c_str());
      break;
    }
  }
  state.counters["clauses"] = static_cast<double>(Specification::BuiltIn().clauses().size());
  SetRates(state, events.size());
}
BENCHMARK(JudgePost);

// The same without an oracle: what recording alone costs.
void RecordPost(benchmark::State& state) {
  const std::vector<trace::Event> events = PostRequest();
  const auto buffer = std::make_unique<trace::TraceBuffer>();
  trace::Recorder recorder(buffer.get(), nullptr);
  for (auto _ : state) {
    recorder.Clear();
    for (const trace::Event& event : events) recorder.Append(event);
    benchmark::DoNotOptimize(buffer->events[0]);
    benchmark::ClobberMemory();
  }
  SetRates(state, events.size());
}
BENCHMARK(RecordPost);

void HashPost(benchmark::State& state) {
  const std::vector<trace::Event> events = PostRequest();
  const auto buffer = std::make_unique<trace::TraceBuffer>();
  trace::Recorder recorder(buffer.get(), nullptr);
  for (const trace::Event& event : events) recorder.Append(event);
  for (auto _ : state) benchmark::DoNotOptimize(recorder.Hash());
  SetRates(state, events.size());
}
BENCHMARK(HashPost);

}  // namespace
}  // namespace pendulum::oracle

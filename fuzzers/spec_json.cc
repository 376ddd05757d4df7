// Any text as a specification: it is refused with an error, or judges a short trace, the same way
// by both engines, and is the same specification when it is read again.
#include <algorithm>
#include <string>
#include <string_view>

#include "fuzzers/fuzzer.h"
#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"
#include "harness/trace/json_lines.h"

namespace pendulum::fuzzers {
namespace {

using oracle::Oracle;
using oracle::Specification;

// A read and a write that go pending, calls, both kinds of completions, and a client that leaves.
constexpr std::string_view kTrace =
    R"({"schema": "pendulum-trace/1"}
{"event": "request.began", "chunked_body": true}
{"event": "notification.entered"}
{"event": "call", "method": "IHttpContext3::EnableFullDuplex"}
{"event": "operation.called", "kind": "ReadEntityBody", "async": true, "buffer_bytes": 512}
{"event": "operation.returned", "pending_flag": true}
{"event": "call", "method": "IHttpContext::GetResponse"}
{"event": "operation.called", "kind": "WriteEntityChunks", "async": true, "buffer_bytes": 100}
{"event": "operation.returned", "pending_flag": true}
{"event": "operation.called", "kind": "Flush", "async": false, "more_data": true}
{"event": "operation.returned"}
{"event": "operation.called", "kind": "PostCompletion", "buffer_bytes": 7}
{"event": "operation.returned"}
{"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
{"event": "completion.delivered", "operation": 1, "bytes": 100, "worker": 1}
{"event": "completion.returned", "operation": 1, "worker": 1, "returned_status": 1}
{"event": "completion.delivered", "operation": 3, "bytes": 7, "worker": 1}
{"event": "completion.returned", "operation": 3, "worker": 1, "returned_status": 1}
{"event": "client.disconnected"}
{"event": "completion.delivered", "operation": 0, "status": "ERROR_NETNAME_DELETED", "worker": 2}
{"event": "completion.returned", "operation": 0, "worker": 2, "returned_status": 2}
{"event": "request.ended", "worker": 2}
{"event": "run.ended", "end": "complete"}
)";

const trace::TraceFile& Trace() {
  static const trace::TraceFile file = [] {
    auto read = trace::ReadTrace(kTrace, "trace");
    if (!read) Require(false, read.error().Text().c_str());
    return std::move(read).value();
  }();
  return file;
}

void Judge(Oracle* judge) {
  judge->BeginRun();
  uint32_t index = 0;
  for (const trace::Event& event : Trace().events) judge->OnEvent(event, index++);
}

// Every number that the two engines give.
void RequireSame(const Oracle& one, const Oracle& other) {
  Require(std::ranges::equal(one.coverage(), other.coverage()), "the engines' coverage differs");
  Require(std::ranges::equal(one.reading_counts(), other.reading_counts()),
          "the engines count readings differently");
  Require(std::ranges::equal(one.unread_counts(), other.unread_counts()),
          "the engines count gaps between readings differently");
  Require(one.violations_dropped() == other.violations_dropped(),
          "the engines drop different numbers of violations");
  Require(one.violations().size() == other.violations().size(),
          "the engines find different numbers of violations");
  for (size_t i = 0; i < one.violations().size(); ++i) {
    const std::string message = one.Message(one.violations()[i]);
    Require(message == other.Message(other.violations()[i]), "the engines' messages differ");
  }
}

void Try(std::string_view text) {
  const oracle::SpecificationText texts[] = {{"input.json", text}};
  const auto first = Specification::FromTexts(texts);
  if (!first) {
    return Require(!first.error().message.empty(), "an error has no message");
  }
  ++accepted_inputs;
  const auto second = Specification::FromTexts(texts);
  Require(second.ok(), "a text is accepted once and then refused");
  Require(first->hash() == second->hash(), "the hash differs when the text is read again");
  Oracle native(*first);
  Oracle interpreter(*second, Oracle::Engine::kInterpreter);
  Judge(&native);
  Judge(&interpreter);
  RequireSame(native, interpreter);
}

}  // namespace
}  // namespace pendulum::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  pendulum::fuzzers::Try({reinterpret_cast<const char*>(data), size});
  return 0;
}

#include "harness/report/call_words.h"

#include <string_view>

#include "harness/explore/scenario_json.h"
#include "harness/report/event_text.h"
#include "harness/report/text.h"
#include "harness/trace/names.h"

namespace pendulum::report {
namespace {

using host::BodyFraming;
using host::DisconnectWhen;
using trace::Event;
using trace::OperationKind;

const char* Truth(const Event& event, uint16_t flag) {
  return (event.d & flag) != 0 ? "TRUE" : "FALSE";
}

const char* Pointer(const Event& event, uint16_t is_null) {
  return (event.d & is_null) != 0 ? "NULL" : "given";
}

std::string Memory(const Event& event) {
  if ((event.d & trace::kBufferNull) != 0) return "NULL";
  return (event.d & trace::kOnStack) != 0 ? "on the stack" : "not on the stack";
}

std::string AsyncArguments(const Event& called, const char* count, const char* pending) {
  std::string text = std::string("fAsync: ") + Truth(called, trace::kAsync);
  if (*count != 0) text += std::string(", ") + count + ": " + Pointer(called, trace::kCountNull);
  return text + ", " + pending + ": " + Pointer(called, trace::kPendingFlagNull);
}

std::string WriteWords(const Event& called) {
  std::string chunks =
      Counted(called.b, "chunk") + " with " + Counted(called.a, "byte") + ", " + Memory(called);
  if ((called.d & trace::kFileChunk) != 0) chunks += ", not all from memory";
  if ((called.d & trace::kBadChunk) != 0) chunks += ", one of them not as it may be";
  return "IHttpResponse::WriteEntityChunks(pDataChunks: " + chunks +
         ", nChunks: " + std::to_string(called.b) + ", fAsync: " + Truth(called, trace::kAsync) +
         ", fMoreData: " + Truth(called, trace::kMoreData) +
         ", pcbSent: " + Pointer(called, trace::kCountNull) +
         ", pfCompletionExpected: " + Pointer(called, trace::kPendingFlagNull) + ")";
}

std::string PiecesWords(const std::vector<uint32_t>& pieces) {
  if (pieces.empty()) return "all of it with the headers";
  std::string text = "in pieces of ";
  for (size_t i = 0; i < pieces.size(); ++i) {
    text += (i == 0 ? "" : ", ") + Thousands(pieces[i]);
  }
  return text + (pieces.size() == 1 ? " bytes" : " bytes, the last size again and again");
}

const char* LeavingWords(DisconnectWhen when) {
  switch (when) {
    case DisconnectWhen::kNever:
      return "";
    case DisconnectWhen::kAnyTime:
      return "the client may leave at any time";
    case DisconnectWhen::kBeforeBody:
      return "the client leaves before it sends any of the body";
    case DisconnectWhen::kDuringBody:
      return "the client leaves after about half of the body";
    case DisconnectWhen::kAfterBody:
      return "the client leaves when the body is sent and nothing of the response has come";
    case DisconnectWhen::kDuringResponse:
      return "the client leaves after the first bytes of the response";
  }
  return "";
}

}  // namespace

std::string CallWords(const Event& called) {
  switch (trace::OperationKindOf(called)) {
    case OperationKind::kWriteEntityChunks:
      return WriteWords(called);
    case OperationKind::kFlush:
      return std::string("IHttpResponse::Flush(") + "fAsync: " + Truth(called, trace::kAsync) +
             ", fMoreData: " + Truth(called, trace::kMoreData) +
             ", pcbSent: " + Pointer(called, trace::kCountNull) +
             ", pfCompletionExpected: " + Pointer(called, trace::kPendingFlagNull) + ")";
    case OperationKind::kReadEntityBody:
      return "IHttpRequest::ReadEntityBody(pvBuffer: " + Memory(called) +
             ", cbBuffer: " + std::to_string(called.a) + ", " +
             AsyncArguments(called, "pcbBytesReceived", "pfCompletionPending") + ")";
    case OperationKind::kPostCompletion:
      return "IHttpContext::PostCompletion(cbBytes: " + std::to_string(called.a) + ")";
    case OperationKind::kIndicateCompletion:
      return "IHttpContext::IndicateCompletion(notificationStatus: " +
             trace::ValueText(trace::ValueType::kStatus, called.a) + ")";
    default:
      return trace::ValueText(trace::ValueType::kOperationKind,
                              called.d & trace::kOperationKindMask) +
             "(" + AsyncArguments(called, "", "pfCompletionExpected") + ")";
  }
}

std::string AnswerWords(const Event* called, const Event& returned) {
  if (returned.a != 0) return HresultText(returned.a) + ", so that no completion follows";
  const std::string answer = AnswerText(called, returned);
  if (answer == "returned" || answer == "posted") return "S_OK";
  if (answer == "pending") return "S_OK, and the operation is pending";
  return "S_OK, and the operation is complete (" + answer + ")";
}

std::vector<std::string> RequestWords(const host::RequestDescription& request) {
  std::vector<std::string> words = {request.method + " " + request.url + " HTTP/1.1"};
  for (const auto& [name, value] : request.headers) words.push_back(name + ": " + value);
  if (request.framing != BodyFraming::kNone) {
    const uint64_t bytes = request.body.empty() ? request.body_bytes : request.body.size();
    words.push_back("a body of " + Counted(bytes, "byte") + ", " +
                    (request.framing == BodyFraming::kChunked ? "chunked" : "with Content-Length") +
                    ", " + PiecesWords(request.client.arrival_bytes));
  }
  if (request.client.reads_slowly) words.emplace_back("the client reads the response slowly");
  const std::string leaving = LeavingWords(request.client.disconnect);
  if (!leaving.empty()) words.push_back(leaving);
  if (request.on_same_connection) words.emplace_back("on the connection of the request before");
  return words;
}

std::vector<std::string> SettingWords(const host::Scenario& scenario) {
  const explore::Json plain = explore::ScenarioToJson(host::Scenario{})["host"];
  const explore::Json here = explore::ScenarioToJson(scenario)["host"];
  std::vector<std::string> words;
  for (const auto& [name, value] : here.items()) {
    if (value != plain[name]) words.push_back(name + ": " + value.dump());
  }
  return words;
}

}  // namespace pendulum::report

#include "harness/trace/json_lines.h"

#include <gtest/gtest.h>

#include "harness/trace/fields.h"
#include "harness/trace/method.h"

namespace pendulum::trace {
namespace {

constexpr std::string_view kHeader = "{\"schema\": \"pendulum-trace/1\"}\n";

std::vector<Event> Read(const std::string& lines) {
  auto trace = ReadTrace(std::string(kHeader) + lines, "t.jsonl");
  EXPECT_TRUE(trace.ok()) << trace.error().Text();
  return trace.ok() ? trace->events : std::vector<Event>();
}

std::string ErrorOf(const std::string& text) {
  const auto trace = ReadTrace(text, "t.jsonl");
  return trace.ok() ? "" : trace.error().Text();
}

TEST(JsonLines, AnyEventSurvivesBeingWrittenAndRead) {
  std::vector<Event> events;
  for (int i = 0; i < kEventKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    for (uint32_t fill : {0u, 1u}) {
      Event event = {kind, 3, 2, 1, 7, 0, 0, 0};
      for (const EventField& field : FieldsOf(kind)) SetFieldValue(field, fill, &event);
      events.push_back(event);
    }
  }
  const auto read = ReadTrace(TraceJson(events, "all \"kinds\""), "t.jsonl");
  ASSERT_TRUE(read.ok()) << read.error().Text();
  EXPECT_EQ(read->note, "all \"kinds\"");
  ASSERT_EQ(read->events.size(), events.size());
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(EventJson(read->events[i]), EventJson(events[i]));
    EXPECT_EQ(read->events[i], events[i]) << EventJson(events[i]);
  }
}

TEST(JsonLines, FillsInWhatAPersonLeavesOut) {
  const std::vector<Event> events = Read(R"(
    {"event": "request.began", "content_length_bytes": 768}
    {"event": "notification.entered"}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "pending_flag": true}
    {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
    {"event": "completion.delivered", "bytes": 512}
    {"event": "completion.returned"}
    {"event": "request.ended"})");
  ASSERT_EQ(events.size(), 8u);
  EXPECT_EQ(events[0].a, 768u);
  EXPECT_EQ(events[0].b, 4194304u);
  EXPECT_EQ(events[0].d, kBufferingOn | kHasBody);
  EXPECT_EQ(events[0].module, kNone8);
  const auto handler = static_cast<uint16_t>(Notification::kExecuteRequestHandler);
  EXPECT_EQ(events[1].d, handler);
  EXPECT_EQ(events[2].operation, 0);
  EXPECT_EQ(events[2].d, static_cast<int>(OperationKind::kReadEntityBody) | kAsync);
  EXPECT_EQ(events[3].operation, 0);
  EXPECT_EQ(events[3].d, kPendingTrue | kPendingWritten);
  EXPECT_EQ(events[4].b, static_cast<uint32_t>(Status::kPending));
  EXPECT_EQ(events[4].d, handler);
  EXPECT_EQ(events[5].operation, 0);
  EXPECT_EQ(events[5].a, 512u);
  EXPECT_EQ(events[5].d, handler);
  EXPECT_EQ(events[6].operation, 0);
  EXPECT_EQ(events[7].request, 0);
}

TEST(JsonLines, NumbersOperationsAndDeliveriesInTheirOrder) {
  const std::vector<Event> events = Read(R"(
    {"event": "notification.entered", "notification": "RQ_BEGIN_REQUEST"}
    {"event": "notification.returned"}
    {"event": "notification.entered", "post": true}
    {"event": "operation.called", "kind": "PostCompletion", "buffer_bytes": 9}
    {"event": "operation.returned"}
    {"event": "operation.called", "kind": "Flush"}
    {"event": "operation.returned", "status": "ERROR_NETNAME_DELETED", "count_bytes": 0}
    {"event": "completion.delivered", "operation": 0}
    {"event": "completion.returned", "operation": null})");
  EXPECT_EQ(events[0].a, 0u);
  EXPECT_EQ(events[1].d, static_cast<uint16_t>(Notification::kBeginRequest));
  EXPECT_EQ(events[2].a, 1u);
  EXPECT_EQ(events[5].operation, 1);
  EXPECT_EQ(events[6].operation, 1);
  EXPECT_EQ(events[6].a, 0x80070040u);
  EXPECT_EQ(events[6].d, kCountWritten);
  EXPECT_EQ(events[7].a, 9u);
  EXPECT_EQ(events[7].d, static_cast<uint16_t>(Notification::kExecuteRequestHandler) | kPost);
  EXPECT_EQ(events[8].operation, kNone16);
}

TEST(JsonLines, AddsUpWhatTheClientSendsAndReceives) {
  const std::vector<Event> events = Read(R"(
    {"event": "request.began", "chunked_body": true}
    {"event": "client.sent", "bytes": 10}
    {"event": "client.sent", "bytes": 5, "all_sent": true}
    {"event": "client.received", "bytes": 7}
    {"event": "client.received", "bytes": 1, "complete": true})");
  EXPECT_EQ(events[0].a, kUnknownLength);
  EXPECT_EQ(events[0].d, kBufferingOn | kHasBody | kChunkedBody);
  EXPECT_EQ(events[1].b, 10u);
  EXPECT_EQ(events[2].b, 15u);
  EXPECT_EQ(events[3].d, 1);
  EXPECT_EQ(events[4].b, 8u);
  EXPECT_EQ(events[4].d, 2);
}

TEST(JsonLines, TakesMethodsAndHresultsByNameOrNumber) {
  const std::vector<Event> events = Read(R"(
    {"event": "call", "method": "IHttpResponse::Clear", "result": "0x8007ABCD"}
    {"event": "call", "method": "SetEvent", "result": 1})");
  EXPECT_EQ(events[0].d, static_cast<uint16_t>(*MethodFromName("IHttpResponse::Clear")));
  EXPECT_EQ(events[0].a, 0x8007ABCDu);
  EXPECT_EQ(events[1].a, 1u);
}

TEST(JsonLines, SaysWhatIsWrongAndWhere) {
  const std::string header(kHeader);
  EXPECT_EQ(ErrorOf(""),
            "t.jsonl: the trace is empty (begin it with {\"schema\": \"pendulum-trace/1\"})");
  EXPECT_EQ(ErrorOf("{\"schema\": \"pendulum-trace/2\"}"),
            "t.jsonl:1:12: /schema: expected one of \"pendulum-trace/1\", got "
            "\"pendulum-trace/2\" (did you mean 'pendulum-trace/1'?)");
  EXPECT_EQ(ErrorOf(header + "\n{\"event\": \"request.begun\"}"),
            "t.jsonl:3:11: /event: no event has the name 'request.begun' (did you mean "
            "'request.began'?)");
  EXPECT_EQ(ErrorOf(header + "{\"event\": \"completion.delivered\", \"byte\": 1}"),
            "t.jsonl:2:43: /byte: an event completion.delivered has no such field (did you mean "
            "'bytes'?)");
  EXPECT_EQ(ErrorOf(header + "{\"event\": \"operation.called\", \"kind\": \"ReadEntity\"}"),
            "t.jsonl:2:39: /kind: 'ReadEntity' is not the name of a value of type operation kind");
  EXPECT_EQ(ErrorOf(header + "{\"event\": \"call\", \"value\": -1}"),
            "t.jsonl:2:28: /value: expected an integer from 0 to 4294967295, got -1");
}

}  // namespace
}  // namespace pendulum::trace

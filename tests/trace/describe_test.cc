#include "harness/trace/describe.h"

#include <gtest/gtest.h>

#include "harness/trace/json_lines.h"

namespace pendulum::trace {
namespace {

std::string Said(const std::string& line) {
  const auto file = ReadTrace("{\"schema\": \"pendulum-trace/1\"}\n" + line, "t");
  EXPECT_TRUE(file.ok()) << file.error().Text();
  return file.ok() ? Describe(file->events.back()) : "";
}

TEST(Describe, SaysOperationsAsTheirCallsLook) {
  EXPECT_EQ(
      Said(
          R"({"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 4096, "async": true})"),
      "ReadEntityBody(4096 bytes, async)");
  EXPECT_EQ(
      Said(
          R"({"event": "operation.called", "kind": "WriteEntityChunks", "buffer_bytes": 9, "chunks": 2, "more_data": true, "on_stack": true})"),
      "WriteEntityChunks(9 bytes in 2 chunks, more data, on the stack)");
  EXPECT_EQ(Said(R"({"event": "operation.called", "kind": "IndicateCompletion"})"),
            "IndicateCompletion(RQ_NOTIFICATION_CONTINUE)");
  EXPECT_EQ(Said(R"({"event": "operation.returned", "operation": 0, "pending_flag": true})"),
            "-> S_OK, pending");
  EXPECT_EQ(
      Said(
          R"({"event": "operation.returned", "operation": 0, "status": "ERROR_HANDLE_EOF", "count_bytes": 0})"),
      "-> 0x80070026 (ERROR_HANDLE_EOF), 0 bytes");
}

TEST(Describe, SaysHandlersAndCalls) {
  EXPECT_EQ(Said(R"({"event": "notification.entered", "post": true})"),
            "post RQ_EXECUTE_REQUEST_HANDLER");
  EXPECT_EQ(Said(R"({"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"})"),
            "RQ_EXECUTE_REQUEST_HANDLER -> RQ_NOTIFICATION_PENDING");
  EXPECT_EQ(Said(R"({"event": "completion.delivered", "bytes": 768})"),
            "OnAsyncCompletion(768 bytes, S_OK) in RQ_EXECUTE_REQUEST_HANDLER");
  EXPECT_EQ(
      Said(
          R"({"event": "completion.returned", "returned_status": "RQ_NOTIFICATION_FINISH_REQUEST"})"),
      "OnAsyncCompletion -> RQ_NOTIFICATION_FINISH_REQUEST");
  EXPECT_EQ(Said(R"({"event": "call", "method": "IHttpResponse::Clear"})"),
            "IHttpResponse::Clear -> S_OK");
}

TEST(Describe, SaysAllFieldsOfTheRest) {
  EXPECT_EQ(Said(R"({"event": "client.sent", "bytes": 5, "all_sent": true})"),
            "client.sent bytes 5, total_bytes 5, all_sent TRUE");
  EXPECT_EQ(Said(R"({"event": "run.ended", "end": "stuck", "steps": 3})"),
            "run.ended end stuck, steps 3, endless FALSE");
  EXPECT_EQ(Said(R"({"event": "request.ended"})"), "request.ended");
}

}  // namespace
}  // namespace pendulum::trace

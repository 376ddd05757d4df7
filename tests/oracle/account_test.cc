#include "harness/oracle/account.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

// An account of a trace, asked for fields by name as they stand after its last event.
class AccountOf {
 public:
  explicit AccountOf(const std::string& lines) {
    account_.BeginRun();
    uint32_t index = 0;
    for (const trace::Event& event : Events(lines)) account_.Apply(event, index++);
  }

  int64_t operator[](const std::string& name) const {
    const size_t dot = name.find('.');
    const ObjectInfo* object = FindObject(name.substr(0, dot));
    EXPECT_NE(object, nullptr) << name;
    const FieldInfo* field = FindField(object->object, name.substr(dot + 1));
    EXPECT_NE(field, nullptr) << name;
    if (field == nullptr) return -1;
    return account_.objects()[static_cast<int>(object->object)][field->slot];
  }

 private:
  Account account_;
};

constexpr const char* kHandler = R"({"event": "request.began", "content_length_bytes": 768}
    {"event": "notification.entered"}
)";

// The account after an operation that returned so.
AccountOf Returned(const std::string& called, const std::string& returned) {
  return AccountOf(std::string(kHandler) + "{\"event\": \"operation.called\", " + called + "}\n" +
                   "{\"event\": \"operation.returned\"" + returned + "}");
}

TEST(Account, KnowsWhichOperationsExpectACompletion) {
  const std::string read = R"("kind": "ReadEntityBody", "buffer_bytes": 64)";
  const std::string async_read = read + R"(, "async": true)";
  const std::string null_flag = async_read + R"(, "pending_flag_null": true)";
  EXPECT_EQ(Returned(read, R"(, "count_bytes": 64)")["operation.expects_completion"], 0);
  EXPECT_EQ(Returned(read, R"(, "pending_flag": true)")["operation.expects_completion"], 0);
  EXPECT_EQ(Returned(async_read, R"(, "pending_flag": true)")["operation.expects_completion"], 1);
  EXPECT_EQ(Returned(async_read, R"(, "pending_flag": false)")["operation.expects_completion"], 0);
  EXPECT_EQ(Returned(null_flag, "")["operation.expects_completion"], 1);
  EXPECT_EQ(
      Returned(null_flag, R"(, "status": "ERROR_HANDLE_EOF")")["operation.expects_completion"], 0);
  EXPECT_EQ(Returned(R"("kind": "PostCompletion")", "")["operation.expects_completion"], 1);
  EXPECT_EQ(Returned(R"("kind": "PostCompletion")",
                     R"(, "status": "E_FAIL")")["operation.expects_completion"],
            0);
  EXPECT_EQ(Returned(R"("kind": "WriteEntityChunkByReference")", "")["operation.completed_inline"],
            1);
}

TEST(Account, CountsOutstandingOperationsByDirection) {
  const AccountOf pending =
      Returned(R"("kind": "ReadEntityBody", "async": true)", R"(, "pending_flag": true)");
  EXPECT_EQ(pending["request.outstanding"], 1);
  EXPECT_EQ(pending["request.outstanding_reads"], 1);
  EXPECT_EQ(pending["delivery.outstanding"], 1);
  EXPECT_EQ(pending["handler.operations_pending"], 1);
  const AccountOf flush =
      Returned(R"("kind": "Flush", "async": true)", R"(, "pending_flag": true)");
  EXPECT_EQ(flush["request.outstanding_writes"], 1);
  EXPECT_EQ(flush["request.outstanding_flushes"], 1);
  EXPECT_EQ(flush["request.outstanding_reads"], 0);
  const AccountOf post = Returned(R"("kind": "PostCompletion")", "");
  EXPECT_EQ(post["request.outstanding_posts"], 1);
  EXPECT_EQ(post["handler.operations_pending"], 0);
  EXPECT_EQ(post["handler.posts"], 1);
}

TEST(Account, ACompletionMayComeBeforeTheCallHasReturned) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 64, "async": true}
      {"event": "completion.delivered", "bytes": 64, "worker": 1}
      {"event": "completion.returned", "worker": 1}
      {"event": "operation.returned", "pending_flag": true, "operation": 0})");
  EXPECT_EQ(account["operation.delivered_before_return"], 1);
  EXPECT_EQ(account["operation.delivered_before_handler_return"], 1);
  EXPECT_EQ(account["operation.completions"], 1);
  EXPECT_EQ(account["operation.outstanding"], 0);
  EXPECT_EQ(account["request.outstanding"], 0);
  EXPECT_EQ(account["request.read_bytes"], 64);
  EXPECT_EQ(account["delivery.resumed"], 1);
  EXPECT_EQ(account["delivery.handler_running"], 1);
}

TEST(Account, CountsTheBodyAndItsEnd) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 768}
      {"event": "operation.returned", "count_bytes": 768}
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 768}
      {"event": "operation.returned", "status": "ERROR_HANDLE_EOF"}
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 768, "async": true}
      {"event": "operation.returned", "pending_flag": true}
      {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
      {"event": "completion.delivered", "status": "ERROR_HANDLE_EOF"})");
  EXPECT_EQ(account["request.read_bytes"], 768);
  EXPECT_EQ(account["request.remaining_bytes"], 0);
  EXPECT_EQ(account["request.end_of_body_seen"], 2);
  EXPECT_EQ(account["request.end_of_body_in_a_row"], 2);
  EXPECT_EQ(account["request.failures"], 0);
  EXPECT_EQ(account["delivery.pending"], 1);
  EXPECT_EQ(account["handler.on_completion"], 1);
  EXPECT_EQ(account["handler.completion_status"], 0x80070026);
}

TEST(Account, IndicateCompletionResumesTheDeliveryAtTheCall) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "operation.called", "kind": "IndicateCompletion", "status_given": "RQ_NOTIFICATION_FINISH_REQUEST"})");
  EXPECT_EQ(account["operation.status_given"], 2);
  EXPECT_EQ(account["delivery.resumed"], 1);
  EXPECT_EQ(account["delivery.final_statuses"], 1);
  EXPECT_EQ(account["delivery.final_status"], 2);
  EXPECT_EQ(account["request.finish_said"], 1);
  EXPECT_EQ(account["handler.indications"], 1);
}

TEST(Account, AThreadsCallBelongsToTheDeliveryThatIsNotOver) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
      {"event": "operation.called", "kind": "PostCompletion", "buffer_bytes": 5, "worker": 7})");
  EXPECT_EQ(account["operation.started_in_handler"], 0);
  EXPECT_EQ(account["handler.known"], 0);
  EXPECT_EQ(account["delivery.known"], 1);
  EXPECT_EQ(account["delivery.posts"], 1);
}

TEST(Account, KnowsWhatIsCalledAfterAnOperationHasGonePending) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "call", "method": "IHttpContext::GetRequest"}
      {"event": "operation.called", "kind": "ReadEntityBody", "async": true}
      {"event": "operation.returned", "pending_flag": true}
      {"event": "call", "method": "SetEvent"}
      {"event": "call", "method": "IHttpContext::GetResponse"})");
  EXPECT_EQ(account["handler.calls"], 2);
  EXPECT_EQ(account["handler.uses_after_pending"], 1);
  EXPECT_EQ(account["call.on_request"], 1);
}

TEST(Account, TellsBufferedLastDataFromLastDataThatIsSent) {
  const std::string write = R"("kind": "WriteEntityChunks", "buffer_bytes": 10, "chunks": 1)";
  const AccountOf kept = Returned(write, "");
  EXPECT_EQ(kept["request.last_data_said"], 1);
  EXPECT_EQ(kept["request.last_data_sent"], 0);
  EXPECT_EQ(kept["request.written_bytes"], 10);
  EXPECT_EQ(Returned(write + R"(, "more_data": true)", "")["request.last_data_said"], 0);
  EXPECT_EQ(Returned(R"("kind": "Flush")", "")["request.last_data_sent"], 1);
  const AccountOf unbuffered(std::string(kHandler) +
                             R"({"event": "call", "method": "IHttpResponse::DisableBuffering"}
      {"event": "operation.called", )" +
                             write + R"(}
      {"event": "operation.returned"})");
  EXPECT_EQ(unbuffered["request.buffering"], 0);
  EXPECT_EQ(unbuffered["request.last_data_sent"], 1);
}

TEST(Account, TellsWhatIsWrittenInANotificationThatIsOver) {
  const std::string write =
      R"({"event": "operation.called", "kind": "WriteEntityChunks", "buffer_bytes": 64, "chunks": 1}
    {"event": "operation.returned", "count_bytes": 64}
)";
  const std::string pends = std::string(kHandler) + R"(
    {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
    {"event": "completion.delivered", "worker": 1}
)";
  const std::string ends =
      R"({"event": "completion.returned", "worker": 1, "returned_status": "RQ_NOTIFICATION_CONTINUE"}
    {"event": "completion.delivered"}
)";
  const AccountOf in_time(pends + write);
  EXPECT_EQ(in_time["request.written_bytes"], 64);
  EXPECT_EQ(in_time["request.written_late_bytes"], 0);
  const AccountOf late(pends + ends + write);
  EXPECT_EQ(late["request.written_bytes"], 64);
  EXPECT_EQ(late["request.written_late_bytes"], 64);
}

TEST(Account, CancelIoMarksWhatIsOutstanding) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "operation.called", "kind": "ReadEntityBody", "async": true}
      {"event": "operation.returned", "pending_flag": true}
      {"event": "call", "method": "IHttpContext::CancelIo"}
      {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
      {"event": "completion.delivered", "status": "ERROR_OPERATION_ABORTED"})");
  EXPECT_EQ(account["operation.cancelled"], 1);
  EXPECT_EQ(account["request.cancels"], 1);
  EXPECT_EQ(account["request.read_failures"], 1);
  EXPECT_EQ(account["operation.completion_status"], 0x800703E3);
}

TEST(Account, KeepsTheLastDigestOfEachStream) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "body.bytes", "direction": "sent", "bytes": 1, "digest": 98}
      {"event": "body.bytes", "direction": "sent", "bytes": 2, "digest": 99}
      {"event": "body.bytes", "direction": "read", "bytes": 3, "digest": 7})");
  EXPECT_EQ(account["request.sent_digest"], 99);
  EXPECT_EQ(account["request.sent_digest_bytes"], 2);
  EXPECT_EQ(account["request.read_digest"], 7);
}

TEST(Account, CountsWhatIsLeftBehindAndUsedAfterTheEnd) {
  const AccountOf account(std::string(kHandler) + R"(
      {"event": "module.created"}
      {"event": "context.stored", "number": 1}
      {"event": "thread.began", "number": 1}
      {"event": "wait.began", "method": "WaitForSingleObject", "worker": 9}
      {"event": "request.ended"}
      {"event": "call", "method": "IHttpResponse::Clear", "worker": 3}
      {"event": "request.ended"})");
  EXPECT_EQ(account["run.modules_created"], 1);
  EXPECT_EQ(account["run.modules_disposed"], 0);
  EXPECT_EQ(account["run.contexts_stored"], 1);
  EXPECT_EQ(account["run.threads_running"], 1);
  EXPECT_EQ(account["run.workers_waiting"], 1);
  EXPECT_EQ(account["run.requests_ended"], 1);
  EXPECT_EQ(account["request.uses_after_end"], 1);
  EXPECT_EQ(account["request.ends"], 2);
}

}  // namespace
}  // namespace pendulum::oracle

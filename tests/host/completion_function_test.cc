// Completion functions of version 3, certificates, and what modules put into a request's body.
#include <string>

#include "harness/host/world.h"
#include "tests/host/fixture.h"

namespace pendulum::host {
namespace {

using trace::EventKind;

std::string calls;  // what was called, a letter each

REQUEST_NOTIFICATION_STATUS WINAPI OnRead(IHttpContext3*, IHttpCompletionInfo2* info,
                                          VOID* context) {
  calls += static_cast<char*>(context)[0];
  EXPECT_EQ(info->GetCompletionBytes(), 5u);
  return RQ_NOTIFICATION_CONTINUE;
}

VOID WINAPI OnPost(DWORD, DWORD bytes, LPOVERLAPPED context) {
  calls += bytes == 9 ? "r" : "?";
  reinterpret_cast<IHttpContext*>(context)->IndicateCompletion(RQ_NOTIFICATION_CONTINUE);
}

class CompletionFunctionTest : public HostTest {
 protected:
  CompletionFunctionTest() {
    calls.clear();
    script.on_completion = [](IHttpContext*, IHttpCompletionInfo2*, DWORD, BOOL) {
      calls += 'c';
      return RQ_NOTIFICATION_CONTINUE;
    };
  }
};

TEST_F(CompletionFunctionTest, ReadsCompleteThroughTheirFunction) {
  Post("hello");
  scenario.host.completion_timing = Choice::kSecond;
  scenario.host.partial_reads = false;
  static char buffer[16];
  static char mark[] = "x";
  script.on_execute = [](IHttpContext* context) {
    auto* request = static_cast<IHttpRequest3*>(context->GetRequest());
    BOOL pending = FALSE;
    EXPECT_EQ(
        request->ReadEntityBody(buffer, sizeof(buffer), TRUE, &OnRead, mark, nullptr, &pending),
        S_OK);
    return pending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(calls, "x");
  EXPECT_NE(Events(EventKind::kOperationCalled)[0].d & trace::kRoutineGiven, 0);
  const uint16_t flags = Events(EventKind::kCompletionDelivered)[0].d;
  EXPECT_NE(flags & trace::kByRoutine, 0);
  EXPECT_NE(flags & trace::kContextPassed, 0);
  EXPECT_EQ(flags & (trace::kInfoNull | trace::kOtherRequest), 0);
}

TEST_F(CompletionFunctionTest, ARoutineIsCalledAloneOrBeforeOnAsyncCompletion) {
  for (const Choice choice : {Choice::kFirst, Choice::kSecond}) {
    calls.clear();
    scenario.host.post_routine = choice;
    script.on_execute = [](IHttpContext* context) {
      static_cast<IHttpContext3*>(context)->PostCompletion(9, &OnPost, context);
      return RQ_NOTIFICATION_PENDING;
    };
    EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
    // Its IndicateCompletion has ended the request before OnAsyncCompletion could come.
    EXPECT_EQ(calls, "r");
    EXPECT_EQ(Count(EventKind::kCompletionDelivered), 1);
  }
}

TEST_F(CompletionFunctionTest, CertificatesAreNegotiatedWhereTheClientHasOne) {
  for (const bool has : {false, true}) {
    calls.clear();
    scenario.host.client_certificate = has;
    scenario.host.completion_timing = Choice::kSecond;
    HTTP_SSL_CLIENT_CERT_INFO* certificate = nullptr;
    BOOL negotiated = FALSE;
    HRESULT before = S_OK, result = S_OK;
    script.on_execute = [&](IHttpContext* context) {
      before = context->GetRequest()->GetClientCertificate(&certificate, &negotiated);
      BOOL pending = FALSE;
      result = context->GetRequest()->NegotiateClientCertificate(TRUE, &pending);
      return pending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
    };
    script.on_end = [&](IHttpContext* context) {
      context->GetRequest()->GetClientCertificate(&certificate, &negotiated);
      return RQ_NOTIFICATION_CONTINUE;
    };
    script.notifications = RQ_EXECUTE_REQUEST_HANDLER | RQ_END_REQUEST;
    EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
    EXPECT_EQ(before, kErrorNotFound);
    EXPECT_EQ(result, has ? S_OK : E_FAIL);
    EXPECT_EQ(calls, has ? "c" : "");
    EXPECT_EQ(certificate != nullptr, has);
    EXPECT_EQ(negotiated != FALSE, has);
  }
}

// The digests of body.bytes events of a direction.
std::vector<uint32_t> Digests(const std::vector<trace::Event>& events,
                              trace::BodyDirection direction) {
  std::vector<uint32_t> digests;
  for (const trace::Event& event : events) {
    if (event.d == static_cast<uint16_t>(direction)) digests.push_back(event.a);
  }
  return digests;
}

TEST_F(CompletionFunctionTest, InsertedBytesComeBackFirstAndAreWatched) {
  for (const bool changed : {false, true}) {
    Post("rest");
    scenario.host.partial_reads = false;
    static char inserted[4];
    std::string read;
    script.on_execute = [&](IHttpContext* context) {
      std::copy_n("body", 4, inserted);
      context->GetRequest()->InsertEntityBody(inserted, 4);
      char buffer[16];
      DWORD bytes = 0;
      context->GetRequest()->ReadEntityBody(buffer, sizeof(buffer), FALSE, &bytes, nullptr);
      read.assign(buffer, bytes);
      if (changed) inserted[0] = 'B';
      return RQ_NOTIFICATION_CONTINUE;
    };
    EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
    EXPECT_EQ(read, "bodyrest");
    const auto bytes = Events(EventKind::kBodyBytes);
    const auto given = Digests(bytes, trace::BodyDirection::kInserted);
    ASSERT_EQ(given.size(), 1u);
    EXPECT_EQ(Digests(bytes, trace::BodyDirection::kReadInserted), given);
    EXPECT_EQ(Count(EventKind::kMemoryViolated), changed ? 1 : 0);
    EXPECT_EQ(Count(EventKind::kRequestLength), 2);
  }
}

TEST_F(CompletionFunctionTest, EntitiesAreSeenAndReplaced) {
  Post("old");
  script.notifications = RQ_EXECUTE_REQUEST_HANDLER | RQ_READ_ENTITY;
  static char placed[] = "fresh";
  std::string seen, read;
  script.on_read_entity = [&](IHttpContext*, IReadEntityProvider* provider) {
    void* data = nullptr;
    DWORD bytes = 0, room = 0;
    provider->GetEntity(&data, &bytes, &room);
    if (bytes > 0) seen.assign(static_cast<char*>(data), bytes);
    if (seen == "old") provider->SetEntity(placed, 5, 5);
    return RQ_NOTIFICATION_CONTINUE;
  };
  script.on_execute = [&](IHttpContext* context) {
    char buffer[16];
    DWORD bytes = 0;
    context->GetRequest()->ReadEntityBody(buffer, sizeof(buffer), FALSE, &bytes, nullptr);
    read.assign(buffer, bytes);
    return RQ_NOTIFICATION_CONTINUE;
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(seen, "old");
  EXPECT_EQ(read, "fresh");
  const auto bytes = Events(EventKind::kBodyBytes);
  EXPECT_EQ(Digests(bytes, trace::BodyDirection::kReadPlaced),
            Digests(bytes, trace::BodyDirection::kPlaced));
}

}  // namespace
}  // namespace pendulum::host

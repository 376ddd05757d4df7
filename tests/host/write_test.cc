// The response: buffered and not, flushed inline and pending, by reference, cleared, limits,
// errors.
#include <string>

#include "tests/host/fixture.h"

namespace pendulum::host {
namespace {

using sched::Ask;
using sched::Question;
using trace::EventKind;

HTTP_DATA_CHUNK Chunk(const char* text, ULONG bytes) {
  HTTP_DATA_CHUNK chunk{};
  chunk.DataChunkType = HttpDataChunkFromMemory;
  chunk.FromMemory.pBuffer = const_cast<char*>(text);
  chunk.FromMemory.BufferLength = bytes;
  return chunk;
}

class WriteTest : public HostTest {
 protected:
  // A handler that writes `text` synchronously and continues.
  Script::Handler Writes(const char* text) {
    return [text](IHttpContext* context) {
      HTTP_DATA_CHUNK chunk = Chunk(text, static_cast<ULONG>(strlen(text)));
      DWORD sent = 0;
      EXPECT_EQ(context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, FALSE, &sent, nullptr),
                S_OK);
      EXPECT_EQ(sent, strlen(text));
      return RQ_NOTIFICATION_CONTINUE;
    };
  }
  ScriptedStrategy pending_;
  WriteTest() {
    pending_.answer = [](const Ask& ask) { return ask.question == Question::kTiming ? 1u : 0u; };
  }
};

TEST_F(WriteTest, BufferedDataIsCopiedAndSentAtTheEnd) {
  script.on_execute = Writes("hello");
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(StatusLine(), "HTTP/1.1 200 OK");
  EXPECT_EQ(Body(), "hello");
}

TEST_F(WriteTest, StatusAndHeadersReachTheClient) {
  script.on_execute = [](IHttpContext* context) {
    IHttpResponse* response = context->GetResponse();
    EXPECT_EQ(response->SetStatus(404, "Not Found"), S_OK);
    EXPECT_EQ(response->SetHeader("X-Test", "1", 1, TRUE), S_OK);
    EXPECT_EQ(response->SetHeader(HttpHeaderContentType, "text/plain", 10, TRUE), S_OK);
    USHORT length = 9;
    EXPECT_EQ(response->GetHeader("missing", &length), nullptr);
    EXPECT_EQ(length, 0);
    EXPECT_STREQ(response->GetHeader("content-type", &length), "text/plain");
    EXPECT_EQ(length, 10);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(StatusLine(), "HTTP/1.1 404 Not Found");
}

TEST_F(WriteTest, PendingFlushCompletesWithTheBytesFlushed) {
  std::vector<std::pair<DWORD, HRESULT>> completions;
  script.on_execute = [](IHttpContext* context) {
    HTTP_DATA_CHUNK chunk = Chunk("hello", 5);
    DWORD sent = 0;
    context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent, nullptr);
    BOOL pending = FALSE;
    EXPECT_EQ(context->GetResponse()->Flush(TRUE, TRUE, &sent, &pending), S_OK);
    EXPECT_TRUE(pending);
    return RQ_NOTIFICATION_PENDING;
  };
  script.on_completion = [&](IHttpContext*, IHttpCompletionInfo2* info, DWORD notification,
                             BOOL post) {
    completions.emplace_back(info->GetCompletionBytes(), info->GetCompletionStatus());
    EXPECT_EQ(info->GetCompletedOperation(), 2u);
    EXPECT_EQ(notification, static_cast<DWORD>(RQ_EXECUTE_REQUEST_HANDLER));
    EXPECT_EQ(post, FALSE);
    return RQ_NOTIFICATION_CONTINUE;
  };
  EXPECT_EQ(Run(&pending_).end, trace::RunEnd::kComplete);
  EXPECT_EQ(completions, (std::vector<std::pair<DWORD, HRESULT>>{{5, S_OK}}));
  EXPECT_EQ(Body(), "hello");
}

TEST_F(WriteTest, WithoutBufferingAWriteIsSentAtOnce) {
  scenario.host.response_buffering = false;
  bool sent_before_end = false;
  script.on_execute = [&](IHttpContext* context) {
    Writes("hello")(context);
    sent_before_end = context->GetResponseHeadersSent() != FALSE;
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_TRUE(sent_before_end);
  EXPECT_EQ(Body(), "hello");
}

TEST_F(WriteTest, ReachingTheBufferLimitFlushes) {
  scenario.host.response_buffer_limit_bytes = 4;
  script.on_execute = [&](IHttpContext* context) {
    Writes("hello")(context);
    EXPECT_TRUE(context->GetResponseHeadersSent());
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(Body(), "hello");
}

TEST_F(WriteTest, ClearDropsWhatIsNotFlushedYet) {
  script.on_execute = [&](IHttpContext* context) {
    Writes("one")(context);
    DWORD sent = 0;
    context->GetResponse()->Flush(FALSE, TRUE, &sent);
    Writes("two")(context);
    context->GetResponse()->Clear();
    Writes("three")(context);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(Body(), "onethree");
}

TEST_F(WriteTest, ByReferenceInFrontAndBehind) {
  static const char kFront[] = "<";
  static const char kBack[] = ">";
  script.on_execute = [&](IHttpContext* context) {
    Writes("body")(context);
    HTTP_DATA_CHUNK back = Chunk(kBack, 1);
    HTTP_DATA_CHUNK front = Chunk(kFront, 1);
    EXPECT_EQ(context->GetResponse()->WriteEntityChunkByReference(&back, -1), S_OK);
    EXPECT_EQ(context->GetResponse()->WriteEntityChunkByReference(&front, 0), S_OK);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(Body(), "<body>");
}

TEST_F(WriteTest, NullChunksAndTooManyChunksFail) {
  script.on_execute = [](IHttpContext* context) {
    DWORD sent = 0;
    IHttpResponse* response = context->GetResponse();
    EXPECT_EQ(response->WriteEntityChunks(nullptr, 1, FALSE, FALSE, &sent, nullptr),
              HRESULT_FROM_WIN32(ERROR_INVALID_PARAMETER));
    const std::vector<HTTP_DATA_CHUNK> chunks(65536, Chunk("x", 1));
    EXPECT_EQ(response->WriteEntityChunks(const_cast<HTTP_DATA_CHUNK*>(chunks.data()), 65536, FALSE,
                                          FALSE, &sent, nullptr),
              HRESULT_FROM_WIN32(ERROR_ARITHMETIC_OVERFLOW));
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(Body(), "");
}

TEST_F(WriteTest, MemoryChangedWhileAnUnbufferedWriteIsPendingIsReported) {
  scenario.host.response_buffering = false;
  static char data[6];
  script.on_execute = [](IHttpContext* context) {
    memcpy(data, "hello", 6);
    HTTP_DATA_CHUNK chunk = Chunk(data, 5);
    DWORD sent = 0;
    BOOL pending = FALSE;
    context->GetResponse()->WriteEntityChunks(&chunk, 1, TRUE, FALSE, &sent, &pending);
    EXPECT_TRUE(pending);
    data[0] = 'j';
    return RQ_NOTIFICATION_PENDING;
  };
  Run(&pending_);
  // The array of chunks was on the stack of the handler that has returned: told apart by d.
  const auto violated = Events(EventKind::kMemoryViolated);
  ASSERT_EQ(violated.size(), 2u);
  EXPECT_EQ(violated[0].d, 1);
  EXPECT_EQ(violated[0].b, static_cast<uint32_t>(trace::MemoryFault::kStackFrameLeft));
  EXPECT_EQ(violated[1].d, 0);
  EXPECT_EQ(violated[1].b, static_cast<uint32_t>(trace::MemoryFault::kChanged));
  EXPECT_EQ(Body(), "hello");  // what is sent does not depend on what became of the memory
}

TEST_F(WriteTest, MemoryOfAWriteThatFailedIsTheModulesAgain) {
  scenario.host.response_buffering = false;
  scenario.host.network_faults = true;
  static char data[6];
  script.on_execute = [](IHttpContext* context) {
    memcpy(data, "hello", 6);
    HTTP_DATA_CHUNK chunk = Chunk(data, 5);
    DWORD sent = 0;
    BOOL pending = TRUE;
    EXPECT_TRUE(
        FAILED(context->GetResponse()->WriteEntityChunks(&chunk, 1, TRUE, FALSE, &sent, &pending)));
    EXPECT_FALSE(pending);
    EXPECT_EQ(context->GetResponse()->GetRawHttpResponse()->EntityChunkCount, 0);
    data[0] = 'j';
    return RQ_NOTIFICATION_FINISH_REQUEST;
  };
  ScriptedStrategy failing;
  failing.answer = [](const Ask& ask) { return ask.question == Question::kStatus ? 1u : 0u; };
  Run(&failing);
  EXPECT_EQ(Events(EventKind::kMemoryViolated).size(), 0u);
  EXPECT_EQ(Body(), "");
}

TEST_F(WriteTest, SendResponseMayChangeTheResponseThatIsBeingSent) {
  script.notifications |= RQ_SEND_RESPONSE;
  script.on_execute = Writes("original");
  int raised = 0;
  script.on_send = [&](IHttpContext* context, ISendResponseProvider* provider) {
    ++raised;
    EXPECT_TRUE(provider->GetHeadersBeingSent());
    context->GetResponse()->Clear();
    return Writes("changed")(context);
  };
  Run();
  EXPECT_EQ(raised, 1);
  EXPECT_EQ(Body(), "changed");
}

TEST_F(WriteTest, HeadGetsHeadersOnly) {
  scenario.requests[0].method = "HEAD";
  script.on_execute = Writes("hello");
  Run();
  EXPECT_EQ(StatusLine(), "HTTP/1.1 200 OK");
  EXPECT_EQ(Body(), "");
}

TEST_F(WriteTest, WritesAfterAResetSucceedAndReachNobody) {
  scenario.host.write_after_disconnect = Choice::kFirst;
  script.on_execute = [&](IHttpContext* context) {
    context->GetResponse()->ResetConnection();
    EXPECT_FALSE(context->GetConnection()->IsConnected());
    return Writes("hello")(context);
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(Body(), "");
}

TEST_F(WriteTest, RedirectSetsStatusAndLocation) {
  script.on_execute = [](IHttpContext* context) {
    EXPECT_EQ(context->GetResponse()->Redirect("/elsewhere"), S_OK);
    EXPECT_STREQ(context->GetResponse()->GetHeader(HttpHeaderLocation),
                 "http://localhost/elsewhere");
    return RQ_NOTIFICATION_FINISH_REQUEST;
  };
  Run();
  EXPECT_EQ(StatusLine(), "HTTP/1.1 302 Redirect");
}

TEST_F(WriteTest, AFragmentThatIsNotInTheServersCacheFails) {
  HRESULT result = S_OK;
  script.on_execute = [&](IHttpContext* context) {
    HTTP_DATA_CHUNK chunk{};
    chunk.DataChunkType = HttpDataChunkFromFragmentCache;
    chunk.FromFragmentCache.pFragmentName = L"missing";
    DWORD sent = 0;
    result = context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, FALSE, &sent, nullptr);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(result, HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND));
}

}  // namespace
}  // namespace pendulum::host

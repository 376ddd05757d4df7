// ReadEntityBody in its outcomes: inline and pending, partial, at the end of the body, cancelled,
// disconnected.
#include <string>

#include "harness/host/world.h"
#include "tests/host/fixture.h"

namespace pendulum::host {
namespace {

using sched::Ask;
using sched::Question;
using trace::EventKind;

constexpr HRESULT kEof = HRESULT_FROM_WIN32(ERROR_HANDLE_EOF);

// Reads asynchronously into `buffer` until the end, inline results included; CONTINUE then.
struct Reader {
  char buffer[64];
  std::string read;
  HRESULT last = S_OK;
  int completions = 0;

  REQUEST_NOTIFICATION_STATUS Go(IHttpContext* context) {
    for (;;) {
      DWORD bytes = 0;
      BOOL pending = FALSE;
      last = context->GetRequest()->ReadEntityBody(buffer, sizeof(buffer), TRUE, &bytes, &pending);
      if (pending) return RQ_NOTIFICATION_PENDING;
      if (FAILED(last) || bytes == 0) return RQ_NOTIFICATION_CONTINUE;
      read.append(buffer, bytes);
    }
  }
  REQUEST_NOTIFICATION_STATUS Completed(IHttpContext* context, IHttpCompletionInfo* info) {
    ++completions;
    last = info->GetCompletionStatus();
    const DWORD bytes = info->GetCompletionBytes();
    if (FAILED(last) || bytes == 0) return RQ_NOTIFICATION_CONTINUE;
    read.append(buffer, bytes);
    return Go(context);
  }
};

class ReadTest : public HostTest {
 protected:
  ReadTest() {
    script.on_execute = [this](IHttpContext* context) { return reader.Go(context); };
    script.on_completion = [this](IHttpContext* context, IHttpCompletionInfo2* info, DWORD, BOOL) {
      return reader.Completed(context, info);
    };
  }
  Reader reader;
};

TEST_F(ReadTest, InlineReadsDeliverTheBodyAndEndWithHandleEof) {
  Post("hello, world");
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(reader.read, "hello, world");
  EXPECT_EQ(reader.last, kEof);
  EXPECT_EQ(reader.completions, 0);
}

TEST_F(ReadTest, PendingReadsDeliverTheSameBytesThroughCompletions) {
  Post("hello, world");
  ScriptedStrategy pending;
  pending.answer = [](const Ask& ask) { return ask.question == Question::kTiming ? 1u : 0u; };
  EXPECT_EQ(Run(&pending).end, trace::RunEnd::kComplete);
  EXPECT_EQ(reader.read, "hello, world");
  EXPECT_EQ(reader.completions, 2);
  const auto delivered = Events(EventKind::kCompletionDelivered);
  ASSERT_EQ(delivered.size(), 2u);
  EXPECT_EQ(delivered[0].a, 12u);
  EXPECT_EQ(delivered[0].b, static_cast<uint32_t>(S_OK));
}

TEST_F(ReadTest, WhatAPendingReadLeavesAsItsCountIsChosenOnce) {
  const DWORD kBefore = 77;
  const DWORD left[] = {0xDEADBEEF, kBefore, 0, sizeof(reader.buffer)};
  for (uint32_t answer = 0; answer < std::size(left); ++answer) {
    SCOPED_TRACE(answer);
    Post("hello, world");
    int asked = 0;
    ScriptedStrategy strategy;
    strategy.answer = [&](const Ask& ask) {
      if (ask.question != Question::kCount) return ask.question == Question::kTiming ? 1u : 0u;
      ++asked;
      EXPECT_EQ(ask.answers, std::size(left));
      return answer;
    };
    std::vector<DWORD> seen;
    const auto read = [&](IHttpContext* context) {
      DWORD bytes = kBefore;
      BOOL pending = FALSE;
      context->GetRequest()->ReadEntityBody(reader.buffer, sizeof(reader.buffer), TRUE, &bytes,
                                            &pending);
      EXPECT_TRUE(pending);
      seen.push_back(bytes);
      return RQ_NOTIFICATION_PENDING;
    };
    script.on_execute = read;
    script.on_completion = [&](IHttpContext* context, IHttpCompletionInfo2*, DWORD, BOOL) {
      return seen.size() == 2 ? RQ_NOTIFICATION_CONTINUE : read(context);
    };
    EXPECT_EQ(Run(&strategy).end, trace::RunEnd::kComplete);
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(seen, std::vector<DWORD>(2, left[answer]));
  }
  scenario.host.poison_out_parameters = false;
}

TEST_F(ReadTest, EndOfBodyMayBeZeroBytesWithSuccess) {
  Post("x");
  scenario.host.end_of_body = Choice::kSecond;
  Run();
  EXPECT_EQ(reader.read, "x");
  EXPECT_EQ(reader.last, S_OK);
}

TEST_F(ReadTest, PartialReadsGiveOneByteOrHalf) {
  Post("0123456789");
  ScriptedStrategy one;
  one.answer = [](const Ask& ask) { return ask.question == Question::kBytes ? 1u : 0u; };
  Run(&one);
  EXPECT_EQ(reader.read, "0123456789");
  const auto returned = Events(EventKind::kOperationReturned);
  ASSERT_GE(returned.size(), 2u);
  EXPECT_EQ(returned[0].b, 1u);
}

TEST_F(ReadTest, WaitsForBytesThatHaveNotArrived) {
  Post("abcdef", {2});
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(reader.read, "abcdef");
  EXPECT_GE(reader.completions, 1);
  EXPECT_EQ(Count(EventKind::kClientSent), 3);
}

TEST_F(ReadTest, SynchronousReadBlocksUntilBytesArrive) {
  Post("abcdef", {3});
  std::string read;
  script.on_execute = [&](IHttpContext* context) {
    char buffer[16];
    DWORD bytes = 0;
    while (SUCCEEDED(context->GetRequest()->ReadEntityBody(buffer, sizeof(buffer), FALSE, &bytes,
                                                           nullptr)) &&
           bytes > 0) {
      read.append(buffer, bytes);
    }
    return RQ_NOTIFICATION_CONTINUE;
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(read, "abcdef");
  EXPECT_EQ(Count(EventKind::kWaitBegan), 2);
}

TEST_F(ReadTest, NullFlagAlwaysBringsACompletionForASuccess) {
  Post("abc");
  script.on_execute = [&](IHttpContext* context) {
    const HRESULT result =
        context->GetRequest()->ReadEntityBody(reader.buffer, 64, TRUE, nullptr, nullptr);
    return SUCCEEDED(result) ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(reader.completions, 1);
  EXPECT_EQ(reader.read, "abc");
}

TEST_F(ReadTest, DisconnectCompletesAPendingReadWithAnError) {
  Post("abcdef", {3});
  scenario.requests[0].client.disconnect = DisconnectWhen::kDuringBody;
  Run();
  EXPECT_EQ(reader.read, "abc");
  EXPECT_EQ(reader.last, HRESULT_FROM_WIN32(ERROR_NETNAME_DELETED));
  EXPECT_EQ(Count(EventKind::kClientDisconnected), 1);
}

TEST_F(ReadTest, CancelIoCompletesThePendingReadAsAborted) {
  Post("abcdef", {3});
  HRESULT cancelled = E_FAIL;
  script.on_execute = [&](IHttpContext* context) {
    BOOL pending = FALSE;
    context->GetRequest()->ReadEntityBody(reader.buffer, 64, TRUE, nullptr, &pending);
    EXPECT_TRUE(pending);
    cancelled = context->CancelIo();
    return RQ_NOTIFICATION_PENDING;
  };
  scenario.host.completion_timing = Choice::kSecond;
  Run();
  EXPECT_EQ(cancelled, S_OK);
  EXPECT_EQ(reader.last, HRESULT_FROM_WIN32(ERROR_OPERATION_ABORTED));
}

TEST_F(ReadTest, CancelIoWithNothingPendingFails) {
  HRESULT cancelled = S_OK;
  script.on_execute = [&](IHttpContext* context) {
    cancelled = context->CancelIo();
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(cancelled, HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
}

TEST_F(ReadTest, RemainingBytesAreZeroCountedOrUnknown) {
  std::vector<DWORD> remaining;
  script.on_execute = [&](IHttpContext* context) {
    remaining.push_back(context->GetRequest()->GetRemainingEntityBytes());
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  Post("12345");
  Run();
  scenario.requests[0].framing = BodyFraming::kChunked;
  Run();
  EXPECT_EQ(remaining, (std::vector<DWORD>{0, 5, 0xFFFFFFFF}));
}

TEST_F(ReadTest, InsertedBytesComeBeforeTheRest) {
  Post("world");
  char inserted[] = "hello ";
  script.on_execute = [&](IHttpContext* context) {
    EXPECT_EQ(context->GetRequest()->InsertEntityBody(inserted, 6), S_OK);
    return reader.Go(context);
  };
  Run();
  EXPECT_EQ(reader.read, "hello world");
}

TEST_F(ReadTest, ReadEntityIsRaisedForEveryRead) {
  Post("abc");
  int raised = 0;
  script.notifications |= RQ_READ_ENTITY;
  script.on_read_entity = [&](IHttpContext*, IReadEntityProvider*) {
    ++raised;
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(raised, 2);  // the data, then the end
}

TEST_F(ReadTest, NullBufferIsAnInvalidParameter) {
  HRESULT result = S_OK;
  script.on_execute = [&](IHttpContext* context) {
    DWORD bytes = 7;
    result = context->GetRequest()->ReadEntityBody(nullptr, 5, FALSE, &bytes, nullptr);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(result, HRESULT_FROM_WIN32(ERROR_INVALID_PARAMETER));
}

TEST_F(ReadTest, BufferInAFrameThatWasLeftIsReportedAndNotWritten) {
  Post("abcdef", {3});
  scenario.host.completion_timing = Choice::kSecond;
  script.on_execute = [](IHttpContext* context) {
    char local[64];
    BOOL pending = FALSE;
    context->GetRequest()->ReadEntityBody(local, sizeof(local), TRUE, nullptr, &pending);
    return RQ_NOTIFICATION_PENDING;
  };
  script.on_completion = [](IHttpContext*, IHttpCompletionInfo2*, DWORD, BOOL) {
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  const auto violated = Events(EventKind::kMemoryViolated);
  ASSERT_EQ(violated.size(), 1u);
  EXPECT_EQ(violated[0].b, static_cast<uint32_t>(trace::MemoryFault::kStackFrameLeft));
}

TEST_F(ReadTest, FillBufferWaitsUntilTheBufferIsFull) {
  Post("abcdefgh", {3});
  DWORD bytes = 0;
  script.on_execute = [&](IHttpContext* context) {
    auto* request = static_cast<IHttpRequest4*>(context->GetRequest());
    char buffer[6];
    EXPECT_EQ(request->ReadEntityBody(buffer, sizeof(buffer), FALSE,
                                      ULONG{HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER},
                                      &bytes, nullptr),
              S_OK);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(bytes, 6u);
}

TEST_F(ReadTest, CompletionsOfARequestFollowEachOtherWhenTheyMayNotOverlap) {
  scenario.host.concurrent_completions = false;
  int inside = 0;
  int overlaps = 0;
  script.on_execute = [](IHttpContext* context) {
    context->PostCompletion(1);
    context->PostCompletion(2);
    return RQ_NOTIFICATION_PENDING;
  };
  script.on_completion = [&](IHttpContext*, IHttpCompletionInfo2* info, DWORD, BOOL) {
    if (++inside > 1) ++overlaps;
    for (int i = 0; i < 3; ++i) win32::CallScope point(nullptr);
    --inside;
    return info->GetCompletionBytes() == 2 ? RQ_NOTIFICATION_CONTINUE : RQ_NOTIFICATION_PENDING;
  };
  sched::RandomStrategy random(5);
  for (uint64_t run = 0; run < 200; ++run) Run(&random, run);
  EXPECT_EQ(overlaps, 0);
  scenario.host.concurrent_completions = true;
  for (uint64_t run = 0; run < 200; ++run) Run(&random, run);
  EXPECT_GT(overlaps, 0);
}

TEST_F(ReadTest, EveryRandomScheduleDeliversTheWholeBody) {
  std::string body;
  for (int i = 0; i < 500; ++i) body += static_cast<char>('a' + i % 26);
  Post(body, {100, 37});
  sched::RandomStrategy random(7);
  for (uint64_t run = 0; run < 300; ++run) {
    reader = {};
    ASSERT_EQ(Run(&random, run).end, trace::RunEnd::kComplete) << "run " << run;
    ASSERT_EQ(reader.read, body) << "run " << run;
  }
}

}  // namespace
}  // namespace pendulum::host

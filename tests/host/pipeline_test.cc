// Notifications in order, what each status does, and completions that carry a request on from
// elsewhere, also before the handler has returned.
#include <string>

#include "tests/host/fixture.h"

namespace pendulum::host {
namespace {

using sched::Ask;
using sched::Question;
using trace::EventKind;
using trace::Notification;

class PipelineTest : public HostTest {
 protected:
  std::vector<Notification> Entered() const {
    std::vector<Notification> entered;
    for (const trace::Event& event : Events(EventKind::kNotificationEntered)) {
      entered.push_back(static_cast<Notification>(event.d & 0xFF));
    }
    return entered;
  }
};

TEST_F(PipelineTest, DeterministicNotificationsComeInOrderWithTheirPostEvents) {
  script.notifications =
      RQ_BEGIN_REQUEST | RQ_EXECUTE_REQUEST_HANDLER | RQ_LOG_REQUEST | RQ_END_REQUEST;
  script.post_notifications = RQ_EXECUTE_REQUEST_HANDLER;
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(Entered(), (std::vector<Notification>{
                           Notification::kBeginRequest, Notification::kExecuteRequestHandler,
                           Notification::kExecuteRequestHandler, Notification::kLogRequest,
                           Notification::kEndRequest}));
  const auto events = Events(EventKind::kNotificationEntered);
  EXPECT_EQ(events[1].d & trace::kPost, 0);
  EXPECT_EQ(events[2].d & trace::kPost, trace::kPost);
}

TEST_F(PipelineTest, FinishRequestSkipsToTheLog) {
  script.notifications =
      RQ_BEGIN_REQUEST | RQ_EXECUTE_REQUEST_HANDLER | RQ_LOG_REQUEST | RQ_END_REQUEST;
  script.on_begin = [](IHttpContext*) { return RQ_NOTIFICATION_FINISH_REQUEST; };
  Run();
  EXPECT_EQ(Entered(),
            (std::vector<Notification>{Notification::kBeginRequest, Notification::kLogRequest,
                                       Notification::kEndRequest}));
}

TEST_F(PipelineTest, PendingWithNothingOutstandingIsStuck) {
  script.on_execute = [](IHttpContext*) { return RQ_NOTIFICATION_PENDING; };
  EXPECT_EQ(Run().end, trace::RunEnd::kStuck);
  const auto parked = Events(EventKind::kRequestParked);
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_EQ(parked[0].a, 0u);
  EXPECT_EQ(parked[0].d & 0xFF, static_cast<int>(Notification::kExecuteRequestHandler));
}

TEST_F(PipelineTest, PostCompletionReentersWithItsBytes) {
  DWORD bytes = 0;
  script.on_execute = [](IHttpContext* context) {
    EXPECT_EQ(context->PostCompletion(42), S_OK);
    return RQ_NOTIFICATION_PENDING;
  };
  script.on_completion = [&](IHttpContext*, IHttpCompletionInfo2* info, DWORD, BOOL) {
    bytes = info->GetCompletionBytes();
    return RQ_NOTIFICATION_CONTINUE;
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(bytes, 42u);
}

TEST_F(PipelineTest, ACompletionCanEndTheRequestBeforeTheHandlerReturns) {
  bool disposed_while_inside = false;
  bool inside = false;
  script.on_execute = [&](IHttpContext* context) {
    inside = true;
    context->PostCompletion(0);
    for (int i = 0; i < 20; ++i) win32::CallScope point(nullptr);
    inside = false;
    return RQ_NOTIFICATION_PENDING;
  };
  script.on_dispose = [&] { disposed_while_inside = disposed_while_inside || inside; };
  ScriptedStrategy eager;  // whatever else can happen happens before the handler goes on
  eager.answer = [](const Ask& ask) {
    return ask.question == Question::kTransition ? ask.answers - 1u : 0u;
  };
  EXPECT_EQ(Run(&eager).end, trace::RunEnd::kComplete);
  EXPECT_TRUE(disposed_while_inside);
}

TEST_F(PipelineTest, IndicateCompletionRunsTheRestNestedAndPendingIsThenHarmless) {
  script.notifications = RQ_EXECUTE_REQUEST_HANDLER | RQ_END_REQUEST;
  bool ended_inside = false;
  bool end_seen = false;
  script.on_end = [&](IHttpContext*) {
    end_seen = true;
    return RQ_NOTIFICATION_CONTINUE;
  };
  script.on_execute = [&](IHttpContext* context) {
    context->IndicateCompletion(RQ_NOTIFICATION_CONTINUE);
    ended_inside = end_seen;
    return RQ_NOTIFICATION_PENDING;
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_TRUE(ended_inside);
}

TEST_F(PipelineTest, CallsAfterTheEndMeetATombstone) {
  IHttpContext* kept = nullptr;
  script.on_execute = [&](IHttpContext* context) {
    kept = context;
    context->IndicateCompletion(RQ_NOTIFICATION_CONTINUE);
    EXPECT_EQ(context->GetResponse()->SetStatus(500, "x"), HRESULT_FROM_WIN32(ERROR_INVALID_STATE));
    return RQ_NOTIFICATION_PENDING;
  };
  Run();
  EXPECT_NE(kept, nullptr);
  const auto ended = Events(EventKind::kRequestEnded);
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(Count(EventKind::kRequestEnded), 1);
}

TEST_F(PipelineTest, AnExceptionStopsAtTheBoundary) {
  script.on_execute = [](IHttpContext*) -> REQUEST_NOTIFICATION_STATUS { throw 1; };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  EXPECT_EQ(Count(EventKind::kExceptionCrossed), 1);
  EXPECT_EQ(StatusLine(), "HTTP/1.1 500 Internal Server Error");
}

TEST_F(PipelineTest, AHandlerThatIsNotOverriddenIsTold) {
  script.notifications = RQ_AUTHORIZE_REQUEST;
  Run();
  EXPECT_EQ(Count(EventKind::kHandlerMissing), 1);
}

TEST_F(PipelineTest, RequestsOfAKeepAliveConnectionFollowEachOther) {
  scenario.requests.push_back({});
  scenario.requests[1].on_same_connection = true;
  Run();
  const auto began = Events(EventKind::kRequestBegan);
  const auto ended = Events(EventKind::kRequestEnded);
  ASSERT_EQ(began.size(), 2u);
  ASSERT_EQ(ended.size(), 2u);
  EXPECT_EQ(ended[0].request, 0);
  EXPECT_EQ(began[1].request, 1);
}

TEST_F(PipelineTest, DisabledNotificationsDoNotCome) {
  script.notifications = RQ_BEGIN_REQUEST | RQ_EXECUTE_REQUEST_HANDLER | RQ_END_REQUEST;
  script.on_begin = [](IHttpContext* context) {
    context->DisableNotifications(RQ_EXECUTE_REQUEST_HANDLER, 0);
    return RQ_NOTIFICATION_CONTINUE;
  };
  Run();
  EXPECT_EQ(Entered(),
            (std::vector<Notification>{Notification::kBeginRequest, Notification::kEndRequest}));
}

TEST_F(PipelineTest, StoredContextsAreCleanedUpOnce) {
  struct Context final : IHttpStoredContext {
    int* cleaned;
    explicit Context(int* count) : cleaned(count) {}
    VOID CleanupStoredContext() override { ++*cleaned; }
    virtual ~Context() = default;
  };
  int cleaned = 0;
  Context context(&cleaned);
  HTTP_MODULE_ID id = nullptr;
  script.on_execute = [&](IHttpContext* http) {
    IHttpModuleContextContainer* container = http->GetModuleContextContainer();
    EXPECT_EQ(container->SetModuleContext(nullptr, id),
              HRESULT_FROM_WIN32(ERROR_INVALID_PARAMETER));
    EXPECT_EQ(container->SetModuleContext(&context, id), S_OK);
    EXPECT_EQ(container->SetModuleContext(&context, id),
              HRESULT_FROM_WIN32(ERROR_ALREADY_ASSIGNED));
    EXPECT_EQ(container->GetModuleContext(id), &context);
    return RQ_NOTIFICATION_CONTINUE;
  };
  id = ModuleIdForTest();
  Run();
  EXPECT_EQ(cleaned, 1);
  EXPECT_EQ(Count(EventKind::kContextCleaned), 1);
}

TEST_F(PipelineTest, TheSameSeedGivesTheSameTrace) {
  Post("0123456789", {3});
  script.on_execute = [](IHttpContext* context) {
    static char buffer[8];
    BOOL pending = FALSE;
    const HRESULT result =
        context->GetRequest()->ReadEntityBody(buffer, sizeof(buffer), TRUE, nullptr, &pending);
    return SUCCEEDED(result) && pending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
  };
  sched::RandomStrategy random(3);
  for (uint64_t run = 0; run < 50; ++run) {
    Run(&random, run);
    const uint64_t first = TraceHash();
    Run(&random, run);
    ASSERT_EQ(TraceHash(), first) << "run " << run;
  }
}

}  // namespace
}  // namespace pendulum::host

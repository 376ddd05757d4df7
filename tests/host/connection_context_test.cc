// What a context that is stored with a connection does when the client goes away.
#include "tests/host/fixture.h"

namespace pendulum::host {
namespace {

using trace::EventKind;

// Posts a completion for the request that waits when its client has gone.
class Watch final : public IHttpConnectionStoredContext {
 public:
  explicit Watch(IHttpContext* context) : context_(context) {}
  void NotifyDisconnect() override { context_->PostCompletion(0); }
  void CleanupStoredContext() override { delete this; }

 private:
  IHttpContext* context_;
};

class ConnectionContextTest : public HostTest {};

TEST_F(ConnectionContextTest, WhatItStartsIsItsModules) {
  scenario.requests.resize(1);
  scenario.requests[0].client.disconnect = DisconnectWhen::kAnyTime;
  script.on_execute = [](IHttpContext* context) {
    context->GetConnection()->GetModuleContextContainer()->SetConnectionModuleContext(
        new Watch(context), ModuleIdForTest());
    return RQ_NOTIFICATION_PENDING;
  };
  script.on_completion = [](IHttpContext*, IHttpCompletionInfo2*, DWORD, BOOL) {
    return RQ_NOTIFICATION_CONTINUE;
  };
  EXPECT_EQ(Run().end, trace::RunEnd::kComplete);
  const auto called = Events(EventKind::kOperationCalled);
  const auto delivered = Events(EventKind::kCompletionDelivered);
  ASSERT_EQ(called.size(), 1u);
  ASSERT_EQ(delivered.size(), 1u);
  EXPECT_EQ(called[0].module, 0);
  EXPECT_EQ(called[0].module, delivered[0].module);
}

}  // namespace
}  // namespace pendulum::host

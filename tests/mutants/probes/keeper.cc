// Stores contexts with everything that has a container, also where there is one already, and has a
// global module that is told of the server's life.
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

HTTP_MODULE_ID module_id = nullptr;
IHttpServer* server = nullptr;

class Stored final : public IHttpStoredContext {
 public:
  VOID CleanupStoredContext() override {}
};

class StoredWithConnection final : public IHttpConnectionStoredContext {
 public:
  VOID CleanupStoredContext() override {}
  VOID NotifyDisconnect() override {}
};

void StoreIn(IHttpModuleContextContainer* container) {
  if (container == nullptr || OneIn(3)) return;
  if (OneIn(6)) container->SetModuleContext(nullptr, module_id);
  container->SetModuleContext(Make<Stored>(), module_id);
  if (OneIn(4)) container->SetModuleContext(Make<Stored>(), module_id);
  container->GetModuleContext(module_id);
}

void StoreDispensed() {
  IDispensedHttpModuleContextContainer* container = server->DispenseContainer();
  if (container == nullptr) return;
  StoreIn(container);
  container->ReleaseContainer();
}

class Custom final : public ICustomNotificationProvider {
 public:
  PCWSTR QueryNotificationType() override { return L"Probe"; }
  VOID SetErrorStatus(HRESULT) override {}
};

class Keeper final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    StoreIn(context->GetModuleContextContainer());
    StoreIn(context->GetSite()->GetModuleContextContainer());
    StoreIn(context->GetApplication()->GetModuleContextContainer());
    StoreIn(context->GetUrlInfo()->GetModuleContextContainer());
    StoreIn(context->GetMetadata()->GetModuleContextContainer());
    if (IHttpConnection* connection = context->GetConnection()) {
      connection->IsConnected();
      IHttpConnectionModuleContextContainer* container = connection->GetModuleContextContainer();
      if (OneIn(2)) {
        container->SetConnectionModuleContext(Make<StoredWithConnection>(), module_id);
        container->GetConnectionModuleContext(module_id);
      } else {
        StoreIn(container);
      }
    }
    auto* named = static_cast<IHttpContext3*>(context)->GetNamedContextContainer();
    if (OneIn(2)) {
      named->SetNamedContext(Make<Stored>(), L"probe");
      if (OneIn(3)) named->SetNamedContext(Make<Stored>(), L"probe");
      named->GetNamedContext(L"probe");
    }
    if (OneIn(2)) StoreDispensed();
    context->AllocateRequestMemory(100);
    if (OneIn(2)) server->ReportUnhealthy(L"a probe", E_FAIL);
    if (OneIn(2)) server->NotifyCustomNotification(Make<Custom>());
    return RQ_NOTIFICATION_CONTINUE;
  }
};

class Global final : public CGlobalModule {
 public:
  virtual ~Global() = default;
  GLOBAL_NOTIFICATION_STATUS OnGlobalApplicationStart(IHttpApplicationStartProvider*) override {
    return GL_NOTIFICATION_CONTINUE;
  }
  GLOBAL_NOTIFICATION_STATUS OnGlobalPreBeginRequest(IPreBeginRequestProvider* provider) override {
    provider->GetHttpContext();
    return GL_NOTIFICATION_CONTINUE;
  }
  GLOBAL_NOTIFICATION_STATUS OnGlobalApplicationStop(IHttpApplicationStopProvider*) override {
    return GL_NOTIFICATION_CONTINUE;
  }
  GLOBAL_NOTIFICATION_STATUS OnGlobalStopListening(IGlobalStopListeningProvider*) override {
    return GL_NOTIFICATION_CONTINUE;
  }
  GLOBAL_NOTIFICATION_STATUS OnGlobalHealthCheck() override { return GL_NOTIFICATION_CONTINUE; }
  GLOBAL_NOTIFICATION_STATUS OnGlobalCustomNotification(
      ICustomNotificationProvider* provider) override {
    provider->QueryNotificationType();
    return OneIn(3) ? GL_NOTIFICATION_HANDLED : GL_NOTIFICATION_CONTINUE;
  }
  VOID Terminate() override {}
};

}  // namespace

int32_t RegisterKeeper(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer* the_server) {
  server = the_server;
  module_id = info->GetId();
  static Global global;
  const DWORD always =
      GL_PRE_BEGIN_REQUEST | GL_APPLICATION_START | GL_APPLICATION_STOP | GL_STOP_LISTENING;
  const DWORD seldom = OneIn(3) ? 0 : GL_HEALTH_CHECK | GL_CUSTOM_NOTIFICATION;
  const HRESULT result = info->SetGlobalNotifications(&global, always | seldom);
  if (OneIn(4)) info->SetGlobalNotifications(&global, always);
  for (const DWORD bit : {GL_PRE_BEGIN_REQUEST, GL_APPLICATION_START, GL_CUSTOM_NOTIFICATION}) {
    info->SetPriorityForGlobalNotification(bit,
                                           OneIn(2) ? PRIORITY_ALIAS_HIGH : PRIORITY_ALIAS_LOW);
  }
  info->GetName();
  info->GetId();
  // At the end again: what was stored at the beginning is still there.
  return FAILED(result) ? result : RegisterForOne<Keeper>(info, RQ_BEGIN_REQUEST | RQ_END_REQUEST);
}

}  // namespace pendulum::mutants

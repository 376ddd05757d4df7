// Is registered for every notification of the pipeline with priorities of its own, lets some of
// them wait, ends the request early now and then, and asks not to be notified again.
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

class Observer final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    if (OneIn(20)) context->DisableNotifications(1u << Pick(12), 1u << Pick(12));
    if (OneIn(20)) {
      DWORD notification = 0;
      context->GetCurrentExecutionStats(&notification);
      context->GetIsLastNotification(RQ_NOTIFICATION_CONTINUE);
      BOOL post = FALSE;
      CHttpModule* next = nullptr;
      IHttpEventProvider* provider = nullptr;
      context->GetNextNotification(RQ_NOTIFICATION_CONTINUE, &notification, &post, &next,
                                   &provider);
    }
    if (OneIn(15) && SUCCEEDED(context->PostCompletion(Pick(100)))) return RQ_NOTIFICATION_PENDING;
    return OneIn(60) ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_CONTINUE;
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    info->GetCompletionBytes();
    if (OneIn(6) && SUCCEEDED(context->PostCompletion(3))) return RQ_NOTIFICATION_PENDING;
    return OneIn(6) ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_CONTINUE;
  }
};

// A factory that can't make a module now and then.
class SeldomFactory final : public IHttpModuleFactory {
 public:
  virtual ~SeldomFactory() = default;
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator* allocator) override {
    if (OneIn(12)) return E_OUTOFMEMORY;
    if (allocator != nullptr) allocator->AllocateMemory(24);
    *module = Make<Observer>();
    return S_OK;
  }
  VOID Terminate() override {}
};

}  // namespace

int32_t RegisterObserver(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  static SeldomFactory factory;
  const PCWSTR aliases[] = {PRIORITY_ALIAS_FIRST, PRIORITY_ALIAS_HIGH, PRIORITY_ALIAS_MEDIUM,
                            PRIORITY_ALIAS_LOW, PRIORITY_ALIAS_LAST};
  const DWORD which = OneIn(3) ? kPipelineNotifications : Pick(kPipelineNotifications + 1);
  const DWORD post = OneIn(3) ? kPipelineNotifications : Pick(kPipelineNotifications + 1);
  info->GetId();
  const HRESULT result = info->SetRequestNotifications(&factory, which, post);
  if (FAILED(result)) return result;
  if (OneIn(4)) info->SetRequestNotifications(&factory, which, post);
  for (int bit = 0; bit < 12; ++bit) {
    if (OneIn(2)) info->SetPriorityForRequestNotification(DWORD{1} << bit, aliases[Pick(5)]);
  }
  return S_OK;
}

}  // namespace pendulum::mutants

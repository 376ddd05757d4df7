// Posts completions and indicates them: from the handler, from OnAsyncCompletion, from a thread of
// its own, before and after the handler has returned.
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

class Poster final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    context_ = context;
    left_ = Pick(3);
    switch (Pick(5)) {
      case 0:
        return RQ_NOTIFICATION_CONTINUE;
      case 1:
        return Start();
      case 2:
        // Later notifications run inside the call; the handler then returns PENDING.
        context->IndicateCompletion(Status());
        return RQ_NOTIFICATION_PENDING;
      default:
        return Post(context);
    }
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    info->GetCompletionBytes();
    info->GetCompletionStatus();
    static_cast<IHttpCompletionInfo2*>(info)->GetCompletedOperation();
    if (left_-- > 0) return OneIn(4) ? Start() : Post(context);
    if (OneIn(4)) {
      context->IndicateCompletion(Status());
      return RQ_NOTIFICATION_PENDING;
    }
    return Status();
  }

 private:
  static REQUEST_NOTIFICATION_STATUS Status() {
    return OneIn(3) ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_CONTINUE;
  }

  static REQUEST_NOTIFICATION_STATUS Post(IHttpContext* context) {
    const DWORD bytes = Pick(1000);
    const HRESULT result =
        OneIn(4) ? static_cast<IHttpContext3*>(context)->PostCompletion(bytes, nullptr, nullptr)
                 : context->PostCompletion(bytes);
    return FAILED(result) ? RQ_NOTIFICATION_CONTINUE : RQ_NOTIFICATION_PENDING;
  }

  REQUEST_NOTIFICATION_STATUS Start() {
    const HANDLE thread = CreateThread(nullptr, 0, &Run, this, 0, nullptr);
    if (thread == nullptr) return RQ_NOTIFICATION_CONTINUE;
    CloseHandle(thread);
    return RQ_NOTIFICATION_PENDING;
  }

  static DWORD WINAPI Run(VOID* raw) {
    auto* self = static_cast<Poster*>(raw);
    if (OneIn(2)) Sleep(10);
    if (OneIn(2) || FAILED(self->context_->PostCompletion(7))) {
      self->context_->IndicateCompletion(Status());
    }
    return 0;
  }

  IHttpContext* context_ = nullptr;
  uint32_t left_ = 0;
};

}  // namespace

int32_t RegisterPoster(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return RegisterForOne<Poster>(info);
}

}  // namespace pendulum::mutants

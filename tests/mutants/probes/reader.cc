// Reads the request's body: synchronously and not, with and without pointers, in all versions of
// the interface; looks at what remains; inserts bytes.
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

constexpr DWORD kSizes[] = {1, 7, 16, 64, 512, 4096};
constexpr int kMostReads = 40;

class Reader final : public Actor {
 protected:
  Step Next(IHttpContext* context) override {
    IHttpRequest* request = context->GetRequest();
    if (!begun_) Begin(context, request);
    if (OneIn(3)) request->GetRemainingEntityBytes();
    if (over_ || reads_ == kMostReads) return Step::kOver;
    ++reads_;
    CallForm form = PickForm();
    const HRESULT result = Read(request, &form);
    if (form.Pending(result)) return Step::kPending;
    // Without a count an inline read is followed by another one: the end will be told.
    const bool unknown = SUCCEEDED(result) && form.null_count;
    if (!unknown) Completed(result, form.count);
    return Step::kGoOn;
  }

  void Completed(HRESULT status, DWORD bytes) override {
    // One more read at the end gives the end again.
    if (FAILED(status) || bytes == 0) over_ = ends_++ != 0 || !OneIn(4);
  }

  REQUEST_NOTIFICATION_STATUS Last() override {
    return OneIn(6) ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_CONTINUE;
  }

 private:
  void Begin(IHttpContext* context, IHttpRequest* request) {
    begun_ = true;
    largest_ = OneIn(3) ? 4096 : kSizes[Pick(6)];
    if (OneIn(5)) context->GetConnection();
    if (!OneIn(5)) return;
    void* memory = context->AllocateRequestMemory(5);
    if (memory != nullptr) request->InsertEntityBody(memory, 5);
  }

  HRESULT Read(IHttpRequest* request, CallForm* form) {
    const DWORD bytes = OneIn(4) ? kSizes[Pick(6)] : largest_;
    if (OneIn(5)) {
      // The page of this version has one flag; without it the call is the older one.
      const ULONG flags = OneIn(2) ? HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER : 0;
      return static_cast<IHttpRequest4*>(request)->ReadEntityBody(
          buffer_, bytes, form->async, flags, form->count_pointer(), form->flag_pointer());
    }
    if (form->async && OneIn(5)) {
      return static_cast<IHttpRequest3*>(request)->ReadEntityBody(
          buffer_, bytes, TRUE, &Routine, static_cast<Actor*>(this), form->count_pointer(),
          form->flag_pointer());
    }
    return request->ReadEntityBody(buffer_, bytes, form->async, form->count_pointer(),
                                   form->flag_pointer());
  }

  bool begun_ = false;
  bool over_ = false;
  int reads_ = 0;
  int ends_ = 0;
  DWORD largest_ = 0;
  char buffer_[4096] = {};
};

}  // namespace

int32_t RegisterReader(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return RegisterForOne<Reader>(info);
}

}  // namespace pendulum::mutants

// Starts reads, writes and flushes and cancels them, or has nothing to cancel.
#include <cstring>

#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

class Canceller final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    if (OneIn(4)) context->CancelIo();
    BOOL pending = FALSE;
    HRESULT result = S_OK;
    switch (Pick(3)) {
      case 0:
        result = context->GetRequest()->ReadEntityBody(buffer_, sizeof(buffer_), TRUE, nullptr,
                                                       &pending);
        break;
      case 1:
        result = Write(context->GetResponse(), &pending);
        break;
      default:
        result = context->GetResponse()->Flush(TRUE, TRUE, nullptr, &pending);
        break;
    }
    if (FAILED(result) || !pending) return RQ_NOTIFICATION_CONTINUE;
    if (!OneIn(3)) context->CancelIo();
    return RQ_NOTIFICATION_PENDING;
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext*, DWORD, BOOL, IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    info->GetCompletionStatus();
    static_cast<IHttpCompletionInfo2*>(info)->GetCompletedOperation();
    return RQ_NOTIFICATION_CONTINUE;
  }

 private:
  HRESULT Write(IHttpResponse* response, BOOL* pending) {
    chunk_ = Make<HTTP_DATA_CHUNK>();
    std::memset(chunk_, 0, sizeof(*chunk_));
    chunk_->DataChunkType = HttpDataChunkFromMemory;
    chunk_->FromMemory.pBuffer = buffer_;
    chunk_->FromMemory.BufferLength = 20;
    return response->WriteEntityChunks(chunk_, 1, TRUE, TRUE, nullptr, pending);
  }

  HTTP_DATA_CHUNK* chunk_ = nullptr;
  char buffer_[64] = {};
};

}  // namespace

int32_t RegisterCanceller(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return RegisterForOne<Canceller>(info);
}

}  // namespace pendulum::mutants

// A completion storm: each request writes, flushes, reads and posts in turn, 16 operations in all.
// Each of them may complete inline, later, or before the call that started it has returned.
#include <httpserv.h>

namespace {

constexpr int kOperations = 16;

class StormModule : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(IHttpContext* context,
                                                      IHttpEventProvider* provider) override {
    return Go(context, provider);
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider* provider,
                                                IHttpCompletionInfo* info) override {
    const HRESULT status = info->GetCompletionStatus();
    if (FAILED(status)) return Fail(provider, status);
    return Go(context, provider);
  }

 private:
  // Starts operations for as long as they complete inline.
  REQUEST_NOTIFICATION_STATUS Go(IHttpContext* context, IHttpEventProvider* provider) {
    while (started_ < kOperations) {
      BOOL pending = FALSE;
      const HRESULT status = Start(context, started_++, &pending);
      if (FAILED(status)) return Fail(provider, status);
      // The completion may have come already: nothing of this object is touched any more.
      if (pending) return RQ_NOTIFICATION_PENDING;
    }
    return RQ_NOTIFICATION_CONTINUE;
  }

  HRESULT Start(IHttpContext* context, int number, BOOL* pending) {
    DWORD count = 0;
    switch (number % 4) {
      case 0:
        chunk_ = {};
        chunk_.DataChunkType = HttpDataChunkFromMemory;
        chunk_.FromMemory.pBuffer = text_;
        chunk_.FromMemory.BufferLength = sizeof text_;
        return context->GetResponse()->WriteEntityChunks(&chunk_, 1, TRUE, TRUE, &count, pending);
      case 1:
        return context->GetResponse()->Flush(TRUE, TRUE, &count, pending);
      case 2:
        return context->GetRequest()->ReadEntityBody(piece_, sizeof piece_, TRUE, &count, pending);
      default:
        *pending = TRUE;
        return context->PostCompletion(0);
    }
  }

  static REQUEST_NOTIFICATION_STATUS Fail(IHttpEventProvider* provider, HRESULT status) {
    provider->SetErrorStatus(status);
    return RQ_NOTIFICATION_FINISH_REQUEST;
  }

  int started_ = 0;
  HTTP_DATA_CHUNK chunk_;
  BYTE piece_[16];
  char text_[8] = {'a', ' ', 's', 't', 'o', 'r', 'm', '\n'};
};

class StormFactory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    *module = new StormModule;
    return S_OK;
  }
  void Terminate() override { delete this; }
};

}  // namespace

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new StormFactory, RQ_EXECUTE_REQUEST_HANDLER, 0);
}

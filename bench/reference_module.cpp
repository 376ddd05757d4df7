// The reference request, the work of which the benchmarks measure: 13 notifications, three partial
// asynchronous body reads, one asynchronous write of two chunks, one asynchronous flush and one
// posted completion, so 6 completions; a string and a vector on the heap.
#include <httpserv.h>

#include <string>
#include <vector>

namespace {

constexpr DWORD kReads = 3;
constexpr DWORD kPieceBytes = 256;

class ReferenceModule : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext*, IHttpEventProvider*) override {
    log_ = "a reference request that has begun";
    body_.reserve(kReads * kPieceBytes);
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnAuthenticateRequest(IHttpContext*,
                                                    IAuthenticationProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnAuthorizeRequest(IHttpContext*, IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnResolveRequestCache(IHttpContext*, IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnMapRequestHandler(IHttpContext*, IMapHandlerProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnAcquireRequestState(IHttpContext*, IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnPreExecuteRequestHandler(IHttpContext*,
                                                         IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(IHttpContext* context,
                                                      IHttpEventProvider* provider) override {
    return Go(context, provider);
  }
  REQUEST_NOTIFICATION_STATUS OnReleaseRequestState(IHttpContext*, IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnUpdateRequestCache(IHttpContext*, IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnSendResponse(IHttpContext*, ISendResponseProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnLogRequest(IHttpContext*, IHttpEventProvider*) override {
    log_ += ", and has ended";
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnEndRequest(IHttpContext*, IHttpEventProvider*) override {
    return RQ_NOTIFICATION_CONTINUE;
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider* provider,
                                                IHttpCompletionInfo* info) override {
    const HRESULT status = info->GetCompletionStatus();
    if (FAILED(status)) return Fail(provider, status);
    Done(info->GetCompletionBytes());
    return Go(context, provider);
  }

 private:
  enum class Step { kRead, kWrite, kFlush, kPost, kEnd };

  // Starts operations for as long as they complete inline.
  REQUEST_NOTIFICATION_STATUS Go(IHttpContext* context, IHttpEventProvider* provider) {
    while (step_ != Step::kEnd) {
      DWORD count = 0;
      BOOL pending = FALSE;
      const HRESULT status = Start(context, &count, &pending);
      if (FAILED(status)) return Fail(provider, status);
      // The completion may have come already: nothing of this object is touched any more.
      if (pending) return RQ_NOTIFICATION_PENDING;
      Done(count);
    }
    return RQ_NOTIFICATION_CONTINUE;
  }

  HRESULT Start(IHttpContext* context, DWORD* count, BOOL* pending) {
    switch (step_) {
      case Step::kRead:
        return context->GetRequest()->ReadEntityBody(piece_, sizeof piece_, TRUE, count, pending);
      case Step::kWrite:
        SetChunk(&chunks_[0], head_, 4);
        SetChunk(&chunks_[1], body_.data(), static_cast<DWORD>(body_.size()));
        return context->GetResponse()->WriteEntityChunks(chunks_, 2, TRUE, TRUE, count, pending);
      case Step::kFlush:
        return context->GetResponse()->Flush(TRUE, FALSE, count, pending);
      default:
        *pending = TRUE;
        return context->PostCompletion(0);
    }
  }

  // The present step is done.
  void Done(DWORD bytes) {
    switch (step_) {
      case Step::kRead:
        body_.insert(body_.end(), piece_, piece_ + bytes);
        if (bytes == 0 || ++reads_ == kReads) step_ = Step::kWrite;
        break;
      case Step::kWrite:
        step_ = Step::kFlush;
        break;
      case Step::kFlush:
        step_ = Step::kPost;
        break;
      default:
        step_ = Step::kEnd;
        break;
    }
  }

  static void SetChunk(HTTP_DATA_CHUNK* chunk, void* data, DWORD bytes) {
    *chunk = {};
    chunk->DataChunkType = HttpDataChunkFromMemory;
    chunk->FromMemory.pBuffer = data;
    chunk->FromMemory.BufferLength = bytes;
  }

  static REQUEST_NOTIFICATION_STATUS Fail(IHttpEventProvider* provider, HRESULT status) {
    provider->SetErrorStatus(status);
    return RQ_NOTIFICATION_FINISH_REQUEST;
  }

  Step step_ = Step::kRead;
  DWORD reads_ = 0;
  std::string log_;
  std::vector<BYTE> body_;
  HTTP_DATA_CHUNK chunks_[2];
  BYTE piece_[kPieceBytes];
  char head_[4] = {'b', 'o', 'd', 'y'};
};

class ReferenceFactory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    *module = new ReferenceModule;
    return S_OK;
  }
  void Terminate() override { delete this; }
};

}  // namespace

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(
      new ReferenceFactory,
      RQ_BEGIN_REQUEST | RQ_AUTHENTICATE_REQUEST | RQ_AUTHORIZE_REQUEST | RQ_RESOLVE_REQUEST_CACHE |
          RQ_MAP_REQUEST_HANDLER | RQ_ACQUIRE_REQUEST_STATE | RQ_PRE_EXECUTE_REQUEST_HANDLER |
          RQ_EXECUTE_REQUEST_HANDLER | RQ_RELEASE_REQUEST_STATE | RQ_UPDATE_REQUEST_CACHE |
          RQ_SEND_RESPONSE | RQ_LOG_REQUEST | RQ_END_REQUEST,
      0);
}

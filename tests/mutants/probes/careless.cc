// Passes what the documentation forbids, so that the host's refusals are seen; and a module that
// fails to register.
#include <cstring>

#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

constexpr DWORD kTooMany = 65536;

class Careless final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    IHttpResponse* response = context->GetResponse();
    CallForm form = PickForm();
    HRESULT result = S_OK;
    switch (Pick(8)) {
      case 7:
        // The first of the two completions lets the request end.
        context->PostCompletion(1);
        context->PostCompletion(2);
        return RQ_NOTIFICATION_PENDING;
      case 0:
        result = response->WriteEntityChunks(nullptr, 1 + Pick(3), form.async, TRUE,
                                             form.count_pointer(), form.flag_pointer());
        break;
      case 1:
        result = WriteTooMany(response, &form);
        break;
      case 2:
        result = response->WriteEntityChunkByReference(nullptr, -1);
        form.async = false;
        break;
      case 3:
        result = context->GetRequest()->ReadEntityBody(nullptr, 16, form.async,
                                                       form.count_pointer(), form.flag_pointer());
        break;
      case 4:
        result = context->GetRequest()->ReadEntityBody(buffer_, 0, form.async, form.count_pointer(),
                                                       form.flag_pointer());
        break;
      case 5:
        result = WriteNothingKnown(response, &form);
        break;
      default:
        return WriteMany(context);
    }
    return form.Pending(result) ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext*, DWORD, BOOL, IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    info->GetCompletionStatus();
    return RQ_NOTIFICATION_CONTINUE;
  }

 private:
  static HRESULT WriteTooMany(IHttpResponse* response, CallForm* form) {
    auto* chunks = Make<std::vector<HTTP_DATA_CHUNK>>(kTooMany);
    for (HTTP_DATA_CHUNK& chunk : *chunks) {
      std::memset(&chunk, 0, sizeof(chunk));
      chunk.DataChunkType = HttpDataChunkFromMemory;
    }
    return response->WriteEntityChunks(chunks->data(), kTooMany, form->async, TRUE,
                                       form->count_pointer(), form->flag_pointer());
  }

  HRESULT WriteNothingKnown(IHttpResponse* response, CallForm* form) {
    auto* chunk = Make<HTTP_DATA_CHUNK>();
    std::memset(chunk, 0, sizeof(*chunk));
    chunk->DataChunkType = OneIn(2) ? HttpDataChunkMaximum : HttpDataChunkFromMemory;
    chunk->FromMemory.BufferLength = 5;
    return response->WriteEntityChunks(chunk, 1, form->async, TRUE, form->count_pointer(),
                                       form->flag_pointer());
  }

  // Allowed, and more chunks than most write.
  REQUEST_NOTIFICATION_STATUS WriteMany(IHttpContext* context) {
    HTTP_DATA_CHUNK chunk;
    std::memset(&chunk, 0, sizeof(chunk));
    chunk.DataChunkType = HttpDataChunkFromMemory;
    chunk.FromMemory.pBuffer = buffer_;
    chunk.FromMemory.BufferLength = sizeof(buffer_);
    for (int i = 0; i < 8; ++i) {
      DWORD sent = 0;
      if (FAILED(context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent))) break;
    }
    return RQ_NOTIFICATION_CONTINUE;
  }

  char buffer_[16] = {};
};

}  // namespace

int32_t RegisterCareless(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return RegisterForOne<Careless>(info);
}

int32_t RegisterRefused(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  RegisterForOne<Careless>(info);
  return E_FAIL;
}

}  // namespace pendulum::mutants

// Reads the body and writes each piece back at once, then flushes: reads and writes in turn.
#include <cstring>

#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

class Echo final : public Actor {
 protected:
  Step Next(IHttpContext* context) override {
    CallForm form = PickForm();
    form.null_count = false;
    HRESULT result = S_OK;
    const Doing doing = doing_;
    switch (doing) {
      case Doing::kReading:
        result = context->GetRequest()->ReadEntityBody(
            buffer_, 1 + Pick(sizeof(buffer_)), form.async, &form.count, form.flag_pointer());
        break;
      case Doing::kWriting:
        result = Write(context->GetResponse(), &form);
        break;
      case Doing::kFlushing:
        result =
            context->GetResponse()->Flush(form.async, OneIn(2), &form.count, form.flag_pointer());
        break;
      case Doing::kNothing:
        return Step::kOver;
    }
    if (form.Pending(result)) return Step::kPending;
    Completed(result, form.count);
    return Step::kGoOn;
  }

  void Completed(HRESULT status, DWORD bytes) override {
    switch (doing_) {
      case Doing::kReading:
        bytes_ = bytes > sizeof(buffer_) ? sizeof(buffer_) : bytes;
        doing_ = FAILED(status) || bytes == 0 ? Doing::kFlushing : Doing::kWriting;
        if (++pieces_ > 20) doing_ = Doing::kFlushing;
        break;
      case Doing::kWriting:
        doing_ = FAILED(status) ? Doing::kNothing : Doing::kReading;
        break;
      default:
        doing_ = Doing::kNothing;
        break;
    }
  }

 private:
  enum class Doing : uint8_t { kReading, kWriting, kFlushing, kNothing };

  HRESULT Write(IHttpResponse* response, CallForm* form) {
    HTTP_DATA_CHUNK* chunk = Make<HTTP_DATA_CHUNK>();
    std::memset(chunk, 0, sizeof(*chunk));
    // Data of a pending write has to stay as it is: a copy for each.
    auto* copy = Make<std::vector<char>>(buffer_, buffer_ + bytes_);
    chunk->DataChunkType = HttpDataChunkFromMemory;
    chunk->FromMemory.pBuffer = copy->data();
    chunk->FromMemory.BufferLength = bytes_;
    return response->WriteEntityChunks(chunk, 1, form->async, TRUE, &form->count,
                                       form->flag_pointer());
  }

  Doing doing_ = Doing::kReading;
  DWORD bytes_ = 0;
  int pieces_ = 0;
  char buffer_[256] = {};
};

}  // namespace

int32_t RegisterEcho(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return RegisterForOne<Echo>(info);
}

}  // namespace pendulum::mutants

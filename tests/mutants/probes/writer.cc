// Writes the response: chunks from memory, files and fragments, by reference, buffered and not;
// flushes, clears, redirects, suppresses headers; says in different ways that no more follows.
#include <cstring>

#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

IHttpServer* server = nullptr;
HANDLE file = INVALID_HANDLE_VALUE;

constexpr DWORD kFileBytes = 300;
constexpr wchar_t kFragment[] = L"/probe/fragment";

void MakeFile() {
  file = CreateFileA("C:\\probe.bin", GENERIC_READ | GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, 0,
                     nullptr);
  char text[kFileBytes];
  for (DWORD i = 0; i < kFileBytes; ++i) text[i] = static_cast<char>('A' + i * 5 % 26);
  DWORD written = 0;
  WriteFile(file, text, kFileBytes, &written, nullptr);
}

class Writer final : public Actor {
 public:
  Writer() {
    for (size_t i = 0; i < sizeof(data_); ++i) data_[i] = static_cast<char>('a' + i * 7 % 26);
    steps_ = static_cast<int>(Pick(7));
    size_ = OneIn(4) ? 600 : 1 + Pick(90);
    flushes_ = OneIn(2);
  }

 protected:
  Step Next(IHttpContext* context) override {
    IHttpResponse* response = context->GetResponse();
    if (OneIn(4)) context->GetResponseHeadersSent();
    if (done_ > steps_ || failed_) return Step::kOver;
    const bool last = done_++ == steps_;
    if (!last && OneIn(4)) {
      Arrange(response);
      return Step::kGoOn;
    }
    const bool more = !last || OneIn(2);
    if (last && OneIn(3)) return Step::kOver;
    return (flushes_ && OneIn(3)) || (!more && OneIn(2)) ? Flush(response, more)
                                                         : Write(response, more);
  }

  void Completed(HRESULT status, DWORD) override { failed_ = FAILED(status); }

  REQUEST_NOTIFICATION_STATUS Last() override {
    return OneIn(4) ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_CONTINUE;
  }

 private:
  // What does not start an operation that may go pending.
  void Arrange(IHttpResponse* response) {
    switch (Pick(8)) {
      case 0:
        response->DisableBuffering();
        break;
      case 1:
        response->Clear();
        break;
      case 2:
        response->Redirect("/elsewhere", TRUE, FALSE);
        break;
      case 3:
        response->SetHeader("X-Probe", "yes", 3, TRUE);
        break;
      case 4:
        if (OneIn(4)) response->SuppressHeaders();
        break;
      default:
        WriteByReference(response);
        break;
    }
  }

  void WriteByReference(IHttpResponse* response) {
    HTTP_DATA_CHUNK chunk = MemoryChunk();
    failed_ = FAILED(response->WriteEntityChunkByReference(&chunk, OneIn(4) ? 0 : -1));
  }

  // Its own bytes each time, which stay as they are until the run is over.
  HTTP_DATA_CHUNK MemoryChunk() {
    HTTP_DATA_CHUNK chunk;
    std::memset(&chunk, 0, sizeof(chunk));
    chunk.DataChunkType = HttpDataChunkFromMemory;
    chunk.FromMemory.pBuffer = data_ + Pick(sizeof(data_) / 2);
    chunk.FromMemory.BufferLength = OneIn(8) ? 0 : 1 + Pick(size_);
    return chunk;
  }

  HTTP_DATA_CHUNK AnyChunk() {
    HTTP_DATA_CHUNK chunk = MemoryChunk();
    if (OneIn(5)) {
      chunk.DataChunkType = HttpDataChunkFromFileHandle;
      chunk.FromFileHandle.ByteRange.StartingOffset.QuadPart = Pick(kFileBytes);
      const bool rest = OneIn(3);
      chunk.FromFileHandle.ByteRange.Length.QuadPart =
          rest ? HTTP_BYTE_RANGE_TO_EOF : 1 + Pick(kFileBytes / 2);
      chunk.FromFileHandle.FileHandle = file;
    } else if (OneIn(8)) {
      chunk.DataChunkType = HttpDataChunkFromFragmentCache;
      chunk.FromFragmentCache.FragmentNameLength = sizeof(kFragment) - sizeof(wchar_t);
      chunk.FromFragmentCache.pFragmentName = const_cast<wchar_t*>(kFragment);
    }
    return chunk;
  }

  Step Write(IHttpResponse* response, bool more) {
    CallForm form = PickForm();
    // The array has to outlive a call that goes pending, like the data.
    chunks_ = Make<std::vector<HTTP_DATA_CHUNK>>();
    for (uint32_t i = Pick(3) + 1; i > 0; --i) chunks_->push_back(AnyChunk());
    const auto count = static_cast<DWORD>(chunks_->size());
    HRESULT result;
    if (form.async && OneIn(5)) {
      result = static_cast<IHttpResponse2*>(response)->WriteEntityChunks(
          chunks_->data(), count, TRUE, more, &Routine, static_cast<Actor*>(this),
          form.count_pointer(), form.flag_pointer());
    } else {
      result = response->WriteEntityChunks(chunks_->data(), count, form.async, more,
                                           form.count_pointer(), form.flag_pointer());
    }
    return Returned(result, form);
  }

  Step Flush(IHttpResponse* response, bool more) {
    CallForm form = PickForm();
    HRESULT result;
    if (form.async && OneIn(5)) {
      result = static_cast<IHttpResponse2*>(response)->Flush(
          TRUE, more, &Routine, static_cast<Actor*>(this), form.count_pointer(),
          form.flag_pointer());
    } else {
      result = response->Flush(form.async, more, form.count_pointer(), form.flag_pointer());
    }
    return Returned(result, form);
  }

  Step Returned(HRESULT result, const CallForm& form) {
    if (form.Pending(result)) return Step::kPending;
    failed_ = FAILED(result);
    return Step::kGoOn;
  }

  int done_ = 0;
  int steps_;
  bool failed_ = false;
  bool flushes_;
  uint32_t size_;
  std::vector<HTTP_DATA_CHUNK>* chunks_ = nullptr;
  char data_[2048];
};

}  // namespace

int32_t RegisterWriter(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer* the_server) {
  server = the_server;
  MakeFile();
  char text[] = "a fragment of a response, kept by the server";
  HTTP_DATA_CHUNK chunk;
  std::memset(&chunk, 0, sizeof(chunk));
  chunk.DataChunkType = HttpDataChunkFromMemory;
  chunk.FromMemory.pBuffer = text;
  chunk.FromMemory.BufferLength = sizeof(text) - 1;
  server->AddFragmentToCache(&chunk, kFragment);
  return RegisterForOne<Writer>(info);
}

}  // namespace pendulum::mutants

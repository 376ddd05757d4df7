// The module that the fuzz targets of the host drive: what it does stands in the request's URL, as
// harness/fuzz/script.h says. It does what it is told, right or wrong, and is safe for memory
// whatever that is: nothing of it is freed before the server stops.
#include <httpserv.h>
#include <stdlib.h>
#include <string.h>

namespace {

IHttpServer* server = nullptr;

struct Operation {
  char step = 0;
  DWORD size = 0;
  bool async = false;
  bool more = false;
  bool two = false;
};

bool Skip(const char** at, char character) {
  if (**at != character) return false;
  ++*at;
  return true;
}

Operation ReadOperation(const char** at) {
  Operation operation;
  operation.step = *(*at)++;
  while (**at >= '0' && **at <= '9') {
    operation.size = operation.size * 10 + static_cast<DWORD>(*(*at)++ - '0');
  }
  operation.async = Skip(at, 'a');
  operation.more = Skip(at, 'm');
  operation.two = Skip(at, 't');
  return operation;
}

class ScriptedModule : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(IHttpContext* context,
                                                      IHttpEventProvider* provider) override {
    if (script_ == nullptr && !TakeScript(context)) return RQ_NOTIFICATION_CONTINUE;
    return Activate(context, provider);
  }
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider* provider,
                                                IHttpCompletionInfo*) override {
    return Activate(context, provider);
  }
  // The factory frees it: an activation may be going on.
  void Dispose() override {}
  ~ScriptedModule() { delete[] script_; }

  ScriptedModule* next = nullptr;

 private:
  bool TakeScript(IHttpContext* context) {
    const char* const url = context->GetRequest()->GetRawHttpRequest()->pRawUrl;
    if (url == nullptr || strncmp(url, "/?", 2) != 0) return false;
    script_ = new char[strlen(url + 2) + 1];
    strcpy(script_, url + 2);
    next_activation_ = script_;
    return true;
  }

  // Does what stands up to the next semicolon.
  REQUEST_NOTIFICATION_STATUS Activate(IHttpContext* context, IHttpEventProvider* provider) {
    const char* at = next_activation_;
    const char* const end = strchr(at, ';');
    next_activation_ = end == nullptr ? at + strlen(at) : end + 1;
    bool pending = false;
    while (*at != '\0' && *at != ';' && *at != '=') {
      pending = Do(ReadOperation(&at), context, provider);
    }
    if (Skip(&at, '=')) {
      if (*at == 'c') return RQ_NOTIFICATION_CONTINUE;
      if (*at == 'p') return RQ_NOTIFICATION_PENDING;
      return RQ_NOTIFICATION_FINISH_REQUEST;
    }
    return pending ? RQ_NOTIFICATION_PENDING : RQ_NOTIFICATION_CONTINUE;
  }

  // Returns whether a completion will come.
  bool Do(const Operation& operation, IHttpContext* context, IHttpEventProvider* provider) {
    switch (operation.step) {
      case 'w':
        return Write(operation, context);
      case 'f':
        return Flush(operation, context->GetResponse());
      case 'r':
        return Read(operation, context);
      case 'p':
        return SUCCEEDED(context->PostCompletion(operation.size));
      case 'h':
        SetHeader(operation, context->GetResponse());
        return false;
      case 'e':
        Insert(operation, context);
        return false;
      case 'i':
        context->IndicateCompletion(RQ_NOTIFICATION_CONTINUE);
        return true;
      case 'q':
        provider->SetErrorStatus(E_FAIL);
        return false;
      default:
        DoSimple(operation, context);
        return false;
    }
  }

  static void DoSimple(const Operation& operation, IHttpContext* context) {
    IHttpResponse* const response = context->GetResponse();
    switch (operation.step) {
      case 's':
        response->SetStatus(static_cast<USHORT>(operation.size), "Scripted");
        break;
      case 'c':
        response->Clear();
        break;
      case 'x':
        context->CancelIo();
        break;
      case 'b':
        response->DisableBuffering();
        break;
      case 'd':
        response->SetNeedDisconnect();
        break;
      case 'k':
        response->ResetConnection();
        break;
      case 'u':
        EnableFullDuplex(context);
        break;
      case 'g':
        context->GetRequest()->GetRemainingEntityBytes();
        break;
      default:
        break;
    }
  }

  static void EnableFullDuplex(IHttpContext* context) {
    IHttpContext3* extended = nullptr;
    if (SUCCEEDED(HttpGetExtendedInterface(server, context, &extended))) {
      extended->EnableFullDuplex();
    }
  }

  // Memory of the request, filled; nullptr when there is none.
  static void* Allocate(IHttpContext* context, DWORD bytes, char with) {
    void* const memory = context->AllocateRequestMemory(bytes == 0 ? 1 : bytes);
    if (memory != nullptr) memset(memory, with, bytes);
    return memory;
  }

  static bool Write(const Operation& operation, IHttpContext* context) {
    void* const memory = Allocate(context, operation.size, 'w');
    auto* const chunks =
        static_cast<HTTP_DATA_CHUNK*>(context->AllocateRequestMemory(2 * sizeof(HTTP_DATA_CHUNK)));
    if (memory == nullptr || chunks == nullptr) return false;
    const DWORD first = operation.two ? operation.size / 2 : operation.size;
    SetChunk(&chunks[0], memory, first);
    SetChunk(&chunks[1], static_cast<char*>(memory) + first, operation.size - first);
    DWORD sent = 0;
    BOOL pending = FALSE;
    const HRESULT result = context->GetResponse()->WriteEntityChunks(
        chunks, operation.two ? 2 : 1, operation.async, operation.more, &sent, &pending);
    return SUCCEEDED(result) && operation.async && pending;
  }

  static void SetChunk(HTTP_DATA_CHUNK* chunk, void* data, DWORD bytes) {
    memset(chunk, 0, sizeof *chunk);
    chunk->DataChunkType = HttpDataChunkFromMemory;
    chunk->FromMemory.pBuffer = data;
    chunk->FromMemory.BufferLength = bytes;
  }

  static bool Flush(const Operation& operation, IHttpResponse* response) {
    DWORD sent = 0;
    BOOL pending = FALSE;
    const HRESULT result = response->Flush(operation.async, operation.more, &sent, &pending);
    return SUCCEEDED(result) && operation.async && pending;
  }

  static bool Read(const Operation& operation, IHttpContext* context) {
    void* const memory = Allocate(context, operation.size, 'r');
    if (memory == nullptr) return false;
    DWORD received = 0;
    BOOL pending = FALSE;
    const HRESULT result = context->GetRequest()->ReadEntityBody(
        memory, operation.size, operation.async, &received, &pending);
    return SUCCEEDED(result) && operation.async && pending;
  }

  static void Insert(const Operation& operation, IHttpContext* context) {
    void* const memory = Allocate(context, operation.size, 'e');
    if (memory != nullptr) context->GetRequest()->InsertEntityBody(memory, operation.size);
  }

  static void SetHeader(const Operation& operation, IHttpResponse* response) {
    char value[256];
    const DWORD bytes = operation.size < sizeof value ? operation.size : sizeof value - 1;
    memset(value, 'h', bytes);
    value[bytes] = '\0';
    response->SetHeader("X-Scripted", value, static_cast<USHORT>(bytes), TRUE);
  }

  char* script_ = nullptr;
  const char* next_activation_ = "";
};

class ScriptedFactory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    auto* const made = new ScriptedModule;
    made->next = modules_;
    modules_ = made;
    *module = made;
    return S_OK;
  }
  void Terminate() override {
    while (modules_ != nullptr) {
      ScriptedModule* const next = modules_->next;
      delete modules_;
      modules_ = next;
    }
    delete this;
  }

 private:
  ScriptedModule* modules_ = nullptr;
};

}  // namespace

HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer* present) {
  server = present;
  return info->SetRequestNotifications(new ScriptedFactory, RQ_EXECUTE_REQUEST_HANDLER, 0);
}

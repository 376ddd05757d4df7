// Makes what surrounds a response's body: status, headers, redirections, and the connection's end.
#include <cstring>

#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

class Responder final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    IHttpResponse* response = context->GetResponse();
    for (uint32_t i = Pick(6); i > 0; --i) Change(response);
    if (OneIn(3)) Write(response);
    if (OneIn(3)) {
      DWORD sent = 0;
      response->Flush(FALSE, TRUE, &sent);
      Change(response);
      if (OneIn(2)) Write(response);
    }
    if (OneIn(6)) EndConnection(context, response);
    Look(context, response);
    return OneIn(3) ? RQ_NOTIFICATION_FINISH_REQUEST : RQ_NOTIFICATION_CONTINUE;
  }

 private:
  static void Change(IHttpResponse* response) {
    switch (Pick(11)) {
      case 0:
        response->SetStatus(404, "Not Found", 4, HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
        break;
      case 1:
        response->SetStatus(static_cast<USHORT>(200 + Pick(300)), "Probed");
        break;
      case 2:
        response->SetHeader("X-Probe", "one", 3, OneIn(2));
        break;
      case 3:
        response->SetHeader(HttpHeaderServer, "probe", 5, TRUE);
        break;
      case 4:
        response->DeleteHeader("X-Probe");
        break;
      case 5:
        response->DeleteHeader(HttpHeaderServer);
        break;
      case 6:
        response->Clear();
        break;
      case 7:
        response->ClearHeaders();
        break;
      case 8:
        response->Redirect(OneIn(2) ? "/other?a=b" : "http://example.com/there", OneIn(2),
                           OneIn(2));
        break;
      case 9:
        response->SetErrorDescription(L"a probe", 7, TRUE);
        break;
      default:
        response->SetStatus(1000, "Too Much");
        break;
    }
  }

  static void Look(IHttpContext* context, IHttpResponse* response) {
    USHORT code = 0;
    USHORT length = 0;
    response->GetStatus(&code);
    response->GetHeader("X-Probe", &length);
    response->GetHeader(HttpHeaderServer, &length);
    response->GetErrorDescription();
    response->GetKernelCacheEnabled();
    if (OneIn(4)) response->DisableKernelCache();
    if (OneIn(8)) response->GetRawHttpResponse();
    response->GetHeadersSuppressed();
    context->GetResponseHeadersSent();
  }

  void Write(IHttpResponse* response) {
    HTTP_DATA_CHUNK chunk;
    std::memset(&chunk, 0, sizeof(chunk));
    chunk.DataChunkType = HttpDataChunkFromMemory;
    chunk.FromMemory.pBuffer = text_;
    chunk.FromMemory.BufferLength = sizeof(text_) - 1;
    if (OneIn(3)) {
      response->WriteEntityChunkByReference(&chunk, OneIn(2) ? 0 : -1);
      return;
    }
    DWORD sent = 0;
    response->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent);
  }

  static void EndConnection(IHttpContext* context, IHttpResponse* response) {
    switch (Pick(3)) {
      case 0:
        response->SetNeedDisconnect();
        break;
      case 1:
        response->ResetConnection();
        break;
      default:
        response->CloseConnection();
        break;
    }
    if (IHttpConnection* connection = context->GetConnection()) connection->IsConnected();
  }

  char text_[24] = "written by a responder.";
};

}  // namespace

int32_t RegisterResponder(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return RegisterForOne<Responder>(info);
}

}  // namespace pendulum::mutants

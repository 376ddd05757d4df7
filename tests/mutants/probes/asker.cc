// Asks everything that can be asked of a request, its site and the server, makes child requests,
// and changes what a request says of itself.
#include <cstring>

#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

IHttpServer* server = nullptr;

class Asker final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    AskContext(static_cast<IHttpContext4*>(context));
    AskRequest(context->GetRequest());
    AskServer();
    if (OneIn(8)) context->SetRequestHandled();
    if (OneIn(8)) static_cast<IHttpContext3*>(context)->EnableFullDuplex();
    if (OneIn(3)) return MakeChild(context);
    if (OneIn(3) && SUCCEEDED(context->PostCompletion(1))) return RQ_NOTIFICATION_PENDING;
    return RQ_NOTIFICATION_CONTINUE;
  }

  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    info->GetCompletionStatus();
    static_cast<IHttpCompletionInfo2*>(info)->GetCompletedOperation();
    AskContext(static_cast<IHttpContext4*>(context));
    if (child_ != nullptr) child_->ReleaseClonedContext();
    child_ = nullptr;
    return RQ_NOTIFICATION_CONTINUE;
  }

 private:
  static void AskContext(IHttpContext4* context) {
    PCWSTR wide = nullptr;
    DWORD length = 0;
    context->GetServerVariable("HTTP_HOST", &wide, &length);
    context->GetServerVariable("NO_SUCH_VARIABLE", &wide, &length);
    if (OneIn(2)) context->SetServerVariable("PROBE", OneIn(2) ? L"yes" : nullptr);
    context->InheritServerVariable("PROBE", OneIn(2));
    context->GetRequestStartTime();
    context->GetRequestElapsedTime();
    context->GetParentContext();
    context->GetRootContext();
    context->GetUser();
    context->GetOriginalUser();
    context->GetPhysicalPath();
    context->GetScriptName();
    context->GetScriptMap();
    context->GetFileInfo();
    context->GetExecuteFlags();
    context->GetTraceContext();
    PVOID interface_pointer = nullptr;
    context->GetExtendedInterface(HTTP_CONTEXT_INTERFACE_VERSION{}, &interface_pointer);
    WCHAR path[4];
    DWORD bytes = sizeof(path);
    context->MapPath(L"/page", path, &bytes);
    if (IHttpConnection* connection = context->GetConnection()) connection->IsConnected();
    DWORD notification = 0;
    DWORD async_notification = 0;
    context->GetCurrentExecutionStats(&notification, nullptr, nullptr, nullptr,
                                      &async_notification);
    for (const auto status : {RQ_NOTIFICATION_CONTINUE, RQ_NOTIFICATION_FINISH_REQUEST}) {
      context->GetIsLastNotification(status);
    }
    context->GetModuleContextContainer();
    context->AllocateRequestMemory(16);
    context->AllocateRequestMemory(48);
  }

  static void AskRequest(IHttpRequest* request) {
    USHORT major = 0;
    USHORT minor = 0;
    request->GetHttpMethod();
    request->GetHttpVersion(&major, &minor);
    request->GetHeader("Host");
    request->GetHeader(HttpHeaderContentLength);
    request->GetRemainingEntityBytes();
    request->GetUrlChanged();
    request->GetSiteId();
    request->GetRawHttpRequest();
    if (OneIn(3)) request->SetHeader("X-Asked", "yes", 3, OneIn(2));
    if (OneIn(3)) request->DeleteHeader("X-Asked");
    if (OneIn(6)) request->SetUrl("/asked", 6, OneIn(2));
    HTTP_SSL_CLIENT_CERT_INFO* certificate = nullptr;
    BOOL negotiated = FALSE;
    request->GetClientCertificate(&certificate, &negotiated);
  }

  static void AskServer() {
    server->IsCommandLineLaunch();
    server->GetAppPoolName();
    server->IncrementThreadCount();
    server->DecrementThreadCount();
    server->GetPerfCounterInfo();
    BYTE buffer[8];
    DWORD copied = 0;
    server->ReadFragmentFromCache(L"/no/such", buffer, sizeof(buffer), &copied);
  }

  // A child's completion, if it is asynchronous, is delivered like any other.
  REQUEST_NOTIFICATION_STATUS MakeChild(IHttpContext* context) {
    IHttpContext* child = nullptr;
    if (FAILED(context->CloneContext(CLONE_FLAG_BASICS | CLONE_FLAG_HEADERS, &child)) ||
        child == nullptr) {
      return RQ_NOTIFICATION_CONTINUE;
    }
    child_ = child;
    BOOL expected = FALSE;
    const HRESULT result = context->ExecuteRequest(TRUE, child, 0, nullptr, &expected);
    if (SUCCEEDED(result) && expected) return RQ_NOTIFICATION_PENDING;
    child->ReleaseClonedContext();
    child_ = nullptr;
    return RQ_NOTIFICATION_CONTINUE;
  }

  IHttpContext* child_ = nullptr;
};

}  // namespace

int32_t RegisterAsker(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer* the_server) {
  server = the_server;
  return RegisterForOne<Asker>(info);
}

}  // namespace pendulum::mutants

// Looks on inside the calls of other modules: at responses before they are sent and bodies before
// they are read, when paths are mapped, and through notifications of its own making.
#include "tests/mutants/probes/probe.h"

namespace pendulum::mutants {
namespace {

constexpr char kEntity[] = "an entity of the visitor's own";

class Custom final : public ICustomNotificationProvider {
 public:
  PCWSTR QueryNotificationType() override { return L"Probe"; }
  VOID SetErrorStatus(HRESULT) override {}
};

class Visitor final : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override {
    BOOL expected = FALSE;
    if (OneIn(2)) context->NotifyCustomNotification(Make<Custom>(), &expected);
    WCHAR path[64];
    DWORD bytes = sizeof(path);
    if (OneIn(2)) context->MapPath(L"/some/page", path, &bytes);
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnSendResponse(IHttpContext* context,
                                             ISendResponseProvider* provider) override {
    provider->GetHeadersBeingSent();
    provider->GetFlags();
    if (OneIn(2)) context->GetResponse()->SetHeader("X-Visited", "1", 1, FALSE);
    if (OneIn(4)) Add(context->GetResponse());
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnReadEntity(IHttpContext*, IReadEntityProvider* provider) override {
    PVOID buffer = nullptr;
    DWORD data = 0;
    DWORD size = 0;
    provider->GetEntity(&buffer, &data, &size);
    if (OneIn(6)) {
      provider->SetEntity(const_cast<char*>(kEntity), sizeof(kEntity) - 1, sizeof(kEntity));
    }
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnMapPath(IHttpContext*, IMapPathProvider* provider) override {
    provider->GetUrl();
    return RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnCustomRequestNotification(
      IHttpContext*, ICustomNotificationProvider* provider) override {
    provider->QueryNotificationType();
    return RQ_NOTIFICATION_CONTINUE;
  }

 private:
  static void Add(IHttpResponse* response) {
    HTTP_DATA_CHUNK chunk{};
    chunk.DataChunkType = HttpDataChunkFromMemory;
    chunk.FromMemory.pBuffer = const_cast<char*>(kEntity);
    chunk.FromMemory.BufferLength = 10;
    DWORD sent = 0;
    response->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent);
  }
};

}  // namespace

int32_t RegisterVisitor(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  const DWORD inside =
      RQ_SEND_RESPONSE | RQ_READ_ENTITY | RQ_MAP_PATH | static_cast<DWORD>(RQ_CUSTOM_NOTIFICATION);
  const HRESULT result = RegisterForOne<Visitor>(info, inside);
  info->SetPriorityForRequestNotification(RQ_SEND_RESPONSE,
                                          OneIn(2) ? PRIORITY_ALIAS_HIGH : PRIORITY_ALIAS_LOW);
  return result;
}

}  // namespace pendulum::mutants

// What notifications carry: the providers of providers.h of the SDK, over a request.
#ifndef PENDULUM_HOST_PROVIDERS_H_
#define PENDULUM_HOST_PROVIDERS_H_

#include "harness/host/world.h"
#include "httpserv.h"

namespace pendulum::host {

class BasicProvider final : public IHttpEventProvider {
 public:
  explicit BasicProvider(Request* request) : request_(request) {}
  VOID SetErrorStatus(HRESULT hrError) override;

 private:
  Request* request_;
};

class AuthenticationProvider final : public IAuthenticationProvider {
 public:
  explicit AuthenticationProvider(Request* request) : request_(request) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  VOID SetUser(IHttpUser* pUser) override;

 private:
  Request* request_;
};

class MapHandlerProvider final : public IMapHandlerProvider {
 public:
  explicit MapHandlerProvider(Request* request) : request_(request) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  HRESULT SetScriptName(PCWSTR pszScriptName, DWORD cchScriptName) override;
  VOID SetScriptMap(IScriptMapInfo* pScriptMap) override;
  VOID SetFileInfo(IHttpFileInfo* pFileInfo) override;

 private:
  Request* request_;
};

// The providers of the deterministic notifications.
class BasicProviders {
 public:
  explicit BasicProviders(Request* request)
      : basic_(request), authentication_(request), map_handler_(request) {}
  IHttpEventProvider* For(trace::Notification notification, bool post);

 private:
  BasicProvider basic_;
  AuthenticationProvider authentication_;
  MapHandlerProvider map_handler_;
};

class SendResponseProvider final : public ISendResponseProvider {
 public:
  SendResponseProvider(Request* request, bool more_data);
  VOID SetErrorStatus(HRESULT hrError) override;
  BOOL GetHeadersBeingSent() const override;
  DWORD GetFlags() const override;
  VOID SetFlags(DWORD dwFlags) override;
  HTTP_LOG_DATA* GetLogData() const override;
  HRESULT SetLogData(HTTP_LOG_DATA* pLogData) override;
  BOOL GetReadyToLogData() const override;

 private:
  Request* request_;
  DWORD flags_;
  bool last_;  // nothing follows this send: its log fields are known
};

class ReadEntityProvider final : public IReadEntityProvider {
 public:
  explicit ReadEntityProvider(Request* request) : request_(request) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  VOID GetEntity(PVOID* ppBuffer, DWORD* pcbData, DWORD* pcbBuffer) override;
  VOID SetEntity(PVOID pBuffer, DWORD cbData, DWORD cbBuffer) override;

 private:
  Request* request_;
};

class MapPathProvider final : public IMapPathProvider {
 public:
  MapPathProvider(Request* request, const wchar_t* url);
  VOID SetErrorStatus(HRESULT hrError) override;
  PCWSTR GetUrl() const override;
  PCWSTR GetPhysicalPath() const override;
  HRESULT SetPhysicalPath(PCWSTR pszPhysicalPath, DWORD cchPhysicalPath) override;
  const wchar_t* path() const { return path_; }

 private:
  Request* request_;
  const wchar_t* url_;
  const wchar_t* path_;
};

class PreBeginProvider final : public IPreBeginRequestProvider {
 public:
  explicit PreBeginProvider(Request* request) : request_(request) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  IHttpContext* GetHttpContext() override;

 private:
  Request* request_;
};

class ApplicationProvider final : public IHttpApplicationProvider {
 public:
  explicit ApplicationProvider(World* world) : world_(world) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  IHttpApplication* GetApplication() override;

 private:
  World* world_;
};

class ResolveModulesProvider final : public IHttpApplicationResolveModulesProvider {
 public:
  explicit ResolveModulesProvider(World* world) : world_(world) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  IHttpApplication* GetApplication() override;
  HRESULT RegisterModule(HTTP_MODULE_ID parentModuleId, IHttpModuleFactory* pModuleFactory,
                         PCWSTR pszModuleName, PCWSTR pszModuleType, PCWSTR pszModulePreCondition,
                         DWORD dwRequestNotifications, DWORD dwPostRequestNotifications) override;
  HRESULT SetPriorityForRequestNotification(PCWSTR pszModuleName, DWORD dwRequestNotification,
                                            PCWSTR pszPriorityAlias) override;

 private:
  World* world_;
};

class ThreadCleanupProvider final : public IGlobalThreadCleanupProvider {
 public:
  explicit ThreadCleanupProvider(World* world) : world_(world) {}
  VOID SetErrorStatus(HRESULT hrError) override;
  IHttpApplication* GetApplication() override;

 private:
  World* world_;
};

class StopListeningProvider final : public IGlobalStopListeningProvider {
 public:
  VOID SetErrorStatus(HRESULT hrError) override;
  BOOL DrainRequestsGracefully() const override;
};

// How an operation ended. Always version 2: modules cast to it without asking.
class CompletionInfo final : public IHttpCompletionInfo2 {
 public:
  CompletionInfo(DWORD bytes, HRESULT status, uint16_t flags)
      : bytes_(bytes), status_(status), flags_(flags) {}
  DWORD GetCompletionBytes() const override;
  HRESULT GetCompletionStatus() const override;
  DWORD GetCompletedOperation() const override;

 private:
  DWORD bytes_;
  HRESULT status_;
  uint16_t flags_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_PROVIDERS_H_

// What a module implements and how it registers.
#ifndef PENDULUM_SDK_HTTPSERV_MODULE_H_
#define PENDULUM_SDK_HTTPSERV_MODULE_H_

#include "httpserv/base.h"

// Called by the default bodies of CHttpModule and CGlobalModule; the harness defines it. `name` is
// "Class::Method". The call returns: on Windows the debugger would be entered here.
extern "C" VOID PendulumUnexpectedNotification(const char* name);

// Base class of request modules. Every handler that is called without being overridden reports
// itself through PendulumUnexpectedNotification, as Windows breaks into the debugger, and
// continues the request. See chttpmodule-class.md.
class CHttpModule {
 public:
  virtual REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnBeginRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostBeginRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostBeginRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnAuthenticateRequest(IHttpContext*,
                                                            IAuthenticationProvider*) {
    return PendulumUnexpected("CHttpModule::OnAuthenticateRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostAuthenticateRequest(IHttpContext*,
                                                                IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostAuthenticateRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnAuthorizeRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnAuthorizeRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostAuthorizeRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostAuthorizeRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnResolveRequestCache(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnResolveRequestCache");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostResolveRequestCache(IHttpContext*,
                                                                IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostResolveRequestCache");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnMapRequestHandler(IHttpContext*, IMapHandlerProvider*) {
    return PendulumUnexpected("CHttpModule::OnMapRequestHandler");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostMapRequestHandler(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostMapRequestHandler");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnAcquireRequestState(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnAcquireRequestState");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostAcquireRequestState(IHttpContext*,
                                                                IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostAcquireRequestState");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPreExecuteRequestHandler(IHttpContext*,
                                                                 IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPreExecuteRequestHandler");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostPreExecuteRequestHandler(IHttpContext*,
                                                                     IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostPreExecuteRequestHandler");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnExecuteRequestHandler");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostExecuteRequestHandler(IHttpContext*,
                                                                  IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostExecuteRequestHandler");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnReleaseRequestState(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnReleaseRequestState");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostReleaseRequestState(IHttpContext*,
                                                                IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostReleaseRequestState");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnUpdateRequestCache(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnUpdateRequestCache");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostUpdateRequestCache(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostUpdateRequestCache");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnLogRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnLogRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostLogRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostLogRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnEndRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnEndRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnPostEndRequest(IHttpContext*, IHttpEventProvider*) {
    return PendulumUnexpected("CHttpModule::OnPostEndRequest");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnSendResponse(IHttpContext*, ISendResponseProvider*) {
    return PendulumUnexpected("CHttpModule::OnSendResponse");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnMapPath(IHttpContext*, IMapPathProvider*) {
    return PendulumUnexpected("CHttpModule::OnMapPath");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnReadEntity(IHttpContext*, IReadEntityProvider*) {
    return PendulumUnexpected("CHttpModule::OnReadEntity");
  }
  virtual REQUEST_NOTIFICATION_STATUS OnCustomRequestNotification(IHttpContext*,
                                                                  ICustomNotificationProvider*) {
    return PendulumUnexpected("CHttpModule::OnCustomRequestNotification");
  }
  // The completion of an operation that the module started in `dwNotification` (or its
  // post-notification); what it returns resumes the request. See
  // chttpmodule-onasynccompletion-method.md.
  virtual REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext*, DWORD, BOOL,
                                                        IHttpEventProvider*, IHttpCompletionInfo*) {
    return PendulumUnexpected("CHttpModule::OnAsyncCompletion");
  }
  // Called at the end of the request. See chttpmodule-dispose-method.md.
  virtual VOID Dispose() { delete this; }

 protected:
  CHttpModule() {}
  virtual ~CHttpModule() {}

 private:
  static REQUEST_NOTIFICATION_STATUS PendulumUnexpected(const char* name) {
    PendulumUnexpectedNotification(name);
    return RQ_NOTIFICATION_CONTINUE;
  }
};

// Base class of global modules; same default bodies as CHttpModule. See cglobalmodule-class.md.
class CGlobalModule {
 public:
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalStopListening(IGlobalStopListeningProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalStopListening");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalCacheCleanup() {
    return PendulumUnexpected("CGlobalModule::OnGlobalCacheCleanup");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalCacheOperation(ICacheProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalCacheOperation");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalHealthCheck() {
    return PendulumUnexpected("CGlobalModule::OnGlobalHealthCheck");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalConfigurationChange(
      IGlobalConfigurationChangeProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalConfigurationChange");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalFileChange(IGlobalFileChangeProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalFileChange");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalPreBeginRequest(IPreBeginRequestProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalPreBeginRequest");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalApplicationStart(IHttpApplicationStartProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalApplicationStart");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalApplicationResolveModules(
      IHttpApplicationResolveModulesProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalApplicationResolveModules");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalApplicationStop(IHttpApplicationStopProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalApplicationStop");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalRSCAQuery(IGlobalRSCAQueryProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalRSCAQuery");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalTraceEvent(IGlobalTraceEventProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalTraceEvent");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalCustomNotification(ICustomNotificationProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalCustomNotification");
  }
  virtual VOID Terminate() = 0;
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalThreadCleanup(IGlobalThreadCleanupProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalThreadCleanup");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnGlobalApplicationPreload(
      IGlobalApplicationPreloadProvider*) {
    return PendulumUnexpected("CGlobalModule::OnGlobalApplicationPreload");
  }
  virtual GLOBAL_NOTIFICATION_STATUS OnSuspendProcess(IGlobalSuspendProcessCallback**) {
    return PendulumUnexpected("CGlobalModule::OnSuspendProcess");
  }

 private:
  static GLOBAL_NOTIFICATION_STATUS PendulumUnexpected(const char* name) {
    PendulumUnexpectedNotification(name);
    return GL_NOTIFICATION_CONTINUE;
  }
};

// Allocates memory that lives as long as the request.
class __declspec(uuid("85c1679c-0b21-491c-afb5-c7b5c86464c4")) IModuleAllocator {
 public:
  virtual VOID* AllocateMemory(DWORD cbAllocation) = 0;
};

// Makes the module object of a request. Implemented by modules.
class __declspec(uuid("ba32d330-9ea8-4b9e-89f1-8c76a323277f")) IHttpModuleFactory {
 public:
  virtual HRESULT GetHttpModule(CHttpModule** ppModule, IModuleAllocator* pAllocator) = 0;
  virtual VOID Terminate() = 0;
};

// Through which RegisterModule registers. See ihttpmoduleregistrationinfo-interface.md.
class __declspec(uuid("07e5beb3-b798-459d-a98a-e6c485b2b3bc")) IHttpModuleRegistrationInfo {
 public:
  virtual PCWSTR GetName() const = 0;
  virtual HTTP_MODULE_ID GetId() const = 0;
  virtual HRESULT SetRequestNotifications(IHttpModuleFactory* pModuleFactory,
                                          DWORD dwRequestNotifications,
                                          DWORD dwPostRequestNotifications) = 0;
  virtual HRESULT SetGlobalNotifications(CGlobalModule* pGlobalModule,
                                         DWORD dwGlobalNotifications) = 0;
  virtual HRESULT SetPriorityForRequestNotification(DWORD dwRequestNotification,
                                                    PCWSTR pszPriority) = 0;
  virtual HRESULT SetPriorityForGlobalNotification(DWORD dwGlobalNotification,
                                                   PCWSTR pszPriority) = 0;
};

// Adds priorities of post-notifications.
class __declspec(uuid("4fd11cbf-8cc5-418e-8000-c9e765f88533")) IHttpModuleRegistrationInfo2
    : public IHttpModuleRegistrationInfo {
 public:
  virtual HRESULT SetPriorityForPostRequestNotification(DWORD dwPostRequestNotification,
                                                        PCWSTR pszPriority) = 0;
};

typedef HRESULT(WINAPI* PFN_REGISTERMODULE)(DWORD dwServerVersion,
                                            IHttpModuleRegistrationInfo* pModuleInfo,
                                            IHttpServer* pGlobalInfo);

#define MODULE_REGISTERMODULE "RegisterModule"

// Declared here with C linkage, so that a module's own definition, which mostly lacks extern "C",
// is exported under one name. See pfn-registermodule-function.md.
extern "C" __attribute__((visibility("default"))) HRESULT WINAPI RegisterModule(
    DWORD dwServerVersion, IHttpModuleRegistrationInfo* pModuleInfo, IHttpServer* pGlobalInfo);

#endif  // PENDULUM_SDK_HTTPSERV_MODULE_H_

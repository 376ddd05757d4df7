// What notifications carry.
#ifndef PENDULUM_SDK_HTTPSERV_PROVIDERS_H_
#define PENDULUM_SDK_HTTPSERV_PROVIDERS_H_

#include "httpserv/base.h"

// What a notification is about; base of all providers.
class __declspec(uuid("6f3f657d-2fb8-43c6-a096-5064b41f0580")) IHttpEventProvider {
 public:
  virtual VOID SetErrorStatus(HRESULT hrError) = 0;
};

// Provider of RQ_CUSTOM_NOTIFICATION and GL_CUSTOM_NOTIFICATION; implemented by modules.
class __declspec(uuid("671e6d34-9380-4df4-b453-91129df02b24")) ICustomNotificationProvider
    : public IHttpEventProvider {
 public:
  virtual PCWSTR QueryNotificationType() = 0;
};

// Provider of RQ_AUTHENTICATE_REQUEST.
class __declspec(uuid("304d51d0-0307-45ed-83fd-dd3fc032fdfc")) IAuthenticationProvider
    : public IHttpEventProvider {
 public:
  virtual VOID SetUser(IHttpUser* pUser) = 0;
};

// Provider of RQ_MAP_REQUEST_HANDLER.
class __declspec(uuid("fea3ce6b-e346-47e7-b2a6-ad265baeff2c")) IMapHandlerProvider
    : public IHttpEventProvider {
 public:
  virtual HRESULT SetScriptName(PCWSTR pszScriptName, DWORD cchScriptName) = 0;
  virtual VOID SetScriptMap(IScriptMapInfo* pScriptMap) = 0;
  virtual VOID SetFileInfo(IHttpFileInfo* pFileInfo) = 0;
};

// Provider of RQ_MAP_PATH.
class __declspec(uuid("8efdf557-a8f1-4bc9-b462-6df3b038a59a")) IMapPathProvider
    : public IHttpEventProvider {
 public:
  virtual PCWSTR GetUrl() const = 0;
  virtual PCWSTR GetPhysicalPath() const = 0;
  virtual HRESULT SetPhysicalPath(PCWSTR pszPhysicalPath, DWORD cchPhysicalPath) = 0;
};

// Provider of RQ_SEND_RESPONSE.
class __declspec(uuid("57f2e7bc-0bcf-4a9f-94a4-10e55c6e5b51")) ISendResponseProvider
    : public IHttpEventProvider {
 public:
  virtual BOOL GetHeadersBeingSent() const = 0;
  virtual DWORD GetFlags() const = 0;
  virtual VOID SetFlags(DWORD dwFlags) = 0;
  virtual HTTP_LOG_DATA* GetLogData() const = 0;
  virtual HRESULT SetLogData(HTTP_LOG_DATA* pLogData) = 0;
  virtual BOOL GetReadyToLogData() const = 0;
};

// Provider of RQ_READ_ENTITY.
class __declspec(uuid("fe6d905a-99b8-49fd-b389-cfc809562b81")) IReadEntityProvider
    : public IHttpEventProvider {
 public:
  virtual VOID GetEntity(PVOID* ppBuffer, DWORD* pcbData, DWORD* pcbBuffer) = 0;
  virtual VOID SetEntity(PVOID pBuffer, DWORD cbData, DWORD cbBuffer) = 0;
};

// Provider of GL_PRE_BEGIN_REQUEST.
class __declspec(uuid("fb715d26-aff9-476a-8fc0-6b1acb3d1098")) IPreBeginRequestProvider
    : public IHttpEventProvider {
 public:
  virtual IHttpContext* GetHttpContext() = 0;
};

// Provider of GL_APPLICATION_START and GL_APPLICATION_STOP.
class __declspec(uuid("1de2c71c-c126-4512-aed3-f4f885e14997")) IHttpApplicationProvider
    : public IHttpEventProvider {
 public:
  virtual IHttpApplication* GetApplication() = 0;
};

// Provider of GL_APPLICATION_RESOLVE_MODULES.
class __declspec(uuid("0617d9b9-e20f-4a9f-94f9-35403b3be01e"))
    IHttpApplicationResolveModulesProvider : public IHttpApplicationProvider {
 public:
  virtual HRESULT RegisterModule(HTTP_MODULE_ID parentModuleId, IHttpModuleFactory* pModuleFactory,
                                 PCWSTR pszModuleName, PCWSTR pszModuleType,
                                 PCWSTR pszModulePreCondition, DWORD dwRequestNotifications,
                                 DWORD dwPostRequestNotifications) = 0;
  virtual HRESULT SetPriorityForRequestNotification(PCWSTR pszModuleName,
                                                    DWORD dwRequestNotification,
                                                    PCWSTR pszPriorityAlias) = 0;
};

// Provider of GL_RSCA_QUERY.
class __declspec(uuid("63fdc43f-934a-4ee5-bcd8-7e7b50b75605")) IGlobalRSCAQueryProvider
    : public IHttpEventProvider {
 public:
  virtual PCWSTR GetFunctionName() const = 0;
  virtual PCWSTR GetFunctionParameters() const = 0;
  virtual HRESULT GetOutputBuffer(DWORD cbBuffer, BYTE** ppbBuffer) = 0;
  virtual HRESULT ResizeOutputBuffer(DWORD cbNewBuffer, DWORD cbBytesToCopy, BYTE** ppbBuffer) = 0;
  virtual VOID SetResult(DWORD cbData, HRESULT hr) = 0;
};

// Provider of GL_STOP_LISTENING.
class __declspec(uuid("41f9a601-e25d-4ac8-8a1f-635698a30ab9")) IGlobalStopListeningProvider
    : public IHttpEventProvider {
 public:
  virtual BOOL DrainRequestsGracefully() const = 0;
};

// Provider of GL_CACHE_OPERATION.
class __declspec(uuid("58925fb9-7c5e-4684-833b-4a04e1286690")) ICacheProvider
    : public IHttpEventProvider {
 public:
  virtual CACHE_OPERATION GetCacheOperation() const = 0;
  virtual IHttpCacheKey* GetCacheKey() const = 0;
  virtual IHttpCacheSpecificData* GetCacheRecord() const = 0;
  virtual VOID SetCacheRecord(IHttpCacheSpecificData* pCacheRecord) = 0;
  virtual IHttpTraceContext* GetTraceContext() const = 0;
};

// Provider of GL_CONFIGURATION_CHANGE.
class __declspec(uuid("3405f3b4-b3d6-4b73-b5f5-4d8a3cc642ce")) IGlobalConfigurationChangeProvider
    : public IHttpEventProvider {
 public:
  virtual PCWSTR GetChangePath() const = 0;
};

// Provider of GL_FILE_CHANGE.
class __declspec(uuid("ece31ee5-0486-4fb0-a875-6739a2d7daf5")) IGlobalFileChangeProvider
    : public IHttpEventProvider {
 public:
  virtual PCWSTR GetFileName() const = 0;
  virtual IHttpFileMonitor* GetFileMonitor() = 0;
};

// Provider of GL_TRACE_EVENT.
class __declspec(uuid("7c6bb150-0310-4718-a01f-6faceb62dc1d")) IGlobalTraceEventProvider
    : public IHttpEventProvider {
 public:
  virtual HRESULT GetTraceEvent(HTTP_TRACE_EVENT** ppTraceEvent) = 0;
  virtual BOOL CheckSubscription(HTTP_MODULE_ID ModuleId) = 0;
  virtual HRESULT GetCurrentHttpRequestContext(IHttpContext** ppHttpContext) = 0;
};

// Provider of GL_THREAD_CLEANUP.
class __declspec(uuid("6b36a149-8620-45a0-8197-00814a706e2e")) IGlobalThreadCleanupProvider
    : public IHttpEventProvider {
 public:
  virtual IHttpApplication* GetApplication() = 0;
};

// Provider of GL_APPLICATION_PRELOAD.
class __declspec(uuid("2111f8d6-0c41-4ff7-bd45-5c04c7e91a73")) IGlobalApplicationPreloadProvider
    : public IHttpEventProvider {
 public:
  virtual HRESULT CreateContext(IHttpContext** ppHttpContext) = 0;
  virtual HRESULT ExecuteRequest(IHttpContext* pHttpContext, IHttpUser* pHttpUser) = 0;
};

// Tells whether the process was recycled.
class __declspec(uuid("251db2dd-81e7-44ce-ae02-46529f2d71ea")) IGlobalApplicationPreloadProvider2
    : public IGlobalApplicationPreloadProvider {
 public:
  virtual BOOL IsProcessRecycled() const = 0;
};

// Given by a module to hear of the process being resumed.
class __declspec(uuid("7fd8f303-1031-4e50-918a-b7b916fd6c54")) IGlobalSuspendProcessCallback
    : public IHttpEventProvider {
 public:
  virtual HRESULT Resume() = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_PROVIDERS_H_

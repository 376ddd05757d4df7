// IHttpContext in all versions, and completion information.
#ifndef PENDULUM_SDK_HTTPSERV_CONTEXT_H_
#define PENDULUM_SDK_HTTPSERV_CONTEXT_H_

#include "httpserv/base.h"

// One request on its way through the pipeline. See ihttpcontext-interface.md.
class __declspec(uuid("424c1b8c-a1ba-44d7-ac98-9f8f457701a5")) IHttpContext {
 public:
  virtual IHttpSite* GetSite() = 0;
  virtual IHttpApplication* GetApplication() = 0;
  virtual IHttpConnection* GetConnection() = 0;
  virtual IHttpRequest* GetRequest() = 0;
  virtual IHttpResponse* GetResponse() = 0;
  virtual BOOL GetResponseHeadersSent() const = 0;
  virtual IHttpUser* GetUser() const = 0;
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
  // Resumes a request that is pending, with what the handler would have returned. Later
  // notifications may run inside the call, and the request may end in it. See
  // ihttpcontext-indicatecompletion-method.md.
  virtual VOID IndicateCompletion(REQUEST_NOTIFICATION_STATUS notificationStatus) = 0;
  // Has OnAsyncCompletion called with `cbBytes`; allowed on any thread, and before the handler has
  // returned RQ_NOTIFICATION_PENDING. See ihttpcontext-postcompletion-method.md.
  virtual HRESULT PostCompletion(DWORD cbBytes) = 0;
  virtual VOID DisableNotifications(DWORD dwNotifications, DWORD dwPostNotifications) = 0;
  virtual BOOL GetNextNotification(REQUEST_NOTIFICATION_STATUS status, DWORD* pdwNotification,
                                   BOOL* pfIsPostNotification, CHttpModule** ppModuleInfo,
                                   IHttpEventProvider** ppRequestOutput) = 0;
  virtual BOOL GetIsLastNotification(REQUEST_NOTIFICATION_STATUS status) = 0;
  virtual HRESULT ExecuteRequest(BOOL fAsync, IHttpContext* pHttpContext, DWORD dwExecuteFlags,
                                 IHttpUser* pHttpUser, BOOL* pfCompletionExpected = NULL) = 0;
  virtual DWORD GetExecuteFlags() const = 0;
  // The value lives as long as the request; the length is in characters. NULL and 0 on failure.
  virtual HRESULT GetServerVariable(PCSTR pszVariableName, PCWSTR* ppszValue,
                                    DWORD* pcchValueLength) = 0;
  virtual HRESULT GetServerVariable(PCSTR pszVariableName, PCSTR* ppszValue,
                                    DWORD* pcchValueLength) = 0;
  virtual HRESULT SetServerVariable(PCSTR pszVariableName, PCWSTR pszVariableValue) = 0;
  // Memory that lives as long as the request; NULL when there is none.
  virtual VOID* AllocateRequestMemory(DWORD cbAllocation) = 0;
  virtual IHttpUrlInfo* GetUrlInfo() = 0;
  virtual IMetadataInfo* GetMetadata() = 0;
  virtual PCWSTR GetPhysicalPath(DWORD* pcchPhysicalPath = NULL) = 0;
  virtual PCWSTR GetScriptName(DWORD* pcchScriptName = NULL) const = 0;
  virtual PCWSTR GetScriptTranslated(DWORD* pcchScriptTranslated = NULL) = 0;
  virtual IScriptMapInfo* GetScriptMap() const = 0;
  virtual VOID SetRequestHandled() = 0;
  virtual IHttpFileInfo* GetFileInfo() const = 0;
  virtual HRESULT MapPath(PCWSTR pszUrl, PWSTR pszPhysicalPath, DWORD* pcbPhysicalPath) = 0;
  virtual HRESULT NotifyCustomNotification(ICustomNotificationProvider* pCustomOutput,
                                           BOOL* pfCompletionExpected) = 0;
  virtual IHttpContext* GetParentContext() const = 0;
  virtual IHttpContext* GetRootContext() const = 0;
  virtual HRESULT CloneContext(DWORD dwCloneFlags, IHttpContext** ppHttpContext) = 0;
  virtual HRESULT ReleaseClonedContext() = 0;
  virtual HRESULT GetCurrentExecutionStats(
      DWORD* pdwNotification, DWORD* pdwNotificationStartTickCount = NULL,
      PCWSTR* ppszModule = NULL, DWORD* pdwModuleStartTickCount = NULL,
      DWORD* pdwAsyncNotification = NULL,
      DWORD* pdwAsyncNotificationStartTickCount = NULL) const = 0;
  virtual IHttpTraceContext* GetTraceContext() const = 0;
  virtual HRESULT GetServerVarChanges(DWORD dwOldChangeNumber, DWORD* pdwNewChangeNumber,
                                      DWORD* pdwVariableSnapshot, PCSTR** ppVariableNameSnapshot,
                                      PCWSTR** ppVariableValueSnapshot, DWORD* pdwDiffedVariables,
                                      DWORD** ppDiffedVariableIndices) = 0;
  // Asks for the pending operation to end; it completes all the same.
  virtual HRESULT CancelIo() = 0;
  virtual HRESULT MapHandler(DWORD dwSiteId, PCWSTR pszSiteName, PCWSTR pszUrl, PCSTR pszVerb,
                             IScriptMapInfo** ppScriptMap,
                             BOOL fIgnoreWildcardMappings = FALSE) = 0;
  // Deprecated: HttpGetExtendedInterface gives the later versions.
  virtual HRESULT GetExtendedInterface(HTTP_CONTEXT_INTERFACE_VERSION version,
                                       PVOID* ppInterface) = 0;
};

// Adds the user before impersonation changes.
class __declspec(uuid("c986182c-cf4a-4482-8205-0dbbc1fd6cee")) IHttpContext2 : public IHttpContext {
 public:
  virtual IHttpUser* GetOriginalUser() const = 0;
};

// Adds named contexts, full duplex, and completions posted to a function.
class __declspec(uuid("bf53c022-ca4b-4349-a38e-a4b78ad897fb")) IHttpContext3
    : public IHttpContext2 {
 public:
  virtual INamedContextContainer* GetNamedContextContainer() = 0;
  virtual VOID EnableFullDuplex() = 0;
  virtual HRESULT InheritServerVariable(PCSTR szName, BOOL fFailIfNotExist = FALSE) = 0;
  virtual HRESULT PostCompletion(DWORD cbBytes,
                                 LPOVERLAPPED_COMPLETION_ROUTINE pfnCompletionRoutine,
                                 VOID* pvCompletionContext) = 0;
};

// Adds request times.
class __declspec(uuid("2c9463d8-4ec4-4622-8917-d486321a9443")) IHttpContext4
    : public IHttpContext3 {
 public:
  virtual ULONGLONG GetRequestStartTime() = 0;
  virtual ULONGLONG GetRequestElapsedTime() = 0;
};

// How an asynchronous operation ended. See ihttpcompletioninfo-interface.md.
class __declspec(uuid("49dd20e3-d9c0-463c-8821-f3413b55cc00")) IHttpCompletionInfo {
 public:
  virtual DWORD GetCompletionBytes() const = 0;
  virtual HRESULT GetCompletionStatus() const = 0;
};

// Adds which operation ended. Modules cast to it without asking.
class __declspec(uuid("53129f70-0196-47ec-b16c-127906e2afeb")) IHttpCompletionInfo2
    : public IHttpCompletionInfo {
 public:
  virtual DWORD GetCompletedOperation() const = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_CONTEXT_H_

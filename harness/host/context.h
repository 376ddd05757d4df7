// IHttpContext, versions 1 to 4, over Request.
#ifndef PENDULUM_HOST_CONTEXT_H_
#define PENDULUM_HOST_CONTEXT_H_

#include "harness/host/world.h"
#include "httpserv.h"

namespace pendulum::host {

class ContextObject final : public IHttpContext4 {
 public:
  explicit ContextObject(Request* request) : request_(request) {}
  virtual ~ContextObject() = default;

  IHttpSite* GetSite() override;
  IHttpApplication* GetApplication() override;
  IHttpConnection* GetConnection() override;
  IHttpRequest* GetRequest() override;
  IHttpResponse* GetResponse() override;
  BOOL GetResponseHeadersSent() const override;
  IHttpUser* GetUser() const override;
  IHttpModuleContextContainer* GetModuleContextContainer() override;
  VOID IndicateCompletion(REQUEST_NOTIFICATION_STATUS notificationStatus) override;
  HRESULT PostCompletion(DWORD cbBytes) override;
  VOID DisableNotifications(DWORD dwNotifications, DWORD dwPostNotifications) override;
  BOOL GetNextNotification(REQUEST_NOTIFICATION_STATUS status, DWORD* pdwNotification,
                           BOOL* pfIsPostNotification, CHttpModule** ppModuleInfo,
                           IHttpEventProvider** ppRequestOutput) override;
  BOOL GetIsLastNotification(REQUEST_NOTIFICATION_STATUS status) override;
  HRESULT ExecuteRequest(BOOL fAsync, IHttpContext* pHttpContext, DWORD dwExecuteFlags,
                         IHttpUser* pHttpUser, BOOL* pfCompletionExpected) override;
  DWORD GetExecuteFlags() const override;
  HRESULT GetServerVariable(PCSTR pszVariableName, PCWSTR* ppszValue,
                            DWORD* pcchValueLength) override;
  HRESULT GetServerVariable(PCSTR pszVariableName, PCSTR* ppszValue,
                            DWORD* pcchValueLength) override;
  HRESULT SetServerVariable(PCSTR pszVariableName, PCWSTR pszVariableValue) override;
  VOID* AllocateRequestMemory(DWORD cbAllocation) override;
  IHttpUrlInfo* GetUrlInfo() override;
  IMetadataInfo* GetMetadata() override;
  PCWSTR GetPhysicalPath(DWORD* pcchPhysicalPath) override;
  PCWSTR GetScriptName(DWORD* pcchScriptName) const override;
  PCWSTR GetScriptTranslated(DWORD* pcchScriptTranslated) override;
  IScriptMapInfo* GetScriptMap() const override;
  VOID SetRequestHandled() override;
  IHttpFileInfo* GetFileInfo() const override;
  HRESULT MapPath(PCWSTR pszUrl, PWSTR pszPhysicalPath, DWORD* pcbPhysicalPath) override;
  HRESULT NotifyCustomNotification(ICustomNotificationProvider* pCustomOutput,
                                   BOOL* pfCompletionExpected) override;
  IHttpContext* GetParentContext() const override;
  IHttpContext* GetRootContext() const override;
  HRESULT CloneContext(DWORD dwCloneFlags, IHttpContext** ppHttpContext) override;
  HRESULT ReleaseClonedContext() override;
  HRESULT GetCurrentExecutionStats(DWORD* pdwNotification, DWORD* pdwNotificationStartTickCount,
                                   PCWSTR* ppszModule, DWORD* pdwModuleStartTickCount,
                                   DWORD* pdwAsyncNotification,
                                   DWORD* pdwAsyncNotificationStartTickCount) const override;
  IHttpTraceContext* GetTraceContext() const override;
  HRESULT GetServerVarChanges(DWORD dwOldChangeNumber, DWORD* pdwNewChangeNumber,
                              DWORD* pdwVariableSnapshot, PCSTR** ppVariableNameSnapshot,
                              PCWSTR** ppVariableValueSnapshot, DWORD* pdwDiffedVariables,
                              DWORD** ppDiffedVariableIndices) override;
  HRESULT CancelIo() override;
  HRESULT MapHandler(DWORD dwSiteId, PCWSTR pszSiteName, PCWSTR pszUrl, PCSTR pszVerb,
                     IScriptMapInfo** ppScriptMap, BOOL fIgnoreWildcardMappings) override;
  HRESULT GetExtendedInterface(HTTP_CONTEXT_INTERFACE_VERSION version, PVOID* ppInterface) override;
  IHttpUser* GetOriginalUser() const override;
  INamedContextContainer* GetNamedContextContainer() override;
  VOID EnableFullDuplex() override;
  HRESULT InheritServerVariable(PCSTR szName, BOOL fFailIfNotExist) override;
  HRESULT PostCompletion(DWORD cbBytes, LPOVERLAPPED_COMPLETION_ROUTINE pfnCompletionRoutine,
                         VOID* pvCompletionContext) override;
  ULONGLONG GetRequestStartTime() override;
  ULONGLONG GetRequestElapsedTime() override;

 private:
  Request* request_;
};

// The context interface of a request, in its latest version.
inline IHttpContext4* AsContext(Request* request) { return request->context; }
// Its request and response, which are thin objects over the same state.
IHttpRequest4* AsRequest(Request* request);
IHttpResponse4* AsResponse(Request* request);

// A server variable's value, by name; nullptr when there is none of this name. Lives as long as the
// request.
const wchar_t* ServerVariable(Request* request, const char* name, size_t* length);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CONTEXT_H_

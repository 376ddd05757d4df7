// IHttpServer, versions 1 to 3.
#ifndef PENDULUM_HOST_SERVER_H_
#define PENDULUM_HOST_SERVER_H_

#include "harness/host/world.h"
#include "httpserv.h"

namespace pendulum::host {

class ServerObject final : public IHttpServer3 {
 public:
  explicit ServerObject(World* world) : world_(world) {}
  virtual ~ServerObject() = default;

  BOOL IsCommandLineLaunch() const override;
  PCWSTR GetAppPoolName() const override;
  HRESULT AssociateWithThreadPool(HANDLE hHandle,
                                  LPOVERLAPPED_COMPLETION_ROUTINE completionRoutine) override;
  VOID IncrementThreadCount() override;
  VOID DecrementThreadCount() override;
  VOID ReportUnhealthy(PCWSTR pszReasonString, HRESULT hrReason) override;
  VOID RecycleProcess(PCWSTR pszReason) override;
  IAppHostAdminManager* GetAdminManager() const override;
  HRESULT GetFileInfo(PCWSTR pszPhysicalPath, HANDLE hUserToken, PSID pSid,
                      PCWSTR pszChangeNotificationPath, HANDLE hChangeNotificationToken,
                      BOOL fCache, IHttpFileInfo** ppFileInfo,
                      IHttpTraceContext* pHttpTraceContext) override;
  HRESULT FlushKernelCache(PCWSTR pszUrl) override;
  HRESULT DoCacheOperation(CACHE_OPERATION cacheOperation, IHttpCacheKey* pCacheKey,
                           IHttpCacheSpecificData** ppCacheSpecificData,
                           IHttpTraceContext* pHttpTraceContext) override;
  GLOBAL_NOTIFICATION_STATUS NotifyCustomNotification(
      ICustomNotificationProvider* pCustomOutput) override;
  IHttpPerfCounterInfo* GetPerfCounterInfo() override;
  VOID RecycleApplication(PCWSTR pszAppConfigPath) override;
  VOID NotifyConfigurationChange(PCWSTR pszPath) override;
  VOID NotifyFileChange(PCWSTR pszFileName) override;
  IDispensedHttpModuleContextContainer* DispenseContainer() override;
  HRESULT AddFragmentToCache(HTTP_DATA_CHUNK* pDataChunk, PCWSTR pszFragmentName) override;
  HRESULT ReadFragmentFromCache(PCWSTR pszFragmentName, BYTE* pvBuffer, DWORD cbSize,
                                DWORD* pcbCopied) override;
  HRESULT RemoveFragmentFromCache(PCWSTR pszFragmentName) override;
  HRESULT GetWorkerProcessSettings(IWpfSettings** ppWorkerProcessSettings) override;
  HRESULT GetProtocolManagerCustomInterface(PCWSTR pProtocolManagerDll,
                                            PCWSTR pProtocolManagerDllInitFunction,
                                            DWORD dwCustomInterfaceId,
                                            PVOID* ppCustomInterface) override;
  BOOL SatisfiesPrecondition(PCWSTR pszPrecondition, BOOL* pfUnknownPrecondition) const override;
  IHttpTraceContext* GetTraceContext() const override;
  HRESULT RegisterFileChangeMonitor(PCWSTR pszPath, HANDLE hToken,
                                    IHttpFileMonitor** ppFileMonitor) override;
  HRESULT GetExtendedInterface(HTTP_SERVER_INTERFACE_VERSION version, PVOID* ppInterface) override;
  HRESULT GetToken(PCWSTR pszUserName, PCWSTR pszPassword, DWORD dwLogonMethod,
                   IHttpTokenEntry** ppTokenEntry, PCWSTR pszDefaultDomain, PSOCKADDR pSockAddr,
                   IHttpTraceContext* pHttpTraceContext) override;
  PCWSTR GetAppPoolConfigFile(DWORD* pcchConfigFilePath) const override;
  HRESULT GetExtendedInterface(const GUID& Version1, PVOID pInput, const GUID& Version2,
                               PVOID* ppOutput) override;
  HRESULT GetMetadata(PCWSTR pszSiteName, PCWSTR pszUrl,
                      IReferencedMetadataInfo** ppMetadataInfo) override;
  HRESULT GetWorkerProcessFramework(IWorkerProcessFramework** ppWorkerProcessFramework) override;
  HRESULT QueryRequestProperty(HTTP_OPAQUE_ID id, HTTP_REQUEST_PROPERTY propertyId,
                               PVOID pQualifier, ULONG qualifierSize, PVOID pOutput,
                               ULONG outputBufferSize, PULONG pcbBytesReturned,
                               LPOVERLAPPED pOverlapped) override;

 private:
  World* world_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_SERVER_H_

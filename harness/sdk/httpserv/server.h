// IHttpServer in all versions, and HttpGetExtendedInterface.
#ifndef PENDULUM_SDK_HTTPSERV_SERVER_H_
#define PENDULUM_SDK_HTTPSERV_SERVER_H_

#include "httpserv/base.h"

// The server as seen by a module; lives as long as the module. See ihttpserver-interface.md.
class __declspec(uuid("eda2a40f-fb92-4d6d-b52b-c8c207380b4e")) IHttpServer {
 public:
  virtual BOOL IsCommandLineLaunch() const = 0;
  virtual PCWSTR GetAppPoolName() const = 0;
  virtual HRESULT AssociateWithThreadPool(HANDLE hHandle,
                                          LPOVERLAPPED_COMPLETION_ROUTINE completionRoutine) = 0;
  virtual VOID IncrementThreadCount() = 0;
  virtual VOID DecrementThreadCount() = 0;
  virtual VOID ReportUnhealthy(PCWSTR pszReasonString, HRESULT hrReason) = 0;
  virtual VOID RecycleProcess(PCWSTR pszReason) = 0;
  virtual IAppHostAdminManager* GetAdminManager() const = 0;
  virtual HRESULT GetFileInfo(PCWSTR pszPhysicalPath, HANDLE hUserToken, PSID pSid,
                              PCWSTR pszChangeNotificationPath, HANDLE hChangeNotificationToken,
                              BOOL fCache, IHttpFileInfo** ppFileInfo,
                              IHttpTraceContext* pHttpTraceContext = NULL) = 0;
  virtual HRESULT FlushKernelCache(PCWSTR pszUrl) = 0;
  virtual HRESULT DoCacheOperation(CACHE_OPERATION cacheOperation, IHttpCacheKey* pCacheKey,
                                   IHttpCacheSpecificData** ppCacheSpecificData,
                                   IHttpTraceContext* pHttpTraceContext = NULL) = 0;
  virtual GLOBAL_NOTIFICATION_STATUS NotifyCustomNotification(
      ICustomNotificationProvider* pCustomOutput) = 0;
  virtual IHttpPerfCounterInfo* GetPerfCounterInfo() = 0;
  virtual VOID RecycleApplication(PCWSTR pszAppConfigPath) = 0;
  virtual VOID NotifyConfigurationChange(PCWSTR pszPath) = 0;
  virtual VOID NotifyFileChange(PCWSTR pszFileName) = 0;
  virtual IDispensedHttpModuleContextContainer* DispenseContainer() = 0;
  virtual HRESULT AddFragmentToCache(HTTP_DATA_CHUNK* pDataChunk, PCWSTR pszFragmentName) = 0;
  virtual HRESULT ReadFragmentFromCache(PCWSTR pszFragmentName, BYTE* pvBuffer, DWORD cbSize,
                                        DWORD* pcbCopied) = 0;
  virtual HRESULT RemoveFragmentFromCache(PCWSTR pszFragmentName) = 0;
  virtual HRESULT GetWorkerProcessSettings(IWpfSettings** ppWorkerProcessSettings) = 0;
  virtual HRESULT GetProtocolManagerCustomInterface(PCWSTR pProtocolManagerDll,
                                                    PCWSTR pProtocolManagerDllInitFunction,
                                                    DWORD dwCustomInterfaceId,
                                                    PVOID* ppCustomInterface) = 0;
  virtual BOOL SatisfiesPrecondition(PCWSTR pszPrecondition,
                                     BOOL* pfUnknownPrecondition = NULL) const = 0;
  virtual IHttpTraceContext* GetTraceContext() const = 0;
  virtual HRESULT RegisterFileChangeMonitor(PCWSTR pszPath, HANDLE hToken,
                                            IHttpFileMonitor** ppFileMonitor) = 0;
  virtual HRESULT GetExtendedInterface(HTTP_SERVER_INTERFACE_VERSION version,
                                       PVOID* ppInterface) = 0;
};

// Adds tokens, metadata, and the way to extended interfaces.
class __declspec(uuid("34af637e-afe8-4556-bcc1-767f8e0b4a4e")) IHttpServer2 : public IHttpServer {
 public:
  virtual HRESULT GetToken(PCWSTR pszUserName, PCWSTR pszPassword, DWORD dwLogonMethod,
                           IHttpTokenEntry** ppTokenEntry, PCWSTR pszDefaultDomain = NULL,
                           PSOCKADDR pSockAddr = NULL,
                           IHttpTraceContext* pHttpTraceContext = NULL) = 0;
  virtual PCWSTR GetAppPoolConfigFile(DWORD* pcchConfigFilePath = NULL) const = 0;
  virtual HRESULT GetExtendedInterface(const GUID& Version1, PVOID pInput, const GUID& Version2,
                                       PVOID* ppOutput) = 0;
  virtual HRESULT GetMetadata(PCWSTR pszSiteName, PCWSTR pszUrl,
                              IReferencedMetadataInfo** ppMetadataInfo) = 0;
  virtual HRESULT GetWorkerProcessFramework(IWorkerProcessFramework** ppWorkerProcessFramework) = 0;
};

// Adds properties of the request queue.
class __declspec(uuid("f7a66d59-c0a2-48b5-a88f-be5975c960fb")) IHttpServer3 : public IHttpServer2 {
 public:
  virtual HRESULT QueryRequestProperty(HTTP_OPAQUE_ID id, HTTP_REQUEST_PROPERTY propertyId,
                                       PVOID pQualifier, ULONG qualifierSize, PVOID pOutput,
                                       ULONG outputBufferSize, PULONG pcbBytesReturned,
                                       LPOVERLAPPED pOverlapped) = 0;
};

// Gives the later version `HttpType2` of an object known as `HttpType1`. The result is not
// reference-counted. Fails when the host does not implement it. See
// httpgetextendedinterface-function.md.
template <class HttpType1, class HttpType2>
HRESULT HttpGetExtendedInterface(IHttpServer* pHttpServer, HttpType1* pInput,
                                 HttpType2** ppOutput) {
  IHttpServer2* server2 = NULL;
  HRESULT hr = pHttpServer->GetExtendedInterface(HTTP_SERVER_INTERFACE_V2, (PVOID*)&server2);
  if (SUCCEEDED(hr)) {
    hr = server2->GetExtendedInterface(__uuidof(HttpType1), pInput, __uuidof(HttpType2),
                                       (PVOID*)ppOutput);
  }
  return hr;
}

#endif  // PENDULUM_SDK_HTTPSERV_SERVER_H_

#include "harness/host/server.h"

#include <algorithm>
#include <cstring>

#include "harness/host/call_module.h"
#include "harness/host/chunks.h"
#include "harness/host/context.h"
#include "harness/host/global.h"
#include "harness/host/mutant.h"
#include "harness/host/request.h"
#include "harness/host/response.h"
#include "harness/win32/app_host.h"
#include "harness/win32/capture.h"

namespace pendulum::host {
namespace {

// A method that stands apart from requests: crosses the boundary and leaves when the run ends.
#define PENDULUM_SERVER_CALL(name, error)                          \
  win32::CallScope call(__builtin_return_address(0));              \
  const trace::Method method = trace::Method::kIHttpServer_##name; \
  if (call.draining()) return error

HRESULT Done(win32::CallScope* call, trace::Method method, HRESULT result) {
  call->Record(method, static_cast<uint32_t>(result));
  return result;
}

// What is declared and not simulated fails, and says so once in the report.
HRESULT NotSimulated(win32::CallScope* call, trace::Method method) {
  win32::NotSimulated(trace::MethodName(method).data());
  return Done(call, method, kErrorNotSupported);
}

}  // namespace

BOOL ServerObject::IsCommandLineLaunch() const {
  PENDULUM_SERVER_CALL(IsCommandLineLaunch, FALSE);
  call.Record(method, FALSE);
  return FALSE;
}

PCWSTR ServerObject::GetAppPoolName() const {
  PENDULUM_SERVER_CALL(GetAppPoolName, L"");
  call.Record(method, 0);
  return world_->info.app_pool_name.c_str();
}

HRESULT ServerObject::AssociateWithThreadPool(HANDLE, LPOVERLAPPED_COMPLETION_ROUTINE) {
  PENDULUM_SERVER_CALL(AssociateWithThreadPool, kErrorEnded);
  return NotSimulated(&call, method);
}

VOID ServerObject::IncrementThreadCount() {
  PENDULUM_SERVER_CALL(IncrementThreadCount, );
  call.Record(method, 0);
}

VOID ServerObject::DecrementThreadCount() {
  PENDULUM_SERVER_CALL(DecrementThreadCount, );
  call.Record(method, 0);
}

VOID ServerObject::ReportUnhealthy(PCWSTR, HRESULT hrReason) {
  PENDULUM_SERVER_CALL(ReportUnhealthy, );
  if (!Mutant(kHealthCheckMissed)) {
    RaiseGlobal(world_, trace::GlobalNotification::kHealthCheck, nullptr, nullptr);
  }
  if (call.draining()) return;
  call.Record(method, 0, static_cast<uint32_t>(hrReason));
}

VOID ServerObject::RecycleProcess(PCWSTR) {
  PENDULUM_SERVER_CALL(RecycleProcess, );
  call.Record(method, 0);
}

IAppHostAdminManager* ServerObject::GetAdminManager() const {
  PENDULUM_SERVER_CALL(GetAdminManager, nullptr);
  call.Record(method, 0);
  return win32::AdminManager();
}

HRESULT ServerObject::GetFileInfo(PCWSTR pszPhysicalPath, HANDLE, PSID, PCWSTR, HANDLE, BOOL,
                                  IHttpFileInfo** ppFileInfo, IHttpTraceContext*) {
  PENDULUM_SERVER_CALL(GetFileInfo, kErrorEnded);
  if (pszPhysicalPath == nullptr || ppFileInfo == nullptr) {
    return Done(&call, method, kErrorInvalidParameter);
  }
  *ppFileInfo = nullptr;
  return Done(&call, method, HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
}

HRESULT ServerObject::FlushKernelCache(PCWSTR) {
  PENDULUM_SERVER_CALL(FlushKernelCache, kErrorEnded);
  return Done(&call, method, S_OK);
}

HRESULT ServerObject::DoCacheOperation(CACHE_OPERATION, IHttpCacheKey*, IHttpCacheSpecificData**,
                                       IHttpTraceContext*) {
  PENDULUM_SERVER_CALL(DoCacheOperation, kErrorEnded);
  return NotSimulated(&call, method);
}

GLOBAL_NOTIFICATION_STATUS ServerObject::NotifyCustomNotification(
    ICustomNotificationProvider* pCustomOutput) {
  PENDULUM_SERVER_CALL(NotifyCustomNotification, GL_NOTIFICATION_CONTINUE);
  GLOBAL_NOTIFICATION_STATUS status =
      RaiseGlobal(world_, trace::GlobalNotification::kCustomNotification, nullptr, pCustomOutput);
  if (Mutant(kGlobalStatusLost)) status = GL_NOTIFICATION_CONTINUE;
  if (!call.draining()) call.Record(method, static_cast<uint32_t>(status));
  return status;
}

IHttpPerfCounterInfo* ServerObject::GetPerfCounterInfo() {
  PENDULUM_SERVER_CALL(GetPerfCounterInfo, &world_->info.counters);
  call.Record(method, 0);
  return &world_->info.counters;
}

VOID ServerObject::RecycleApplication(PCWSTR) {
  PENDULUM_SERVER_CALL(RecycleApplication, );
  call.Record(method, 0);
}

VOID ServerObject::NotifyConfigurationChange(PCWSTR) {
  PENDULUM_SERVER_CALL(NotifyConfigurationChange, );
  call.Record(method, 0);
}

VOID ServerObject::NotifyFileChange(PCWSTR) {
  PENDULUM_SERVER_CALL(NotifyFileChange, );
  call.Record(method, 0);
}

IDispensedHttpModuleContextContainer* ServerObject::DispenseContainer() {
  PENDULUM_SERVER_CALL(DispenseContainer, nullptr);
  DispensedContainer* container = world_->info.Dispense(world_);
  call.Record(method, container == nullptr ? 0 : container->slots.number());
  return container;
}

HRESULT ServerObject::AddFragmentToCache(HTTP_DATA_CHUNK* pDataChunk, PCWSTR pszFragmentName) {
  PENDULUM_SERVER_CALL(AddFragmentToCache, kErrorEnded);
  const uint8_t* data = nullptr;
  uint32_t bytes = 0;
  if (pDataChunk == nullptr || pszFragmentName == nullptr ||
      !ChunkBytes(world_, *pDataChunk, &data, &bytes)) {
    return Done(&call, method, kErrorInvalidParameter);
  }
  world_->info.AddFragment(pszFragmentName, data, bytes);
  return Done(&call, method, S_OK);
}

HRESULT ServerObject::ReadFragmentFromCache(PCWSTR pszFragmentName, BYTE* pvBuffer, DWORD cbSize,
                                            DWORD* pcbCopied) {
  PENDULUM_SERVER_CALL(ReadFragmentFromCache, kErrorEnded);
  if (pszFragmentName == nullptr || pvBuffer == nullptr || pcbCopied == nullptr) {
    return Done(&call, method, kErrorInvalidParameter);
  }
  *pcbCopied = 0;
  const std::vector<uint8_t>* fragment = world_->info.FindFragment(pszFragmentName);
  if (fragment == nullptr) return Done(&call, method, HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND));
  *pcbCopied = static_cast<DWORD>(std::min<size_t>(cbSize, fragment->size()));
  std::memcpy(pvBuffer, fragment->data(), *pcbCopied);
  return Done(&call, method, S_OK);
}

HRESULT ServerObject::RemoveFragmentFromCache(PCWSTR pszFragmentName) {
  PENDULUM_SERVER_CALL(RemoveFragmentFromCache, kErrorEnded);
  if (pszFragmentName == nullptr) return Done(&call, method, kErrorInvalidParameter);
  const bool found = world_->info.RemoveFragment(pszFragmentName);
  return Done(&call, method, found ? S_OK : HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND));
}

HRESULT ServerObject::GetWorkerProcessSettings(IWpfSettings** ppWorkerProcessSettings) {
  PENDULUM_SERVER_CALL(GetWorkerProcessSettings, kErrorEnded);
  if (ppWorkerProcessSettings != nullptr) *ppWorkerProcessSettings = nullptr;
  return NotSimulated(&call, method);
}

HRESULT ServerObject::GetProtocolManagerCustomInterface(PCWSTR, PCWSTR, DWORD,
                                                        PVOID* ppCustomInterface) {
  PENDULUM_SERVER_CALL(GetProtocolManagerCustomInterface, kErrorEnded);
  if (ppCustomInterface != nullptr) *ppCustomInterface = nullptr;
  return NotSimulated(&call, method);
}

BOOL ServerObject::SatisfiesPrecondition(PCWSTR, BOOL* pfUnknownPrecondition) const {
  PENDULUM_SERVER_CALL(SatisfiesPrecondition, FALSE);
  if (pfUnknownPrecondition != nullptr) *pfUnknownPrecondition = FALSE;
  call.Record(method, TRUE);
  return TRUE;
}

IHttpTraceContext* ServerObject::GetTraceContext() const {
  PENDULUM_SERVER_CALL(GetTraceContext, &world_->info.trace_context);
  call.Record(method, 0);
  return &world_->info.trace_context;
}

HRESULT ServerObject::RegisterFileChangeMonitor(PCWSTR, HANDLE, IHttpFileMonitor** ppFileMonitor) {
  PENDULUM_SERVER_CALL(RegisterFileChangeMonitor, kErrorEnded);
  if (ppFileMonitor != nullptr) *ppFileMonitor = nullptr;
  return NotSimulated(&call, method);
}

HRESULT ServerObject::GetExtendedInterface(HTTP_SERVER_INTERFACE_VERSION version,
                                           PVOID* ppInterface) {
  PENDULUM_SERVER_CALL(GetExtendedInterface, kErrorEnded);
  if (ppInterface == nullptr) return Done(&call, method, kErrorInvalidParameter);
  const bool known = version == HTTP_SERVER_INTERFACE_V2 || version == HTTP_SERVER_INTERFACE_V3;
  *ppInterface = known ? this : nullptr;
  const HRESULT result = known ? S_OK : kErrorNotSupported;
  call.Record(method, static_cast<uint32_t>(result), *ppInterface != nullptr ? 1 : 0);
  return result;
}

HRESULT ServerObject::GetToken(PCWSTR, PCWSTR, DWORD, IHttpTokenEntry** ppTokenEntry, PCWSTR,
                               PSOCKADDR, IHttpTraceContext*) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  if (ppTokenEntry != nullptr) *ppTokenEntry = nullptr;
  return NotSimulated(&call, trace::Method::kIHttpServer2_GetToken);
}

PCWSTR ServerObject::GetAppPoolConfigFile(DWORD* pcchConfigFilePath) const {
  win32::CallScope call(__builtin_return_address(0));
  if (pcchConfigFilePath != nullptr) *pcchConfigFilePath = 0;
  return L"";
}

HRESULT ServerObject::GetExtendedInterface(const GUID& Version1, PVOID pInput, const GUID& Version2,
                                           PVOID* ppOutput) {
  win32::CallScope call(__builtin_return_address(0));
  const trace::Method method = trace::Method::kIHttpServer2_GetExtendedInterface;
  if (call.draining()) return kErrorEnded;
  if (pInput == nullptr || ppOutput == nullptr) return Done(&call, method, kErrorInvalidParameter);
  *ppOutput = nullptr;
  // Every object of the host is of its latest version, and later versions extend earlier ones, so
  // the same pointer serves for all of them.
  const auto among = [](const GUID& id, std::initializer_list<const GUID*> ids) {
    return std::any_of(ids.begin(), ids.end(), [&](const GUID* other) {
      return std::memcmp(&id, other, sizeof(GUID)) == 0;
    });
  };
  const auto family = [&](std::initializer_list<const GUID*> ids) {
    return among(Version1, ids) && among(Version2, ids);
  };
  const bool known =
      family({&__uuidof(IHttpContext), &__uuidof(IHttpContext2), &__uuidof(IHttpContext3),
              &__uuidof(IHttpContext4)}) ||
      family({&__uuidof(IHttpRequest), &__uuidof(IHttpRequest2), &__uuidof(IHttpRequest3),
              &__uuidof(IHttpRequest4)}) ||
      family({&__uuidof(IHttpResponse), &__uuidof(IHttpResponse2), &__uuidof(IHttpResponse3),
              &__uuidof(IHttpResponse4)}) ||
      family({&__uuidof(IHttpServer), &__uuidof(IHttpServer2), &__uuidof(IHttpServer3)}) ||
      family({&__uuidof(IHttpApplication), &__uuidof(IHttpApplication2)}) ||
      family({&__uuidof(IHttpCachePolicy), &__uuidof(IHttpCachePolicy2)}) ||
      family({&__uuidof(IHttpCompletionInfo), &__uuidof(IHttpCompletionInfo2)}) ||
      family({&__uuidof(IHttpModuleRegistrationInfo), &__uuidof(IHttpModuleRegistrationInfo2)});
  if (known) *ppOutput = pInput;
  const HRESULT result = known ? S_OK : kErrorNotSupported;
  call.Record(method, static_cast<uint32_t>(result), *ppOutput != nullptr ? 1 : 0);
  return result;
}

HRESULT ServerObject::GetMetadata(PCWSTR, PCWSTR, IReferencedMetadataInfo** ppMetadataInfo) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  if (ppMetadataInfo != nullptr) *ppMetadataInfo = nullptr;
  return NotSimulated(&call, trace::Method::kIHttpServer2_GetMetadata);
}

HRESULT ServerObject::GetWorkerProcessFramework(IWorkerProcessFramework** framework) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  if (framework != nullptr) *framework = nullptr;
  return NotSimulated(&call, trace::Method::kIHttpServer2_GetWorkerProcessFramework);
}

HRESULT ServerObject::QueryRequestProperty(HTTP_OPAQUE_ID, HTTP_REQUEST_PROPERTY, PVOID, ULONG,
                                           PVOID, ULONG, PULONG pcbBytesReturned, LPOVERLAPPED) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  if (pcbBytesReturned != nullptr) *pcbBytesReturned = 0;
  return NotSimulated(&call, trace::Method::kIHttpServer3_QueryRequestProperty);
}

}  // namespace pendulum::host

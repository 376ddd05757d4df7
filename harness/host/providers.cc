#include "harness/host/providers.h"

#include <cwchar>

#include "harness/host/context.h"
#include "harness/host/deviation.h"
#include "harness/host/entry.h"
#include "harness/host/insertion.h"
#include "harness/host/lifetime.h"
#include "harness/win32/capture.h"

namespace pendulum::host {
namespace {

// What a notification failed with; the request goes on, see the SetErrorStatus page.
void SetError(Request* request, HRESULT error, Entry* entry) {
  request->response.error = error;
  entry->Done(static_cast<uint32_t>(error));
}

}  // namespace

VOID BasicProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

VOID AuthenticationProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

VOID AuthenticationProvider::SetUser(IHttpUser* pUser) {
  PENDULUM_ENTER(request_, IAuthenticationProvider_SetUser, );
  const bool on_stack = request_->world->scheduler.StackOwner(pUser) != sched::kNoWorker;
  entry.Done(pUser != nullptr, on_stack ? 1u : 0u);
  ReleaseUser(request_);
  request_->user = pUser;
  if (pUser != nullptr) ++request_->users_set;
}

VOID MapHandlerProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

HRESULT MapHandlerProvider::SetScriptName(PCWSTR, DWORD) {
  PENDULUM_ENTER(request_, IMapHandlerProvider_SetScriptName, kErrorEnded);
  return entry.Done(kErrorNotSupported);
}

VOID MapHandlerProvider::SetScriptMap(IScriptMapInfo* pScriptMap) {
  PENDULUM_ENTER(request_, IMapHandlerProvider_SetScriptMap, );
  request_->script_map = pScriptMap;
  ++request_->script_maps_set;
  entry.Done(0u);
}

VOID MapHandlerProvider::SetFileInfo(IHttpFileInfo*) {
  PENDULUM_ENTER(request_, IMapHandlerProvider_SetFileInfo, );
  entry.Done(0u);
}

IHttpEventProvider* BasicProviders::For(trace::Notification notification, bool post) {
  if (!post && notification == trace::Notification::kAuthenticateRequest) return &authentication_;
  if (!post && notification == trace::Notification::kMapRequestHandler) return &map_handler_;
  return &basic_;
}

SendResponseProvider::SendResponseProvider(Request* request, bool more_data)
    : request_(request),
      flags_(more_data ? HTTP_SEND_RESPONSE_FLAG_MORE_DATA : 0),
      last_(!more_data) {
  if (request->response.need_disconnect) flags_ |= HTTP_SEND_RESPONSE_FLAG_DISCONNECT;
}

VOID SendResponseProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

BOOL SendResponseProvider::GetHeadersBeingSent() const {
  PENDULUM_ENTER_QUIETLY(request_, ISendResponseProvider_GetHeadersBeingSent, FALSE);
  const ResponseState& response = request_->response;
  const BOOL sent = !response.headers_sent && !response.headers_suppressed ? TRUE : FALSE;
  entry.Done(static_cast<uint32_t>(sent));
  return sent;
}

DWORD SendResponseProvider::GetFlags() const {
  PENDULUM_ENTER_QUIETLY(request_, ISendResponseProvider_GetFlags, 0);
  entry.Done(flags_);
  return flags_;
}

VOID SendResponseProvider::SetFlags(DWORD dwFlags) {
  PENDULUM_ENTER(request_, ISendResponseProvider_SetFlags, );
  flags_ = dwFlags;
  if ((dwFlags & HTTP_SEND_RESPONSE_FLAG_DISCONNECT) != 0) {
    request_->response.need_disconnect = true;
  }
  entry.Done(0u, dwFlags);
}

HTTP_LOG_DATA* SendResponseProvider::GetLogData() const {
  PENDULUM_ENTER_QUIETLY(request_, ISendResponseProvider_GetLogData, nullptr);
  ResponseState& response = request_->response;
  const World& world = *request_->world;
  const uint8_t module = win32::boundary.module_of[world.scheduler.current()];
  constexpr auto kSendResponse = static_cast<size_t>(trace::Notification::kSendResponse);
  constexpr uint8_t kHigh = 1;
  if (!last_ || module == trace::kNone8 || world.modules[module].priority[kSendResponse] > kHigh) {
    entry.Done(0u);
    return nullptr;
  }
  const bool changed = response.log_set != nullptr;
  if (!changed) {
    response.log.ProtocolStatus = response.raw.StatusCode;
    response.log.SubStatus = response.sub_status;
    response.log.Win32Status = static_cast<ULONG>(response.error);
    response.log.MethodLength = static_cast<USHORT>(request_->description->method.size());
    response.log.Method = request_->memory.Copy(request_->description->method.data(),
                                                request_->description->method.size());
  }
  entry.Done(1u, changed ? 1 : 0);
  return changed ? response.log_set : &response.log;
}

HRESULT SendResponseProvider::SetLogData(HTTP_LOG_DATA* pLogData) {
  PENDULUM_ENTER(request_, ISendResponseProvider_SetLogData, kErrorEnded);
  if (pLogData == nullptr) return entry.Done(kErrorInvalidParameter);
  request_->response.log_set = pLogData;
  return entry.Done(S_OK);
}

BOOL SendResponseProvider::GetReadyToLogData() const {
  PENDULUM_ENTER_QUIETLY(request_, ISendResponseProvider_GetReadyToLogData, FALSE);
  entry.Done(last_);
  return last_ ? TRUE : FALSE;
}

VOID ReadEntityProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

VOID ReadEntityProvider::GetEntity(PVOID* ppBuffer, DWORD* pcbData, DWORD* pcbBuffer) {
  PENDULUM_ENTER(request_, IReadEntityProvider_GetEntity, );
  TakeEntity(request_);
  const RequestBody& body = request_->body;
  if (ppBuffer != nullptr) *ppBuffer = body.entity;
  if (pcbData != nullptr) *pcbData = body.entity_bytes;
  if (pcbBuffer != nullptr) *pcbBuffer = body.entity_buffer_bytes;
  entry.Done(body.entity_buffer_bytes, body.entity_bytes);
}

VOID ReadEntityProvider::SetEntity(PVOID pBuffer, DWORD cbData, DWORD cbBuffer) {
  PENDULUM_ENTER(request_, IReadEntityProvider_SetEntity, );
  // There is no way to refuse: what can't be, is ignored.
  const bool valid = cbData <= cbBuffer && (pBuffer != nullptr || cbData == 0);
  if (valid) PlaceEntity(request_, pBuffer, cbData, cbBuffer);
  entry.Done(cbBuffer, cbData);
}

MapPathProvider::MapPathProvider(Request* request, const wchar_t* url)
    : request_(request), url_(url), path_(request->world->info.MapUrl(request, url)) {}

VOID MapPathProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

PCWSTR MapPathProvider::GetUrl() const {
  PENDULUM_ENTER_QUIETLY(request_, IMapPathProvider_GetUrl, nullptr);
  entry.Done(0u);
  return url_;
}

PCWSTR MapPathProvider::GetPhysicalPath() const {
  PENDULUM_ENTER_QUIETLY(request_, IMapPathProvider_GetPhysicalPath, nullptr);
  entry.Done(0u, TextDigest(path_, std::wcslen(path_)));
  return path_;
}

HRESULT MapPathProvider::SetPhysicalPath(PCWSTR pszPhysicalPath, DWORD cchPhysicalPath) {
  PENDULUM_ENTER(request_, IMapPathProvider_SetPhysicalPath, kErrorEnded);
  if (pszPhysicalPath == nullptr) return entry.Done(kErrorInvalidParameter);
  path_ = request_->memory.Copy(pszPhysicalPath, cchPhysicalPath);
  entry.Done(static_cast<uint32_t>(S_OK), TextDigest(pszPhysicalPath, cchPhysicalPath));
  return S_OK;
}

VOID PreBeginProvider::SetErrorStatus(HRESULT hrError) {
  PENDULUM_ENTER(request_, IHttpEventProvider_SetErrorStatus, );
  SetError(request_, hrError, &entry);
}

IHttpContext* PreBeginProvider::GetHttpContext() {
  PENDULUM_ENTER_QUIETLY(request_, IPreBeginRequestProvider_GetHttpContext, AsContext(request_));
  entry.Done(1u);
  return AsContext(request_);
}

VOID ApplicationProvider::SetErrorStatus(HRESULT) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
}

IHttpApplication* ApplicationProvider::GetApplication() {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  return &world_->info.application;
}

VOID StopListeningProvider::SetErrorStatus(HRESULT) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
}

BOOL StopListeningProvider::DrainRequestsGracefully() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  if (!call.draining()) {
    call.Record(trace::Method::kIGlobalStopListeningProvider_DrainRequestsGracefully, TRUE);
  }
  return TRUE;
}

VOID ResolveModulesProvider::SetErrorStatus(HRESULT) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
}

IHttpApplication* ResolveModulesProvider::GetApplication() {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  return &world_->info.application;
}

HRESULT ResolveModulesProvider::RegisterModule(HTTP_MODULE_ID, IHttpModuleFactory* pModuleFactory,
                                               PCWSTR pszModuleName, PCWSTR, PCWSTR, DWORD, DWORD) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  const bool bad = pModuleFactory == nullptr || pszModuleName == nullptr;
  const HRESULT result = bad ? kErrorInvalidParameter : kErrorNotSupported;
  const auto method = trace::Method::kIHttpApplicationResolveModulesProvider_RegisterModule;
  if (!bad) win32::NotSimulated(trace::MethodName(method).data());
  call.Record(method, static_cast<uint32_t>(result), bad ? 1 : 0);
  return result;
}

HRESULT ResolveModulesProvider::SetPriorityForRequestNotification(PCWSTR, DWORD, PCWSTR) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  // No module can have been registered here.
  call.Record(
      trace::Method::kIHttpApplicationResolveModulesProvider_SetPriorityForRequestNotification,
      static_cast<uint32_t>(kErrorNotFound));
  return kErrorNotFound;
}

VOID ThreadCleanupProvider::SetErrorStatus(HRESULT) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
}

IHttpApplication* ThreadCleanupProvider::GetApplication() {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  return &world_->info.application;
}

// Recorded for whether the module looks: what these return stands in the delivery's event too.
DWORD CompletionInfo::GetCompletionBytes() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  const DWORD bytes = Mutant(kInfoBytesOfLast) ? BytesOfLastCompletion(bytes_) : bytes_;
  if (!call.draining()) call.Record(trace::Method::kIHttpCompletionInfo_GetCompletionBytes, bytes);
  return bytes;
}

HRESULT CompletionInfo::GetCompletionStatus() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  const HRESULT status = Mutated<HRESULT>(kInfoStatusLost, status_, S_OK);
  if (!call.draining()) {
    call.Record(trace::Method::kIHttpCompletionInfo_GetCompletionStatus,
                static_cast<uint32_t>(status));
  }
  return status;
}

DWORD CompletionInfo::GetCompletedOperation() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  if ((flags_ & trace::kCompletedRead) != 0) return 1;
  return (flags_ & trace::kCompletedWrite) != 0 ? 2 : 0;
}

}  // namespace pendulum::host

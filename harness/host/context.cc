#include "harness/host/context.h"

#include <algorithm>
#include <cstring>

#include "harness/host/entry.h"
#include "harness/host/lifetime.h"
#include "harness/host/mutant.h"
#include "harness/host/pipeline.h"
#include "harness/host/providers.h"
#include "harness/host/request.h"
#include "harness/host/response.h"
#include "harness/win32/clock.h"

namespace pendulum::host {
namespace {

size_t Length(const wchar_t* text) { return text == nullptr ? 0 : std::wcslen(text); }

void SetLength(DWORD* length, const wchar_t* text) {
  if (length != nullptr) *length = static_cast<DWORD>(Length(text));
}

// GetTickCount64, as the trace holds it.
uint32_t NowMs(const Request& request) {
  return static_cast<uint32_t>(win32::kUptimeMs + request.world->scheduler.now_ms());
}

}  // namespace

IHttpRequest4* AsRequest(Request* request) { return request->request; }

IHttpResponse4* AsResponse(Request* request) { return request->response_object; }

IHttpSite* ContextObject::GetSite() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetSite, nullptr);
  entry.Done(0u);
  return &request_->world->info.site;
}

IHttpApplication* ContextObject::GetApplication() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetApplication, nullptr);
  entry.Done(0u);
  return &request_->world->info.application;
}

IHttpConnection* ContextObject::GetConnection() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetConnection, nullptr);
  entry.Done(0u);
  World& world = *request_->world;
  if (world.scenario.host.connection_is_null) return nullptr;
  return world.info.connection(request_);
}

IHttpRequest* ContextObject::GetRequest() {
  // No event: the answer is the same for the whole request, and what is called on it is recorded.
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetRequest, AsRequest(request_));
  return AsRequest(request_);
}

IHttpResponse* ContextObject::GetResponse() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetResponse, AsResponse(request_));
  return AsResponse(request_);
}

BOOL ContextObject::GetResponseHeadersSent() const {
  PENDULUM_ENTER(request_, IHttpContext_GetResponseHeadersSent, FALSE);
  const bool known = request_->response.headers_sent && !Mutant(kHeadersSentDenied);
  const BOOL sent = known || Mutant(kHeadersSentClaimed) ? TRUE : FALSE;
  entry.Done(static_cast<uint32_t>(sent));
  return sent;
}

IHttpUser* ContextObject::GetUser() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetUser, nullptr);
  const bool is_set = request_->user != nullptr;
  IHttpUser* user = is_set ? request_->user : request_->world->info.user();
  entry.Done(user != nullptr, is_set ? request_->users_set : 0u);
  return user;
}

IHttpUser* ContextObject::GetOriginalUser() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext2_GetOriginalUser, nullptr);
  entry.Done(0u);
  return request_->world->info.user();
}

IHttpModuleContextContainer* ContextObject::GetModuleContextContainer() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetModuleContextContainer, &request_->contexts);
  auto& container = Mutant(kContainerChanges) && request_->delivery.serial > 1
                        ? request_->file_contexts
                        : request_->contexts;
  entry.Done(container.slots.number());
  return &container;
}

INamedContextContainer* ContextObject::GetNamedContextContainer() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext3_GetNamedContextContainer,
                         &request_->named_contexts);
  auto& container = Mutant(kNamedContainerOfOther) ? request_->world->requests[0]->named_contexts
                                                   : request_->named_contexts;
  entry.Done(container.number());
  return &container;
}

VOID* ContextObject::AllocateRequestMemory(DWORD cbAllocation) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_AllocateRequestMemory, nullptr);
  World& world = *request_->world;
  if (world.MemoryFault(request_)) {
    entry.Done(1u);
    return nullptr;
  }
  entry.Done(0u, cbAllocation);
  return GiveRequestMemory(request_, cbAllocation,
                           trace::Method::kIHttpContext_AllocateRequestMemory);
}

IHttpUrlInfo* ContextObject::GetUrlInfo() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetUrlInfo, nullptr);
  entry.Done(0u);
  return request_->world->info.url_info(request_);
}

IMetadataInfo* ContextObject::GetMetadata() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetMetadata, nullptr);
  entry.Done(0u);
  return request_->world->info.metadata(request_);
}

IHttpFileInfo* ContextObject::GetFileInfo() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetFileInfo, nullptr);
  entry.Done(0u);
  return request_->world->info.file_info(request_);
}

IScriptMapInfo* ContextObject::GetScriptMap() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetScriptMap, nullptr);
  entry.Done(0u, request_->script_map != nullptr ? request_->script_maps_set : 0u);
  return request_->script_map != nullptr ? request_->script_map : &request_->world->info.script_map;
}

PCWSTR ContextObject::GetPhysicalPath(DWORD* pcchPhysicalPath) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetPhysicalPath, nullptr);
  entry.Done(0u);
  const wchar_t* path = request_->world->info.PhysicalPath(request_);
  SetLength(pcchPhysicalPath, path);
  return path;
}

PCWSTR ContextObject::GetScriptTranslated(DWORD* pcchScriptTranslated) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetScriptTranslated, nullptr);
  entry.Done(0u);
  const wchar_t* path = request_->world->info.PhysicalPath(request_);
  SetLength(pcchScriptTranslated, path);
  return path;
}

PCWSTR ContextObject::GetScriptName(DWORD* pcchScriptName) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetScriptName, nullptr);
  entry.Done(0u);
  const HTTP_COOKED_URL& url = request_->raw.CookedUrl;
  const size_t length = url.AbsPathLength / sizeof(WCHAR);
  if (pcchScriptName != nullptr) *pcchScriptName = static_cast<DWORD>(length);
  return request_->memory.Copy(url.pAbsPath, length);
}

VOID ContextObject::SetRequestHandled() {
  PENDULUM_ENTER(request_, IHttpContext_SetRequestHandled, );
  request_->handled = true;
  entry.Done(0u);
}

DWORD ContextObject::GetExecuteFlags() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetExecuteFlags, 0);
  entry.Done(0u);
  return 0;
}

HRESULT ContextObject::GetServerVariable(PCSTR pszVariableName, PCWSTR* ppszValue,
                                         DWORD* pcchValueLength) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetServerVariable, kErrorEnded);
  if (pszVariableName == nullptr || ppszValue == nullptr || pcchValueLength == nullptr) {
    return entry.Done(kErrorInvalidParameter);
  }
  size_t length = 0;
  *ppszValue = ServerVariable(request_, pszVariableName, &length);
  *pcchValueLength = static_cast<DWORD>(length);
  if (*ppszValue == nullptr) return entry.Done(HRESULT_FROM_WIN32(ERROR_INVALID_INDEX));
  return entry.Done(S_OK);
}

HRESULT ContextObject::GetServerVariable(PCSTR pszVariableName, PCSTR* ppszValue,
                                         DWORD* pcchValueLength) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetServerVariable, kErrorEnded);
  if (pszVariableName == nullptr || ppszValue == nullptr || pcchValueLength == nullptr) {
    return entry.Done(kErrorInvalidParameter);
  }
  size_t length = 0;
  const wchar_t* wide = ServerVariable(request_, pszVariableName, &length);
  *ppszValue = nullptr;
  *pcchValueLength = 0;
  if (wide == nullptr) return entry.Done(HRESULT_FROM_WIN32(ERROR_INVALID_INDEX));
  auto* narrow = static_cast<char*>(request_->memory.Allocate(length + 1));
  for (size_t i = 0; i < length; ++i) narrow[i] = static_cast<char>(wide[i]);
  *ppszValue = narrow;
  *pcchValueLength = static_cast<DWORD>(length);
  return entry.Done(S_OK);
}

HRESULT ContextObject::SetServerVariable(PCSTR pszVariableName, PCWSTR pszVariableValue) {
  PENDULUM_ENTER(request_, IHttpContext_SetServerVariable, kErrorEnded);
  if (pszVariableName == nullptr) return entry.Done(kErrorInvalidParameter);
  for (auto it = request_->variables.begin(); it != request_->variables.end(); ++it) {
    if (!EqualIgnoringCase(it->first, pszVariableName)) continue;
    request_->variables.erase(it);
    break;
  }
  // A NULL value removes the variable.
  if (pszVariableValue != nullptr) {
    request_->variables.emplace_back(pszVariableName, pszVariableValue);
  }
  return entry.Done(S_OK);
}

HRESULT ContextObject::InheritServerVariable(PCSTR, BOOL fFailIfNotExist) {
  PENDULUM_ENTER(request_, IHttpContext3_InheritServerVariable, kErrorEnded);
  // There is no parent request to inherit from.
  const bool fails = fFailIfNotExist && !Mutant(kInheritsAnything);
  const HRESULT result = fails ? HRESULT_FROM_WIN32(ERROR_INVALID_INDEX) : S_OK;
  entry.Done(static_cast<uint32_t>(result), fFailIfNotExist ? 1 : 0);
  return result;
}

HRESULT ContextObject::MapPath(PCWSTR pszUrl, PWSTR pszPhysicalPath, DWORD* pcbPhysicalPath) {
  PENDULUM_ENTER(request_, IHttpContext_MapPath, kErrorEnded);
  if (pszUrl == nullptr || pcbPhysicalPath == nullptr) return entry.Done(kErrorInvalidParameter);
  MapPathProvider provider(request_, pszUrl);
  RaiseNested(request_, trace::Notification::kMapPath, &provider);
  if (request_->world->scheduler.draining() || request_->ended) return kErrorEnded;
  const wchar_t* path = provider.path();
  const auto needed = static_cast<DWORD>((Length(path) + 1) * sizeof(WCHAR));
  const DWORD given = *pcbPhysicalPath;
  *pcbPhysicalPath = needed;
  const bool fits = pszPhysicalPath != nullptr && (given >= needed || Mutant(kMapPathOverruns));
  if (fits) std::memcpy(pszPhysicalPath, path, std::min(needed, given));
  const HRESULT result = fits ? S_OK : HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
  const DWORD offered = pszPhysicalPath == nullptr ? 0 : given;
  entry.Done(static_cast<uint32_t>(result), needed > offered ? needed - offered : 0);
  return result;
}

IHttpContext* ContextObject::GetParentContext() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetParentContext, nullptr);
  entry.Done(0u);
  return nullptr;
}

IHttpContext* ContextObject::GetRootContext() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetRootContext, nullptr);
  entry.Done(0u);
  return nullptr;  // it is the root itself
}

HRESULT ContextObject::GetCurrentExecutionStats(DWORD* pdwNotification,
                                                DWORD* pdwNotificationStartTickCount,
                                                PCWSTR* ppszModule, DWORD* pdwModuleStartTickCount,
                                                DWORD* pdwAsyncNotification,
                                                DWORD* pdwAsyncNotificationStartTickCount) const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetCurrentExecutionStats, kErrorEnded);
  if (pdwNotification == nullptr) return entry.Done(kErrorInvalidParameter);
  const World& world = *request_->world;
  const Delivery& here = world.inside[world.scheduler.current()];
  const Delivery& delivery = here.serial != 0 ? here : request_->delivery;
  const DWORD now_ms = NowMs(*request_);
  *pdwNotification = NotificationBit(delivery.notification);
  if (pdwNotificationStartTickCount != nullptr) *pdwNotificationStartTickCount = now_ms;
  if (ppszModule != nullptr) {
    *ppszModule = delivery.module < world.modules.size()
                      ? world.modules[delivery.module].name.c_str()
                      : nullptr;
  }
  if (pdwModuleStartTickCount != nullptr) *pdwModuleStartTickCount = now_ms;
  const auto index =
      static_cast<uint32_t>(delivery.notification) ^ Mutated(kStatsOtherNotification, 0u, 1u);
  const bool completing = Mutated(kStatsAsyncInverted, here.completing, !here.completing);
  const bool asynchronous = here.serial != 0 && completing;
  if (pdwAsyncNotification != nullptr) *pdwAsyncNotification = asynchronous ? *pdwNotification : 0;
  if (pdwAsyncNotificationStartTickCount != nullptr) {
    *pdwAsyncNotificationStartTickCount = asynchronous ? now_ms : 0;
  }
  const HRESULT result = Mutated<HRESULT>(kStatsOddSuccess, S_OK, S_FALSE);
  entry.Done(static_cast<uint32_t>(result), index | (asynchronous ? index : 0xFF) << 8);
  return result;
}

IHttpTraceContext* ContextObject::GetTraceContext() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetTraceContext, nullptr);
  entry.Done(0u);
  return &request_->world->info.trace_context;
}

HRESULT ContextObject::GetExtendedInterface(HTTP_CONTEXT_INTERFACE_VERSION, PVOID* ppInterface) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext_GetExtendedInterface, kErrorEnded);
  if (ppInterface == nullptr) return entry.Done(kErrorInvalidParameter);
  *ppInterface = AsContext(request_);
  return entry.Done(S_OK);
}

ULONGLONG ContextObject::GetRequestStartTime() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext4_GetRequestStartTime, 0);
  const uint64_t moved_ms = Mutated<uint64_t>(kStartTimeMoves, 0, request_->delivery.serial);
  const uint64_t start_ms = win32::kUptimeMs + request_->start_ms + moved_ms;
  entry.Done(static_cast<uint32_t>(start_ms), NowMs(*request_));
  return start_ms;
}

ULONGLONG ContextObject::GetRequestElapsedTime() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpContext4_GetRequestElapsedTime, 0);
  const uint64_t elapsed_ms = request_->world->scheduler.now_ms() - request_->start_ms +
                              Mutated(kElapsedTimeAhead, 0u, 1000u);
  entry.Done(static_cast<uint32_t>(elapsed_ms), NowMs(*request_));
  return elapsed_ms;
}

}  // namespace pendulum::host

#include "harness/host/info.h"

#include "harness/host/entry.h"
#include "harness/host/lifetime.h"
#include "harness/host/mutant.h"
#include "harness/host/world.h"

namespace pendulum::host {
namespace {

std::wstring Widen(const std::string& text) { return {text.begin(), text.end()}; }

// A getter of an object that outlives requests: crosses the boundary, and no more.
#define PENDULUM_GETTER() win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet)

}  // namespace

VOID PerfCounters::IncrementCounter(DWORD, DWORD) { PENDULUM_GETTER(); }
VOID PerfCounters::DecrementCounter(DWORD, DWORD) { PENDULUM_GETTER(); }

DWORD Site::GetSiteId() const {
  PENDULUM_GETTER();
  return id;
}
PCWSTR Site::GetSiteName() const {
  PENDULUM_GETTER();
  return name.c_str();
}
IHttpModuleContextContainer* Site::GetModuleContextContainer() {
  PENDULUM_GETTER();
  return &contexts;
}
IHttpPerfCounterInfo* Site::GetPerfCounterInfo() {
  PENDULUM_GETTER();
  return &counters_;
}

PCWSTR Application::GetApplicationPhysicalPath() const {
  PENDULUM_GETTER();
  return physical_path.c_str();
}
PCWSTR Application::GetApplicationId() const {
  PENDULUM_GETTER();
  return id.c_str();
}
PCWSTR Application::GetAppConfigPath() const {
  PENDULUM_GETTER();
  return config_path.c_str();
}
IHttpModuleContextContainer* Application::GetModuleContextContainer() {
  PENDULUM_GETTER();
  return &contexts;
}
VOID Application::BeginApplicationWarmup() { PENDULUM_GETTER(); }
VOID Application::EndApplicationWarmup() { PENDULUM_GETTER(); }
BOOL Application::QueryIsWarmingUp() {
  PENDULUM_GETTER();
  return FALSE;
}

PCWSTR User::GetRemoteUserName() {
  PENDULUM_GETTER();
  return name.c_str();
}
PCWSTR User::GetUserName() {
  PENDULUM_GETTER();
  return name.c_str();
}
PCWSTR User::GetAuthenticationType() {
  PENDULUM_GETTER();
  return authentication_type.c_str();
}
PCWSTR User::GetPassword() {
  PENDULUM_GETTER();
  return L"";
}
HANDLE User::GetImpersonationToken() {
  PENDULUM_GETTER();
  return nullptr;
}
HANDLE User::GetPrimaryToken() {
  PENDULUM_GETTER();
  return nullptr;
}
// The server keeps its user as long as it lives. What modules do is recorded.
VOID User::ReferenceUser() {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  if (!call.draining()) call.Record(trace::Method::kIHttpUser_ReferenceUser, 0);
}
VOID User::DereferenceUser() {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  if (!call.draining()) call.Record(trace::Method::kIHttpUser_DereferenceUser, 0);
}
BOOL User::SupportsIsInRole() {
  PENDULUM_GETTER();
  return FALSE;
}
HRESULT User::IsInRole(PCWSTR, BOOL* pfInRole) {
  PENDULUM_GETTER();
  if (pfInRole == nullptr) return kErrorInvalidParameter;
  *pfInRole = FALSE;
  return kErrorNotSupported;
}
PVOID User::GetUserVariable(PCSTR) {
  PENDULUM_GETTER();
  return nullptr;
}

PCWSTR ScriptMap::GetPath() const {
  PENDULUM_GETTER();
  return L"*";
}
PCSTR ScriptMap::GetAllowedVerbs() const {
  PENDULUM_GETTER();
  return "*";
}
PCWSTR ScriptMap::GetModules(DWORD* pcchModules) const {
  PENDULUM_GETTER();
  if (pcchModules != nullptr) *pcchModules = 0;
  return L"";
}
PCWSTR ScriptMap::GetScriptProcessor(DWORD* pcchScriptProcessor) const {
  PENDULUM_GETTER();
  if (pcchScriptProcessor != nullptr) *pcchScriptProcessor = 0;
  return L"";
}
PCWSTR ScriptMap::GetManagedType(DWORD* pcchManagedType) const {
  PENDULUM_GETTER();
  if (pcchManagedType != nullptr) *pcchManagedType = 0;
  return L"";
}
BOOL ScriptMap::GetAllowPathInfoForScriptMappings() const {
  PENDULUM_GETTER();
  return FALSE;
}
DWORD ScriptMap::GetRequiredAccess() const {
  PENDULUM_GETTER();
  return 1;
}
DWORD ScriptMap::GetResourceType() const {
  PENDULUM_GETTER();
  return 3;
}
BOOL ScriptMap::GetIsStarScriptMap() const {
  PENDULUM_GETTER();
  return TRUE;
}
DWORD ScriptMap::GetResponseBufferLimit() const {
  PENDULUM_GETTER();
  call.Record(trace::Method::kIScriptMapInfo_GetResponseBufferLimit, response_buffer_limit_bytes);
  return response_buffer_limit_bytes;
}
PCWSTR ScriptMap::GetName() const {
  PENDULUM_GETTER();
  return L"Pendulum";
}

IHttpModuleContextContainer* UrlInfo::GetModuleContextContainer() {
  PENDULUM_GETTER();
  return &request->url_contexts;
}
BOOL UrlInfo::IsFrequentlyHit() const {
  PENDULUM_GETTER();
  return FALSE;
}

PCWSTR Metadata::GetMetaPath() const {
  PENDULUM_GETTER();
  return L"/LM/W3SVC/1/ROOT";
}
PCWSTR Metadata::GetVrPath() const {
  PENDULUM_GETTER();
  return request->world->info.application.physical_path.c_str();
}
IHttpTokenEntry* Metadata::GetVrToken() {
  PENDULUM_GETTER();
  return nullptr;
}
IHttpModuleContextContainer* Metadata::GetModuleContextContainer() {
  PENDULUM_GETTER();
  return &request->metadata_contexts;
}

BOOL ConnectionObject::IsConnected() const {
  PENDULUM_ENTER(request, IHttpConnection_IsConnected, FALSE);
  const bool known = request->client.connected && !Mutant(kConnectedDenied);
  const BOOL connected = known || Mutant(kConnectedAlways) ? TRUE : FALSE;
  entry.Done(static_cast<uint32_t>(connected));
  return connected;
}
VOID* ConnectionObject::AllocateMemory(DWORD cbAllocation) {
  PENDULUM_ENTER_QUIETLY(request, IHttpConnection_AllocateMemory, nullptr);
  entry.Done(0u, cbAllocation);
  return GiveRequestMemory(request, cbAllocation, trace::Method::kIHttpConnection_AllocateMemory);
}
IHttpConnectionModuleContextContainer* ConnectionObject::GetModuleContextContainer() {
  PENDULUM_ENTER_QUIETLY(request, IHttpConnection_GetModuleContextContainer,
                         &request->world->connections[request->connection].contexts);
  entry.Done(0u);
  return &request->world->connections[request->connection].contexts;
}

HRESULT TraceContext::GetTraceConfiguration(HTTP_TRACE_CONFIGURATION*) {
  PENDULUM_GETTER();
  return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
}
HRESULT TraceContext::SetTraceConfiguration(HTTP_MODULE_ID, HTTP_TRACE_CONFIGURATION*, DWORD) {
  PENDULUM_GETTER();
  return S_OK;
}
HRESULT TraceContext::RaiseTraceEvent(HTTP_TRACE_EVENT*) {
  PENDULUM_GETTER();
  if (!call.draining()) call.Record(trace::Method::kIHttpTraceContext_RaiseTraceEvent, 0);
  return S_OK;
}
LPCGUID TraceContext::GetTraceActivityId() {
  PENDULUM_GETTER();
  static const GUID kActivity = {};
  return &kActivity;
}
HRESULT TraceContext::QuickTrace(PCWSTR, PCWSTR, HRESULT, UCHAR) {
  PENDULUM_GETTER();
  if (!call.draining()) call.Record(trace::Method::kIHttpTraceContext_QuickTrace, 0);
  return S_OK;
}

void ServerInfo::SetSettings(const HostSettings& settings) {
  site.id = settings.site_id;
  site.name = Widen(settings.site_name);
  app_pool_name = Widen(settings.app_pool_name);
  physical_path = Widen(settings.physical_path);
  application.physical_path = physical_path;
  application.id = L"/LM/W3SVC/" + std::to_wstring(settings.site_id) + L"/ROOT";
  application.config_path =
      L"MACHINE/WEBROOT/APPHOST/" + site.name + Widen(settings.application_path);
  script_map.response_buffer_limit_bytes = settings.response_buffer_limit_bytes;
  has_user_ = !settings.user_name.empty();
  user_.name = Widen(settings.user_name);
  user_.authentication_type = Widen(settings.authentication_type);
}

void ServerInfo::Reset(World* world) {
  site.contexts.slots.Reset(world, nullptr, 61);
  application.contexts.slots.Reset(world, nullptr, 62);
  next_dispensed_ = 71;
  for (DispensedContainer& container : dispensed_) container.dispensed = false;
  fragments_.clear();
}

IHttpUser* ServerInfo::user() { return has_user_ ? &user_ : nullptr; }

IHttpConnection* ServerInfo::connection(Request* request) {
  connections_[request->index].request = request;
  return &connections_[request->index];
}

IHttpUrlInfo* ServerInfo::url_info(Request* request) {
  url_infos_[request->index].request = request;
  return &url_infos_[request->index];
}

IMetadataInfo* ServerInfo::metadata(Request* request) {
  metadata_[request->index].request = request;
  return &metadata_[request->index];
}

IHttpFileInfo* ServerInfo::file_info(Request*) { return nullptr; }

const wchar_t* ServerInfo::MapUrl(Request* request, const wchar_t* url) {
  std::wstring path = physical_path;
  if (!path.empty() && path.back() == L'\\') path.pop_back();
  for (const wchar_t* c = url; *c != 0 && *c != L'?'; ++c) path += *c == L'/' ? L'\\' : *c;
  return request->memory.Copy(path.c_str(), path.size());
}

const wchar_t* ServerInfo::PhysicalPath(Request* request) {
  return MapUrl(request, request->raw.CookedUrl.pAbsPath);
}

const std::vector<uint8_t>* ServerInfo::FindFragment(const wchar_t* name) const {
  if (name == nullptr) return nullptr;
  for (const Fragment& fragment : fragments_) {
    if (fragment.name == name) return &fragment.bytes;
  }
  return nullptr;
}

void ServerInfo::AddFragment(const wchar_t* name, const uint8_t* data, size_t bytes) {
  RemoveFragment(name);
  fragments_.push_back({name, {data, data + bytes}});
}

bool ServerInfo::RemoveFragment(const wchar_t* name) {
  for (auto it = fragments_.begin(); it != fragments_.end(); ++it) {
    if (it->name != name) continue;
    fragments_.erase(it);
    return true;
  }
  return false;
}

DispensedContainer* ServerInfo::Dispense(World* world) {
  for (DispensedContainer& container : dispensed_) {
    if (container.dispensed) continue;
    container.slots.Reset(world, nullptr, next_dispensed_++);
    container.dispensed = true;
    return &container;
  }
  return nullptr;
}

void ServerInfo::Cleanup() {
  site.contexts.slots.Cleanup();
  application.contexts.slots.Cleanup();
}

}  // namespace pendulum::host

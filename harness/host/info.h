// What modules can ask about the server, its sites, applications, users, URLs and files: plain
// values from the scenario's settings behind the documented interfaces.
#ifndef PENDULUM_HOST_INFO_H_
#define PENDULUM_HOST_INFO_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/host/containers.h"
#include "harness/host/scenario.h"
#include "httpserv.h"

namespace pendulum::host {

class World;
struct Request;

// Counts that nobody reads; increments are points like other calls.
class PerfCounters final : public IHttpPerfCounterInfo {
 public:
  VOID IncrementCounter(DWORD dwCounterIndex, DWORD dwValue) override;
  VOID DecrementCounter(DWORD dwCounterIndex, DWORD dwValue) override;
};

class Site final : public IHttpSite {
 public:
  DWORD GetSiteId() const override;
  PCWSTR GetSiteName() const override;
  IHttpModuleContextContainer* GetModuleContextContainer() override;
  IHttpPerfCounterInfo* GetPerfCounterInfo() override;
  uint32_t id = 1;
  std::wstring name;
  ContextContainer contexts;

 private:
  PerfCounters counters_;
};

class Application final : public IHttpApplication2 {
 public:
  PCWSTR GetApplicationPhysicalPath() const override;
  PCWSTR GetApplicationId() const override;
  PCWSTR GetAppConfigPath() const override;
  IHttpModuleContextContainer* GetModuleContextContainer() override;
  VOID BeginApplicationWarmup() override;
  VOID EndApplicationWarmup() override;
  BOOL QueryIsWarmingUp() override;
  std::wstring physical_path, id, config_path;
  ContextContainer contexts;
};

// The user that the scenario names. Reference counts are kept but do nothing: it outlives the run.
class User final : public IHttpUser {
 public:
  PCWSTR GetRemoteUserName() override;
  PCWSTR GetUserName() override;
  PCWSTR GetAuthenticationType() override;
  PCWSTR GetPassword() override;
  HANDLE GetImpersonationToken() override;
  HANDLE GetPrimaryToken() override;
  VOID ReferenceUser() override;
  VOID DereferenceUser() override;
  BOOL SupportsIsInRole() override;
  HRESULT IsInRole(PCWSTR pszRoleName, BOOL* pfInRole) override;
  PVOID GetUserVariable(PCSTR pszVariableName) override;
  std::wstring name, authentication_type;
};

class ScriptMap final : public IScriptMapInfo {
 public:
  PCWSTR GetPath() const override;
  PCSTR GetAllowedVerbs() const override;
  PCWSTR GetModules(DWORD* pcchModules) const override;
  PCWSTR GetScriptProcessor(DWORD* pcchScriptProcessor) const override;
  PCWSTR GetManagedType(DWORD* pcchManagedType) const override;
  BOOL GetAllowPathInfoForScriptMappings() const override;
  DWORD GetRequiredAccess() const override;
  DWORD GetResourceType() const override;
  BOOL GetIsStarScriptMap() const override;
  DWORD GetResponseBufferLimit() const override;
  PCWSTR GetName() const override;
  uint32_t response_buffer_limit_bytes = 0;
};

class UrlInfo final : public IHttpUrlInfo {
 public:
  IHttpModuleContextContainer* GetModuleContextContainer() override;
  BOOL IsFrequentlyHit() const override;
  Request* request = nullptr;
};

class Metadata final : public IMetadataInfo {
 public:
  PCWSTR GetMetaPath() const override;
  PCWSTR GetVrPath() const override;
  IHttpTokenEntry* GetVrToken() override;
  IHttpModuleContextContainer* GetModuleContextContainer() override;
  Request* request = nullptr;
};

class ConnectionObject final : public IHttpConnection {
 public:
  BOOL IsConnected() const override;
  VOID* AllocateMemory(DWORD cbAllocation) override;
  IHttpConnectionModuleContextContainer* GetModuleContextContainer() override;
  Request* request = nullptr;
};

// Trace events are accepted and dropped; none is enabled.
class TraceContext final : public IHttpTraceContext {
 public:
  HRESULT GetTraceConfiguration(HTTP_TRACE_CONFIGURATION* pHttpTraceConfiguration) override;
  HRESULT SetTraceConfiguration(HTTP_MODULE_ID moduleId,
                                HTTP_TRACE_CONFIGURATION* pHttpTraceConfiguration,
                                DWORD cHttpTraceConfiguration) override;
  HRESULT RaiseTraceEvent(HTTP_TRACE_EVENT* pTraceEvent) override;
  LPCGUID GetTraceActivityId() override;
  HRESULT QuickTrace(PCWSTR pszData1, PCWSTR pszData2, HRESULT hrLastError, UCHAR Level) override;
};

class CachePolicy final : public IHttpCachePolicy2 {
 public:
  explicit CachePolicy(Request* request) : request_(request) {}
  void Reset();
  HTTP_CACHE_POLICY* GetKernelCachePolicy() override;
  VOID SetKernelCacheInvalidatorSet() override;
  HTTP_CACHE_POLICY* GetUserCachePolicy() override;
  HRESULT AppendVaryByHeader(PCSTR pszHeader) override;
  PCSTR GetVaryByHeaders() const override;
  HRESULT AppendVaryByQueryString(PCSTR pszParam) override;
  PCSTR GetVaryByQueryStrings() const override;
  HRESULT SetVaryByValue(PCSTR pszValue) override;
  PCSTR GetVaryByValue() const override;
  BOOL IsUserCacheEnabled() const override;
  VOID DisableUserCache() override;
  BOOL IsCached() const override;
  VOID SetIsCached() override;
  BOOL GetKernelCacheInvalidatorSet() const override;
  BOOL IsForceUpdateSet() const override;
  VOID SetForceUpdate() override;

 private:
  Request* request_;
  HTTP_CACHE_POLICY kernel_{};
  HTTP_CACHE_POLICY user_{};
  std::string vary_by_headers_, vary_by_query_strings_, vary_by_value_;
  bool user_enabled_ = true;
  bool cached_ = false;
  bool invalidator_set_ = false;
  bool force_update_ = false;
};

class ServerInfo {
 public:
  void SetSettings(const HostSettings& settings);
  void Reset(World* world);

  // Objects of a request. The user is nullptr for an anonymous request, the file always (no handler
  // maps URLs to files here).
  IHttpUser* user();
  IHttpConnection* connection(Request* request);
  IHttpUrlInfo* url_info(Request* request);
  IMetadataInfo* metadata(Request* request);
  IHttpFileInfo* file_info(Request* request);

  // Where a URL lies on disk, as a Windows path below the application's folder. The strings live as
  // long as the request.
  const wchar_t* PhysicalPath(Request* request);
  const wchar_t* MapUrl(Request* request, const wchar_t* url);

  // Fragments that modules put into the server's cache; see the AddFragmentToCache page.
  const std::vector<uint8_t>* FindFragment(const wchar_t* name) const;
  void AddFragment(const wchar_t* name, const uint8_t* data, size_t bytes);
  bool RemoveFragment(const wchar_t* name);

  // A container for a module's own use, from a small pool; nullptr when all are in use.
  DispensedContainer* Dispense(World* world);
  // Cleans up what modules left in the containers that live as long as the server. On a worker.
  void Cleanup();

  Site site;
  Application application;
  ScriptMap script_map;
  TraceContext trace_context;
  PerfCounters counters;
  std::wstring app_pool_name, physical_path;

 private:
  uint32_t next_dispensed_ = 71;
  struct Fragment {
    std::wstring name;
    std::vector<uint8_t> bytes;
  };
  User user_;
  bool has_user_ = false;
  std::array<ConnectionObject, kMaxRequests> connections_;
  std::array<UrlInfo, kMaxRequests> url_infos_;
  std::array<Metadata, kMaxRequests> metadata_;
  std::array<DispensedContainer, 16> dispensed_;
  std::vector<Fragment> fragments_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_INFO_H_

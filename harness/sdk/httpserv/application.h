// Applications, sites, URLs, and the handler mapping.
#ifndef PENDULUM_SDK_HTTPSERV_APPLICATION_H_
#define PENDULUM_SDK_HTTPSERV_APPLICATION_H_

#include "httpserv/base.h"

// The application that a request belongs to. Its strings live as long as it does.
class __declspec(uuid("3f75d9e6-1075-422c-ad89-93a85f2d7bdc")) IHttpApplication {
 public:
  virtual PCWSTR GetApplicationPhysicalPath() const = 0;
  virtual PCWSTR GetApplicationId() const = 0;
  virtual PCWSTR GetAppConfigPath() const = 0;
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
};

// Adds application warm-up.
class __declspec(uuid("311a3b7a-b673-4a1c-8349-2e98a23cadcb")) IHttpApplication2
    : public IHttpApplication {
 public:
  virtual VOID BeginApplicationWarmup() = 0;
  virtual VOID EndApplicationWarmup() = 0;
  virtual BOOL QueryIsWarmingUp() = 0;
};

// The site that a request belongs to.
class __declspec(uuid("eb16a6ec-ba5d-436f-bf24-3ede13906450")) IHttpSite {
 public:
  virtual DWORD GetSiteId() const = 0;
  virtual PCWSTR GetSiteName() const = 0;
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
  virtual IHttpPerfCounterInfo* GetPerfCounterInfo() = 0;
};

// Cached facts about a URL.
class __declspec(uuid("7e0e6167-0094-49a1-8287-ecf6dc6e73a6")) IHttpUrlInfo {
 public:
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
  virtual BOOL IsFrequentlyHit() const = 0;
};

// The handler mapping chosen for a request.
class __declspec(uuid("d7fe3d77-68bc-4d4a-851f-eec9fb68017c")) IScriptMapInfo {
 public:
  virtual PCWSTR GetPath() const = 0;
  virtual PCSTR GetAllowedVerbs() const = 0;
  virtual PCWSTR GetModules(DWORD* pcchModules = NULL) const = 0;
  virtual PCWSTR GetScriptProcessor(DWORD* pcchScriptProcessor = NULL) const = 0;
  virtual PCWSTR GetManagedType(DWORD* pcchManagedType = NULL) const = 0;
  virtual BOOL GetAllowPathInfoForScriptMappings() const = 0;
  virtual DWORD GetRequiredAccess() const = 0;
  virtual DWORD GetResourceType() const = 0;
  virtual BOOL GetIsStarScriptMap() const = 0;
  virtual DWORD GetResponseBufferLimit() const = 0;
  virtual PCWSTR GetName() const = 0;
};

// The configuration path and virtual directory of a request.
class __declspec(uuid("48b10633-825d-495e-93b0-225380053e8e")) IMetadataInfo {
 public:
  virtual PCWSTR GetMetaPath() const = 0;
  virtual PCWSTR GetVrPath() const = 0;
  virtual IHttpTokenEntry* GetVrToken() = 0;
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
};

// Metadata that outlives the request; reference-counted.
class __declspec(uuid("3fc5c336-9ad7-45ea-af2f-31b59302c9fe")) IReferencedMetadataInfo
    : public IMetadataInfo {
 public:
  virtual VOID ReferenceMetadata() = 0;
  virtual VOID DereferenceMetadata() = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_APPLICATION_H_

// Keys of the output cache. See caching-constants.md.
#ifndef PENDULUM_SDK_HTTPCACH_H_
#define PENDULUM_SDK_HTTPCACH_H_

#include "httpserv.h"

#define FILE_CACHE_NAME L"FILE"
#define TOKEN_CACHE_NAME L"TOKEN"
#define URI_CACHE_NAME L"URI"

// The order of the virtual methods is the documentation's, not checked against Microsoft's header.

// The key of a cached file. See ifilekey-interface.md.
class IFileKey : public IHttpCacheKey {
 public:
  PCWSTR GetCacheName() const override { return FILE_CACHE_NAME; }
  virtual PCWSTR GetPath() const = 0;
};

// The key of a cached logon token. See ihttptokenkey-interface.md.
class IHttpTokenKey : public IHttpCacheKey {
 public:
  PCWSTR GetCacheName() const override { return TOKEN_CACHE_NAME; }
  virtual PCWSTR GetUserName() const = 0;
  virtual PCWSTR GetPasswordHash() const = 0;
  virtual DWORD GetLogonMethod() const = 0;
};

// The key of a cached URL. See iurikey-interface.md.
class IUriKey : public IHttpCacheKey {
 public:
  PCWSTR GetCacheName() const override { return URI_CACHE_NAME; }
  virtual PCWSTR GetUrl() const = 0;
  virtual PCWSTR GetSiteName() const = 0;
  virtual DWORD GetSiteId() const = 0;
  virtual PCWSTR GetConfigPath() const = 0;
  virtual VOID UpdateFrequentlyHitTickCount() = 0;
};

#endif  // PENDULUM_SDK_HTTPCACH_H_

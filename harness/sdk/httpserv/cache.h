// The output cache and what it holds.
#ifndef PENDULUM_SDK_HTTPSERV_CACHE_H_
#define PENDULUM_SDK_HTTPSERV_CACHE_H_

#include "httpserv/base.h"

// Key of an entry in the output cache.
class __declspec(uuid("cdef2aad-20b3-4512-b1b1-094b3844aeb2")) IHttpCacheKey {
 public:
  virtual DWORD GetHash() const = 0;
  virtual PCWSTR GetCacheName() const = 0;
  virtual bool GetIsEqual(IHttpCacheKey* pCacheCompareKey) const = 0;
  virtual bool GetIsPrefix(IHttpCacheKey* pCacheCompareKey) const = 0;
  virtual VOID Enum(IHttpCacheSpecificData* pCacheData) = 0;
};

// An entry in the output cache; reference-counted.
class __declspec(uuid("37776aff-852e-4eec-93a5-b85a285a95b8")) IHttpCacheSpecificData {
 public:
  virtual IHttpCacheKey* GetCacheKey() const = 0;
  virtual VOID ReferenceCacheData() = 0;
  virtual VOID DereferenceCacheData() = 0;
  virtual VOID ResetTTL() = 0;
  virtual VOID DecrementTTL(BOOL* pfTTLExpired) = 0;
  virtual VOID SetFlushed() = 0;
  virtual BOOL GetFlushed() const = 0;
};

// Reports changes to a file or folder.
class __declspec(uuid("985422da-b0cf-473b-ba9e-8148ceb3e240")) IHttpFileMonitor {
 public:
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
  virtual VOID DereferenceFileMonitor() = 0;
};

// A cached file.
class __declspec(uuid("71e95595-8c74-44d9-88a9-f5112d5f5900")) IHttpFileInfo
    : public IHttpCacheSpecificData {
 public:
  virtual DWORD GetAttributes() const = 0;
  virtual VOID GetSize(ULARGE_INTEGER* pliSize) const = 0;
  virtual const BYTE* GetFileBuffer() const = 0;
  virtual HANDLE GetFileHandle() const = 0;
  virtual PCWSTR GetFilePath() const = 0;
  virtual PCSTR GetETag(USHORT* pcchETag = NULL) const = 0;
  virtual VOID GetLastModifiedTime(FILETIME* pFileTime) const = 0;
  virtual PCSTR GetLastModifiedString() const = 0;
  virtual BOOL GetHttpCacheAllowed(DWORD* pSecondsToLive) const = 0;
  virtual HRESULT AccessCheck(HANDLE hUserToken, PSID pUserSid) = 0;
  virtual HANDLE GetVrToken() const = 0;
  virtual PCWSTR GetVrPath() const = 0;
  virtual IHttpModuleContextContainer* GetModuleContextContainer() = 0;
  virtual BOOL CheckIfFileHasChanged(HANDLE hUserToken) = 0;
};

// A cached logon token.
class __declspec(uuid("fd86e6de-fb0e-47dd-820a-e0da12be46e9")) IHttpTokenEntry
    : public IHttpCacheSpecificData {
 public:
  virtual HANDLE GetImpersonationToken() = 0;
  virtual HANDLE GetPrimaryToken() = 0;
  virtual PSID GetSid() = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_CACHE_H_

// Users and connections.
#ifndef PENDULUM_SDK_HTTPSERV_CONNECTION_H_
#define PENDULUM_SDK_HTTPSERV_CONNECTION_H_

#include "httpserv/containers.h"

// An authenticated user; reference-counted.
class __declspec(uuid("8059e6f8-10ce-4d61-b47e-5a1d8d9a8b67")) IHttpUser {
 public:
  virtual PCWSTR GetRemoteUserName() = 0;
  virtual PCWSTR GetUserName() = 0;
  virtual PCWSTR GetAuthenticationType() = 0;
  virtual PCWSTR GetPassword() = 0;
  virtual HANDLE GetImpersonationToken() = 0;
  virtual HANDLE GetPrimaryToken() = 0;
  virtual VOID ReferenceUser() = 0;
  virtual VOID DereferenceUser() = 0;
  virtual BOOL SupportsIsInRole() = 0;
  virtual HRESULT IsInRole(PCWSTR pszRoleName, BOOL* pfInRole) = 0;
  virtual PVOID GetUserVariable(PCSTR pszVariableName) = 0;
};

// A stored context that also hears of the client going away, on any thread.
class __declspec(uuid("841d9a71-75f4-4626-8b97-66046ca7e45b")) IHttpConnectionStoredContext
    : public IHttpStoredContext {
 public:
  virtual VOID NotifyDisconnect() = 0;
};

// Holds connection stored contexts.
class __declspec(uuid("f3dd2fb3-4d11-4295-b8ab-4cb667add1fe")) IHttpConnectionModuleContextContainer
    : public IHttpModuleContextContainer {
 public:
  virtual IHttpConnectionStoredContext* GetConnectionModuleContext(HTTP_MODULE_ID moduleId) = 0;
  virtual HRESULT SetConnectionModuleContext(IHttpConnectionStoredContext* ppStoredContext,
                                             HTTP_MODULE_ID moduleId) = 0;
};

// The connection of a request. See ihttpconnection-interface.md.
class __declspec(uuid("d9a5de00-3346-4599-9826-fe88565e1226")) IHttpConnection {
 public:
  virtual BOOL IsConnected() const = 0;
  virtual VOID* AllocateMemory(DWORD cbAllocation) = 0;
  virtual IHttpConnectionModuleContextContainer* GetModuleContextContainer() = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_CONNECTION_H_

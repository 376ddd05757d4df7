// Stored contexts and the containers that hold them.
#ifndef PENDULUM_SDK_HTTPSERV_CONTAINERS_H_
#define PENDULUM_SDK_HTTPSERV_CONTAINERS_H_

#include "httpserv/base.h"

// What a module stores with a request, a connection, an application or a file. The host calls
// CleanupStoredContext when the owner goes away; the object deletes itself there.
class __declspec(uuid("f1927f76-790e-4ccb-a72e-396bdfdae05d")) IHttpStoredContext {
 public:
  virtual VOID CleanupStoredContext() = 0;
};

// Holds one stored context per module.
class __declspec(uuid("d7fad7c9-aa27-4ab9-bd60-e55ccba3f5dc")) IHttpModuleContextContainer {
 public:
  virtual IHttpStoredContext* GetModuleContext(HTTP_MODULE_ID moduleId) = 0;
  virtual HRESULT SetModuleContext(IHttpStoredContext* ppStoredContext,
                                   HTTP_MODULE_ID moduleId) = 0;
};

// Holds stored contexts by name; the WebSocket context is found under IIS_WEBSOCKET.
class __declspec(uuid("16db6f7c-1a94-47ca-a8e8-fea6005ff3ba")) INamedContextContainer {
 public:
  virtual IHttpStoredContext* GetNamedContext(LPCWSTR szName) = 0;
  virtual HRESULT SetNamedContext(IHttpStoredContext* ppStoredContext, LPCWSTR szName) = 0;
};

// A container that the module asked for and releases itself.
class __declspec(uuid("2ae49359-95dd-4e48-ae20-c0cb9d0bc03a")) IDispensedHttpModuleContextContainer
    : public IHttpModuleContextContainer {
 public:
  virtual VOID ReleaseContainer() = 0;
};

// Counts events in the performance counters of a site or of the server.
class __declspec(uuid("bdfc4c4a-12a4-4744-87d8-765eb320c59f")) IHttpPerfCounterInfo {
 public:
  virtual VOID IncrementCounter(DWORD dwCounterIndex, DWORD dwValue = 1) = 0;
  virtual VOID DecrementCounter(DWORD dwCounterIndex, DWORD dwValue = 1) = 0;
};

#endif  // PENDULUM_SDK_HTTPSERV_CONTAINERS_H_

// Where modules store contexts: with a request, connection, application, site, URL or file. The
// host calls CleanupStoredContext once for each when the owner goes away.
#ifndef PENDULUM_HOST_CONTAINERS_H_
#define PENDULUM_HOST_CONTAINERS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/trace/method.h"
#include "harness/win32/boundary.h"
#include "httpserv.h"

namespace pendulum::host {

class World;
struct Request;

// Turns the id that a module was given into its index, -1 for a foreign one.
int ModuleIndex(HTTP_MODULE_ID id);
HTTP_MODULE_ID ModuleId(int index);

// What containers of all kinds share: one context a module. `request` is nullptr for containers
// that outlive requests.
class ContextSlots {
 public:
  void Reset(World* world, const Request* request);
  IHttpStoredContext* Get(HTTP_MODULE_ID id) const;
  // ERROR_INVALID_PARAMETER for NULL, ERROR_ALREADY_ASSIGNED for the second time (as HRESULTs);
  // see ihttpmodulecontextcontainer-setmodulecontext-method.md.
  HRESULT Set(IHttpStoredContext* context, HTTP_MODULE_ID id);
  // Calls CleanupStoredContext on each context and forgets it. On a worker.
  void Cleanup();
  bool empty() const;
  // Ends the container: later calls find nothing.
  World* world() const { return world_; }
  const Request* request() const { return request_; }

 private:
  static constexpr int kSlots = 8;
  World* world_ = nullptr;
  const Request* request_ = nullptr;
  std::array<IHttpStoredContext*, kSlots> contexts_{};
  std::array<uint32_t, kSlots> numbers_{};
};

// The two methods that all containers share, over the slots. `Interface` is the container's own.
template <class Interface>
class SlotContainer : public Interface {
 public:
  IHttpStoredContext* GetModuleContext(HTTP_MODULE_ID moduleId) override {
    win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
    return call.draining() ? nullptr : slots.Get(moduleId);
  }
  HRESULT SetModuleContext(IHttpStoredContext* ppStoredContext, HTTP_MODULE_ID moduleId) override {
    win32::CallScope call(__builtin_return_address(0));
    if (call.draining()) return HRESULT_FROM_WIN32(ERROR_INVALID_STATE);
    const HRESULT result = slots.Set(ppStoredContext, moduleId);
    call.Record(trace::Method::kIHttpModuleContextContainer_SetModuleContext,
                static_cast<uint32_t>(result));
    return result;
  }
  ContextSlots slots;
};

using ContextContainer = SlotContainer<IHttpModuleContextContainer>;

class ConnectionContainer final : public SlotContainer<IHttpConnectionModuleContextContainer> {
 public:
  IHttpConnectionStoredContext* GetConnectionModuleContext(HTTP_MODULE_ID moduleId) override;
  HRESULT SetConnectionModuleContext(IHttpConnectionStoredContext* ppStoredContext,
                                     HTTP_MODULE_ID moduleId) override;
  // Calls NotifyDisconnect on each connection context. On a worker.
  void NotifyDisconnect();
  void Reset(World* world);

 private:
  std::array<IHttpConnectionStoredContext*, 8> listeners_{};
};

class DispensedContainer final : public SlotContainer<IDispensedHttpModuleContextContainer> {
 public:
  VOID ReleaseContainer() override;
  bool dispensed = false;
};

class NamedContainer : public INamedContextContainer {
 public:
  IHttpStoredContext* GetNamedContext(LPCWSTR szName) override;
  HRESULT SetNamedContext(IHttpStoredContext* ppStoredContext, LPCWSTR szName) override;
  void Reset(World* world, const Request* request);
  void Cleanup();

 private:
  struct Entry {
    std::wstring name;
    IHttpStoredContext* context = nullptr;
    uint32_t number = 0;
  };
  World* world_ = nullptr;
  const Request* request_ = nullptr;
  std::vector<Entry> entries_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CONTAINERS_H_

// Where modules store contexts: with a request, connection, application, site, URL or file. The
// host calls CleanupStoredContext once for each when the owner goes away.
#ifndef PENDULUM_HOST_CONTAINERS_H_
#define PENDULUM_HOST_CONTAINERS_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/host/order.h"
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
  // `number` is the container's own in the trace.
  void Reset(World* world, const Request* request, uint32_t number) {
    world_ = world;
    request_ = request;
    number_ = number;
    if (std::exchange(was_set_, false)) contexts_.fill(nullptr);
  }
  // Both record what they answer.
  IHttpStoredContext* Get(HTTP_MODULE_ID id) const;
  // ERROR_INVALID_PARAMETER for NULL, ERROR_ALREADY_ASSIGNED for the second time (as HRESULTs);
  // see ihttpmodulecontextcontainer-setmodulecontext-method.md.
  HRESULT Set(IHttpStoredContext* context, HTTP_MODULE_ID id, uint16_t flags = 0);
  // Calls CleanupStoredContext on each context and forgets it. On a worker.
  void Cleanup() {
    AfterSet();
    if (was_set_) CleanUpAll();
  }
  bool empty() const;
  // For ThreadSanitizer: what follows comes after the contexts were set.
  void AfterSet() const { order_.After(); }
  // Ends the container: later calls find nothing.
  World* world() const { return world_; }
  const Request* request() const { return request_; }
  uint32_t number() const { return number_; }
  uint32_t context_number(int slot) const { return numbers_[static_cast<size_t>(slot)]; }

 private:
  HRESULT Place(IHttpStoredContext* context, HTTP_MODULE_ID id, uint16_t flags);
  void CleanUpAll();

  static constexpr int kSlots = 8;
  World* world_ = nullptr;
  const Request* request_ = nullptr;
  uint32_t number_ = 0;
  bool was_set_ = false;  // since Reset: without it, all contexts are nullptr
  std::array<IHttpStoredContext*, kSlots> contexts_{};
  std::array<uint32_t, kSlots> numbers_{};
  OrderMark order_;
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
    const HRESULT result = slots.Set(ppStoredContext, moduleId, flags);
    call.Record(trace::Method::kIHttpModuleContextContainer_SetModuleContext,
                static_cast<uint32_t>(result));
    return result;
  }
  ContextSlots slots;

 protected:
  uint16_t flags = 0;  // trace::ContextFlag of what is stored here
};

using ContextContainer = SlotContainer<IHttpModuleContextContainer>;

class ConnectionContainer final : public SlotContainer<IHttpConnectionModuleContextContainer> {
 public:
  IHttpConnectionStoredContext* GetConnectionModuleContext(HTTP_MODULE_ID moduleId) override;
  HRESULT SetConnectionModuleContext(IHttpConnectionStoredContext* ppStoredContext,
                                     HTTP_MODULE_ID moduleId) override;
  // Calls NotifyDisconnect on each connection context. On a worker.
  void NotifyDisconnect(const Request* request);
  void Reset(World* world, uint32_t number);

 private:
  std::array<IHttpConnectionStoredContext*, 8> listeners_{};
  std::array<bool, 8> notified_{};
};

class DispensedContainer final : public SlotContainer<IDispensedHttpModuleContextContainer> {
 public:
  DispensedContainer() { flags = trace::kDispensedContext; }
  VOID ReleaseContainer() override;
  bool dispensed = false;
};

class NamedContainer : public INamedContextContainer {
 public:
  IHttpStoredContext* GetNamedContext(LPCWSTR szName) override;
  HRESULT SetNamedContext(IHttpStoredContext* ppStoredContext, LPCWSTR szName) override;
  void Reset(World* world, const Request* request, uint32_t number);
  void Cleanup();
  uint32_t number() const { return number_; }

 private:
  struct Entry {
    std::wstring name;
    IHttpStoredContext* context = nullptr;
    uint32_t number = 0;
  };
  int SlotOf(LPCWSTR name) const;

  World* world_ = nullptr;
  const Request* request_ = nullptr;
  uint32_t number_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CONTAINERS_H_

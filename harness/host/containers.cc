#include "harness/host/containers.h"

#include <cassert>

#include "harness/host/call_module.h"
#include "harness/host/mutant.h"
#include "harness/host/world.h"
#include "harness/win32/boundary.h"

namespace pendulum::host {
namespace {

constexpr HRESULT kErrorAlreadyAssigned = HRESULT_FROM_WIN32(ERROR_ALREADY_ASSIGNED);

// Ids are addresses in this table: unique, constant, and nothing that a module could free.
char module_ids[8];

}  // namespace

int ModuleIndex(HTTP_MODULE_ID id) {
  const char* place = static_cast<const char*>(id);
  if (place < module_ids || place >= module_ids + sizeof(module_ids)) return -1;
  return static_cast<int>(place - module_ids);
}

HTTP_MODULE_ID ModuleId(int index) {
  assert(index >= 0 && index < static_cast<int>(sizeof(module_ids)));
  return &module_ids[index];
}

void ContextSlots::Reset(World* world, const Request* request) {
  world_ = world;
  request_ = request;
  contexts_.fill(nullptr);
}

IHttpStoredContext* ContextSlots::Get(HTTP_MODULE_ID id) const {
  const int index = ModuleIndex(id);
  return index < 0 ? nullptr : contexts_[static_cast<size_t>(index)];
}

HRESULT ContextSlots::Set(IHttpStoredContext* context, HTTP_MODULE_ID id) {
  const int index = ModuleIndex(id);
  if (context == nullptr || index < 0) return kErrorInvalidParameter;
  const auto slot = static_cast<size_t>(index);
  if (contexts_[slot] != nullptr && !Mutant(kContextReplaced)) return kErrorAlreadyAssigned;
  contexts_[slot] = context;
  numbers_[slot] = world_->next_context_number++;
  world_->Record(trace::EventKind::kContextStored, request_, static_cast<uint8_t>(index),
                 trace::kNone16, numbers_[slot]);
  return S_OK;
}

void ContextSlots::Cleanup() {
  for (size_t i = 0; i < contexts_.size(); ++i) {
    IHttpStoredContext* context = contexts_[i];
    if (context == nullptr) continue;
    contexts_[i] = nullptr;
    if (Mutant(kContextNotCleaned)) continue;
    CallModule(world_, request_, [context] { context->CleanupStoredContext(); });
    if (Mutant(kContextCleanedTwice)) {
      world_->Record(trace::EventKind::kContextCleaned, request_, static_cast<uint8_t>(i),
                     trace::kNone16, numbers_[i]);
    }
    world_->Record(trace::EventKind::kContextCleaned, request_, static_cast<uint8_t>(i),
                   trace::kNone16, numbers_[i]);
    if (world_->scheduler.draining()) return;
  }
}

bool ContextSlots::empty() const {
  for (const IHttpStoredContext* context : contexts_) {
    if (context != nullptr) return false;
  }
  return true;
}

IHttpConnectionStoredContext* ConnectionContainer::GetConnectionModuleContext(
    HTTP_MODULE_ID moduleId) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  const int index = ModuleIndex(moduleId);
  if (call.draining() || index < 0) return nullptr;
  return listeners_[static_cast<size_t>(index)];
}

HRESULT ConnectionContainer::SetConnectionModuleContext(
    IHttpConnectionStoredContext* ppStoredContext, HTTP_MODULE_ID moduleId) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  const HRESULT result = slots.Set(ppStoredContext, moduleId);
  if (SUCCEEDED(result)) listeners_[static_cast<size_t>(ModuleIndex(moduleId))] = ppStoredContext;
  call.Record(trace::Method::kIHttpConnectionModuleContextContainer_SetConnectionModuleContext,
              static_cast<uint32_t>(result));
  return result;
}

void ConnectionContainer::NotifyDisconnect() {
  for (IHttpConnectionStoredContext* listener : listeners_) {
    if (listener == nullptr) continue;
    CallModule(slots.world(), nullptr, [listener] { listener->NotifyDisconnect(); });
    if (slots.world()->scheduler.draining()) return;
  }
}

void ConnectionContainer::Reset(World* world) {
  slots.Reset(world, nullptr);
  listeners_.fill(nullptr);
}

VOID DispensedContainer::ReleaseContainer() {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining() || !dispensed) return;
  slots.Cleanup();
  dispensed = false;
}

IHttpStoredContext* NamedContainer::GetNamedContext(LPCWSTR szName) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  if (call.draining() || szName == nullptr) return nullptr;
  for (const Entry& entry : entries_) {
    if (entry.name == szName) return entry.context;
  }
  return nullptr;
}

HRESULT NamedContainer::SetNamedContext(IHttpStoredContext* ppStoredContext, LPCWSTR szName) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  if (ppStoredContext == nullptr || szName == nullptr) return kErrorInvalidParameter;
  for (const Entry& entry : entries_) {
    if (entry.name == szName) return kErrorAlreadyAssigned;
  }
  entries_.push_back({szName, ppStoredContext, world_->next_context_number++});
  world_->Record(trace::EventKind::kContextStored, request_, trace::kNone8, trace::kNone16,
                 entries_.back().number);
  return S_OK;
}

void NamedContainer::Reset(World* world, const Request* request) {
  world_ = world;
  request_ = request;
  entries_.clear();
}

void NamedContainer::Cleanup() {
  for (const Entry& entry : entries_) {
    IHttpStoredContext* context = entry.context;
    CallModule(world_, request_, [context] { context->CleanupStoredContext(); });
    world_->Record(trace::EventKind::kContextCleaned, request_, trace::kNone8, trace::kNone16,
                   entry.number);
    if (world_->scheduler.draining()) break;
  }
  entries_.clear();
}

}  // namespace pendulum::host

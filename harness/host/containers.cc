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

uint32_t PlaceNumber(uint32_t container, int slot) {
  return container * 256 + static_cast<uint32_t>(slot);
}

// While it lives, what is called on this worker is called by `module`: contexts are called outside
// of any notification, and what they start is theirs all the same.
class CalledAs {
 public:
  CalledAs(const World& world, uint8_t module) : worker_(world.scheduler.current()) {
    if (worker_ == sched::kNoWorker) return;
    outer_module_ = win32::boundary.module_of[worker_];
    win32::boundary.module_of[worker_] = module;
  }
  ~CalledAs() {
    if (worker_ != sched::kNoWorker) win32::boundary.module_of[worker_] = outer_module_;
  }
  CalledAs(const CalledAs&) = delete;
  CalledAs& operator=(const CalledAs&) = delete;

 private:
  sched::WorkerId worker_;
  uint8_t outer_module_ = trace::kNone8;
};

// Calls CleanupStoredContext, unless the module has freed the context's memory.
void CleanUp(World* world, const Request* request, IHttpStoredContext* context, uint8_t module,
             uint32_t number) {
  const auto is_freed = win32::boundary.is_freed;
  const bool freed = is_freed != nullptr && is_freed(context);
  const CalledAs called(*world, module);
  if (!freed) CallModule(world, request, [context] { context->CleanupStoredContext(); });
  world->Record(trace::EventKind::kContextCleaned, request, module, trace::kNone16, number, 0,
                freed ? trace::kFreedContext : 0);
}

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

IHttpStoredContext* ContextSlots::Get(HTTP_MODULE_ID id) const {
  const int index = ModuleIndex(id);
  if (index < 0) return nullptr;
  AfterSet();
  IHttpStoredContext* context = contexts_[static_cast<size_t>(index)];
  if (Mutant(kContextForgotten)) context = nullptr;
  world_->Record(trace::EventKind::kContextGot, request_, static_cast<uint8_t>(index),
                 trace::kNone16, context == nullptr ? 0 : context_number(index),
                 PlaceNumber(number_, index));
  return context;
}

HRESULT ContextSlots::Set(IHttpStoredContext* context, HTTP_MODULE_ID id, uint16_t flags) {
  const HRESULT result = Place(context, id, flags);
  const int index = ModuleIndex(id);
  if (index < 0) return result;
  world_->Record(trace::EventKind::kContextSet, request_, static_cast<uint8_t>(index),
                 trace::kNone16, static_cast<uint32_t>(result), PlaceNumber(number_, index),
                 context == nullptr ? trace::kNullContext : 0);
  return result;
}

HRESULT ContextSlots::Place(IHttpStoredContext* context, HTTP_MODULE_ID id, uint16_t flags) {
  const int index = ModuleIndex(id);
  if (context == nullptr && Mutant(kContextNullAccepted)) return S_OK;
  if (context == nullptr || index < 0) return kErrorInvalidParameter;
  const auto slot = static_cast<size_t>(index);
  if (contexts_[slot] != nullptr && !Mutant(kContextReplaced)) return kErrorAlreadyAssigned;
  order_.Before();
  was_set_ = true;
  contexts_[slot] = context;
  numbers_[slot] = world_->next_context_number++;
  world_->Record(trace::EventKind::kContextStored, request_, static_cast<uint8_t>(index),
                 trace::kNone16, numbers_[slot], PlaceNumber(number_, index), flags);
  return S_OK;
}

void ContextSlots::CleanUpAll() {
  for (size_t i = 0; i < contexts_.size(); ++i) {
    IHttpStoredContext* context = contexts_[i];
    if (context == nullptr) continue;
    contexts_[i] = nullptr;
    if (Mutant(kContextNotCleaned)) continue;
    CleanUp(world_, request_, context, static_cast<uint8_t>(i), numbers_[i]);
    if (Mutant(kContextCleanedTwice)) {
      world_->Record(trace::EventKind::kContextCleaned, request_, static_cast<uint8_t>(i),
                     trace::kNone16, numbers_[i]);
    }
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
  slots.Get(moduleId);
  return listeners_[static_cast<size_t>(index)];
}

HRESULT ConnectionContainer::SetConnectionModuleContext(
    IHttpConnectionStoredContext* ppStoredContext, HTTP_MODULE_ID moduleId) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  const HRESULT result = slots.Set(ppStoredContext, moduleId, trace::kConnectionContext);
  if (SUCCEEDED(result)) listeners_[static_cast<size_t>(ModuleIndex(moduleId))] = ppStoredContext;
  call.Record(trace::Method::kIHttpConnectionModuleContextContainer_SetConnectionModuleContext,
              static_cast<uint32_t>(result));
  return result;
}

void ConnectionContainer::NotifyDisconnect(const Request* request) {
  for (size_t i = 0; i < listeners_.size(); ++i) {
    IHttpConnectionStoredContext* listener = listeners_[i];
    if (listener == nullptr || Mutant(kDisconnectUntold)) continue;
    if (notified_[i] && !Mutant(kDisconnectToldTwice)) continue;
    notified_[i] = true;
    World* world = slots.world();
    world->Record(trace::EventKind::kContextNotified, request, static_cast<uint8_t>(i),
                  trace::kNone16, slots.context_number(static_cast<int>(i)));
    const CalledAs called(*world, static_cast<uint8_t>(i));
    CallModule(world, nullptr, [listener] { listener->NotifyDisconnect(); });
    if (world->scheduler.draining()) return;
  }
}

void ConnectionContainer::Reset(World* world, uint32_t number) {
  slots.Reset(world, nullptr, number);
  listeners_.fill(nullptr);
  notified_.fill(false);
}

VOID DispensedContainer::ReleaseContainer() {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining() || !dispensed) return;
  if (!Mutant(kReleaseForgets)) slots.Cleanup();
  dispensed = false;
  call.Record(trace::Method::kIDispensedHttpModuleContextContainer_ReleaseContainer, 0,
              slots.number());
}

IHttpStoredContext* NamedContainer::GetNamedContext(LPCWSTR szName) {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  if (call.draining() || szName == nullptr) return nullptr;
  const int slot = SlotOf(szName);
  const Entry* entry =
      slot < static_cast<int>(entries_.size()) ? &entries_[static_cast<size_t>(slot)] : nullptr;
  if (Mutant(kNamedContextForgotten)) entry = nullptr;
  world_->Record(trace::EventKind::kContextGot, request_, trace::kNone8, trace::kNone16,
                 entry == nullptr ? 0 : entry->number, PlaceNumber(number_, slot));
  return entry == nullptr ? nullptr : entry->context;
}

HRESULT NamedContainer::SetNamedContext(IHttpStoredContext* ppStoredContext, LPCWSTR szName) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  if (szName == nullptr) return kErrorInvalidParameter;
  const int slot = SlotOf(szName);
  HRESULT result = S_OK;
  if (ppStoredContext == nullptr) {
    result = kErrorInvalidParameter;
  } else if (slot < static_cast<int>(entries_.size())) {
    result = kErrorAlreadyAssigned;
  } else {
    entries_.push_back({szName, ppStoredContext, world_->next_context_number++});
    world_->Record(trace::EventKind::kContextStored, request_, trace::kNone8, trace::kNone16,
                   entries_.back().number, PlaceNumber(number_, slot));
  }
  world_->Record(trace::EventKind::kContextSet, request_, trace::kNone8, trace::kNone16,
                 static_cast<uint32_t>(result), PlaceNumber(number_, slot),
                 ppStoredContext == nullptr ? trace::kNullContext : 0);
  return result;
}

// The place of a name: its index, or the one that it would get.
int NamedContainer::SlotOf(LPCWSTR name) const {
  size_t slot = 0;
  while (slot < entries_.size() && entries_[slot].name != name) ++slot;
  return static_cast<int>(slot);
}

void NamedContainer::Reset(World* world, const Request* request, uint32_t number) {
  world_ = world;
  request_ = request;
  number_ = number;
  entries_.clear();
}

void NamedContainer::Cleanup() {
  for (const Entry& entry : entries_) {
    CleanUp(world_, request_, entry.context, trace::kNone8, entry.number);
    if (world_->scheduler.draining()) break;
  }
  entries_.clear();
}

}  // namespace pendulum::host

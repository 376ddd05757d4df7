#include "harness/host/registration.h"

#include <cwchar>
#include <string_view>

#include "harness/host/mutant.h"
#include "harness/host/pipeline.h"
#include "harness/trace/digest.h"

namespace pendulum::host {
namespace {

constexpr HRESULT kErrorAlreadyExists = HRESULT_FROM_WIN32(ERROR_ALREADY_EXISTS);
constexpr uint8_t kMedium = 2;

// FIRST 0 to LAST 4; -1 for an unknown alias.
int PriorityFromAlias(PCWSTR alias) {
  if (alias == nullptr) return -1;
  const PCWSTR aliases[] = {PRIORITY_ALIAS_FIRST, PRIORITY_ALIAS_HIGH, PRIORITY_ALIAS_MEDIUM,
                            PRIORITY_ALIAS_LOW, PRIORITY_ALIAS_LAST};
  for (int i = 0; i < 5; ++i) {
    if (std::wcscmp(alias, aliases[i]) == 0) return i;
  }
  return -1;
}

uint32_t DigestOf(std::wstring_view text) {
  trace::Digest digest;
  digest.Add({reinterpret_cast<const uint8_t*>(text.data()), text.size() * sizeof(wchar_t)});
  return digest.value();
}

}  // namespace

void RegistrationInfo::Attach(World* world, int index) {
  world_ = world;
  index_ = index;
  for (uint8_t& priority : module().priority) priority = kMedium;
  for (uint8_t& priority : module().post_priority) priority = kMedium;
  for (uint8_t& priority : module().global_priority) priority = kMedium;
}

HRESULT RegistrationInfo::SetPriorities(uint8_t* priorities, DWORD mask, PCWSTR alias,
                                        uint16_t flags) const {
  const int priority = PriorityFromAlias(alias);
  if (priority < 0) return kErrorInvalidParameter;
  for (int i = 0; i < trace::kNotificationCount; ++i) {
    const uint32_t bit = (flags & trace::kForGlobal) != 0
                             ? trace::BitOf(static_cast<trace::GlobalNotification>(i))
                             : trace::BitOf(static_cast<trace::Notification>(i));
    if ((mask & bit) != 0) priorities[i] = static_cast<uint8_t>(priority);
  }
  world_->Record(trace::EventKind::kPrioritySet, nullptr, static_cast<uint8_t>(index_),
                 trace::kNone16, mask, static_cast<uint32_t>(priority), flags);
  return Mutated<HRESULT>(kPriorityRefused, S_OK, E_FAIL);
}

void RegistrationInfo::RecordMasks(DWORD mask, DWORD post_mask, uint16_t flags) const {
  world_->Record(trace::EventKind::kNotificationsRegistered, nullptr, static_cast<uint8_t>(index_),
                 trace::kNone16, mask, post_mask, flags);
}

HRESULT RegistrationInfo::Done(trace::Method method, HRESULT result) const {
  world_->Record(trace::EventKind::kCall, nullptr, static_cast<uint8_t>(index_), trace::kNone16,
                 static_cast<uint32_t>(result), 0, static_cast<uint16_t>(method));
  return result;
}

PCWSTR RegistrationInfo::GetName() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  PCWSTR name = Mutant(kModuleNameOther) ? L"other" : module().name.c_str();
  if (!call.draining()) {
    call.Record(trace::Method::kIHttpModuleRegistrationInfo_GetName,
                DigestOf(std::wstring_view(name)), DigestOf(module().name));
  }
  return name;
}

HTTP_MODULE_ID RegistrationInfo::GetId() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  const HTTP_MODULE_ID id = ModuleId(Mutated(kModuleIdShared, index_, 0));
  if (!call.draining()) {
    call.Record(trace::Method::kIHttpModuleRegistrationInfo_GetId,
                static_cast<uint32_t>(ModuleIndex(id) + 1));
  }
  return id;
}

HRESULT RegistrationInfo::SetRequestNotifications(IHttpModuleFactory* pModuleFactory,
                                                  DWORD dwRequestNotifications,
                                                  DWORD dwPostRequestNotifications) {
  win32::CallScope call(__builtin_return_address(0));
  const auto method = trace::Method::kIHttpModuleRegistrationInfo_SetRequestNotifications;
  if (call.draining()) return kErrorEnded;
  if (pModuleFactory == nullptr) return Done(method, kErrorInvalidParameter);
  if (module().factory != nullptr && !Mutant(kSecondFactoryAccepted)) {
    return Done(method, kErrorAlreadyExists);
  }
  module().factory = pModuleFactory;
  module().notifications = dwRequestNotifications;
  module().post_notifications = dwPostRequestNotifications;
  RecordMasks(dwRequestNotifications, dwPostRequestNotifications, 0);
  return Done(method, S_OK);
}

HRESULT RegistrationInfo::SetGlobalNotifications(CGlobalModule* pGlobalModule,
                                                 DWORD dwGlobalNotifications) {
  win32::CallScope call(__builtin_return_address(0));
  const auto method = trace::Method::kIHttpModuleRegistrationInfo_SetGlobalNotifications;
  if (call.draining()) return kErrorEnded;
  if (pGlobalModule == nullptr) return Done(method, kErrorInvalidParameter);
  if (module().global != nullptr && !Mutant(kSecondGlobalAccepted)) {
    return Done(method, kErrorAlreadyExists);
  }
  module().global = pGlobalModule;
  module().global_notifications = dwGlobalNotifications;
  RecordMasks(dwGlobalNotifications, 0, trace::kForGlobal);
  return Done(method, S_OK);
}

HRESULT RegistrationInfo::SetPriorityForRequestNotification(DWORD dwRequestNotification,
                                                            PCWSTR pszPriority) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  return Done(trace::Method::kIHttpModuleRegistrationInfo_SetPriorityForRequestNotification,
              SetPriorities(module().priority, dwRequestNotification, pszPriority, 0));
}

HRESULT RegistrationInfo::SetPriorityForGlobalNotification(DWORD dwGlobalNotification,
                                                           PCWSTR pszPriority) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  return Done(trace::Method::kIHttpModuleRegistrationInfo_SetPriorityForGlobalNotification,
              SetPriorities(module().global_priority, dwGlobalNotification, pszPriority,
                            trace::kForGlobal));
}

HRESULT RegistrationInfo::SetPriorityForPostRequestNotification(DWORD dwPostRequestNotification,
                                                                PCWSTR pszPriority) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  return Done(trace::Method::kIHttpModuleRegistrationInfo2_SetPriorityForPostRequestNotification,
              SetPriorities(module().post_priority, dwPostRequestNotification, pszPriority,
                            trace::kForPost));
}

}  // namespace pendulum::host

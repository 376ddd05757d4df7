#include "harness/host/registration.h"

#include <cwchar>

#include "harness/host/mutant.h"
#include "harness/host/pipeline.h"

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

HRESULT SetPriorities(uint8_t* priorities, DWORD mask, PCWSTR alias) {
  const int priority = PriorityFromAlias(alias);
  if (priority < 0) return kErrorInvalidParameter;
  for (int i = 0; i < trace::kNotificationCount; ++i) {
    if ((mask & NotificationBit(static_cast<trace::Notification>(i))) != 0) {
      priorities[i] = static_cast<uint8_t>(priority);
    }
  }
  return S_OK;
}

}  // namespace

void RegistrationInfo::Attach(World* world, int index) {
  world_ = world;
  index_ = index;
  for (uint8_t& priority : module().priority) priority = kMedium;
  for (uint8_t& priority : module().post_priority) priority = kMedium;
}

HRESULT RegistrationInfo::Done(trace::Method method, HRESULT result) const {
  world_->Record(trace::EventKind::kCall, nullptr, static_cast<uint8_t>(index_), trace::kNone16,
                 static_cast<uint32_t>(result), 0, static_cast<uint16_t>(method));
  return result;
}

PCWSTR RegistrationInfo::GetName() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  return module().name.c_str();
}

HTTP_MODULE_ID RegistrationInfo::GetId() const {
  win32::CallScope call(__builtin_return_address(0), win32::Points::kQuiet);
  return ModuleId(index_);
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
  return Done(method, S_OK);
}

HRESULT RegistrationInfo::SetGlobalNotifications(CGlobalModule* pGlobalModule,
                                                 DWORD dwGlobalNotifications) {
  win32::CallScope call(__builtin_return_address(0));
  const auto method = trace::Method::kIHttpModuleRegistrationInfo_SetGlobalNotifications;
  if (call.draining()) return kErrorEnded;
  if (pGlobalModule == nullptr) return Done(method, kErrorInvalidParameter);
  if (module().global != nullptr) return Done(method, kErrorAlreadyExists);
  module().global = pGlobalModule;
  module().global_notifications = dwGlobalNotifications;
  return Done(method, S_OK);
}

HRESULT RegistrationInfo::SetPriorityForRequestNotification(DWORD dwRequestNotification,
                                                            PCWSTR pszPriority) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  return Done(trace::Method::kIHttpModuleRegistrationInfo_SetPriorityForRequestNotification,
              SetPriorities(module().priority, dwRequestNotification, pszPriority));
}

HRESULT RegistrationInfo::SetPriorityForGlobalNotification(DWORD, PCWSTR pszPriority) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  // Accepted; modules are told of global notifications in the order of the module list.
  return Done(trace::Method::kIHttpModuleRegistrationInfo_SetPriorityForGlobalNotification,
              PriorityFromAlias(pszPriority) < 0 ? kErrorInvalidParameter : S_OK);
}

HRESULT RegistrationInfo::SetPriorityForPostRequestNotification(DWORD dwPostRequestNotification,
                                                                PCWSTR pszPriority) {
  win32::CallScope call(__builtin_return_address(0));
  if (call.draining()) return kErrorEnded;
  return Done(trace::Method::kIHttpModuleRegistrationInfo2_SetPriorityForPostRequestNotification,
              SetPriorities(module().post_priority, dwPostRequestNotification, pszPriority));
}

}  // namespace pendulum::host

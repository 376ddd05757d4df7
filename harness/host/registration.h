// What a module registers in RegisterModule. See ihttpmoduleregistrationinfo-interface.md.
#ifndef PENDULUM_HOST_REGISTRATION_H_
#define PENDULUM_HOST_REGISTRATION_H_

#include "harness/host/world.h"
#include "httpserv.h"

namespace pendulum::host {

class RegistrationInfo final : public IHttpModuleRegistrationInfo2 {
 public:
  // `index` is the module's place in the server's module list.
  void Attach(World* world, int index);
  PCWSTR GetName() const override;
  HTTP_MODULE_ID GetId() const override;
  HRESULT SetRequestNotifications(IHttpModuleFactory* pModuleFactory, DWORD dwRequestNotifications,
                                  DWORD dwPostRequestNotifications) override;
  HRESULT SetGlobalNotifications(CGlobalModule* pGlobalModule,
                                 DWORD dwGlobalNotifications) override;
  HRESULT SetPriorityForRequestNotification(DWORD dwRequestNotification,
                                            PCWSTR pszPriority) override;
  HRESULT SetPriorityForGlobalNotification(DWORD dwGlobalNotification, PCWSTR pszPriority) override;
  HRESULT SetPriorityForPostRequestNotification(DWORD dwPostRequestNotification,
                                                PCWSTR pszPriority) override;

 private:
  LoadedModule& module() const { return world_->modules[static_cast<size_t>(index_)]; }
  HRESULT Done(trace::Method method, HRESULT result) const;
  // Both record; `flags` are trace::RegistrationFlag.
  HRESULT SetPriorities(uint8_t* priorities, DWORD mask, PCWSTR alias, uint16_t flags) const;
  void RecordMasks(DWORD mask, DWORD post_mask, uint16_t flags) const;

  World* world_ = nullptr;
  int index_ = 0;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_REGISTRATION_H_

#include "harness/platform/sanitizer.h"

#define PENDULUM_WEAK extern "C" __attribute__((weak))

PENDULUM_WEAK void __asan_poison_memory_region(void const volatile* address, size_t bytes);
PENDULUM_WEAK void __asan_unpoison_memory_region(void const volatile* address, size_t bytes);
PENDULUM_WEAK void* __asan_get_current_fake_stack(void);
PENDULUM_WEAK void* __asan_addr_is_in_fake_stack(void* fake_stack, void* address, void** begin,
                                                 void** end);
PENDULUM_WEAK void __lsan_register_root_region(const void* address, size_t bytes);
PENDULUM_WEAK void __lsan_unregister_root_region(const void* address, size_t bytes);
PENDULUM_WEAK void __sanitizer_start_switch_fiber(void** fake_stack_save, const void* bottom,
                                                  size_t bytes);
PENDULUM_WEAK void __sanitizer_finish_switch_fiber(void* fake_stack_save, const void** bottom_old,
                                                   size_t* bytes_old);
PENDULUM_WEAK void __tsan_acquire(void* address);
PENDULUM_WEAK void __tsan_release(void* address);
PENDULUM_WEAK void* __tsan_create_fiber(unsigned flags);
PENDULUM_WEAK void __tsan_destroy_fiber(void* fiber);
PENDULUM_WEAK void* __tsan_get_current_fiber(void);
PENDULUM_WEAK void __tsan_switch_to_fiber(void* fiber, unsigned flags);

namespace pendulum::platform {
namespace {

// __tsan_switch_to_fiber_no_sync of <sanitizer/tsan_interface.h>.
constexpr unsigned kNoSync = 1;

}  // namespace

// ThreadSanitizer's library has AddressSanitizer's fiber functions too, where they do nothing; the
// functions looked at here are each in one library only.
bool HasAddressSanitizer() { return __asan_poison_memory_region != nullptr; }
bool HasThreadSanitizer() { return __tsan_switch_to_fiber != nullptr; }

void PoisonMemory(const void* address, size_t bytes) {
  if (__asan_poison_memory_region) __asan_poison_memory_region(address, bytes);
}

void UnpoisonMemory(const void* address, size_t bytes) {
  if (__asan_unpoison_memory_region) __asan_unpoison_memory_region(address, bytes);
}

void ReleaseEdge(const void* object) {
  if (__tsan_release) __tsan_release(const_cast<void*>(object));
}

void AcquireEdge(const void* object) {
  if (__tsan_acquire) __tsan_acquire(const_cast<void*>(object));
}

void AddLeakRoot(const void* address, size_t bytes) {
  if (__lsan_register_root_region) __lsan_register_root_region(address, bytes);
}

void RemoveLeakRoot(const void* address, size_t bytes) {
  if (__lsan_unregister_root_region) __lsan_unregister_root_region(address, bytes);
}

void StartStackSwitch(void** fake_stack, const void* bottom, size_t bytes) {
  if (__sanitizer_start_switch_fiber) __sanitizer_start_switch_fiber(fake_stack, bottom, bytes);
}

void FinishStackSwitch(void* fake_stack, const void** left_bottom, size_t* left_bytes) {
  if (__sanitizer_finish_switch_fiber) {
    __sanitizer_finish_switch_fiber(fake_stack, left_bottom, left_bytes);
  }
}

bool IsOnFakeStack(void* fake_stack, const void* address) {
  if (fake_stack == nullptr || !__asan_addr_is_in_fake_stack) return false;
  return __asan_addr_is_in_fake_stack(fake_stack, const_cast<void*>(address), nullptr, nullptr) !=
         nullptr;
}

void* CurrentFakeStack() {
  return __asan_get_current_fake_stack ? __asan_get_current_fake_stack() : nullptr;
}

void* CreateThreadIdentity() { return __tsan_create_fiber ? __tsan_create_fiber(0) : nullptr; }

void DestroyThreadIdentity(void* identity) {
  if (identity != nullptr) __tsan_destroy_fiber(identity);
}

void* CurrentThreadIdentity() {
  return __tsan_get_current_fiber ? __tsan_get_current_fiber() : nullptr;
}

void SwitchThreadIdentity(void* identity) {
  if (__tsan_switch_to_fiber) __tsan_switch_to_fiber(identity, kNoSync);
}

}  // namespace pendulum::platform

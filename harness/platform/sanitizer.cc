#include "harness/platform/sanitizer.h"

#include <cstdint>
#include <cstdio>

#define PENDULUM_WEAK extern "C" __attribute__((weak))

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
PENDULUM_WEAK void __tsan_java_init(uintptr_t begin, uintptr_t bytes);
PENDULUM_WEAK void __tsan_java_alloc(uintptr_t address, uintptr_t bytes);
PENDULUM_WEAK void __tsan_java_free(uintptr_t address, uintptr_t bytes);
PENDULUM_WEAK void AnnotateBenignRaceSized(const char* file, int line, uintptr_t address,
                                           uintptr_t bytes, const char* description);
PENDULUM_WEAK void __tsan_read_range(void* address, unsigned long bytes);
PENDULUM_WEAK void __tsan_write_range(void* address, unsigned long bytes);
PENDULUM_WEAK void* __tsan_create_fiber(unsigned flags);
PENDULUM_WEAK void __tsan_set_fiber_name(void* fiber, const char* name);
PENDULUM_WEAK void __tsan_destroy_fiber(void* fiber);
PENDULUM_WEAK void* __tsan_get_current_fiber(void);

namespace pendulum::platform {
namespace {

// __tsan_switch_to_fiber_no_sync of <sanitizer/tsan_interface.h>.
constexpr unsigned kNoSync = 1;

// ThreadSanitizer lets virtual machines of Java tell it of their heaps. That is the one way to make
// it forget the accesses to some memory. On x86-64 its own heap, shared objects, fibers' stacks and
// the modules' heap lie in this part of the address space.
constexpr uintptr_t kManagedBegin = 0x7B00'0000'0000;
constexpr uintptr_t kManagedEnd = 0x7FFF'FFFF'0000;
constexpr uintptr_t kGranuleBytes = 8;

bool IsManaged(uintptr_t address, size_t bytes) {
  static const bool ready = [] {
    if (!__tsan_java_init) return false;
    __tsan_java_init(kManagedBegin, kManagedEnd - kManagedBegin);
    return true;
  }();
  return ready && bytes != 0 && address >= kManagedBegin && address + bytes <= kManagedEnd;
}

}  // namespace

void UnpoisonMemorySlowly(const void* address, size_t bytes) {
  if (__asan_unpoison_memory_region) __asan_unpoison_memory_region(address, bytes);
}

void NoteWriteSlowly(const void* address, size_t bytes) {
  if (__tsan_write_range) __tsan_write_range(const_cast<void*>(address), bytes);
}

void NoteRead(const void* address, size_t bytes) {
  if (HasThreadSanitizer()) __tsan_read_range(const_cast<void*>(address), bytes);
}

void ForgetAccessesSlowly(const void* address, size_t bytes) {
  const uintptr_t begin = reinterpret_cast<uintptr_t>(address) / kGranuleBytes * kGranuleBytes;
  const uintptr_t end = (reinterpret_cast<uintptr_t>(address) + bytes + kGranuleBytes - 1) /
                        kGranuleBytes * kGranuleBytes;
  if (!IsManaged(begin, end - begin)) return;
  // The first call forgets atomics and locks that lay there, the second the accesses.
  __tsan_java_free(begin, end - begin);
  __tsan_java_alloc(begin, end - begin);
}

void MarkMappings() {
  if (!HasThreadSanitizer()) return;
  FILE* maps = std::fopen("/proc/self/maps", "r");
  if (maps == nullptr) return;
  char line[512];
  while (std::fgets(line, sizeof line, maps) != nullptr) {
    unsigned long begin = 0;
    char writable = 0;
    if (std::sscanf(line, "%lx-%*x r%c", &begin, &writable) != 2 || writable != 'w') continue;
    ForgetAccesses(reinterpret_cast<void*>(begin), kGranuleBytes);
  }
  std::fclose(maps);
}

void ReleaseEdgeOf(void* identity, const void* object) {
  if (!HasThreadSanitizer()) return;
  void* const current = CurrentThreadIdentity();
  SwitchThreadIdentity(identity);
  ReleaseEdge(object);
  SwitchThreadIdentity(current);
}

void AcquireEdgeOf(void* identity, const void* object) {
  if (!HasThreadSanitizer()) return;
  if (identity == CurrentThreadIdentity()) return AcquireEdge(object);
  void* const current = CurrentThreadIdentity();
  SwitchThreadIdentity(identity);
  AcquireEdge(object);
  SwitchThreadIdentity(current);
}

void ShiftMemory(void* identity, int steps) {
  if (!HasThreadSanitizer()) return;
  static uint64_t places[16];
  void* const current = CurrentThreadIdentity();
  SwitchThreadIdentity(identity);
  // It is an access to a place that it does not know yet that moves it on.
  for (int i = 0; i < steps; ++i) __tsan_write_range(&places[i % 16], 1);
  SwitchThreadIdentity(current);
  ForgetAccesses(places, sizeof places);
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

void IgnoreRaces(const void* address, size_t bytes) {
  if (!AnnotateBenignRaceSized) return;
  AnnotateBenignRaceSized(__FILE__, __LINE__, reinterpret_cast<uintptr_t>(address), bytes,
                          "of one thread alone");
}

void* CreateThreadIdentity(int worker) {
  if (!__tsan_create_fiber) return nullptr;
  void* identity = __tsan_create_fiber(0);
  char name[16];
  std::snprintf(name, sizeof name, "%d", worker);
  if (__tsan_set_fiber_name) __tsan_set_fiber_name(identity, name);
  return identity;
}

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

// What the harness tells the sanitizers, if this process has any.
//
// The sanitizers' functions are reached through weak symbols, so the same objects work in a process
// without sanitizers, in one where only the module under test was compiled with them, and in a
// harness that was itself built with AddressSanitizer. (A library that is preloaded is seen only by
// a position-independent executable, which Clang makes by default.) Without the sanitizer concerned
// every function here does nothing.
#ifndef PENDULUM_PLATFORM_SANITIZER_H_
#define PENDULUM_PLATFORM_SANITIZER_H_

#include <cstddef>
#include <cstdint>

// Each of these is in one sanitizer's library only: ThreadSanitizer's has AddressSanitizer's fiber
// functions too, where they do nothing.
extern "C" {
__attribute__((weak)) void __asan_poison_memory_region(void const volatile* address, size_t bytes);
__attribute__((weak)) void __tsan_switch_to_fiber(void* fiber, unsigned flags);
__attribute__((weak)) void __tsan_acquire(void* address);
__attribute__((weak)) void __tsan_release(void* address);
}

namespace pendulum::platform {

// Whether the run-time library of the sanitizer is in this process. Inline, as all that a run asks
// for at each of its calls.
inline bool HasAddressSanitizer() { return __asan_poison_memory_region != nullptr; }
inline bool HasThreadSanitizer() { return __tsan_switch_to_fiber != nullptr; }

// Makes AddressSanitizer report each access to `bytes` bytes at `address` by instrumented code, or
// allow it again.
inline void PoisonMemory(const void* address, size_t bytes) {
  if (HasAddressSanitizer()) [[unlikely]]
    __asan_poison_memory_region(address, bytes);
}
void UnpoisonMemorySlowly(const void* address, size_t bytes);
inline void UnpoisonMemory(const void* address, size_t bytes) {
  if (HasAddressSanitizer()) [[unlikely]]
    UnpoisonMemorySlowly(address, bytes);
}

// A happens-before edge for ThreadSanitizer: what was done before ReleaseEdge(object) is ordered
// before what follows a later AcquireEdge(object) with the same address.
inline void ReleaseEdge(const void* object) {
  if (__tsan_release) [[unlikely]]
    __tsan_release(const_cast<void*>(object));
}
inline void AcquireEdge(const void* object) {
  if (__tsan_acquire) [[unlikely]]
    __tsan_acquire(const_cast<void*>(object));
}
// A place that stands for one such order; its contents mean nothing. Eight bytes apart, since
// ThreadSanitizer takes closer ones for one.
struct OrderMark {
  uint64_t place = 0;

  void Before() const { ReleaseEdge(&place); }
  void After() const { AcquireEdge(&place); }
};
// The same for a thread identity that is suspended.
void ReleaseEdgeOf(void* identity, const void* object);
void AcquireEdgeOf(void* identity, const void* object);

// For ThreadSanitizer: accesses to memory, and memory whose accesses are all forgotten.
void NoteWriteSlowly(const void* address, size_t bytes);
inline void NoteWrite(const void* address, size_t bytes) {
  if (HasThreadSanitizer()) [[unlikely]]
    NoteWriteSlowly(address, bytes);
}
void NoteRead(const void* address, size_t bytes);
void ForgetAccessesSlowly(const void* address, size_t bytes);
inline void ForgetAccesses(const void* address, size_t bytes) {
  if (HasThreadSanitizer()) [[unlikely]]
    ForgetAccessesSlowly(address, bytes);
}
// To be called before the first of them is forgotten, and again when more has been loaded or
// mapped: keeps ThreadSanitizer from looking for ever for the block that an address belongs to.
void MarkMappings();

// Makes LeakSanitizer take pointers found in this memory as references, or no longer.
void AddLeakRoot(const void* address, size_t bytes);
void RemoveLeakRoot(const void* address, size_t bytes);

// AddressSanitizer, before leaving a stack for the one at `bottom`: saves the leaving stack's fake
// stack in `*fake_stack`.
void StartStackSwitch(void** fake_stack, const void* bottom, size_t bytes);
// AddressSanitizer, first thing on the stack that was entered: gives it back its own fake stack
// (nullptr the first time) and tells where the stack lies that was left.
void FinishStackSwitch(void* fake_stack, const void** left_bottom, size_t* left_bytes);

// Whether `address` is a local variable that AddressSanitizer keeps on this fake stack (it does so
// to find uses after return), and the fake stack of the stack that runs now. A fake stack may be
// nullptr.
bool IsOnFakeStack(void* fake_stack, const void* address);
void* CurrentFakeStack();

// ThreadSanitizer's idea of a thread, one for each stack; `worker` comes back in reports. An
// abandoned one is destroyed and made anew, since its shadow call stack can't be unwound. nullptr
// without ThreadSanitizer.
void* CreateThreadIdentity(int worker);
void DestroyThreadIdentity(void* identity);
void* CurrentThreadIdentity();
// Right before a jump to the stack that `identity` stands for. Makes no happens-before edge.
void SwitchThreadIdentity(void* identity);

// Moves on what decides which of the accesses to a place ThreadSanitizer forgets when it has seen
// too many: by `steps`, for a thread identity that is suspended.
void ShiftMemory(void* identity, int steps);

// ThreadSanitizer stays silent about accesses to this memory, and spends no time on them. Nothing
// without it.
void IgnoreRaces(const void* address, size_t bytes);

// One side of a data race.
struct RaceAccess {
  static constexpr int kTraceFrames = 16;
  int worker = -1;  // as CreateThreadIdentity was told; -1 for a thread of the system
  const void* address = nullptr;
  int bytes = 0;
  bool writes = false;
  bool atomic = false;
  void* trace[kTraceFrames] = {};  // innermost first, nullptr after the last
};
struct Race {
  RaceAccess accesses[2];  // the one that was noticed, and the one that came before it
};

// Told of each data race, inside ThreadSanitizer: it may allocate nothing, wait for nothing and
// call nothing that is instrumented. Returns whether the race was of interest. nullptr: nobody is
// told.
using RaceHandler = bool (*)(const Race& race);
void SetRaceHandler(RaceHandler handler);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_SANITIZER_H_

// Fibers on pooled stacks, and the one function that switches between them.
#ifndef PENDULUM_SCHED_FIBER_H_
#define PENDULUM_SCHED_FIBER_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "harness/platform/stack.h"

namespace pendulum::sched {

class FiberPool;

// What the C++ run-time library keeps per thread about exceptions (__cxa_eh_globals): the stack of
// caught ones and the number of uncaught ones. Each fiber has its own, so that a fiber suspended in
// a catch block doesn't see its exception replaced by another fiber's.
struct ExceptionState {
  void* caught = nullptr;
  uint64_t uncaught = 0;
};

// One stack of execution: a pooled one, or the driver's.
struct Fiber {
  void* context = nullptr;  // where a suspended fiber goes on: its stack pointer; or not yet made
  ExceptionState exceptions;
  Fiber* came_from = nullptr;  // who switched to this fiber last
  FiberPool* pool = nullptr;
  // For the sanitizers. The driver's stack is learnt when it is first left.
  const void* stack_bottom = nullptr;
  size_t stack_bytes = 0;
  void* fake_stack = nullptr;
  void* thread_identity = nullptr;
};

// A fixed number of fibers that run one entry function each, and the driver from which they are
// entered. All of them belong to one operating-system thread at a time.
class FiberPool {
 public:
  // Runs on the fiber when it is first switched to. Must neither return nor throw.
  using Entry = void (*)(void* context, int fiber);

  FiberPool(int count, size_t stack_bytes, Entry entry, void* entry_context);
  ~FiberPool();
  FiberPool(const FiberPool&) = delete;
  FiberPool& operator=(const FiberPool&) = delete;

  Fiber* fiber(int index) { return &fibers_[index]; }
  const Fiber* fiber(int index) const { return &fibers_[index]; }
  Fiber* driver() { return &driver_; }
  const platform::StackArena& stacks() const { return stacks_; }
  bool thread_sanitizer() const { return thread_sanitizer_; }

  // The fiber on whose stack `address` lies, or whose local variable it is where AddressSanitizer
  // keeps those elsewhere; -1 when none. `running` is the fiber that runs, -1 for the driver.
  int StackOwner(const void* address, int running) const;

  // Makes the calling thread and stack the driver. Before the first Switch from there.
  void EnterDriver();

  // Suspends `from`, which is running, and lets `to` go on. Returns when `from` is switched to.
  void Switch(Fiber* from, Fiber* to);

  // As Scheduler::ShiftMemory.
  void ShiftMemory(uint32_t phase) const;

  // Forgets what the fiber was doing: it starts at the entry function when next switched to.
  void Remake(int index);

 private:
  struct Start;
  // What it was doing, and its identity.
  void Forget(Fiber* fiber);
  void SwitchSanitized(Fiber* from, Fiber* to);
  // To be called first thing on `self` after a switch when there are sanitizers.
  void Arrive(Fiber* self);

  void* exception_globals_ = nullptr;  // of the driver's thread
  bool sanitized_;
  bool address_sanitizer_;
  bool thread_sanitizer_;
  Entry entry_;
  void* entry_context_;
  platform::StackArena stacks_;
  std::unique_ptr<Fiber[]> fibers_;
  Fiber driver_;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_FIBER_H_

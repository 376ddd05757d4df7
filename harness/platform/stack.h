// Stacks for fibers, each with guard pages below it.
#ifndef PENDULUM_PLATFORM_STACK_H_
#define PENDULUM_PLATFORM_STACK_H_

#include <cstddef>

namespace pendulum::platform {

// A fixed number of equal stacks in one mapping. Their pages cost nothing until they are touched.
class StackArena {
 public:
  // The inaccessible memory below each stack. More than one page, since a frame with a large local
  // array steps over a single page without touching it.
  static constexpr size_t kGuardBytes = 64 * 1024;

  // Maps `count` stacks of at least `stack_bytes` bytes (rounded up to whole pages). Throws
  // std::bad_alloc when the system has no room for them.
  StackArena(int count, size_t stack_bytes);
  ~StackArena();
  StackArena(const StackArena&) = delete;
  StackArena& operator=(const StackArena&) = delete;

  int count() const { return count_; }
  size_t stack_bytes() const { return stack_bytes_; }
  // The lowest usable byte of a stack, and the byte after its highest one, where it begins.
  char* Bottom(int stack) const { return base_ + stride_bytes_ * stack + kGuardBytes; }
  char* Top(int stack) const { return Bottom(stack) + stack_bytes_; }

  // The stack on which `address` lies, -1 when on none. Async-signal-safe, as is InGuard.
  int Owner(const void* address) const;
  // Whether `address` lies in the guard below one of the stacks: an overflow of that stack.
  bool InGuard(const void* address) const;

 private:
  // The distance of `address` from the start of the mapping, or the mapping's size when outside.
  size_t Offset(const void* address) const;

  char* base_;
  size_t stack_bytes_;
  size_t stride_bytes_;
  int count_;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_STACK_H_

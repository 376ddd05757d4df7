// Compiled without any sanitizer (CMakeLists.txt): instrumentation around a change of stacks would
// itself be what is reported.
#include "harness/sched/fiber.h"

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstdlib>
#include <cstring>

#include "harness/platform/sanitizer.h"
#include "harness/sched/prng.h"

namespace pendulum::sched {

using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

// The bottom frame of every fiber, which is made when the fiber is first switched to: most of a
// pool are never used, and each would cost its pages.
struct FiberPool::Start {
  static void Make(Fiber* fiber);
  static void Enter(transfer_t transfer) noexcept {
    Fiber* self = static_cast<Fiber*>(transfer.data);
    self->came_from->context = transfer.fctx;
    FiberPool* pool = self->pool;
    if (pool->sanitized_) pool->Arrive(self);
    pool->entry_(pool->entry_context_, static_cast<int>(self - pool->fibers_.get()));
    std::abort();
  }
};

FiberPool::FiberPool(int count, size_t stack_bytes, Entry entry, void* entry_context)
    : address_sanitizer_(platform::HasAddressSanitizer()),
      thread_sanitizer_(platform::HasThreadSanitizer()),
      entry_(entry),
      entry_context_(entry_context),
      stacks_(count, stack_bytes),
      fibers_(std::make_unique<Fiber[]>(count)) {
  sanitized_ = address_sanitizer_ || thread_sanitizer_;
  for (int i = 0; i < count; ++i) {
    fibers_[i].pool = this;
    fibers_[i].stack_bottom = stacks_.Bottom(i);
    fibers_[i].stack_bytes = stacks_.stack_bytes();
    platform::AddLeakRoot(stacks_.Bottom(i), stacks_.stack_bytes());
    // All are made before a run, never in it: making one orders it after its maker, and a run must
    // have the same order whether the fibers were there before it or not.
    fibers_[i].thread_identity = platform::CreateThreadIdentity(i);
  }
}

FiberPool::~FiberPool() {
  for (int i = 0; i < stacks_.count(); ++i) {
    platform::RemoveLeakRoot(stacks_.Bottom(i), stacks_.stack_bytes());
    Forget(&fibers_[i]);
  }
}

void FiberPool::Forget(Fiber* fiber) {
  // An abandoned stack has the red zones of frames that never returned.
  if (fiber->context != nullptr) platform::UnpoisonMemory(fiber->stack_bottom, fiber->stack_bytes);
  fiber->context = nullptr;
  platform::DestroyThreadIdentity(fiber->thread_identity);
}

void FiberPool::Remake(int index) {
  Fiber& fiber = fibers_[index];
  Forget(&fiber);
  fiber.thread_identity = platform::CreateThreadIdentity(index);
  fiber.exceptions = ExceptionState();
}

void FiberPool::Start::Make(Fiber* fiber) {
  const int index = static_cast<int>(fiber - fiber->pool->fibers_.get());
  const platform::StackArena& stacks = fiber->pool->stacks_;
  fiber->context = make_fcontext(stacks.Top(index), stacks.stack_bytes(), Enter);
}

void FiberPool::ShiftMemory(uint32_t phase) const {
  // ThreadSanitizer keeps so many accesses to a place.
  constexpr uint32_t kMemoryTurn = 4;
  if (phase == 0 || !thread_sanitizer_) return;
  Prng random(phase);
  for (int i = 0; i < stacks_.count(); ++i) {
    platform::ShiftMemory(fibers_[i].thread_identity, static_cast<int>(random.Below(kMemoryTurn)));
  }
}

int FiberPool::StackOwner(const void* address, int running) const {
  const int owner = stacks_.Owner(address);
  if (owner >= 0 || !address_sanitizer_) return owner;
  for (int i = 0; i < stacks_.count(); ++i) {
    void* fake_stack = i == running ? platform::CurrentFakeStack() : fibers_[i].fake_stack;
    // Most fibers have none: this is asked for every buffer.
    if (fake_stack != nullptr && platform::IsOnFakeStack(fake_stack, address)) return i;
  }
  return -1;
}

void FiberPool::EnterDriver() {
  exception_globals_ = abi::__cxa_get_globals();
  driver_.thread_identity = platform::CurrentThreadIdentity();
}

void FiberPool::Switch(Fiber* from, Fiber* to) {
  std::memcpy(&from->exceptions, exception_globals_, sizeof(ExceptionState));
  std::memcpy(exception_globals_, &to->exceptions, sizeof(ExceptionState));
  to->came_from = from;
  if (to->context == nullptr) Start::Make(to);
  if (sanitized_) {
    SwitchSanitized(from, to);
    return;
  }
  const transfer_t transfer = jump_fcontext(to->context, to);
  from->came_from->context = transfer.fctx;
}

void FiberPool::SwitchSanitized(Fiber* from, Fiber* to) {
  if (address_sanitizer_) {
    platform::StartStackSwitch(&from->fake_stack, to->stack_bottom, to->stack_bytes);
  }
  if (thread_sanitizer_) platform::SwitchThreadIdentity(to->thread_identity);
  const transfer_t transfer = jump_fcontext(to->context, to);
  from->came_from->context = transfer.fctx;
  Arrive(from);
}

void FiberPool::Arrive(Fiber* self) {
  if (!address_sanitizer_) return;
  const void* left_bottom = nullptr;
  size_t left_bytes = 0;
  platform::FinishStackSwitch(self->fake_stack, &left_bottom, &left_bytes);
  if (self->came_from == &driver_) {
    driver_.stack_bottom = left_bottom;
    driver_.stack_bytes = left_bytes;
  }
}

}  // namespace pendulum::sched

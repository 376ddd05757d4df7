#include "harness/host/guard.h"

#include "harness/platform/raw_memory.h"
#include "harness/platform/sanitizer.h"
#include "harness/win32/boundary.h"

namespace pendulum::host {
namespace {

bool IsFreed(const void* data) {
  return win32::boundary.is_freed != nullptr && win32::boundary.is_freed(data);
}

}  // namespace

void Guard::Begin(const sched::Scheduler& scheduler, const void* data, uint32_t bytes,
                  const uint8_t* copy) {
  *this = Guard{};
  if (data == nullptr || bytes == 0) return;
  data_ = data;
  copy_ = copy;
  bytes_ = bytes;
  stack_owner_ = scheduler.StackOwner(data);
  if (stack_owner_ != sched::kNoWorker) stack_thread_ = scheduler.thread_number(stack_owner_);
}

void Guard::Poison(const sched::Scheduler& scheduler) {
  if (data_ == nullptr || Check(scheduler).has_value()) return;
  platform::PoisonMemory(data_, bytes_);
  poisoned_ = true;
}

void Guard::Release() {
  if (!poisoned_) return;
  poisoned_ = false;
  // What was freed in the meantime is poisoned for that reason.
  if (!IsFreed(data_)) platform::UnpoisonMemory(data_, bytes_);
}

std::optional<trace::MemoryFault> Guard::Check(const sched::Scheduler& scheduler) const {
  if (data_ == nullptr) return std::nullopt;
  win32::TouchMemory(data_, bytes_, false);
  // How far the stack's owner has come decides.
  if (stack_owner_ != sched::kNoWorker) win32::Touch(sched::ObjectKind::kThread, stack_owner_);
  if (stack_owner_ != sched::kNoWorker) {
    const sched::WorkerId owner = stack_owner_;
    const bool ended = scheduler.IsIdle(owner) || scheduler.thread_number(owner) != stack_thread_;
    // Stacks grow down: what lies below a stack pointer is of frames that have been left. An action
    // may run on the owner's own stack, whose stored stack pointer is an old one then.
    const void* here = __builtin_frame_address(0);
    const bool on_it = scheduler.StackOwner(here) == owner;
    const void* top = ended ? nullptr : on_it ? here : scheduler.StackPointer(owner);
    if (ended || data_ < top) return trace::MemoryFault::kStackFrameLeft;
  }
  if (IsFreed(data_)) return trace::MemoryFault::kFreed;
  if (copy_ != nullptr && platform::raw_memory.compare(data_, copy_, bytes_) != 0) {
    return trace::MemoryFault::kChanged;
  }
  return std::nullopt;
}

}  // namespace pendulum::host

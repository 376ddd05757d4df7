#include "harness/host/guard.h"

#include <cstring>

#include "harness/win32/boundary.h"

namespace pendulum::host {

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

std::optional<trace::MemoryFault> Guard::Check(const sched::Scheduler& scheduler) const {
  if (data_ == nullptr) return std::nullopt;
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
  const bool freed = win32::boundary.is_freed != nullptr && win32::boundary.is_freed(data_);
  if (freed) return trace::MemoryFault::kFreed;
  if (copy_ != nullptr && std::memcmp(data_, copy_, bytes_) != 0) {
    return trace::MemoryFault::kChanged;
  }
  return std::nullopt;
}

}  // namespace pendulum::host

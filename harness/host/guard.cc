#include "harness/host/guard.h"

#include "harness/win32/boundary.h"

namespace pendulum::host {
namespace {

uint32_t DigestOf(const void* data, uint32_t bytes) {
  Digest digest;
  digest.Add(static_cast<const uint8_t*>(data), bytes);
  return digest.value;
}

}  // namespace

void Guard::Begin(const sched::Scheduler& scheduler, const void* data, uint32_t bytes,
                  bool contents, bool own) {
  *this = Guard{};
  own_ = own || data == nullptr || bytes == 0;
  if (own_) return;
  data_ = data;
  bytes_ = bytes;
  contents_ = contents;
  stack_owner_ = scheduler.StackOwner(data);
  if (on_stack()) stack_thread_ = scheduler.thread_number(stack_owner_);
  if (contents) digest_ = DigestOf(data, bytes);
}

std::optional<trace::MemoryFault> Guard::Check(const sched::Scheduler& scheduler) const {
  if (own_) return std::nullopt;
  if (on_stack()) {
    const sched::WorkerId owner = stack_owner_;
    const bool ended = scheduler.IsIdle(owner) || scheduler.thread_number(owner) != stack_thread_;
    // Stacks grow down: what lies below a stack pointer is of frames that have been left. An action
    // may run on the owner's own stack, whose stored stack pointer is an old one then.
    const void* here = __builtin_frame_address(0);
    const bool on_it = scheduler.StackOwner(here) == owner;
    const void* top = ended ? nullptr : on_it ? here : scheduler.StackPointer(owner);
    if (ended || data_ < top) return trace::MemoryFault::kStackFrameLeft;
  } else if (win32::boundary.is_freed != nullptr && win32::boundary.is_freed(data_)) {
    return trace::MemoryFault::kFreed;
  }
  if (contents_ && DigestOf(data_, bytes_) != digest_) return trace::MemoryFault::kChanged;
  return std::nullopt;
}

}  // namespace pendulum::host

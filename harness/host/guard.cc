#include "harness/host/guard.h"

#include <cstring>

#include "harness/win32/boundary.h"

// Present when the process has AddressSanitizer, whose heap knows what has been freed.
extern "C" __attribute__((weak)) void* __asan_region_is_poisoned(void* begin, size_t size);

namespace pendulum::host {
namespace {

bool IsFreed(const void* data, uint32_t bytes) {
  if (__asan_region_is_poisoned != nullptr) {
    return __asan_region_is_poisoned(const_cast<void*>(data), bytes) != nullptr;
  }
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
  if (IsFreed(data_, bytes_)) return trace::MemoryFault::kFreed;
  if (copy_ != nullptr && std::memcmp(data_, copy_, bytes_) != 0) {
    return trace::MemoryFault::kChanged;
  }
  return std::nullopt;
}

}  // namespace pendulum::host

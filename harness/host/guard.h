// Watches memory that the module gave to a pending operation: whether it still exists when the
// operation completes, and whether its contents are what they were.
#ifndef PENDULUM_HOST_GUARD_H_
#define PENDULUM_HOST_GUARD_H_

#include <cstdint>
#include <optional>

#include "harness/sched/scheduler.h"
#include "harness/trace/event.h"

namespace pendulum::host {

class Guard {
 public:
  // Remembers where the memory lies. With `copy`, also what it holds: `copy` has the same bytes and
  // outlives the guard (writes); nullptr for memory that the host will fill (reads).
  void Begin(const sched::Scheduler& scheduler, const void* data, uint32_t bytes,
             const uint8_t* copy);
  // Poisons memory that the host will fill, so that AddressSanitizer reports who touches it, until
  // Release. What is gone already is left alone.
  void Poison(const sched::Scheduler& scheduler);
  void Release();
  // Whether it lies on a worker's stack.
  bool on_stack() const { return stack_owner_ != sched::kNoWorker; }
  // Releases memory on this worker's stack whose function has been left: below `frame`. From then
  // on it is the stack of whoever is called next.
  void ReleaseBelow(sched::WorkerId worker, const void* frame) {
    if (stack_owner_ == worker && data_ < frame) Release();
  }
  // What has happened to the memory since, if anything. Memory that is gone is not looked at.
  std::optional<trace::MemoryFault> Check(const sched::Scheduler& scheduler) const;

 private:
  const void* data_ = nullptr;  // nullptr: nothing is guarded
  const uint8_t* copy_ = nullptr;
  uint32_t bytes_ = 0;
  bool poisoned_ = false;
  sched::WorkerId stack_owner_ = sched::kNoWorker;
  uint32_t stack_thread_ = 0;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_GUARD_H_

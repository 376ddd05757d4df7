// Watches memory that the module gave to a pending operation: whether it still exists when the
// operation completes, and whether its contents are what they were.
#ifndef PENDULUM_HOST_GUARD_H_
#define PENDULUM_HOST_GUARD_H_

#include <cstdint>
#include <optional>

#include "harness/host/digest.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/event.h"

namespace pendulum::host {

class Guard {
 public:
  // Remembers where the memory lies. With `contents`, also what it holds (writes). Memory of the
  // host's own is not guarded: pass own = true.
  void Begin(const sched::Scheduler& scheduler, const void* data, uint32_t bytes, bool contents,
             bool own);
  // What has happened to the memory since, if anything. `offset` is set for kChanged.
  std::optional<trace::MemoryFault> Check(const sched::Scheduler& scheduler) const;

  // Whether the memory lies on a worker's stack.
  bool on_stack() const { return stack_owner_ != sched::kNoWorker; }

 private:
  const void* data_ = nullptr;
  uint32_t bytes_ = 0;
  uint32_t digest_ = 0;
  bool contents_ = false;
  bool own_ = true;
  sched::WorkerId stack_owner_ = sched::kNoWorker;
  uint32_t stack_thread_ = 0;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_GUARD_H_

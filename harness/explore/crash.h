// What happens in a process when the module crashes in it: a record of it, then the end.
#ifndef PENDULUM_EXPLORE_CRASH_H_
#define PENDULUM_EXPLORE_CRASH_H_

#include <csetjmp>
#include <functional>

#include "harness/explore/batch.h"
#include "harness/sched/scheduler.h"

namespace pendulum::explore {

// The exit status of a process that has written its crash record.
inline constexpr int kCrashedExitStatus = 86;

// Directs signals, std::terminate and failures of the module's heap to `state->crash`. Then the
// process ends with kCrashedExitStatus, or, when `escape` is not nullptr, a siglongjmp goes there.
// `before_end` is called first; it may do only what a signal handler may.
struct CrashGuard {
  BatchState* state = nullptr;
  const sched::Scheduler* scheduler = nullptr;  // see SetCrashScheduler
  void (*before_end)(void* context) = nullptr;
  void* context = nullptr;
  sigjmp_buf* escape = nullptr;
};
void InstallCrashGuard(const CrashGuard& guard);
// The scheduler whose guard pages tell an exhausted stack, and whose worker ran.
void SetCrashScheduler(const sched::Scheduler* scheduler);
// The code of a module: what return addresses are looked for.
void AddCrashCode(uintptr_t begin, uintptr_t end);
// Back to what the system does by itself.
void RemoveCrashGuard();

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_CRASH_H_

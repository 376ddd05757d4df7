// What std::call_once hands to its callback through the thread, while all workers are one thread of
// the system.
#ifndef PENDULUM_WIN32_POSIX_ONCE_H_
#define PENDULUM_WIN32_POSIX_ONCE_H_

#include "harness/sched/scheduler.h"

namespace pendulum::win32 {

// Keeps what worker `from` has handed over and puts back what `to` has. Needed where a worker can
// be switched between two stores of the module. kNoWorker is the driver.
void SwitchOnceCall(sched::WorkerId from, sched::WorkerId to);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_POSIX_ONCE_H_

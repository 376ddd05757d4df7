// Waits of the thread pool.
#ifndef PENDULUM_WIN32_REGISTERED_WAIT_H_
#define PENDULUM_WIN32_REGISTERED_WAIT_H_

namespace pendulum::win32 {

// Forgets all waits. Part of BeginRun.
void ResetPoolWaits();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_REGISTERED_WAIT_H_

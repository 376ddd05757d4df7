// Real time, for limits on child processes and on whole searches. Runs know virtual time only.
#ifndef PENDULUM_PLATFORM_CLOCK_H_
#define PENDULUM_PLATFORM_CLOCK_H_

#include <cstdint>

namespace pendulum::platform {

// Milliseconds since some fixed moment; never goes back.
uint64_t MonotonicMs();

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_CLOCK_H_

// Real time, for limits on child processes and on whole searches. Runs know virtual time only.
#ifndef PENDULUM_PLATFORM_CLOCK_H_
#define PENDULUM_PLATFORM_CLOCK_H_

#include <cstdint>
#include <string>

namespace pendulum::platform {

// Milliseconds since some fixed moment; never goes back.
uint64_t MonotonicMs();

// Seconds since the beginning of 1970 (UTC), for what is kept from day to day.
uint64_t UnixSeconds();

// Its day: "2026-11-23".
std::string DateText(uint64_t unix_seconds);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_CLOCK_H_

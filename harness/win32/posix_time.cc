#include "harness/win32/posix_time.h"

#include <algorithm>

#include "harness/win32/boundary.h"
#include "harness/win32/clock.h"

namespace pendulum::win32 {
namespace {

constexpr int64_t kMsPerSecond = 1000;
constexpr int64_t kNsPerMs = 1000000;
constexpr int64_t kTicksTo1970 = 116444736000000000;
constexpr int64_t kEpochMs = (kEpochTicks - kTicksTo1970) / kTicksPerMs;
constexpr int64_t kMostSeconds = int64_t{1} << 40;

// What the clock shows when virtual time is 0.
int64_t StartMs(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
      return kEpochMs;
    default:
      return static_cast<int64_t>(kUptimeMs);
  }
}

// Milliseconds, rounded up.
int64_t MsOf(const timespec& time) {
  return time.tv_sec * kMsPerSecond + (time.tv_nsec + kNsPerMs - 1) / kNsPerMs;
}

}  // namespace

timespec NowOf(clockid_t clock) {
  const int64_t ms = StartMs(clock) + static_cast<int64_t>(boundary.scheduler->now_ms());
  return {.tv_sec = ms / kMsPerSecond, .tv_nsec = ms % kMsPerSecond * kNsPerMs};
}

uint64_t DeadlineOf(clockid_t clock, const timespec& time) {
  if (time.tv_sec > kMostSeconds) return sched::kForever;
  const int64_t ms = time.tv_sec < 0 ? 0 : MsOf(time) - StartMs(clock);
  return std::max(boundary.scheduler->now_ms(), ms < 0 ? 0 : static_cast<uint64_t>(ms));
}

uint64_t DeadlineAfter(const timespec& duration) {
  if (duration.tv_sec > kMostSeconds) return sched::kForever;
  return boundary.scheduler->now_ms() + static_cast<uint64_t>(std::max<int64_t>(0, MsOf(duration)));
}

bool IsValid(const timespec& time) {
  return time.tv_nsec >= 0 && time.tv_nsec < kNsPerMs * kMsPerSecond;
}

}  // namespace pendulum::win32

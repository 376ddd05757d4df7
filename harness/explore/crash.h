// What happens in a process when the module crashes in it: a record of it, then the end.
#ifndef PENDULUM_EXPLORE_CRASH_H_
#define PENDULUM_EXPLORE_CRASH_H_

#include <csetjmp>
#include <functional>

#include "harness/explore/batch.h"
#include "harness/platform/signals.h"
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
bool HasCrashGuard();
// The scheduler whose guard pages tell an exhausted stack, and whose worker ran.
void SetCrashScheduler(const sched::Scheduler* scheduler);
// The code of a module: what return addresses are looked for.
void AddCrashCode(uintptr_t begin, uintptr_t end);
// What a sanitizer reports. Stacks have kMostReportFrames return addresses, 0 after the last;
// nullptr for one that is not known.
struct CrashReport {
  CrashKind kind = CrashKind::kSanitizer;
  uint16_t operation = trace::kNone16;
  char text[sizeof CrashRecord::text] = {};
  const uintptr_t* innermost = nullptr;  // instead of the frames of the context
  const uintptr_t* allocated = nullptr;
  const uintptr_t* freed = nullptr;
  const uintptr_t* other = nullptr;
};
// Writes the record and ends the process, or goes to `escape`; the context's program counter is a
// return address.
[[noreturn]] void WriteCrash(const platform::CrashContext& context, const CrashReport& report);
// The same from inside ThreadSanitizer, which can't be left: with `escape`, or when more races are
// to be passed over, the run goes on, and RaceWasNoted tells. Each pair of places is one race.
void WriteRace(const CrashReport& report);
// Who is told of races where there is no guard, from inside ThreadSanitizer: a process that goes
// on.
void SetRaceListener(void (*listener)(void* context, const CrashReport& report), void* context);
// How many races of the next runs to pass over, less than kRaceTurns, where they have more.
void PassRaces(uint32_t count);
// Whether a race was noted since InstallCrashGuard.
bool RaceWasNoted();
// Back to what the system does by itself.
void RemoveCrashGuard();

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_CRASH_H_

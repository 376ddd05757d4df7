// The module's use of the Windows thread pool: callbacks that run on workers of their own.
#ifndef PENDULUM_WIN32_THREAD_POOL_H_
#define PENDULUM_WIN32_THREAD_POOL_H_

#include <cstdint>

#include "harness/platform/sanitizer.h"
#include "harness/win32/boundary.h"
#include "harness/win32/object.h"

namespace pendulum::win32 {

inline constexpr int kMaxPoolThreads = 8;    // callbacks that can run at once
inline constexpr int kMaxPoolItems = 256;    // callbacks that wait for a thread
inline constexpr int kMaxPoolSources = 128;  // work, timer, wait and queue-timer objects

// What a callback belongs to: a PTP_WORK, PTP_TIMER, PTP_WAIT or registered wait.
struct PoolSource {
  enum class Kind : uint8_t { kFree, kWork, kTimer, kWait, kRegistered, kQueueTimer };
  Kind kind = Kind::kFree;
  uint8_t module = 0;
  bool is_closing = false;  // freed when its last callback has returned
  bool runs_once = false;   // registered waits
  int pending = 0;          // callbacks submitted that have not begun
  int running = 0;          // callbacks that run
  sched::TransitionId timer = sched::kNoTransition;
  uint64_t due_ms = 0;
  uint32_t period_ms = 0;
  uint32_t timeout_ms = 0;         // registered waits
  uint32_t queue = 0;              // queue timers: the number of their timer queue
  uint16_t waits_for = kNoObject;  // waits: the object, with a reference
  uint32_t wait_serial = 0;        // a wait that was replaced does not fire
  void* callback = nullptr;
  void* context = nullptr;
  platform::OrderMark set;  // who makes or sets it does so before its callbacks
};

// One callback to be run. `result` is for waits.
struct PoolItem {
  enum class Kind : uint8_t { kSimple, kThreadFunction, kSource };
  Kind kind = Kind::kSimple;
  uint8_t module = 0;
  uint16_t source = 0;  // for kSource
  void* callback = nullptr;
  void* context = nullptr;
  uint32_t result = 0;
  uint16_t mark = 0;  // which of the pool's marks orders its submission before it
};

// A free source for a callback, nullptr with the last error set when all are taken.
PoolSource* NewSource(PoolSource::Kind kind, void* callback, void* context);
// The source behind a pointer that a module passes, nullptr (with a note) if it is none.
PoolSource* SourceOf(void* pointer, PoolSource::Kind kind, const char* function);
int IndexOfSource(const PoolSource* source);
PoolSource* SourceAt(int index);

// Gives the item to a pool thread, now or when one becomes free. False when too many wait.
bool Submit(const PoolItem& item);
// Submits a callback of `source`.
bool SubmitSource(PoolSource& source, uint32_t result);
// Takes back the callbacks of `source` that have not begun.
void CancelPending(PoolSource& source);
// Waits until no callback of `source` is pending or running.
void WaitForCallbacks(CallScope& call, PoolSource& source, trace::Method method, const char* what);
// Frees the source, now or when its callbacks have returned.
void CloseSource(PoolSource& source);

// Called by the pool thread, in thread_pool_callbacks.cc.
void CallBack(const PoolItem& item);

// Starts, moves or stops a source's timer. `due_ms` is virtual time.
bool StartTimer(PoolSource& source, uint64_t due_ms, uint32_t period_ms);
void StopTimer(PoolSource& source);

// Forgets all. Part of BeginRun.
void ResetThreadPool();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_THREAD_POOL_H_

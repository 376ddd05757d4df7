// What Windows keeps for each thread: the last error, thread-local slots, queued APCs. A worker
// slot is used again by later jobs, so the state is made new when its thread number changes.
#ifndef PENDULUM_WIN32_THREAD_STATE_H_
#define PENDULUM_WIN32_THREAD_STATE_H_

#include <cstdint>

#include "harness/sched/scheduler.h"

namespace pendulum::win32 {

inline constexpr int kLocalSlots = 128;  // for TLS, and as many for FLS
inline constexpr int kMaxQueuedCalls = 16;
// What the driver's stack has for a thread number: RegisterModule and loading run there.
inline constexpr uint32_t kDriverThreadNumber = 0xFFFFFF;
inline constexpr uint16_t kNoObject = 0xFFFF;

using QueuedCallFunction = void (*)(uintptr_t argument);
struct QueuedCall {
  QueuedCallFunction function;
  uintptr_t argument;
};

struct ThreadState {
  uint32_t number = 0;  // whose state this is; 0: nobody's
  uint32_t last_error = 0;
  uint16_t object = kNoObject;  // the thread's kernel object, if it is the module's own thread
  uint8_t queued_calls = 0;
  bool has_values = false;       // one was stored in tls or fls
  void* exit_context = nullptr;  // where ExitThread goes; null on threads of the server
  QueuedCall calls[kMaxQueuedCalls];
  void* tls[kLocalSlots] = {};
  void* fls[kLocalSlots] = {};
};

// The worker that runs, kNoWorker on the driver's stack (also while nothing is simulated).
sched::WorkerId CurrentWorker();
// Its thread number: what GetCurrentThreadId returns.
uint32_t CurrentThreadNumber();
// The state of the current thread.
ThreadState& Self();
// The state of the thread that runs on `worker` now.
ThreadState& StateOf(sched::WorkerId worker);
// The worker that runs thread `number`, kNoWorker when it has ended or is not known.
sched::WorkerId WorkerOfThread(uint32_t number);

// Forgets all threads. Part of BeginRun.
void ResetThreadStates();

// Hand-overs that ThreadSanitizer has to know: what was done before a release of `address` is
// ordered before what follows an acquire of it. They do nothing without ThreadSanitizer.
void OrderAcquire(const void* address);
void OrderRelease(const void* address);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_THREAD_STATE_H_

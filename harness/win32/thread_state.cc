#include "harness/win32/thread_state.h"

#include <algorithm>
#include <iterator>

#include "harness/platform/sanitizer.h"
#include "harness/win32/boundary.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

ThreadState states[sched::kMaxWorkers];
ThreadState state_of_driver;
int states_used = 0;  // the workers from here on have had none in this run

// The values take two kilobytes, and hardly a thread has any.
void StartAnew(ThreadState* state, uint32_t number) {
  if (state->has_values) {
    std::fill(std::begin(state->tls), std::end(state->tls), nullptr);
    std::fill(std::begin(state->fls), std::end(state->fls), nullptr);
  }
  state->number = number;
  state->last_error = 0;
  state->object = kNoObject;
  state->queued_calls = 0;
  state->has_values = false;
  state->exit_context = nullptr;
}

ThreadState& StateFor(ThreadState* state, uint32_t number) {
  if (state->number != number) StartAnew(state, number);
  return *state;
}

}  // namespace

sched::WorkerId CurrentWorker() {
  return boundary.scheduler == nullptr ? sched::kNoWorker : boundary.scheduler->current();
}

uint32_t CurrentThreadNumber() {
  const sched::WorkerId worker = CurrentWorker();
  return worker == sched::kNoWorker ? kDriverThreadNumber
                                    : boundary.scheduler->thread_number(worker);
}

ThreadState& StateOf(sched::WorkerId worker) {
  if (worker == sched::kNoWorker) return StateFor(&state_of_driver, kDriverThreadNumber);
  states_used = std::max(states_used, worker + 1);
  return StateFor(&states[worker], boundary.scheduler->thread_number(worker));
}

ThreadState& Self() { return StateOf(CurrentWorker()); }

sched::WorkerId WorkerOfThread(uint32_t number) {
  if (boundary.scheduler == nullptr || number == kDriverThreadNumber || number == 0) {
    return sched::kNoWorker;
  }
  const int used = boundary.scheduler->workers_used();
  for (int worker = 0; worker < used; ++worker) {
    const auto id = static_cast<sched::WorkerId>(worker);
    if (!boundary.scheduler->IsIdle(id) && boundary.scheduler->thread_number(id) == number) {
      return id;
    }
  }
  return sched::kNoWorker;
}

void ResetThreadStates() {
  for (int worker = 0; worker < states_used; ++worker) StartAnew(&states[worker], 0);
  StartAnew(&state_of_driver, 0);
  states_used = 0;
}

void OrderAcquire(const void* address) { platform::AcquireEdge(address); }

void OrderRelease(const void* address) {
  // What fires by itself, as a timer, runs on whatever stack is at hand: that is no order.
  if (CurrentWorker() != sched::kNoWorker) platform::ReleaseEdge(address);
}

}  // namespace pendulum::win32

using pendulum::win32::CallScope;
using pendulum::win32::Points;

extern "C" DWORD WINAPI GetLastError() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return pendulum::win32::Self().last_error;
}

extern "C" VOID WINAPI SetLastError(DWORD code) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  pendulum::win32::Self().last_error = code;
}

extern "C" DWORD WINAPI GetCurrentThreadId() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return pendulum::win32::CurrentThreadNumber();
}

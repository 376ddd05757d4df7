#include "harness/win32/lock_wait.h"

#include <algorithm>

#include "harness/win32/thread_state.h"

namespace pendulum::win32 {
namespace {

struct Waiting {
  const void* address = nullptr;
  LockMode mode = LockMode::kExclusive;
  uint32_t ticket = 0;
};

Waiting waiting[sched::kMaxWorkers];
int waiting_used = 0;  // the workers from here on have not waited in this run
uint32_t last_ticket = 0;

}  // namespace

bool WaitForLock(CallScope& call, const LockWait& wait) {
  const sched::WorkerId worker = CurrentWorker();
  if (worker == sched::kNoWorker) return false;
  Waiting& self = waiting[worker];
  TouchLock(wait.address);
  waiting_used = std::max(waiting_used, worker + 1);
  self = {.address = wait.address, .mode = wait.mode, .ticket = ++last_ticket};
  const sched::WaitReason reason{
      .what = wait.what, .object = wait.number, .owner = WorkerOfThread(wait.owner)};
  call.Block(wait.method, reason, wait.deadline_ms);
  TouchLock(wait.address);
  const bool was_woken = self.address == nullptr;
  self.address = nullptr;
  return was_woken && !boundary.scheduler->draining();
}

void WakeLockWaiters(const void* address) {
  if (boundary.scheduler == nullptr) return;
  TouchLock(address);
  for (int worker = 0; worker < boundary.scheduler->workers_used(); ++worker) {
    if (waiting[worker].address != address) continue;
    waiting[worker].address = nullptr;
    boundary.scheduler->Wake(static_cast<sched::WorkerId>(worker));
  }
}

void WakeOneLockWaiter(const void* address) {
  if (boundary.scheduler == nullptr) return;
  TouchLock(address);
  sched::WorkerId candidates[sched::kMaxWorkers];
  uint32_t count = 0;
  for (int worker = 0; worker < boundary.scheduler->workers_used(); ++worker) {
    if (waiting[worker].address != address) continue;
    uint32_t place = count++;
    while (place > 0 && waiting[candidates[place - 1]].ticket > waiting[worker].ticket) {
      candidates[place] = candidates[place - 1];
      --place;
    }
    candidates[place] = static_cast<sched::WorkerId>(worker);
  }
  if (count == 0) return;
  const uint32_t chosen = count == 1
                              ? 0
                              : boundary.scheduler->Choose(sched::Question::kSetting, count,
                                                           sched::kNoRequest, sched::kNoOperation);
  waiting[candidates[chosen]].address = nullptr;
  boundary.scheduler->Wake(candidates[chosen]);
}

bool HasLockWaiter(const void* address, LockMode mode) {
  if (boundary.scheduler == nullptr) return false;
  for (int worker = 0; worker < boundary.scheduler->workers_used(); ++worker) {
    if (waiting[worker].address == address && waiting[worker].mode == mode) return true;
  }
  return false;
}

void ResetLockWaits() {
  for (int i = 0; i < waiting_used; ++i) waiting[i].address = nullptr;
  waiting_used = 0;
  last_ticket = 0;
}

}  // namespace pendulum::win32

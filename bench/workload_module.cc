#include "bench/workload_module.h"

#include <atomic>
#include <cstdlib>

namespace pendulum::bench {
namespace {

std::atomic<int> outstanding;
int issued;
int finished;
int slots[kMostWorkloadOperations];

void Release() {
  WorkloadTouch(kWorkloadCounter, true);
  if (outstanding.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  for (int i = 0; i < issued; ++i) {
    WorkloadTouch(i, false);
    if (slots[i] != 1) std::abort();
  }
  ++finished;
}

}  // namespace

void ResetWorkload(int operations) {
  outstanding.store(1, std::memory_order_relaxed);
  issued = operations;
  finished = 0;
  for (int& slot : slots) slot = 0;
}

void HandleWorkload() {
  const int operations = issued;
  for (int i = 0; i < operations; ++i) {
    WorkloadTouch(kWorkloadCounter, true);
    outstanding.fetch_add(1, std::memory_order_acq_rel);
    WorkloadPoint();
    StartCompletion(i);
    WorkloadPoint();
  }
  Release();
}

void CompleteWorkload(int operation) {
  WorkloadTouch(operation, true);
  slots[operation] = 1;
  WorkloadPoint();
  Release();
}

int WorkloadFinished() { return finished; }

}  // namespace pendulum::bench

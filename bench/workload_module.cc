#include "bench/workload_module.h"

#include <atomic>
#include <cstdlib>

namespace pendulum::bench {
namespace {

std::atomic<int> outstanding;
int finished;
int slots[kWorkloadOperations];

void Release() {
  if (outstanding.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  for (const int slot : slots) {
    if (slot != 1) std::abort();
  }
  ++finished;
}

}  // namespace

void ResetWorkload() {
  outstanding.store(1, std::memory_order_relaxed);
  finished = 0;
  for (int& slot : slots) slot = 0;
}

void HandleWorkload() {
  for (int i = 0; i < kWorkloadOperations; ++i) {
    outstanding.fetch_add(1, std::memory_order_acq_rel);
    WorkloadPoint();
    StartCompletion(i);
    WorkloadPoint();
  }
  Release();
}

void CompleteWorkload(int operation) {
  slots[operation] = 1;
  WorkloadPoint();
  Release();
}

int WorkloadFinished() { return finished; }

}  // namespace pendulum::bench

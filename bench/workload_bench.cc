// Random schedules of workload W (workload_module.h).
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "bench/workload_module.h"
#include "harness/platform/sanitizer.h"
#include "harness/sched/random_strategy.h"
#include "harness/sched/scheduler.h"

namespace pendulum::bench {
namespace {

// What was done before an operation was started is known to its completion, as on a server. Eight
// bytes each: ThreadSanitizer takes closer ones for one.
uint64_t issued[kWorkloadOperations];

void Complete(void* operation) {
  platform::AcquireEdge(operation);
  CompleteWorkload(static_cast<int>(static_cast<uint64_t*>(operation) - issued));
}

void BM_WorkloadW(benchmark::State& state) {
  std::vector<sched::Decision> decisions(sched::Limits().decisions);
  sched::Scheduler::DecisionLog log;
  log.capacity = static_cast<uint32_t>(decisions.size());
  log.decisions = decisions.data();
  sched::Scheduler scheduler(&log);
  sched::RandomStrategy strategy(1);
  uint64_t run = 0;
  for (auto _ : state) {
    ResetWorkload();
    scheduler.BeginRun(&strategy, run++, sched::Limits());
    scheduler.Start(
        "handler", [](void*) { HandleWorkload(); }, nullptr);
    const sched::RunState end = scheduler.Run();
    if (end != sched::RunState::kQuiet || scheduler.steps() != 17) std::abort();
    scheduler.EndRun();
    if (WorkloadFinished() != 1) std::abort();
  }
  state.counters["schedules"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_WorkloadW);

}  // namespace

void WorkloadPoint() { sched::Scheduler::Get()->Point(); }

void StartCompletion(int operation) {
  platform::ReleaseEdge(&issued[operation]);
  sched::Scheduler::Get()->Start("completion", &Complete, &issued[operation]);
}

}  // namespace pendulum::bench

// Random schedules of workload W (workload_module.h), and those of other strategies.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "bench/workload_module.h"
#include "harness/platform/sanitizer.h"
#include "harness/sched/profile.h"
#include "harness/sched/random_strategy.h"
#include "harness/sched/scheduler.h"
#include "harness/sched/strategy_factory.h"

namespace pendulum::bench {
namespace {

// What was done before an operation was started is known to its completion, as on a server. Eight
// bytes each: ThreadSanitizer takes closer ones for one.
uint64_t issued[kWorkloadOperations];

void Complete(void* operation) {
  platform::AcquireEdge(operation);
  CompleteWorkload(static_cast<int>(static_cast<uint64_t*>(operation) - issued));
}

void RunOnce(sched::Scheduler* scheduler, sched::Strategy* strategy, uint64_t run) {
  ResetWorkload(kWorkloadOperations);
  scheduler->BeginRun(strategy, run, sched::Limits());
  scheduler->Start(
      "handler", [](void*) { HandleWorkload(); }, nullptr);
  const sched::RunState end = scheduler->Run();
  if (end != sched::RunState::kQuiet || scheduler->steps() != 17) std::abort();
  scheduler->EndRun();
  if (WorkloadFinished() != 1) std::abort();
}

void RunAll(benchmark::State& state, sched::Strategy* strategy) {
  std::vector<sched::Decision> decisions(sched::Limits().decisions);
  sched::Scheduler::DecisionLog log;
  log.capacity = static_cast<uint32_t>(decisions.size());
  log.decisions = decisions.data();
  sched::Scheduler scheduler(&log);
  if (strategy->Learns()) {
    sched::ProfileStrategy trial;
    for (uint64_t run = 0; run < sched::ProfileStrategy::kTrialRuns; ++run) {
      RunOnce(&scheduler, &trial, run);
    }
    strategy->Learn(trial.profile());
  }
  uint64_t run = 0;
  for (auto _ : state) RunOnce(&scheduler, strategy, run++);
  state.counters["schedules"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void BM_WorkloadW(benchmark::State& state) {
  sched::RandomStrategy strategy(1);
  RunAll(state, &strategy);
}
BENCHMARK(BM_WorkloadW);

void BM_StrategyOnW(benchmark::State& state, const char* spec) {
  auto strategy = sched::MakeStrategy(spec, 1);
  if (!strategy.ok()) std::abort();
  RunAll(state, strategy->get());
}
BENCHMARK_CAPTURE(BM_StrategyOnW, pct, "pct:depth=3");
BENCHMARK_CAPTURE(BM_StrategyOnW, pos, "pos");
BENCHMARK_CAPTURE(BM_StrategyOnW, surw, "surw");

}  // namespace

// Nobody listens.
void WorkloadTouch(int, bool) {}

void WorkloadPoint() { sched::Scheduler::Get()->Point(); }

void StartCompletion(int operation) {
  platform::ReleaseEdge(&issued[operation]);
  sched::Scheduler::Get()->Start("completion", &Complete, &issued[operation]);
}

}  // namespace pendulum::bench

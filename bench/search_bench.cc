// What exhaustive search costs on workload W (workload_module.h) of K operations, whose orders
// number 2 · 4 · … · 2K. Another number of complete runs than that aborts. The budget is 5 s for K
// = 7.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "bench/workload_module.h"
#include "harness/sched/scheduler.h"
#include "harness/sched/search.h"

namespace pendulum::bench {
namespace {

using sched::Scheduler;
using sched::SearchCounts;

int operation_numbers[kMostWorkloadOperations];

void Complete(void* number) { CompleteWorkload(*static_cast<const int*>(number)); }

class WorkloadW {
 public:
  explicit WorkloadW(int operations)
      : operations_(operations), decisions_(sched::Limits().decisions) {
    log_.capacity = static_cast<uint32_t>(decisions_.size());
    log_.decisions = decisions_.data();
    scheduler_ = std::make_unique<Scheduler>(&log_);
  }

  // All schedules of the search. Returns how far it came.
  SearchCounts Exhaust(const char* search_name) {
    const sched::SearchKind kind = sched::ParseSearch(search_name).value();
    const std::unique_ptr<void, decltype(&std::free)> memory(
        std::calloc(1, sched::SearchBytes(kind)), &std::free);
    sched::Search* search = sched::CreateSearch(kind, memory.get());
    do {
      Run(search);
    } while (search->Advance());
    return search->counts();
  }

 private:
  void Run(sched::Search* search) {
    ResetWorkload(operations_);
    scheduler_->SetTouchListener(search);
    scheduler_->BeginRun(search, 0, sched::Limits());
    scheduler_->Start(
        "handler", [](void*) { HandleWorkload(); }, nullptr);
    const sched::RunState state = scheduler_->Run();
    const bool complete = state == sched::RunState::kQuiet && WorkloadFinished() == 1;
    if (!search->was_cut() && !complete) std::abort();
    scheduler_->EndRun(Scheduler::Leftover::kAbandon);
  }

  const int operations_;
  std::vector<sched::Decision> decisions_;
  Scheduler::DecisionLog log_;
  std::unique_ptr<Scheduler> scheduler_;
};

void BM_ExhaustW(benchmark::State& state) {
  const auto operations = static_cast<int>(state.range(0));
  uint64_t orders = 1;
  for (int i = 1; i <= operations; ++i) orders *= 2 * static_cast<uint64_t>(i);
  WorkloadW workload(operations);
  SearchCounts counts;
  for (auto _ : state) {
    counts = workload.Exhaust("exhaustive");
    if (!counts.exhausted || counts.complete_runs != orders) std::abort();
  }
  state.counters["complete"] = static_cast<double>(counts.complete_runs);
  state.counters["cut"] = static_cast<double>(counts.cut_runs);
}
BENCHMARK(BM_ExhaustW)->DenseRange(2, 7)->Unit(benchmark::kMillisecond);

void BM_PreemptionsOfW(benchmark::State& state) {
  WorkloadW workload(4);
  const std::string name = "exhaustive:preemptions=" + std::to_string(state.range(0));
  SearchCounts counts;
  for (auto _ : state) counts = workload.Exhaust(name.c_str());
  state.counters["schedules"] = static_cast<double>(counts.complete_runs);
}
BENCHMARK(BM_PreemptionsOfW)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

}  // namespace

void WorkloadTouch(int object, bool writes) {
  Scheduler::Get()->Touch(
      sched::MakeObject(sched::ObjectKind::kProgram, static_cast<uint32_t>(object)), writes);
}

void WorkloadPoint() { Scheduler::Get()->Point(); }

void StartCompletion(int operation) {
  operation_numbers[operation] = operation;
  Scheduler::Get()->Start("completion", &Complete, &operation_numbers[operation]);
}

}  // namespace pendulum::bench

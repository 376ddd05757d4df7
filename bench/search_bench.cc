// What exhaustive search costs on workload W (see sched_bench.cc) of K operations, whose orders
// number 2 · 4 · … · 2K. Another number of complete runs than that aborts. The budget is 5 s for
// K = 7.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "harness/sched/scheduler.h"
#include "harness/sched/search.h"

namespace pendulum::sched {
namespace {

constexpr int kMostOperations = 8;
constexpr ObjectId kCounter = MakeObject(ObjectKind::kProgram, kMostOperations);

class WorkloadW {
 public:
  explicit WorkloadW(int operations) : operations_(operations), decisions_(Limits().decisions) {
    log_.capacity = static_cast<uint32_t>(decisions_.size());
    log_.decisions = decisions_.data();
    scheduler_ = std::make_unique<Scheduler>(&log_);
  }

  // All schedules of the search. Returns how far it came.
  SearchCounts Exhaust(const char* search_name) {
    const SearchKind kind = ParseSearch(search_name).value();
    const std::unique_ptr<void, decltype(&std::free)> memory(std::calloc(1, SearchBytes(kind)),
                                                             &std::free);
    Search* search = CreateSearch(kind, memory.get());
    do {
      Run(search);
    } while (search->Advance());
    return search->counts();
  }

 private:
  struct Slot {
    WorkloadW* workload;
    int value;
  };

  void Run(Search* search) {
    outstanding_ = 1;
    for (int i = 0; i < operations_; ++i) slots_[i] = {this, 0};
    scheduler_->SetTouchListener(search);
    scheduler_->BeginRun(search, 0, Limits());
    scheduler_->Start(
        "handler", [](void* self) { static_cast<WorkloadW*>(self)->Handle(); }, this);
    const RunState state = scheduler_->Run();
    if (!search->was_cut() && (state != RunState::kQuiet || outstanding_ != 0)) std::abort();
    scheduler_->EndRun(Scheduler::Leftover::kAbandon);
  }
  void Handle() {
    for (int i = 0; i < operations_; ++i) {
      scheduler_->Touch(kCounter, true);
      ++outstanding_;
      scheduler_->Point();
      scheduler_->Start("completion", &Complete, &slots_[i]);
      scheduler_->Point();
    }
    Release();
  }
  static void Complete(void* argument) {
    Slot* slot = static_cast<Slot*>(argument);
    WorkloadW& workload = *slot->workload;
    workload.scheduler_->Touch(workload.ObjectOf(slot), true);
    slot->value = 1;
    workload.scheduler_->Point();
    workload.Release();
  }
  void Release() {
    scheduler_->Touch(kCounter, true);
    if (--outstanding_ > 0) return;
    for (int i = 0; i < operations_; ++i) {
      scheduler_->Touch(ObjectOf(&slots_[i]), false);
      if (slots_[i].value != 1) std::abort();
    }
  }
  ObjectId ObjectOf(const Slot* slot) const {
    return MakeObject(ObjectKind::kProgram, static_cast<uint32_t>(slot - slots_));
  }

  const int operations_;
  std::vector<Decision> decisions_;
  Scheduler::DecisionLog log_;
  std::unique_ptr<Scheduler> scheduler_;
  int outstanding_ = 0;
  Slot slots_[kMostOperations];
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
}  // namespace pendulum::sched

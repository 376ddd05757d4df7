// What the scheduler costs: one switch, one point, one job, and workload W.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "harness/sched/default_strategy.h"
#include "harness/sched/fiber.h"
#include "harness/sched/random_strategy.h"
#include "harness/sched/scheduler.h"

namespace pendulum::sched {
namespace {

// A scheduler with its log. There is one at a time in a process.
struct Machine {
  Machine() : decisions(Limits().decisions) {
    log.capacity = static_cast<uint32_t>(decisions.size());
    log.decisions = decisions.data();
    scheduler = std::make_unique<Scheduler>(&log);
  }

  std::vector<Decision> decisions;
  Scheduler::DecisionLog log;
  std::unique_ptr<Scheduler> scheduler;
};

// The bare switch, there and back.
void BM_FiberSwitch(benchmark::State& state) {
  FiberPool* pool = nullptr;
  FiberPool fibers(
      1, kDefaultStackBytes,
      [](void* context, int) {
        FiberPool* pool = *static_cast<FiberPool**>(context);
        for (;;) pool->Switch(pool->fiber(0), pool->driver());
      },
      &pool);
  pool = &fibers;
  fibers.EnterDriver();
  for (auto _ : state) fibers.Switch(fibers.driver(), fibers.fiber(0));
  state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(BM_FiberSwitch);

void PointsForEver(void*) {
  Scheduler* scheduler = Scheduler::Get();
  while (!scheduler->draining()) scheduler->Point();
}

// Runs `body` in the benchmark's loop on a worker, beside `others` workers that do nothing but
// points. The log of decisions is emptied each time round, as a full one is no longer written.
template <typename Strategy, typename Body>
void LoopOnWorker(benchmark::State& state, int64_t others, Body body) {
  Machine machine;
  Strategy strategy;
  struct Context {
    benchmark::State& state;
    Machine& machine;
    Body& body;
  } context{state, machine, body};
  Scheduler& scheduler = *machine.scheduler;
  scheduler.BeginRun(&strategy, 0, {.transitions = UINT32_MAX});
  scheduler.Start(
      "benchmark",
      [](void* argument) {
        Context& context = *static_cast<Context*>(argument);
        while (context.state.KeepRunning()) {
          context.machine.log.count = 0;
          context.body(*context.machine.scheduler);
        }
        context.machine.scheduler->Stop();
      },
      &context);
  for (int64_t i = 0; i < others; ++i) scheduler.Start("other", &PointsForEver, nullptr);
  scheduler.Run();
  state.counters["steps"] = benchmark::Counter(scheduler.steps(), benchmark::Counter::kIsRate);
  scheduler.EndRun();
}

void BM_PointWithOneCandidate(benchmark::State& state) {
  LoopOnWorker<DefaultStrategy>(state, 0, [](Scheduler& scheduler) { scheduler.Point(); });
}
BENCHMARK(BM_PointWithOneCandidate);

// Always stays: the question without a switch.
void BM_PointWithChoice(benchmark::State& state) {
  LoopOnWorker<DefaultStrategy>(state, state.range(0),
                                [](Scheduler& scheduler) { scheduler.Point(); });
}
BENCHMARK(BM_PointWithChoice)->Arg(1)->Arg(7)->Arg(63);

// Always goes to the worker that has waited longest.
class AlwaysOther final : public Strategy {
 public:
  void BeginRun(uint64_t) override {}
  uint32_t Answer(const Ask&) override { return 1; }
};

// A question, a recorded decision and a switch. One iteration is a round through all workers;
// "steps" counts the switches.
void BM_PointWithSwitch(benchmark::State& state) {
  LoopOnWorker<AlwaysOther>(state, state.range(0), [](Scheduler& scheduler) { scheduler.Point(); });
}
BENCHMARK(BM_PointWithSwitch)->Arg(1)->Arg(7)->Arg(63);

// A worker starts a job, which is empty, and lets it run: two switches and one question.
void BM_StartAndEndOfAJob(benchmark::State& state) {
  LoopOnWorker<AlwaysOther>(state, 0, [](Scheduler& scheduler) {
    scheduler.Start(
        "empty", [](void*) {}, nullptr);
    scheduler.Point();
  });
}
BENCHMARK(BM_StartAndEndOfAJob);

void BM_EmptyRun(benchmark::State& state) {
  Machine machine;
  DefaultStrategy strategy;
  uint64_t run = 0;
  for (auto _ : state) {
    machine.scheduler->BeginRun(&strategy, run++, Limits());
    machine.scheduler->Start(
        "empty", [](void*) {}, nullptr);
    machine.scheduler->Run();
    machine.scheduler->EndRun();
  }
}
BENCHMARK(BM_EmptyRun);

// Workload W: a handler issues four operations; each completion writes its own slot and takes one
// from a counter that the handler raised at issue; whoever takes the last one checks all slots.
// Five threads, 17 visible steps, 363 825 interleavings.
class WorkloadW {
 public:
  explicit WorkloadW(Scheduler* scheduler) : scheduler_(scheduler) {}

  void Run(Strategy* strategy, uint64_t run) {
    outstanding_ = 1;
    finished_ = 0;
    for (int i = 0; i < kOperations; ++i) slots_[i] = {this, 0};
    scheduler_->BeginRun(strategy, run, Limits());
    scheduler_->Start(
        "handler", [](void* self) { static_cast<WorkloadW*>(self)->Handle(); }, this);
    const RunState state = scheduler_->Run();
    if (state != RunState::kQuiet || finished_ != 1 || scheduler_->steps() != 17) std::abort();
    scheduler_->EndRun();
  }

 private:
  static constexpr int kOperations = 4;
  struct Slot {
    WorkloadW* workload;
    int value;
  };

  void Handle() {
    for (Slot& slot : slots_) {
      ++outstanding_;
      scheduler_->Point();
      scheduler_->Start("completion", &Complete, &slot);
      scheduler_->Point();
    }
    Release();
  }
  static void Complete(void* argument) {
    Slot* slot = static_cast<Slot*>(argument);
    slot->value = 1;
    slot->workload->scheduler_->Point();
    slot->workload->Release();
  }
  void Release() {
    if (--outstanding_ > 0) return;
    for (const Slot& slot : slots_) {
      if (slot.value != 1) std::abort();
    }
    ++finished_;
  }

  Scheduler* scheduler_;
  int outstanding_ = 0;
  int finished_ = 0;
  Slot slots_[kOperations];
};

void BM_WorkloadW(benchmark::State& state) {
  Machine machine;
  RandomStrategy strategy(1);
  WorkloadW workload(machine.scheduler.get());
  uint64_t run = 0;
  for (auto _ : state) workload.Run(&strategy, run++);
  state.counters["schedules"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_WorkloadW);

}  // namespace
}  // namespace pendulum::sched

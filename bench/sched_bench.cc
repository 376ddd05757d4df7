// What the scheduler costs: one switch, one point, one job.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "harness/sched/default_strategy.h"
#include "harness/sched/fiber.h"
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

}  // namespace
}  // namespace pendulum::sched

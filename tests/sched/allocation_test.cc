// That a run allocates nothing, counted by replacing the operators of the whole test program, which
// is a program of its own for that reason.
#include <cstdlib>
#include <new>

#include "harness/sched/random_strategy.h"
#include "harness/sched/replay_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace {

uint64_t allocations = 0;

void* CountedAllocate(size_t bytes) {
  ++allocations;
  void* memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(size_t bytes) { return CountedAllocate(bytes); }
void* operator new[](size_t bytes) { return CountedAllocate(bytes); }
void* operator new(size_t bytes, const std::nothrow_t&) noexcept { return CountedAllocate(bytes); }
void* operator new[](size_t bytes, const std::nothrow_t&) noexcept {
  return CountedAllocate(bytes);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace pendulum::sched {
namespace {

class AllocationTest : public SchedulerFixture {
 protected:
  // Uses every function that a run may call, and no lambdas that would allocate.
  void RunOnce(Strategy* strategy, uint64_t run) {
    scheduler_.BeginRun(strategy, run, Limits());
    for (int i = 0; i < 5; ++i) scheduler_.Start("job", &Job, &scheduler_);
    scheduler_.Run();
    scheduler_.EndRun();
  }
  static void Job(void* argument) {
    Scheduler& scheduler = *static_cast<Scheduler*>(argument);
    scheduler.Point();
    scheduler.Post(&WakeAll, argument, 0, 0, 1);
    const TransitionId timer = scheduler.PostTimer(&WakeAll, argument, 0, 7);
    if (scheduler.Choose(Question::kTiming, 2, 0, 1) == 1) scheduler.Cancel(timer);
    scheduler.Block({.what = "test"}, scheduler.now_ms() + 5);
    scheduler.Block({.what = "never ends"}, scheduler.current() == 0 ? kForever : 100);
  }
  static void WakeAll(void* argument, uint32_t) {
    for (WorkerId worker = 0; worker < 5; ++worker) {
      static_cast<Scheduler*>(argument)->Wake(worker);
    }
  }
};

TEST_F(AllocationTest, RunsAllocateNothing) {
  RandomStrategy random(8);
  ReplayStrategy replay;
  RunOnce(&random, 0);
  const Schedule schedule = Decisions();
  replay.SetSchedule(schedule);
  const uint64_t before = allocations;
  for (uint64_t run = 0; run < 1000; ++run) {
    RunOnce(&random, run);
    RunOnce(&replay, run);
    replay.SetSchedule(schedule);
  }
  EXPECT_EQ(allocations, before);
  EXPECT_FALSE(replay.diverged());
  EXPECT_GT(before, 0u) << "the operators are replaced";
}

}  // namespace
}  // namespace pendulum::sched

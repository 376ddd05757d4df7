// That ThreadSanitizer takes workers for threads: it reports what is not ordered, and nothing else.
#include "harness/platform/sanitizer.h"
#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"
#include "tests/sched/thread_sanitizer_module.h"

namespace {

int reports = 0;

}  // namespace

// ThreadSanitizer calls these two. Its reports are counted, and the exit status is the test's.
extern "C" void __tsan_on_report(void*) { ++reports; }
extern "C" const char* __tsan_default_options() {
  return "exitcode=0:atexit_sleep_ms=0:suppress_equal_stacks=0:suppress_equal_addresses=0:"
         "log_path=/dev/null";
}

namespace pendulum::sched {
namespace {

class ThreadSanitizerTest : public SchedulerFixture {
 public:
  ThreadSanitizerTest() { reports = 0; }
};

TEST_F(ThreadSanitizerTest, IsInThisProcess) {
  EXPECT_TRUE(platform::HasThreadSanitizer());
  EXPECT_FALSE(platform::HasAddressSanitizer());
}

TEST_F(ThreadSanitizerTest, TwoWorkersWithoutAnEdgeAreARace) {
  BeginScripted();
  Start(&CountUp);
  Start(&CountUp);
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(reports, 1);
}

TEST_F(ThreadSanitizerTest, AnEdgeOrdersThem) {
  static char edge;
  BeginScripted();
  Start([] {
    CountUp();
    platform::ReleaseEdge(&edge);
  });
  Start([] {
    platform::AcquireEdge(&edge);
    CountUp();
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(reports, 0);
}

TEST_F(ThreadSanitizerTest, StartingAJobIsNoEdge) {
  BeginScripted({0});
  Start([this] {
    Start(&CountUp);
    CountUp();
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(reports, 1);
}

TEST_F(ThreadSanitizerTest, RunsDoNotRaceWithEachOtherNorWithTheDriver) {
  RandomStrategy random(1);
  const int before = Counted();
  for (uint64_t run = 0; run < 500; ++run) {
    CountUp();
    Begin(&random, run);
    CountUp();
    // Another worker each time is the one that counts.
    const uint64_t counting = run % 4;
    for (uint64_t i = 0; i < 4; ++i) {
      Start([this, i, counting] {
        scheduler_.Point();
        if (i == counting) CountUp();
        scheduler_.Point();
        if (i != counting) scheduler_.Block({.what = "test"}, kForever);
      });
    }
    EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
    EXPECT_EQ(End(), 0);
  }
  EXPECT_EQ(Counted() - before, 1500);
  EXPECT_EQ(reports, 0);
}

// ThreadSanitizer's own stack of calls runs over if a fiber is used again whose frames never ended.
TEST_F(ThreadSanitizerTest, SurvivesManyAbandonedWorkers) {
  constexpr int kDepth = 100;
  constexpr int kRuns = 3000;
  DefaultStrategy plain;
  for (int run = 0; run < kRuns; ++run) {
    Begin(&plain);
    Start([] {
      CountUp();
      Deeply(kDepth, [] {
        for (;;) Scheduler::Get()->Block({.what = "test"}, kForever);
      });
    });
    EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
    EXPECT_EQ(End(), 1);
    CountUp();
  }
  EXPECT_EQ(reports, 0);
}

}  // namespace
}  // namespace pendulum::sched

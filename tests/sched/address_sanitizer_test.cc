// That AddressSanitizer knows the workers' stacks when only the module is instrumented.
#include "harness/platform/sanitizer.h"
#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "tests/sched/address_sanitizer_module.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

using AddressSanitizerTest = SchedulerFixture;

void PointHere() { Scheduler::Get()->Point(); }
void BlockForEver() {
  for (;;) Scheduler::Get()->Block({.what = "test"}, kForever);
}

TEST_F(AddressSanitizerTest, IsInThisProcess) {
  EXPECT_TRUE(platform::HasAddressSanitizer());
  EXPECT_FALSE(platform::HasThreadSanitizer());
}

TEST_F(AddressSanitizerTest, LocalArraysSurviveSwitchesAndExceptions) {
  RandomStrategy random(2);
  for (uint64_t run = 0; run < 200; ++run) {
    Begin(&random, run);
    for (int i = 0; i < 4; ++i) {
      Start([] {
        EXPECT_EQ(UseLocalArray(kLocalBytes - 1, &PointHere), 7);
        ThrowPastLocals(20);
        EXPECT_EQ(UseLocalArray(0, &PointHere), 7);
      });
    }
    EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
    EXPECT_EQ(End(), 0);
  }
}

TEST_F(AddressSanitizerTest, AnOverrunOnAWorkersStackIsReported) {
  EXPECT_DEATH(
      {
        BeginScripted();
        Start([] { UseLocalArray(kLocalBytes, &PointHere); });
        scheduler_.Run();
      },
      "stack-buffer-overflow");
}

// Red zones of abandoned frames would be reported as the next job's mistakes.
TEST_F(AddressSanitizerTest, AnAbandonedStackIsClean) {
  DefaultStrategy plain;
  for (int run = 0; run < 50; ++run) {
    Begin(&plain);
    Start([] { UseLocalArray(0, &BlockForEver); });
    EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
    EXPECT_EQ(End(), 1);
    Begin(&plain);
    Start(&UseLargeLocalArray);
    EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
    EXPECT_EQ(End(), 0);
  }
}

TEST_F(AddressSanitizerTest, PoisonedMemoryIsReportedUntilItIsUnpoisoned) {
  char buffer[64] = {};
  platform::PoisonMemory(buffer, sizeof(buffer));
  EXPECT_DEATH(WriteByte(buffer + 63), "use-after-poison");
  platform::UnpoisonMemory(buffer, sizeof(buffer));
  WriteByte(buffer + 63);
  EXPECT_EQ(buffer[63], 5);
}

}  // namespace
}  // namespace pendulum::sched

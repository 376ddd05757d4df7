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

// Writes over the frames that were on this stack before. Not instrumented itself, since
// instrumented code would first clean its own frame; not inlined, so that its frame lies where
// theirs were.
__attribute__((noinline)) void WriteLargeLocalArray() {
  char local[8 * 1024];
  for (char& byte : local) WriteByte(&byte);
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

// Unwinding cleans the frames that it leaves, as far as it knows the bounds of the stack.
TEST_F(AddressSanitizerTest, TheDriversStackIsKnownAfterARun) {
  BeginScripted();
  Start([] { ThrowPastLocals(3); });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  ThrowPastLocals(20);
  WriteLargeLocalArray();
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
    Start(&WriteLargeLocalArray);
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

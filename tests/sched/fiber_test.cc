// What belongs to a stack: exceptions, ownership, guard pages, the hook at each switch.
#include "harness/sched/fiber.h"

#include <signal.h>
#include <unistd.h>

#include <exception>
#include <stdexcept>

#include "harness/sched/random_strategy.h"
#include "tests/sched/scheduler_fixture.h"

namespace pendulum::sched {
namespace {

using testing::ElementsAre;

using FiberTest = SchedulerFixture;

std::string CurrentMessage() {
  try {
    throw;
  } catch (const std::exception& exception) {
    return exception.what();
  }
}

TEST_F(FiberTest, ExceptionsOfSuspendedWorkersAreTheirOwn) {
  RandomStrategy random(11);
  for (uint64_t run = 0; run < 300; ++run) {
    Begin(&random, run);
    int done = 0;
    for (int i = 0; i < 4; ++i) {
      Start([this, &done, i] {
        const std::string mine = "outer " + std::to_string(i);
        try {
          throw std::runtime_error(mine);
        } catch (const std::exception&) {
          scheduler_.Point();
          EXPECT_EQ(CurrentMessage(), mine);
          try {
            throw std::logic_error("inner");
          } catch (const std::exception&) {
            scheduler_.Point();
            EXPECT_EQ(CurrentMessage(), "inner");
          }
          scheduler_.Point();
          EXPECT_EQ(CurrentMessage(), mine);
        }
        EXPECT_EQ(std::current_exception(), nullptr);
        ++done;
      });
    }
    ASSERT_EQ(scheduler_.Run(), RunState::kQuiet);
    EXPECT_EQ(done, 4);
    End();
  }
}

TEST_F(FiberTest, AWorkerSuspendedWhileUnwindingDoesNotCountForOthers) {
  struct PointInDestructor {
    FiberTest* test;
    ~PointInDestructor() {
      EXPECT_EQ(std::uncaught_exceptions(), 1);
      test->scheduler_.Point();
      EXPECT_EQ(std::uncaught_exceptions(), 1);
      test->Log("~");
    }
  };
  BeginScripted({0, 1});
  Start([this] {
    try {
      PointInDestructor point{this};
      throw std::runtime_error("unwinding");
    } catch (const std::runtime_error&) {
      Log("caught");
    }
  });
  Start([this] {
    EXPECT_EQ(std::uncaught_exceptions(), 0);
    EXPECT_EQ(std::current_exception(), nullptr);
    Log("other");
  });
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "other~caught");
}

TEST_F(FiberTest, TheDriversExceptionsAreItsOwn) {
  try {
    throw std::runtime_error("of the driver");
  } catch (const std::runtime_error&) {
    BeginScripted();
    Start([] { EXPECT_EQ(std::current_exception(), nullptr); });
    EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
    EXPECT_EQ(CurrentMessage(), "of the driver");
  }
}

TEST_F(FiberTest, StacksKnowTheirOwners) {
  BeginScripted();
  const void* frame = nullptr;
  const void* local_of_suspended = nullptr;
  const WorkerId worker = Start([&] {
    volatile char local = 0;
    frame = __builtin_frame_address(0);
    local_of_suspended = const_cast<const char*>(&local);
    EXPECT_EQ(scheduler_.StackOwner(frame), scheduler_.current());
    EXPECT_EQ(scheduler_.StackOwner(local_of_suspended), scheduler_.current());
    scheduler_.Block({.what = "test"}, kForever);
    local = 1;
  });
  const int on_driver = 0;
  EXPECT_EQ(scheduler_.StackOwner(&on_driver), kNoWorker);
  EXPECT_EQ(scheduler_.StackOwner(nullptr), kNoWorker);
  EXPECT_EQ(scheduler_.StackOwner(&scheduler_), kNoWorker);
  EXPECT_EQ(scheduler_.Run(), RunState::kBlocked);
  EXPECT_EQ(scheduler_.StackOwner(frame), worker);
  EXPECT_EQ(scheduler_.StackOwner(local_of_suspended), worker);
  EXPECT_EQ(scheduler_.StackOwner(scheduler_.StackPointer(worker)), worker);
  EXPECT_LT(scheduler_.StackPointer(worker), frame);
}

TEST_F(FiberTest, TheGuardLiesBelowTheStack) {
  FiberPool pool(
      2, 5000, [](void*, int) {}, nullptr);
  const platform::StackArena& stacks = pool.stacks();
  EXPECT_EQ(stacks.stack_bytes(), 8192u) << "whole pages";
  EXPECT_TRUE(stacks.InGuard(stacks.Bottom(1) - 1));
  EXPECT_FALSE(stacks.InGuard(stacks.Bottom(1)));
}

void Overflow(volatile char* caller, int frames) {
  volatile char frame[1024];
  frame[0] = caller[0];
  if (frames > 0) Overflow(frame, frames - 1);
  frame[1] = frame[0];
}

Scheduler* signalled_scheduler = nullptr;

void ReportGuardPage(int, siginfo_t* info, void*) {
  // Both calls are async-signal-safe.
  _exit(signalled_scheduler->InGuardPage(info->si_addr) ? 42 : 43);
}

TEST_F(FiberTest, AnOverflowHitsTheGuardPageAndIsKnownAsOne) {
  EXPECT_EXIT(
      {
        static char handler_stack[64 * 1024];
        stack_t alternate{};
        alternate.ss_sp = handler_stack;
        alternate.ss_size = sizeof(handler_stack);
        sigaltstack(&alternate, nullptr);
        struct sigaction action {};
        action.sa_sigaction = ReportGuardPage;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigaction(SIGSEGV, &action, nullptr);
        signalled_scheduler = &scheduler_;
        BeginScripted();
        Start([] {
          volatile char start = 1;
          Overflow(&start, 1000);
        });
        scheduler_.Run();
      },
      testing::ExitedWithCode(42), "");
}

TEST_F(FiberTest, TheHookSeesEachSwitchAndNoOther) {
  std::vector<std::pair<int, int>> switches;
  scheduler_.SetSwitchHook(
      [](void* context, WorkerId from, WorkerId to) {
        static_cast<std::vector<std::pair<int, int>>*>(context)->push_back({from, to});
      },
      &switches);
  BeginScripted({0, 1, 0, 0});
  Start(Steps("a", 2));
  Start(Steps("b", 3));
  EXPECT_EQ(scheduler_.Run(), RunState::kQuiet);
  EXPECT_EQ(events_, "abbba");
  using Pair = std::pair<int, int>;
  EXPECT_THAT(switches,
              ElementsAre(Pair(kNoWorker, 0), Pair(0, 1), Pair(1, 0), Pair(0, kNoWorker)));
  End();
  scheduler_.SetSwitchHook(nullptr, nullptr);
  BeginScripted();
  Start(Steps("a", 1));
  scheduler_.Run();
  EXPECT_EQ(switches.size(), 4u);
}

TEST_F(FiberTest, AnExceptionThatLeavesAJobTerminates) {
  EXPECT_DEATH(
      {
        BeginScripted();
        Start([] { throw std::runtime_error("escaped"); });
        scheduler_.Run();
      },
      "escaped");
}

}  // namespace
}  // namespace pendulum::sched

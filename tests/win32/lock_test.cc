#include <string>

#include "harness/win32/lock_wait.h"
#include "tests/win32/simulation.h"
#include "windows.h"
#include "windows/sync.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class LockTest : public Simulation {};

TEST_F(LockTest, ACriticalSectionKeepsOthersOut) {
  ForRandomSchedules(
      100,
      [this] {
        static CRITICAL_SECTION section;
        static int inside;
        InitializeCriticalSection(&section);
        inside = 0;
        for (int i = 0; i < 3; ++i) {
          Start([] {
            EnterCriticalSection(&section);
            EnterCriticalSection(&section);
            EXPECT_EQ(++inside, 1);
            SwitchToThread();
            --inside;
            LeaveCriticalSection(&section);
            LeaveCriticalSection(&section);
          });
        }
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

TEST_F(LockTest, ADeadlockOfTwoCriticalSectionsNamesBothOwners) {
  CRITICAL_SECTION sections[2];
  for (CRITICAL_SECTION& section : sections) InitializeCriticalSection(&section);
  const auto lock_in_order = [&](int first, int second) {
    EnterCriticalSection(&sections[first]);
    Sleep(1);
    EnterCriticalSection(&sections[second]);
    LeaveCriticalSection(&sections[second]);
    LeaveCriticalSection(&sections[first]);
  };
  const sched::WorkerId one = Start([&] { lock_in_order(0, 1); });
  const sched::WorkerId two = Start([&] { lock_in_order(1, 0); });
  EXPECT_EQ(Run(), RunState::kBlocked);
  ASSERT_TRUE(scheduler_->IsBlocked(one));
  ASSERT_TRUE(scheduler_->IsBlocked(two));
  EXPECT_STREQ(scheduler_->wait_reason(one).what, "EnterCriticalSection");
  EXPECT_EQ(scheduler_->wait_reason(one).owner, two);
  EXPECT_EQ(scheduler_->wait_reason(two).owner, one);
  EXPECT_NE(scheduler_->wait_reason(one).object, scheduler_->wait_reason(two).object);
}

TEST_F(LockTest, LeavingWhatIsNotOwnedIsNoted) {
  RunAlone([] {
    CRITICAL_SECTION section;
    InitializeCriticalSection(&section);
    LeaveCriticalSection(&section);
  });
  EXPECT_TRUE(WasCaptured("LeaveCriticalSection by a thread that does not own it"));
}

TEST_F(LockTest, ASlimLockTakenTwiceByOneThreadWaitsForEver) {
  SRWLOCK lock = SRWLOCK_INIT;
  const sched::WorkerId worker = Start([&] {
    AcquireSRWLockExclusive(&lock);
    AcquireSRWLockExclusive(&lock);
  });
  EXPECT_EQ(Run(), RunState::kBlocked);
  EXPECT_EQ(scheduler_->wait_reason(worker).owner, worker);
}

TEST_F(LockTest, SharersGetInTogetherAndAWriterAlone) {
  ForRandomSchedules(
      200,
      [this] {
        static SRWLOCK lock;
        static int readers;
        static int writers;
        lock = SRWLOCK_INIT;
        readers = writers = 0;
        for (int i = 0; i < 3; ++i) {
          Start([] {
            AcquireSRWLockShared(&lock);
            ++readers;
            SwitchToThread();
            EXPECT_EQ(writers, 0);
            --readers;
            ReleaseSRWLockShared(&lock);
          });
        }
        Start([] {
          AcquireSRWLockExclusive(&lock);
          ++writers;
          SwitchToThread();
          EXPECT_EQ(readers, 0);
          --writers;
          ReleaseSRWLockExclusive(&lock);
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

TEST_F(LockTest, SharingTwiceDeadlocksBehindAWaitingWriter) {
  SRWLOCK lock = SRWLOCK_INIT;
  Start([&] {
    AcquireSRWLockShared(&lock);
    Sleep(10);
    AcquireSRWLockShared(&lock);
  });
  Start([&] {
    Sleep(5);
    AcquireSRWLockExclusive(&lock);
  });
  EXPECT_EQ(Run(), RunState::kBlocked);
}

TEST_F(LockTest, TryAcquireDoesNotWait) {
  SRWLOCK lock = SRWLOCK_INIT;
  RunAlone([&] {
    EXPECT_TRUE(TryAcquireSRWLockShared(&lock));
    EXPECT_FALSE(TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockShared(&lock);
    EXPECT_TRUE(TryAcquireSRWLockExclusive(&lock));
    EXPECT_FALSE(TryAcquireSRWLockShared(&lock));
    ReleaseSRWLockExclusive(&lock);
    ReleaseSRWLockExclusive(&lock);
  });
  EXPECT_TRUE(WasCaptured("ReleaseSRWLockExclusive of a lock that is not held that way"));
}

struct Queue {
  CRITICAL_SECTION section;
  CONDITION_VARIABLE not_empty = CONDITION_VARIABLE_INIT;
  int items = 0;
};

TEST_F(LockTest, AConditionVariableWakesConsumers) {
  ForRandomSchedules(
      200,
      [this] {
        static Queue queue;
        queue = Queue{};
        InitializeCriticalSection(&queue.section);
        for (int i = 0; i < 2; ++i) {
          Start([] {
            EnterCriticalSection(&queue.section);
            while (queue.items == 0) {
              EXPECT_TRUE(SleepConditionVariableCS(&queue.not_empty, &queue.section, INFINITE));
            }
            --queue.items;
            LeaveCriticalSection(&queue.section);
          });
        }
        Start([] {
          for (int i = 0; i < 2; ++i) {
            EnterCriticalSection(&queue.section);
            ++queue.items;
            LeaveCriticalSection(&queue.section);
            WakeConditionVariable(&queue.not_empty);
          }
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

TEST_F(LockTest, AConditionVariableTimesOutWithItsLockHeld) {
  SRWLOCK lock = SRWLOCK_INIT;
  CONDITION_VARIABLE variable = CONDITION_VARIABLE_INIT;
  RunAlone([&] {
    AcquireSRWLockExclusive(&lock);
    EXPECT_FALSE(SleepConditionVariableSRW(&variable, &lock, 1500, 0));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_TIMEOUT));
    EXPECT_EQ(now_ms(), 1500u);
    EXPECT_FALSE(TryAcquireSRWLockShared(&lock));
    ReleaseSRWLockExclusive(&lock);
  });
}

TEST_F(LockTest, WakeAllReleasesEveryWaiter) {
  SRWLOCK lock = SRWLOCK_INIT;
  CONDITION_VARIABLE variable = CONDITION_VARIABLE_INIT;
  int woken = 0;
  for (int i = 0; i < 3; ++i) {
    Start([&] {
      AcquireSRWLockShared(&lock);
      SleepConditionVariableSRW(&variable, &lock, INFINITE, CONDITION_VARIABLE_LOCKMODE_SHARED);
      ++woken;
      ReleaseSRWLockShared(&lock);
    });
  }
  EXPECT_EQ(Run(), RunState::kBlocked);
  WakeConditionVariable(&variable);
  EXPECT_EQ(Run(), RunState::kBlocked);
  EXPECT_EQ(woken, 1);
  WakeAllConditionVariable(&variable);
  EXPECT_EQ(Run(), RunState::kQuiet);
  EXPECT_EQ(woken, 3);
}

int initialisations;

BOOL CALLBACK Initialise(PINIT_ONCE, PVOID parameter, PVOID* context) {
  ++initialisations;
  SwitchToThread();
  *context = parameter;
  return TRUE;
}

TEST_F(LockTest, InitOnceRunsOnceAndGivesItsContextToAll) {
  ForRandomSchedules(
      100,
      [this] {
        static INIT_ONCE once;
        static int64_t value[2];
        once = INIT_ONCE_STATIC_INIT;
        initialisations = 0;
        for (int i = 0; i < 3; ++i) {
          Start([] {
            void* context = nullptr;
            EXPECT_TRUE(InitOnceExecuteOnce(&once, Initialise, value, &context));
            EXPECT_EQ(context, value);
            EXPECT_EQ(initialisations, 1);
          });
        }
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

}  // namespace
}  // namespace pendulum::win32

// Locks, the orders that they are taken in, and lost wake-ups, as the account has them.
#include "harness/oracle/lock_account.h"

#include <gtest/gtest.h>

#include <vector>

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;
using trace::Method;

// A run told event by event.
class LockRun {
 public:
  LockRun() { account_.BeginRun(); }

  Inversion Take(uint8_t worker, uint32_t lock, uint32_t flags = 0) {
    const Event event = Make(EventKind::kLockTaken, worker, lock, flags);
    return account_.Take(event, index_++, true);
  }
  void Give(uint8_t worker, uint32_t lock) {
    account_.Release(Make(EventKind::kLockReleased, worker, lock, 0));
    ++index_;
  }
  // Takes the locks one in the other, and gives them back.
  bool Nest(uint8_t worker, const std::vector<uint32_t>& locks, uint32_t flags = 0) {
    bool inverted = false;
    for (const uint32_t lock : locks) inverted |= Take(worker, lock, flags).found;
    for (size_t i = locks.size(); i-- > 0;) Give(worker, locks[i]);
    return inverted;
  }
  void Begin(uint8_t worker, uint32_t number) {
    const Event event = Make(EventKind::kThreadBegan, worker, number, 0);
    Tell(event);
    account_.BeginThread(event);
  }
  void End(uint8_t worker, uint32_t number) {
    Tell(Make(EventKind::kThreadEnded, worker, number, 0));
    uint32_t lock = 0;
    account_.EndThread(worker, &lock);
  }
  void Call(uint8_t worker, Method method, uint32_t value) {
    Event event = Make(EventKind::kCall, worker, 0, value);
    event.d = static_cast<uint16_t>(method);
    Tell(event);
    account_.Call(event, index_++);
  }
  void Wait(uint8_t worker, uint32_t object) {
    account_.BeginWait(Make(EventKind::kWaitBegan, worker, object, 0xFFFFFFFF), index_++);
  }
  void Wake(uint8_t worker, uint32_t object) {
    account_.EndWait(Make(EventKind::kWaitEnded, worker, 0, object));
    ++index_;
  }
  void Join(uint8_t worker, uint32_t thread) {
    Event event = Make(EventKind::kWaitBegan, worker, thread, 0xFFFFFFFF);
    event.d = static_cast<uint16_t>(Method::kWin32_pthread_join);
    account_.BeginWait(event, index_++);
  }
  // With a handler running on worker 0 and none elsewhere.
  LockAccount::Lost FindLost() {
    const uint8_t depths[256] = {1};
    return account_.FindLost(depths);
  }
  uint32_t Lost() { return FindLost().wakeups; }
  LockAccount& account() { return account_; }

 private:
  static Event Make(EventKind kind, uint8_t worker, uint32_t a, uint32_t b) {
    return trace::MakeEvent(kind, worker, 0, 0, trace::kNone16, 0, a, b);
  }
  void Tell(const Event& event) {
    if (account_.active()) account_.Order(event, false);
  }

  LockAccount account_;
  uint32_t index_ = 0;
};

TEST(LockAccount, TwoThreadsInOppositeOrdersAreInverted) {
  LockRun run;
  run.Begin(1, 2);
  run.Begin(2, 3);
  EXPECT_FALSE(run.Nest(1, {10, 20}));
  run.Take(2, 20);
  const Inversion inversion = run.Take(2, 10);
  EXPECT_TRUE(inversion.found);
  EXPECT_EQ(inversion.held, 20u);
  EXPECT_EQ(inversion.other_worker, 1);
  EXPECT_EQ(inversion.locks, 2u);
}

TEST(LockAccount, OneThreadAloneIsNot) {
  LockRun run;
  run.Begin(1, 2);
  EXPECT_FALSE(run.Nest(1, {10, 20}));
  EXPECT_FALSE(run.Nest(1, {20, 10}));
}

TEST(LockAccount, ThreeLocksCanFormACircle) {
  LockRun run;
  for (uint8_t worker = 1; worker <= 3; ++worker) run.Begin(worker, worker + 1u);
  EXPECT_FALSE(run.Nest(1, {10, 20}));
  EXPECT_FALSE(run.Nest(2, {20, 30}));
  EXPECT_TRUE(run.Nest(3, {30, 10}));
}

TEST(LockAccount, AThirdLockThatBothHoldKeepsThemApart) {
  LockRun run;
  run.Begin(1, 2);
  run.Begin(2, 3);
  EXPECT_FALSE(run.Nest(1, {5, 10, 20}));
  EXPECT_FALSE(run.Nest(2, {5, 20, 10}));
  run.Begin(3, 4);
  EXPECT_TRUE(run.Nest(3, {20, 10}));
}

TEST(LockAccount, AThirdLockThatBothShareKeepsNobodyApart) {
  LockRun run;
  run.Begin(1, 2);
  run.Begin(2, 3);
  for (const uint8_t worker : {1, 2}) {
    run.Take(worker, 5, trace::kLockShared);
    EXPECT_EQ(run.Nest(worker,
                       worker == 1 ? std::vector<uint32_t>{10, 20} : std::vector<uint32_t>{20, 10}),
              worker == 2);
    run.Give(worker, 5);
  }
}

TEST(LockAccount, ReadersDoNotBlockReaders) {
  LockRun run;
  run.Begin(1, 2);
  run.Begin(2, 3);
  EXPECT_FALSE(run.Nest(1, {10, 20}, trace::kLockShared));
  EXPECT_FALSE(run.Nest(2, {20, 10}, trace::kLockShared));
  run.Begin(3, 4);
  EXPECT_TRUE(run.Nest(3, {20, 10}));
}

TEST(LockAccount, ATryDoesNotBlock) {
  LockRun run;
  run.Begin(1, 2);
  run.Begin(2, 3);
  EXPECT_FALSE(run.Nest(1, {10, 20}));
  run.Take(2, 20);
  EXPECT_FALSE(run.Take(2, 10, trace::kLockTried).found);
}

TEST(LockAccount, AThreadThatHasEndedMeetsNobodyWhoJoinedIt) {
  for (const bool joins : {false, true}) {
    LockRun run;
    run.Begin(1, 2);
    EXPECT_FALSE(run.Nest(1, {10, 20}));
    run.End(1, 2);
    if (joins) run.Call(2, Method::kWin32_pthread_join, 2);
    EXPECT_EQ(run.Nest(2, {20, 10}), !joins);
  }
}

TEST(LockAccount, AThreadComesAfterWhatItsMakerDid) {
  for (const bool starts : {false, true}) {
    LockRun run;
    EXPECT_FALSE(run.Nest(1, {10, 20}));
    if (starts) run.Call(1, Method::kWin32_CreateThread, 7);
    run.Begin(2, 7);
    EXPECT_EQ(run.Nest(2, {20, 10}), !starts);
  }
}

TEST(LockAccount, AnEventOrdersWhoWaitsForIt) {
  for (const bool waits : {false, true}) {
    LockRun run;
    run.Begin(1, 2);
    run.Begin(2, 3);
    EXPECT_FALSE(run.Nest(1, {10, 20}));
    run.Call(1, Method::kWin32_SetEvent, 99);
    if (waits) run.Call(2, Method::kWin32_WaitForSingleObject, 99);
    EXPECT_EQ(run.Nest(2, {20, 10}), !waits);
  }
}

TEST(LockAccount, RecursionIsHeldUntilTheLastOneIsGivenBack) {
  LockRun run;
  run.Begin(1, 2);
  run.Take(1, 10);
  run.Take(1, 10, trace::kLockAgain);
  run.Give(1, 10);
  EXPECT_EQ(run.account().HeldBy(1), 1u);
  run.Give(1, 10);
  EXPECT_EQ(run.account().HeldBy(1), 0u);
}

TEST(LockAccount, WhoUsesAFreedLockHoldsNobodyKnowsWhat) {
  LockRun run;
  run.Begin(1, 2);
  run.Take(1, 10);
  run.Take(2, 20);
  run.account().Forget(1);
  EXPECT_EQ(run.account().HeldBy(1), 0u);
  EXPECT_EQ(run.account().HeldBy(2), 1u);
}

TEST(LockAccount, MoreLocksThanThereIsRoomForAreLeftOut) {
  LockRun run;
  run.Begin(1, 2);
  for (uint32_t lock = 1; lock <= 3 * LockAccount::kMaxLocks; ++lock) {
    run.Take(1, lock);
    run.Take(1, lock + 1000);
    run.Give(1, lock + 1000);
    run.Give(1, lock);
  }
  EXPECT_EQ(run.account().HeldBy(1), 0u);
}

TEST(LockAccount, AWakeUpBeforeTheWaitIsLost) {
  LockRun run;
  run.Call(1, Method::kWin32_WakeConditionVariable, 5);
  run.Wait(0, 5);
  EXPECT_EQ(run.Lost(), 1u);
}

TEST(LockAccount, AWakeUpThatReachedItsWaiterIsNot) {
  LockRun run;
  run.Wait(0, 5);
  run.Call(1, Method::kWin32_WakeConditionVariable, 5);
  run.Wake(0, 5);
  run.Wait(0, 5);
  EXPECT_EQ(run.Lost(), 0u);
}

TEST(LockAccount, AThreadThatIsIdleHasLostNothing) {
  LockRun run;
  run.Call(0, Method::kWin32_pthread_cond_signal, 5);
  run.Take(3, 10);
  run.Wait(3, 5);
  EXPECT_EQ(run.Lost(), 0u);
}

TEST(LockAccount, AThreadThatHadItsLockWhenTheSignalCameHas) {
  LockRun run;
  run.Take(3, 10);
  run.Call(0, Method::kWin32_pthread_cond_signal, 5);
  run.Wait(3, 5);
  EXPECT_EQ(run.Lost(), 1u);
}

TEST(LockAccount, AnEventKeepsItsSignalUntilItIsReset) {
  LockRun kept;
  kept.Call(1, Method::kWin32_SetEvent, 5);
  kept.Call(0, Method::kWin32_WaitForSingleObject, 5);
  kept.Wait(0, 5);
  EXPECT_EQ(kept.Lost(), 0u);
  LockRun reset;
  reset.Call(1, Method::kWin32_SetEvent, 5);
  reset.Call(1, Method::kWin32_ResetEvent, 5);
  reset.Wait(0, 5);
  EXPECT_EQ(reset.Lost(), 1u);
  LockRun pulsed;
  pulsed.Call(1, Method::kWin32_PulseEvent, 5);
  pulsed.Wait(0, 5);
  EXPECT_EQ(pulsed.Lost(), 1u);
}

// Worker 0 has lost a wake-up; who waits for its lock or its end is stuck for the same reason.
TEST(LockAccount, WhoWaitsForWhatALostWorkerHasIsLostWithIt) {
  LockRun run;
  run.Begin(0, 7);
  run.Take(0, 10);
  run.Call(1, Method::kWin32_PulseEvent, 5);
  run.Wait(0, 5);
  run.Take(2, 20);
  run.Wait(2, 10);
  run.Wait(3, 20);
  run.Join(4, 7);
  const LockAccount::Lost lost = run.FindLost();
  EXPECT_EQ(lost.wakeups, 1u);
  EXPECT_EQ(lost.object, 5u);
  EXPECT_EQ(lost.worker, 0);
  EXPECT_EQ(lost.workers, 4u);
  for (const uint8_t worker : {0, 2, 3, 4}) EXPECT_TRUE(run.account().IsLost(worker)) << +worker;
}

TEST(LockAccount, WhoIsStuckForAnotherReasonIsNotLost) {
  LockRun run;
  run.Call(1, Method::kWin32_PulseEvent, 5);
  run.Wait(0, 5);
  run.Take(2, 10);
  run.Take(3, 20);
  run.Wait(2, 20);
  run.Wait(3, 10);
  run.Join(4, 8);
  const LockAccount::Lost lost = run.FindLost();
  EXPECT_EQ(lost.wakeups, 1u);
  EXPECT_EQ(lost.workers, 1u);
  for (const uint8_t worker : {2, 3, 4}) EXPECT_FALSE(run.account().IsLost(worker)) << +worker;
}

// Threads have numbers of their own.
TEST(LockAccount, AJoinIsNoWaitForTheObjectOfThatNumber) {
  LockRun run;
  run.Join(3, 5);
  run.Call(1, Method::kWin32_WakeConditionVariable, 5);
  run.Wait(0, 5);
  EXPECT_EQ(run.Lost(), 1u);
  EXPECT_FALSE(run.account().IsLost(3));
}

}  // namespace
}  // namespace pendulum::oracle

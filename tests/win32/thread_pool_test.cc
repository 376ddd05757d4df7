#include "harness/win32/thread_pool.h"

#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class ThreadPoolTest : public Simulation {};

int calls;

DWORD WINAPI CountWork(LPVOID) {
  ++calls;
  Sleep(1);
  return 0;
}

void CALLBACK CountSimple(PTP_CALLBACK_INSTANCE, PVOID) { ++calls; }

void CALLBACK CountObject(PTP_CALLBACK_INSTANCE, PVOID context, PTP_WORK) {
  EXPECT_EQ(context, &calls);
  Sleep(1);
  ++calls;
}

TEST_F(ThreadPoolTest, ItemsRunEachOnce) {
  calls = 0;
  RunAlone([] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(QueueUserWorkItem(CountWork, nullptr, 0));
    EXPECT_TRUE(TrySubmitThreadpoolCallback(CountSimple, nullptr, nullptr));
  });
  EXPECT_EQ(calls, 21);
}

TEST_F(ThreadPoolTest, WaitingForWorkWaitsForAllItsCallbacks) {
  ForRandomSchedules(
      100,
      [this] {
        calls = 0;
        Start([] {
          PTP_WORK work = CreateThreadpoolWork(CountObject, &calls, nullptr);
          for (int i = 0; i < 3; ++i) SubmitThreadpoolWork(work);
          WaitForThreadpoolWorkCallbacks(work, FALSE);
          EXPECT_EQ(calls, 3);
          CloseThreadpoolWork(work);
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

TEST_F(ThreadPoolTest, WorkClosedWhileItRunsIsFreedAfterwards) {
  calls = 0;
  RunAlone([] {
    PTP_WORK work = CreateThreadpoolWork(CountObject, &calls, nullptr);
    SubmitThreadpoolWork(work);
    CloseThreadpoolWork(work);
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(SourceAt(0)->kind, PoolSource::Kind::kFree);
}

TEST_F(ThreadPoolTest, AnObjectThatIsClosedIsNoted) {
  RunAlone([] {
    PTP_WORK work = CreateThreadpoolWork(CountObject, &calls, nullptr);
    CloseThreadpoolWork(work);
    SubmitThreadpoolWork(work);
  });
  EXPECT_TRUE(WasCaptured("SubmitThreadpoolWork: not an object of the thread pool, or closed"));
}

uint64_t fired_ms[3];

void CALLBACK NoteTime(PTP_CALLBACK_INSTANCE, PVOID, PTP_TIMER timer) {
  if (calls < 3) fired_ms[calls] = GetTickCount64() - 60000;
  if (++calls == 3) SetThreadpoolTimer(timer, nullptr, 0, 0);
}

TEST_F(ThreadPoolTest, ATimerFiresPeriodicallyUntilItIsStopped) {
  calls = 0;
  RunAlone([] {
    PTP_TIMER timer = CreateThreadpoolTimer(NoteTime, nullptr, nullptr);
    LARGE_INTEGER due;
    due.QuadPart = -50 * 10000;
    FILETIME due_time = {due.LowPart, static_cast<DWORD>(due.HighPart)};
    SetThreadpoolTimer(timer, &due_time, 100, 0);
    EXPECT_TRUE(IsThreadpoolTimerSet(timer));
  });
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(fired_ms[0], 50u);
  EXPECT_EQ(fired_ms[1], 150u);
  EXPECT_EQ(fired_ms[2], 250u);
}

void CALLBACK NoteWait(PVOID context, BOOLEAN has_timed_out) {
  ++calls;
  *static_cast<int*>(context) = has_timed_out ? 2 : 1;
}

TEST_F(ThreadPoolTest, ARegisteredWaitFiresWhenItsObjectIsSignalled) {
  calls = 0;
  int outcome = 0;
  RunAlone([&] {
    HANDLE event = CreateEventA(nullptr, FALSE, FALSE, nullptr);
    HANDLE wait = nullptr;
    ASSERT_TRUE(RegisterWaitForSingleObject(&wait, event, NoteWait, &outcome, INFINITE,
                                            WT_EXECUTEONLYONCE));
    Sleep(10);
    EXPECT_EQ(calls, 0);
    SetEvent(event);
    Sleep(10);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(outcome, 1);
    EXPECT_TRUE(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
  });
}

TEST_F(ThreadPoolTest, ARegisteredWaitThatIsTakenBackLeavesNothingBehind) {
  int outcome = 0;
  calls = 0;
  RunAlone([&] {
    HANDLE event = CreateEventA(nullptr, FALSE, FALSE, nullptr);
    HANDLE wait = nullptr;
    ASSERT_TRUE(RegisterWaitForSingleObject(&wait, event, NoteWait, &outcome, 1000, 0));
    Sleep(2500);
    EXPECT_EQ(outcome, 2);
    EXPECT_EQ(calls, 2);
    EXPECT_TRUE(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
  });
}

TEST_F(ThreadPoolTest, AQueueTimerCanBeDeleted) {
  int outcome = 0;
  calls = 0;
  RunAlone([&] {
    HANDLE queue = CreateTimerQueue();
    HANDLE timer = nullptr;
    ASSERT_TRUE(CreateTimerQueueTimer(&timer, queue, NoteWait, &outcome, 10, 10, 0));
    Sleep(35);
    EXPECT_TRUE(DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE));
    EXPECT_TRUE(DeleteTimerQueueEx(queue, nullptr));
  });
  EXPECT_EQ(calls, 3);
}

TEST_F(ThreadPoolTest, ACompletionPortIsAQueue) {
  ForRandomSchedules(
      100,
      [this] {
        HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 0);
        calls = 0;
        for (int i = 0; i < 2; ++i) {
          Start([port] {
            DWORD bytes = 0;
            ULONG_PTR key = 0;
            LPOVERLAPPED overlapped = nullptr;
            while (GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, INFINITE)) {
              if (key == 0) return;
              calls += static_cast<int>(bytes);
            }
          });
        }
        Start([port] {
          for (DWORD i = 1; i <= 3; ++i) PostQueuedCompletionStatus(port, i, 9, nullptr);
          for (int i = 0; i < 2; ++i) PostQueuedCompletionStatus(port, 0, 0, nullptr);
        });
      },
      [](RunState state) {
        EXPECT_EQ(state, RunState::kQuiet);
        EXPECT_EQ(calls, 6);
      });
}

TEST_F(ThreadPoolTest, APortTimesOutAndGivesPacketsInOrder) {
  RunAlone([this] {
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 0);
    OVERLAPPED_ENTRY entries[4];
    ULONG removed = 0;
    EXPECT_FALSE(GetQueuedCompletionStatusEx(port, entries, 4, &removed, 40, FALSE));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(WAIT_TIMEOUT));
    EXPECT_EQ(now_ms(), 40u);
    for (DWORD i = 1; i <= 3; ++i) PostQueuedCompletionStatus(port, i, i * 10, nullptr);
    EXPECT_TRUE(GetQueuedCompletionStatusEx(port, entries, 2, &removed, INFINITE, FALSE));
    EXPECT_EQ(removed, 2u);
    EXPECT_EQ(entries[1].dwNumberOfBytesTransferred, 2u);
    EXPECT_TRUE(GetQueuedCompletionStatusEx(port, entries, 4, &removed, 0, FALSE));
    EXPECT_EQ(removed, 1u);
    EXPECT_EQ(entries[0].lpCompletionKey, 30u);
    CloseHandle(port);
  });
}

}  // namespace
}  // namespace pendulum::win32

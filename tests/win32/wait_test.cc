#include "harness/win32/wait.h"

#include "tests/win32/simulation.h"
#include "windows.h"
#include "windows/files.h"
#include "windows/sync.h"
#include "windows/threadpool.h"
#include "windows/threads.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class WaitTest : public Simulation {};

TEST_F(WaitTest, AnAutoResetEventReleasesOneWaiterForEachSet) {
  ForRandomSchedules(
      200,
      [this] {
        HANDLE event = CreateEventA(nullptr, FALSE, FALSE, nullptr);
        HANDLE done = CreateSemaphoreA(nullptr, 0, 2, nullptr);
        for (int i = 0; i < 2; ++i) {
          Start([=] {
            EXPECT_EQ(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
            ReleaseSemaphore(done, 1, nullptr);
          });
        }
        Start([=] {
          SetEvent(event);
          // Without this wait a second SetEvent could meet an event that is set already.
          WaitForSingleObject(done, INFINITE);
          SetEvent(event);
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

TEST_F(WaitTest, TwoSetsReleaseTwoWaitersThatWaitAlready) {
  HANDLE event = CreateEventA(nullptr, FALSE, FALSE, nullptr);
  int released = 0;
  for (int i = 0; i < 2; ++i) {
    Start([&, event] {
      WaitForSingleObject(event, INFINITE);
      ++released;
    });
  }
  EXPECT_EQ(Run(), RunState::kBlocked);
  SetEvent(event);
  SetEvent(event);
  EXPECT_EQ(Run(), RunState::kQuiet);
  EXPECT_EQ(released, 2);
}

TEST_F(WaitTest, AManualResetEventStaysSetUntilReset) {
  RunAlone([] {
    HANDLE event = CreateEventA(nullptr, TRUE, TRUE, nullptr);
    EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    EXPECT_TRUE(ResetEvent(event));
    EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    EXPECT_TRUE(CloseHandle(event));
    EXPECT_FALSE(CloseHandle(event));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
    EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_FAILED);
  });
}

TEST_F(WaitTest, TimeOutsPassInVirtualTime) {
  RunAlone([this] {
    HANDLE event = CreateEventA(nullptr, FALSE, FALSE, nullptr);
    EXPECT_EQ(WaitForSingleObject(event, 30000), WAIT_TIMEOUT);
    EXPECT_EQ(now_ms(), 30000u);
    Sleep(500);
    EXPECT_EQ(now_ms(), 30500u);
  });
}

TEST_F(WaitTest, WaitForAnyNamesTheLowestSignalledObject) {
  RunAlone([] {
    HANDLE handles[3];
    for (HANDLE& handle : handles) handle = CreateEventA(nullptr, FALSE, FALSE, nullptr);
    SetEvent(handles[2]);
    SetEvent(handles[1]);
    EXPECT_EQ(WaitForMultipleObjects(3, handles, FALSE, 0), WAIT_OBJECT_0 + 1);
    EXPECT_EQ(WaitForMultipleObjects(3, handles, FALSE, 0), WAIT_OBJECT_0 + 2);
    EXPECT_EQ(WaitForMultipleObjects(3, handles, FALSE, 0), WAIT_TIMEOUT);
  });
}

TEST_F(WaitTest, WaitForAllTakesNothingUntilAllAreSignalled) {
  HANDLE handles[2] = {CreateEventA(nullptr, FALSE, FALSE, nullptr),
                       CreateSemaphoreA(nullptr, 1, 1, nullptr)};
  bool has_both = false;
  Start([&] {
    EXPECT_EQ(WaitForMultipleObjects(2, handles, TRUE, INFINITE), WAIT_OBJECT_0);
    has_both = true;
  });
  EXPECT_EQ(Run(), RunState::kBlocked);
  EXPECT_EQ(WaitForSingleObject(handles[1], 0), WAIT_OBJECT_0);  // still there to be taken
  SetEvent(handles[0]);
  EXPECT_EQ(Run(), RunState::kBlocked);
  ReleaseSemaphore(handles[1], 1, nullptr);
  EXPECT_EQ(Run(), RunState::kQuiet);
  EXPECT_TRUE(has_both);
}

TEST_F(WaitTest, AMutexIsRecursiveAndBelongsToItsThread) {
  HANDLE mutex = CreateMutexA(nullptr, FALSE, nullptr);
  RunAlone([=] {
    EXPECT_EQ(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
    EXPECT_EQ(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
    EXPECT_TRUE(ReleaseMutex(mutex));
    EXPECT_TRUE(ReleaseMutex(mutex));
    EXPECT_FALSE(ReleaseMutex(mutex));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_OWNER));
  });
}

DWORD WINAPI TakeAndEnd(LPVOID mutex) { return WaitForSingleObject(mutex, INFINITE); }

TEST_F(WaitTest, AThreadThatEndsAbandonsItsMutexes) {
  RunAlone([] {
    HANDLE mutex = CreateMutexA(nullptr, FALSE, nullptr);
    HANDLE thread = CreateThread(nullptr, 0, TakeAndEnd, mutex, 0, nullptr);
    EXPECT_EQ(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    EXPECT_EQ(WaitForSingleObject(mutex, INFINITE), WAIT_ABANDONED);
    EXPECT_TRUE(ReleaseMutex(mutex));
    EXPECT_EQ(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
  });
}

TEST_F(WaitTest, NamedObjectsAreSharedByName) {
  RunAlone([] {
    HANDLE first = CreateEventA(nullptr, TRUE, FALSE, "Global\\stop");
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
    HANDLE second = CreateEventW(nullptr, TRUE, FALSE, L"Global\\stop");
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ALREADY_EXISTS));
    EXPECT_NE(first, second);
    SetEvent(second);
    EXPECT_EQ(WaitForSingleObject(first, 0), WAIT_OBJECT_0);
    EXPECT_EQ(CreateMutexA(nullptr, FALSE, "Global\\stop"), nullptr);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
    CloseHandle(first);
    CloseHandle(second);
    EXPECT_EQ(OpenEventA(0, FALSE, "Global\\stop"), nullptr);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
  });
}

TEST_F(WaitTest, HandlesAreTheSameInEachRun) {
  HANDLE before = CreateEventA(nullptr, FALSE, FALSE, nullptr);
  sched::DefaultStrategy strategy;
  Begin(&strategy, 1);
  EXPECT_EQ(CreateEventA(nullptr, FALSE, FALSE, nullptr), before);
  End();
}

void CALLBACK CountCall(ULONG_PTR counter) { ++*reinterpret_cast<int*>(counter); }

TEST_F(WaitTest, AnAlertableWaitRunsQueuedCalls) {
  int calls = 0;
  RunAlone([&] {
    QueueUserAPC(CountCall, GetCurrentThread(), reinterpret_cast<ULONG_PTR>(&calls));
    EXPECT_EQ(SleepEx(100, FALSE), 0u);
    EXPECT_EQ(calls, 0);
    EXPECT_EQ(SleepEx(100, TRUE), WAIT_IO_COMPLETION);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(now_ms(), 100u);
  });
}

TEST_F(WaitTest, AWaitableTimerFiresInVirtualTime) {
  RunAlone([this] {
    HANDLE timer = CreateWaitableTimerA(nullptr, FALSE, nullptr);
    LARGE_INTEGER due;
    due.QuadPart = -250 * 10000;
    EXPECT_TRUE(SetWaitableTimer(timer, &due, 0, nullptr, nullptr, FALSE));
    EXPECT_EQ(WaitForSingleObject(timer, INFINITE), WAIT_OBJECT_0);
    EXPECT_EQ(now_ms(), 250u);
    EXPECT_EQ(WaitForSingleObject(timer, 10), WAIT_TIMEOUT);
  });
}

TEST_F(WaitTest, DrainingEndsWaits) {
  DWORD result = 0;
  HANDLE event = CreateEventA(nullptr, FALSE, FALSE, nullptr);
  Start([&, event] { result = WaitForSingleObject(event, INFINITE); });
  EXPECT_EQ(Run(), RunState::kBlocked);
  End();
  EXPECT_EQ(result, WAIT_FAILED);
}

}  // namespace
}  // namespace pendulum::win32

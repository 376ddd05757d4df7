#include "harness/win32/thread.h"

#include "harness/win32/object.h"
#include "process.h"
#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class ThreadTest : public Simulation {};

DWORD WINAPI ReturnParameter(LPVOID parameter) {
  Sleep(10);
  return static_cast<DWORD>(reinterpret_cast<uintptr_t>(parameter));
}

TEST_F(ThreadTest, AThreadIsJoinedThroughItsHandle) {
  ForRandomSchedules(
      100,
      [this] {
        Start([] {
          DWORD thread_id = 0;
          HANDLE thread =
              CreateThread(nullptr, 0, ReturnParameter, reinterpret_cast<void*>(42), 0, &thread_id);
          EXPECT_NE(thread_id, 0u);
          EXPECT_EQ(GetThreadId(thread), thread_id);
          EXPECT_NE(GetCurrentThreadId(), thread_id);
          EXPECT_EQ(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
          DWORD exit_code = 0;
          EXPECT_TRUE(GetExitCodeThread(thread, &exit_code));
          EXPECT_EQ(exit_code, 42u);
          EXPECT_TRUE(CloseHandle(thread));
        });
      },
      [](RunState state) {
        EXPECT_EQ(state, RunState::kQuiet);
        EXPECT_EQ(open_handle_count(), 0);
      });
}

TEST_F(ThreadTest, ItsEventsAndItsModuleAreRecorded) {
  RunAlone([this] {
    boundary.module_of[scheduler_->current()] = 3;
    HANDLE thread = CreateThread(nullptr, 0, ReturnParameter, nullptr, 0, nullptr);
    WaitForSingleObject(thread, INFINITE);
  });
  EXPECT_EQ(CountEvents(trace::EventKind::kThreadBegan), 1);
  EXPECT_EQ(CountEvents(trace::EventKind::kThreadEnded), 1);
  EXPECT_EQ(boundary.module_of[1], 3);
  EXPECT_EQ(boundary.request_of[1], trace::kNone8);
}

TEST_F(ThreadTest, ASuspendedThreadWaitsForResume) {
  static bool has_run;
  has_run = false;
  RunAlone([] {
    const auto start = [](void*) -> unsigned {
      has_run = true;
      return 7;
    };
    unsigned thread_id = 0;
    auto thread = reinterpret_cast<HANDLE>(
        _beginthreadex(nullptr, 0, start, nullptr, CREATE_SUSPENDED, &thread_id));
    Sleep(100);
    EXPECT_FALSE(has_run);
    DWORD exit_code = 0;
    GetExitCodeThread(thread, &exit_code);
    EXPECT_EQ(exit_code, STILL_ACTIVE);
    EXPECT_EQ(ResumeThread(thread), 1u);
    EXPECT_EQ(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    EXPECT_TRUE(has_run);
    EXPECT_EQ(ResumeThread(thread), 0u);
  });
}

TEST_F(ThreadTest, ASuspendedThreadThatIsNeverResumedDrains) {
  Start([] { CreateThread(nullptr, 0, ReturnParameter, nullptr, CREATE_SUSPENDED, nullptr); });
  EXPECT_EQ(Run(), RunState::kBlocked);
  End();
}

DWORD WINAPI ExitEarly(LPVOID) {
  ExitThread(5);
  return 6;
}

TEST_F(ThreadTest, ExitThreadDoesNotReturn) {
  RunAlone([this] {
    HANDLE thread = CreateThread(nullptr, 0, ExitEarly, nullptr, 0, nullptr);
    WaitForSingleObject(thread, INFINITE);
    DWORD exit_code = 0;
    GetExitCodeThread(thread, &exit_code);
    EXPECT_EQ(exit_code, 5u);
    ExitThread(1);
    EXPECT_TRUE(WasCaptured("not simulated: ExitThread on a thread of the server"));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_CALL_NOT_IMPLEMENTED));
  });
}

TEST_F(ThreadTest, TooManyThreadsAreRefused) {
  RunAlone([] {
    int started = 0;
    while (CreateThread(nullptr, 0, ReturnParameter, nullptr, 0, nullptr) != nullptr) ++started;
    EXPECT_EQ(started, sched::kMaxWorkers - kReservedWorkers);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_SYSTEM_RESOURCES));
  });
}

int destroyed;

void WINAPI CountDestroyed(PVOID) { ++destroyed; }

DWORD WINAPI SetSlots(LPVOID) {
  EXPECT_EQ(TlsGetValue(0), nullptr);
  TlsSetValue(0, &destroyed);
  FlsSetValue(0, &destroyed);
  return 0;
}

TEST_F(ThreadTest, LocalSlotsBelongToTheirThread) {
  destroyed = 0;
  RunAlone([] {
    EXPECT_EQ(TlsAlloc(), 0u);
    EXPECT_EQ(FlsAlloc(CountDestroyed), 0u);
    TlsSetValue(0, &destroyed);
    for (int i = 0; i < 2; ++i) {
      HANDLE thread = CreateThread(nullptr, 0, SetSlots, nullptr, 0, nullptr);
      WaitForSingleObject(thread, INFINITE);
    }
    EXPECT_NE(TlsGetValue(0), nullptr);
    EXPECT_EQ(TlsGetValue(5), nullptr);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  });
  EXPECT_EQ(destroyed, 2);
}

TEST_F(ThreadTest, TheLastErrorBelongsToItsThread) {
  for (DWORD code = 1; code <= 2; ++code) {
    Start([code] {
      SetLastError(code);
      Sleep(5);
      EXPECT_EQ(GetLastError(), code);
    });
  }
  EXPECT_EQ(Run(), RunState::kQuiet);
}

TEST_F(ThreadTest, InterlockedOperationsAreSchedulingPoints) {
  bool was_lost = false;
  volatile LONG counter = 0;
  ForRandomSchedules(
      200,
      [&] {
        counter = 0;
        for (int i = 0; i < 2; ++i) {
          Start([&] { InterlockedExchange(&counter, InterlockedAdd(&counter, 0) + 1); });
        }
      },
      [&](RunState state) {
        EXPECT_EQ(state, RunState::kQuiet);
        was_lost |= counter == 1;
      });
  EXPECT_TRUE(was_lost) << "no schedule lost an update that is not atomic";
}

TEST_F(ThreadTest, ListsAreLastInFirstOut) {
  RunAlone([] {
    SLIST_HEADER head;
    SLIST_ENTRY entries[2];
    InitializeSListHead(&head);
    EXPECT_EQ(InterlockedPushEntrySList(&head, &entries[0]), nullptr);
    EXPECT_EQ(InterlockedPushEntrySList(&head, &entries[1]), &entries[0]);
    EXPECT_EQ(QueryDepthSList(&head), 2);
    EXPECT_EQ(InterlockedPopEntrySList(&head), &entries[1]);
    EXPECT_EQ(InterlockedFlushSList(&head), &entries[0]);
    EXPECT_EQ(InterlockedPopEntrySList(&head), nullptr);
  });
}

}  // namespace
}  // namespace pendulum::win32

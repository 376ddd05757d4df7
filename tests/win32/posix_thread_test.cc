// The C++ library's threads and what they wait with, under the scheduler.
#include "harness/win32/posix_thread.h"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "harness/win32/posix_call.h"
#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class PosixThreadTest : public Simulation {
 protected:
  // Runs `job` under many schedules; it must come to its end in each, and at least one other worker
  // must have taken part.
  void InEachSchedule(const std::function<void()>& job, int runs = 200) {
    ForRandomSchedules(
        runs, [&] { Start(job); }, [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
  }
};

TEST_F(PosixThreadTest, AStdThreadIsAWorkerAndIsJoined) {
  InEachSchedule([] {
    int result = 0;
    const auto own = std::this_thread::get_id();
    std::thread::id other;
    std::thread thread([&] {
      result = 42;
      other = std::this_thread::get_id();
    });
    EXPECT_EQ(thread.get_id() == own, false);
    const auto expected = thread.get_id();
    thread.join();
    EXPECT_EQ(result, 42);
    EXPECT_TRUE(other == expected);
  });
}

TEST_F(PosixThreadTest, AThreadRunsBesideItsMaker) {
  int orders = 0;
  ForRandomSchedules(
      200,
      [&] {
        Start([&] {
          bool was_first = false;
          bool here = false;
          std::thread thread([&] { was_first = !here; });
          SwitchToThread();
          here = true;
          thread.join();
          orders |= was_first ? 1 : 2;
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
  EXPECT_EQ(orders, 3) << "one order of the two was never seen";
}

TEST_F(PosixThreadTest, TheEventsOfAThreadStandInTheTrace) {
  RunAlone([] { std::thread([] {}).join(); });
  EXPECT_EQ(CountEvents(trace::EventKind::kThreadBegan), 1);
  EXPECT_EQ(CountEvents(trace::EventKind::kThreadEnded), 1);
}

TEST_F(PosixThreadTest, ADetachedThreadEndsOnItsOwn) {
  static int ended = 0;
  ended = 0;
  RunAlone([] {
    std::thread([] {
      Sleep(10);
      ++ended;
    }).detach();
  });
  EXPECT_EQ(ended, 1);
}

TEST_F(PosixThreadTest, AJoiningThreadJoinsAndAStopTokenStopsIt) {
  InEachSchedule([] {
    bool was_stopped = false;
    {
      std::jthread thread([&](std::stop_token stop) {
        while (!stop.stop_requested()) Sleep(1);
        was_stopped = true;
      });
      Sleep(3);
    }
    EXPECT_TRUE(was_stopped);
  });
}

TEST_F(PosixThreadTest, ManyThreadsInARowUseTheSameSlots) {
  RunAlone([] {
    int ran = 0;
    for (int i = 0; i < 2 * kMaxPosixThreads; ++i) std::thread([&] { ++ran; }).join();
    EXPECT_EQ(ran, 2 * kMaxPosixThreads);
  });
}

TEST_F(PosixThreadTest, TooManyThreadsAreAnExceptionOfTheLibrary) {
  RunAlone([] {
    std::vector<std::thread> threads;
    bool has_failed = false;
    try {
      for (int i = 0; i < sched::kMaxWorkers; ++i) threads.emplace_back([] { Sleep(1); });
    } catch (const std::system_error&) {
      has_failed = true;
    }
    EXPECT_TRUE(has_failed);
    for (std::thread& thread : threads) thread.join();
  });
}

TEST_F(PosixThreadTest, WhoJoinsAThreadThatNeverEndsIsBlockedByIt) {
  HANDLE never = nullptr;
  const sched::WorkerId one = Start([&] {
    never = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    std::thread([&] { WaitForSingleObject(never, INFINITE); }).join();
  });
  EXPECT_EQ(Run(), RunState::kBlocked);
  ASSERT_TRUE(scheduler_->IsBlocked(one));
  EXPECT_STREQ(scheduler_->wait_reason(one).what, "pthread_join");
  EXPECT_NE(scheduler_->wait_reason(one).owner, sched::kNoWorker);
}

TEST_F(PosixThreadTest, AThreadThatJoinsItselfIsToldSo) {
  RunAlone([] { EXPECT_EQ(pthread_join(pthread_self(), nullptr), ESRCH); });
  RunAlone([] {
    std::thread thread([&] { EXPECT_EQ(pthread_join(pthread_self(), nullptr), EDEADLK); });
    Sleep(1);
    thread.join();
  });
}

TEST_F(PosixThreadTest, PthreadExitEndsTheThreadWithItsResult) {
  RunAlone([] {
    pthread_t thread{};
    const auto run = [](void*) -> void* {
      pthread_exit(reinterpret_cast<void*>(7));
      return nullptr;
    };
    ASSERT_EQ(pthread_create(&thread, nullptr, run, nullptr), 0);
    void* result = nullptr;
    EXPECT_EQ(pthread_join(thread, &result), 0);
    EXPECT_EQ(result, reinterpret_cast<void*>(7));
    EXPECT_EQ(pthread_join(thread, &result), ESRCH);
  });
}

TEST_F(PosixThreadTest, AnAsyncTaskHasAWorkerAndAFutureWaitsForIt) {
  InEachSchedule([] {
    auto doubled = std::async(std::launch::async, [] {
      Sleep(5);
      return 21 * 2;
    });
    EXPECT_EQ(doubled.get(), 42);
  });
}

TEST_F(PosixThreadTest, AFutureGivesUpInVirtualTime) {
  RunAlone([this] {
    auto slow = std::async(std::launch::async, [] { Sleep(500); });
    EXPECT_EQ(slow.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
    EXPECT_EQ(now_ms(), 100u);
    EXPECT_EQ(slow.wait_for(std::chrono::seconds(1)), std::future_status::ready);
    EXPECT_EQ(now_ms(), 500u);
  });
}

TEST_F(PosixThreadTest, AnExceptionComesThroughAFuture) {
  InEachSchedule([] {
    auto failing = std::async(std::launch::async, []() -> int { throw std::string("no"); });
    EXPECT_THROW(failing.get(), std::string);
  });
}

TEST_F(PosixThreadTest, APromiseIsKeptByAnotherThread) {
  InEachSchedule([] {
    std::promise<int> promise;
    std::future<int> future = promise.get_future();
    std::thread thread([&] { promise.set_value(3); });
    EXPECT_EQ(future.get(), 3);
    thread.join();
  });
}

TEST_F(PosixThreadTest, TheClocksOfChronoShowVirtualTime) {
  RunAlone([this] {
    const auto steady = std::chrono::steady_clock::now();
    const auto system = std::chrono::system_clock::now();
    std::this_thread::sleep_for(std::chrono::hours(5));
    EXPECT_EQ(std::chrono::steady_clock::now() - steady, std::chrono::hours(5));
    EXPECT_EQ(std::chrono::system_clock::now() - system, std::chrono::hours(5));
    EXPECT_EQ(now_ms(), 5u * 60 * 60 * 1000);
    std::this_thread::sleep_until(std::chrono::system_clock::now() + std::chrono::minutes(1));
    EXPECT_EQ(now_ms(), (5u * 60 + 1) * 60 * 1000);
    EXPECT_EQ(time(nullptr), 1704067200 + (5 * 60 + 1) * 60);
  });
}

TEST_F(PosixThreadTest, TheMachineIsTheSameEverywhere) {
  RunAlone([] { EXPECT_EQ(std::thread::hardware_concurrency(), 2u); });
}

// Fuzzing engines have threads that sleep while the module runs.
TEST_F(PosixThreadTest, AThreadOfTheSystemIsNotTheModule) {
  std::atomic<bool> is_in_module = false;
  std::atomic<bool> has_slept = false;
  std::thread other([&] {
    while (!is_in_module) {
    }
    usleep(1);
    has_slept = true;
  });
  RunAlone([&] {
    is_in_module = true;
    while (!has_slept) {
    }
  });
  other.join();
  EXPECT_EQ(now_ms(), 0u);
  EXPECT_EQ(CountEvents(trace::EventKind::kWaitBegan), 0);
}

// The harness must not be changed by any of this.
TEST_F(PosixThreadTest, OutsideOfTheModuleTheSystemsThreadsAndClocksAreUsed) {
  int ran = 0;
  std::thread([&] { ++ran; }).join();
  EXPECT_EQ(ran, 1);
  EXPECT_GT(std::chrono::system_clock::now().time_since_epoch(), std::chrono::hours(24 * 365 * 54));
  EXPECT_EQ(CountEvents(trace::EventKind::kThreadBegan), 0);
}

// What they initialise once stays so, and would be missing from the next run's events.
TEST_F(PosixThreadTest, TheUnwinderAndTheCLibraryAreNotTheModule) {
  EXPECT_TRUE(IsInRuntime(dlsym(RTLD_DEFAULT, "_Unwind_RaiseException")));
  EXPECT_TRUE(IsInRuntime(dlsym(RTLD_DEFAULT, "malloc_usable_size")));
  EXPECT_FALSE(IsInRuntime(dlsym(RTLD_DEFAULT, "_ZNSt6thread4joinEv")));
  static int here = 0;
  EXPECT_FALSE(IsInRuntime(&here));
  const auto calls_of = [this](int throws) {
    const int before = CountEvents(trace::EventKind::kCall);
    for (int i = 0; i < throws; ++i) {
      try {
        throw i;
      } catch (int) {
      }
    }
    return CountEvents(trace::EventKind::kCall) - before;
  };
  RunAlone([&] { EXPECT_EQ(calls_of(3), 0); });
}

TEST_F(PosixThreadTest, AThreadThatIsStartedWhileAModuleIsLoadedIsRefused) {
  ModuleScope module;
  pthread_t thread{};
  EXPECT_EQ(pthread_create(
                &thread, nullptr, [](void* given) { return given; }, nullptr),
            EAGAIN);
  EXPECT_TRUE(WasCaptured("while the module is being loaded"));
}

}  // namespace
}  // namespace pendulum::win32

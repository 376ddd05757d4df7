// The locks of the C++ library, under the scheduler.
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class PosixLockTest : public Simulation {
 protected:
  void InEachSchedule(const std::function<void()>& job, int runs = 200) {
    ForRandomSchedules(
        runs, [&] { Start(job); }, [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
  }

  // Three threads go in and out of `lock`, of which at most one may be inside.
  template <typename Lock>
  void ExpectExclusion(int deep = 1) {
    InEachSchedule([deep] {
      Lock lock;
      int inside = 0;
      const auto enter = [&] {
        for (int i = 0; i < deep; ++i) lock.lock();
        EXPECT_EQ(++inside, 1);
        SwitchToThread();
        --inside;
        for (int i = 0; i < deep; ++i) lock.unlock();
      };
      std::thread one(enter);
      std::thread two(enter);
      enter();
      one.join();
      two.join();
    });
  }
};

TEST_F(PosixLockTest, MutexesOfEachKindKeepOthersOut) {
  ExpectExclusion<std::mutex>();
  ExpectExclusion<std::timed_mutex>();
  ExpectExclusion<std::shared_mutex>();
  ExpectExclusion<std::shared_timed_mutex>();
  ExpectExclusion<std::recursive_mutex>(3);
  ExpectExclusion<std::recursive_timed_mutex>(2);
}

TEST_F(PosixLockTest, AMutexThatIsHeldIsWaitedForWhileTheHolderSleeps) {
  RunAlone([] {
    std::mutex mutex;
    bool done = false;
    std::thread thread([&] {
      std::lock_guard<std::mutex> lock(mutex);
      Sleep(50);
      done = true;
    });
    Sleep(1);
    EXPECT_FALSE(mutex.try_lock());
    std::lock_guard<std::mutex> lock(mutex);
    EXPECT_TRUE(done);
    thread.join();
  });
}

TEST_F(PosixLockTest, ATimedMutexGivesUpInVirtualTime) {
  RunAlone([this] {
    std::timed_mutex mutex;
    mutex.lock();
    std::thread([&] { EXPECT_FALSE(mutex.try_lock_for(std::chrono::seconds(2))); }).join();
    EXPECT_EQ(now_ms(), 2000u);
    mutex.unlock();
    EXPECT_TRUE(mutex.try_lock_for(std::chrono::seconds(2)));
    mutex.unlock();
  });
}

TEST_F(PosixLockTest, APlainMutexTakenTwiceByOneThreadWaitsForItself) {
  const sched::WorkerId worker = Start([] {
    static std::mutex mutex;
    mutex.lock();
    mutex.lock();
  });
  EXPECT_EQ(Run(), RunState::kBlocked);
  EXPECT_EQ(scheduler_->wait_reason(worker).owner, worker);
}

TEST_F(PosixLockTest, AMutexLeftLockedByAnotherRunIsFree) {
  static std::mutex mutex;
  for (int run = 0; run < 3; ++run) {
    RunAlone([] {
      EXPECT_TRUE(mutex.try_lock());
      EXPECT_FALSE(mutex.try_lock());
    });
    End();
    sched::DefaultStrategy strategy;
    Begin(&strategy, 0);
    RunAlone([] {});
    End();
    static sched::DefaultStrategy lasting;
    Begin(&lasting, 0);
  }
}

TEST_F(PosixLockTest, ADeadlockOfTwoMutexesNamesBothOwners) {
  static std::mutex mutexes[2];
  const auto lock_in_order = [](int first, int second) {
    mutexes[first].lock();
    Sleep(1);
    mutexes[second].lock();
  };
  const sched::WorkerId one = Start([&] { lock_in_order(0, 1); });
  const sched::WorkerId two = Start([&] { lock_in_order(1, 0); });
  EXPECT_EQ(Run(), RunState::kBlocked);
  EXPECT_EQ(scheduler_->wait_reason(one).owner, two);
  EXPECT_EQ(scheduler_->wait_reason(two).owner, one);
}

TEST_F(PosixLockTest, ScopedLocksOfSeveralMutexesDoNotDeadlock) {
  InEachSchedule([] {
    std::mutex a, b;
    std::thread thread([&] { std::scoped_lock both(a, b); });
    { std::scoped_lock both(b, a); }
    thread.join();
  });
}

TEST_F(PosixLockTest, ReadersShareAndAWriterIsAlone) {
  static int most_readers;
  most_readers = 0;
  InEachSchedule([] {
    std::shared_mutex mutex;
    int readers = 0;
    int writers = 0;
    const auto read = [&] {
      std::shared_lock<std::shared_mutex> lock(mutex);
      most_readers = std::max(most_readers, ++readers);
      EXPECT_EQ(writers, 0);
      SwitchToThread();
      --readers;
    };
    std::thread one(read);
    std::thread two(read);
    {
      std::lock_guard<std::shared_mutex> lock(mutex);
      ++writers;
      EXPECT_EQ(readers, 0);
      SwitchToThread();
      --writers;
    }
    one.join();
    two.join();
  });
  EXPECT_EQ(most_readers, 2);
}

TEST_F(PosixLockTest, ABoundedBufferPassesEverythingOn) {
  InEachSchedule([] {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<int> buffer;
    int sum = 0;
    std::thread consumer([&] {
      for (int i = 0; i < 4; ++i) {
        std::unique_lock<std::mutex> lock(mutex);
        changed.wait(lock, [&] { return !buffer.empty(); });
        sum += buffer.front();
        buffer.pop_front();
        changed.notify_all();
      }
    });
    for (int i = 1; i <= 4; ++i) {
      std::unique_lock<std::mutex> lock(mutex);
      changed.wait(lock, [&] { return buffer.size() < 2; });
      buffer.push_back(i);
      changed.notify_all();
    }
    consumer.join();
    EXPECT_EQ(sum, 10);
  });
}

TEST_F(PosixLockTest, AConditionVariableWaitsInVirtualTime) {
  RunAlone([this] {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock<std::mutex> lock(mutex);
    EXPECT_EQ(never.wait_for(lock, std::chrono::milliseconds(1500)), std::cv_status::timeout);
    EXPECT_EQ(now_ms(), 1500u);
    EXPECT_TRUE(lock.owns_lock());
    std::condition_variable_any any;
    EXPECT_FALSE(any.wait_for(lock, std::chrono::seconds(1), [] { return false; }));
    EXPECT_EQ(now_ms(), 2500u);
  });
}

TEST_F(PosixLockTest, ANotificationThatNobodyWaitsForIsLost) {
  const sched::WorkerId worker = Start([] {
    static std::mutex mutex;
    static std::condition_variable variable;
    variable.notify_one();
    std::unique_lock<std::mutex> lock(mutex);
    variable.wait(lock);
  });
  EXPECT_EQ(Run(), RunState::kBlocked);
  EXPECT_STREQ(scheduler_->wait_reason(worker).what, "pthread_cond_wait");
}

TEST_F(PosixLockTest, AnAtomicIsWaitedForWithoutSpinningForEver) {
  InEachSchedule([] {
    std::atomic<int> value{0};
    std::thread thread([&] {
      Sleep(5);
      value = 1;
      value.notify_all();
    });
    value.wait(0);
    EXPECT_EQ(value.load(), 1);
    thread.join();
  });
}

TEST_F(PosixLockTest, SemaphoresLatchesAndBarriersHoldThreadsBack) {
  InEachSchedule([] {
    std::counting_semaphore<4> places(2);
    std::latch started(3);
    std::barrier round(3);
    int inside = 0;
    int phase = 0;
    const auto work = [&] {
      started.arrive_and_wait();
      places.acquire();
      EXPECT_LE(++inside, 2);
      SwitchToThread();
      --inside;
      places.release();
      ++phase;
      round.arrive_and_wait();
      EXPECT_EQ(phase, 3);
    };
    std::thread one(work);
    std::thread two(work);
    work();
    one.join();
    two.join();
  });
}

TEST_F(PosixLockTest, ASemaphoreGivesUpInVirtualTime) {
  RunAlone([this] {
    std::binary_semaphore none(0);
    EXPECT_FALSE(none.try_acquire_for(std::chrono::seconds(3)));
    EXPECT_GE(now_ms(), 3000u);
    EXPECT_LE(now_ms(), 3001u);
  });
}

TEST_F(PosixLockTest, CallOnceCallsOnceAndTheOthersWait) {
  InEachSchedule([] {
    std::once_flag flag;
    int calls = 0;
    bool is_ready = false;
    const auto prepare = [&](int number) {
      std::call_once(flag, [&, number] {
        ++calls;
        SwitchToThread();
        EXPECT_GE(number, 1);
        is_ready = true;
      });
      EXPECT_TRUE(is_ready);
    };
    std::thread one(prepare, 1);
    std::thread two(prepare, 2);
    prepare(3);
    one.join();
    two.join();
    EXPECT_EQ(calls, 1);
  });
}

TEST_F(PosixLockTest, AnExceptionInCallOnceLeavesItToTheNext) {
  InEachSchedule([] {
    std::once_flag flag;
    int calls = 0;
    const auto try_once = [&] {
      try {
        std::call_once(flag, [&] {
          SwitchToThread();
          if (++calls == 1) throw 1;
        });
      } catch (int) {
      }
    };
    std::thread one(try_once);
    try_once();
    one.join();
    try_once();
    EXPECT_EQ(calls, 2);
  });
}

struct SlowlyMade {
  SlowlyMade() {
    SwitchToThread();
    is_made = true;
  }
  bool is_made = false;
};

template <int kRun>
SlowlyMade& Made() {
  static SlowlyMade made;
  return made;
}

TEST_F(PosixLockTest, WorkersThatRaceForAStaticLocalVariableWaitForIt) {
  int waits = 0;
  const auto race = [this, &waits](auto get) {
    static sched::RandomStrategy strategy(3);
    Begin(&strategy, static_cast<uint64_t>(waits + 1));
    for (int i = 0; i < 3; ++i) Start([get] { EXPECT_TRUE(get().is_made); });
    EXPECT_EQ(Run(), RunState::kQuiet);
    waits += CountEvents(trace::EventKind::kWaitBegan);
  };
  race(Made<0>);
  race(Made<1>);
  race(Made<2>);
  race(Made<3>);
  EXPECT_GT(waits, 0);
}

TEST_F(PosixLockTest, SpinLocksAndSemaphoresOfPosixWork) {
  InEachSchedule([] {
    pthread_spinlock_t spin;
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    int inside = 0;
    const auto enter = [&] {
      pthread_spin_lock(&spin);
      EXPECT_EQ(++inside, 1);
      SwitchToThread();
      --inside;
      pthread_spin_unlock(&spin);
    };
    std::thread one(enter);
    enter();
    one.join();
  });
}

TEST_F(PosixLockTest, LocksAreInTheTraceByNumber) {
  RunAlone([] {
    std::recursive_mutex mutex;
    mutex.lock();
    mutex.lock();
    mutex.unlock();
    mutex.unlock();
    std::mutex other;
    std::lock_guard<std::mutex> lock(other);
  });
  EXPECT_EQ(CountEvents(trace::EventKind::kLockTaken), 3);
  EXPECT_EQ(CountEvents(trace::EventKind::kLockReleased), 3);
}

}  // namespace
}  // namespace pendulum::win32

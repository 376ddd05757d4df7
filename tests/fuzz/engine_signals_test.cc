#include "fuzzers/engine_signals.h"

#include <gtest/gtest.h>
#include <time.h>

#include <csignal>

#include "harness/sched/scheduler.h"
#include "harness/win32/boundary.h"

namespace pendulum::fuzzers {
namespace {

int alarms = 0;
bool was_in_module = true;
time_t seen = 0;

void OnAlarm(int) {
  ++alarms;
  was_in_module = win32::InModule();
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  seen = now.tv_sec;
}

// What libFuzzer's alarm does while a module runs: the difference to a real time is no time that an
// input took.
TEST(EngineSignals, AHandlerReadsTheRealClockWhileTheModuleRuns) {
  timespec real;
  clock_gettime(CLOCK_REALTIME, &real);
  struct sigaction action = {};
  action.sa_handler = OnAlarm;
  struct sigaction before;
  ASSERT_EQ(sigaction(SIGALRM, &action, &before), 0);
  GuardEngineSignals();

  sched::Decision decisions[16];
  sched::Scheduler::DecisionLog log{0, 16, decisions};
  sched::Scheduler scheduler(&log);
  win32::boundary.scheduler = &scheduler;
  win32::boundary.in_module = true;
  win32::runs_modules = true;
  raise(SIGALRM);
  const bool is_back = win32::InModule();
  win32::runs_modules = win32::boundary.in_module = false;
  win32::boundary.scheduler = nullptr;
  sigaction(SIGALRM, &before, nullptr);

  EXPECT_EQ(alarms, 1);
  EXPECT_FALSE(was_in_module);
  EXPECT_GE(seen, real.tv_sec);
  EXPECT_TRUE(is_back);
}

}  // namespace
}  // namespace pendulum::fuzzers

// Modules that use the C++ library's threads and locks: the clean ones are silent, and the others
// are found, with who waits for whom in words.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

std::string CompiledAs(Variant variant, const std::string& name, const std::string& body,
                       const std::string& more) {
  return CompileHandler(name, body,
                        "#include <atomic>\n#include <condition_variable>\n#include <future>\n"
                        "#include <mutex>\n#include <shared_mutex>\n#include <thread>\n" +
                            more,
                        variant);
}

std::string Compiled(const std::string& name, const std::string& body, const std::string& more) {
  return CompiledAs(Variant::kNone, name, body, more);
}

const Finding* FindingOf(const Report& report, const std::string& clause) {
  for (const Finding& finding : report.findings) {
    if (finding.clause == clause) return &finding;
  }
  return nullptr;
}

// Everything at once, and all of it right: a task, a thread with a condition variable, a local
// static that several workers come to, a reader/writer lock.
constexpr const char* kCleanMore = R"(
static std::mutex g_mutex;
static std::shared_mutex g_table_mutex;
static int g_count;
struct Slow {
  Slow() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }
  int value = 1;
};
static Slow& TheSlow() {
  static Slow slow;
  return slow;
}
)";
constexpr const char* kCleanBody = R"(
    auto task = std::async(std::launch::async, [] {
      std::shared_lock<std::shared_mutex> read(g_table_mutex);
      std::lock_guard<std::mutex> lock(g_mutex);
      return g_count + TheSlow().value;
    });
    {
      std::lock_guard<std::mutex> lock(g_mutex);
      g_count += TheSlow().value;
    }
    task.get();
    std::mutex mutex;
    std::condition_variable changed;
    bool go = false;
    std::thread thread([&] {
      std::unique_lock<std::mutex> lock(mutex);
      changed.wait(lock, [&] { return go; });
    });
    {
      std::lock_guard<std::mutex> lock(mutex);
      go = true;
    }
    changed.notify_one();
    thread.join();
    std::thread([] { std::scoped_lock both(g_table_mutex, g_mutex); }).join();
    { std::scoped_lock both(g_mutex, g_table_mutex); })";

TEST(Threads, AModuleThatUsesTheLibrarysThreadsRightIsSilent) {
  VerifyOptions options = OptionsFor(Compiled("threads_clean", kCleanBody, kCleanMore), 2000);
  options.check_determinism = true;
  const Report report = VerifyOrDie(options);
  EXPECT_THAT(ClausesOf(report), IsEmpty());
  EXPECT_FALSE(report.diverged) << report.divergence;
  for (const ScenarioSummary& scenario : report.scenarios) EXPECT_EQ(scenario.limited, 0u);
}

constexpr const char* kTwoLocks = "static std::mutex g_a, g_b;\n";

TEST(Threads, ADeadlockIsToldAsWhoWaitsForWhom) {
  const std::string module = Compiled("threads_deadlock", R"(
    std::thread thread([] {
      std::lock_guard<std::mutex> b(g_b);
      std::lock_guard<std::mutex> a(g_a);
    });
    {
      std::lock_guard<std::mutex> a(g_a);
      std::lock_guard<std::mutex> b(g_b);
    }
    thread.join();)",
                                      kTwoLocks);
  const Report report = VerifyOrDie(OptionsFor(module, 300));
  const Finding* hang = FindingOf(report, "MODULE-HANG");
  ASSERT_NE(hang, nullptr);
  EXPECT_THAT(hang->details, Contains(HasSubstr("a deadlock: worker")));
  EXPECT_THAT(hang->details,
              Contains(AllOf(HasSubstr("waits in pthread_mutex_lock at threads_deadlock.cpp:"),
                             HasSubstr("held by worker"), HasSubstr("which took it at threads"))));
  EXPECT_NE(FindingOf(report, "MODULE-LOCK-ORDER"), nullptr);
}

// The handle of a thread is waited for as the thread is, which has a number and a function.
TEST(Threads, AWaitForTheHandleOfAThreadNamesTheThread) {
  const std::string module = Compiled("threads_handle", R"(
    EnterCriticalSection(&g_section);
    HANDLE thread = CreateThread(nullptr, 0, Refresh, nullptr, 0, nullptr);
    WaitForSingleObject(thread, INFINITE);
    LeaveCriticalSection(&g_section);
    CloseHandle(thread);)",
                                      R"(
static CRITICAL_SECTION g_section;
static const bool g_made = (InitializeCriticalSection(&g_section), true);
static DWORD WINAPI Refresh(LPVOID) {
  EnterCriticalSection(&g_section);
  LeaveCriticalSection(&g_section);
  return 0;
}
)");
  const Report report = VerifyOrDie(OptionsFor(module, 100));
  const Finding* hang = FindingOf(report, "MODULE-HANG");
  ASSERT_NE(hang, nullptr);
  EXPECT_THAT(hang->details,
              Contains(AllOf(HasSubstr("waits in WaitForSingleObject at threads_handle.cpp:"),
                             MatchesRegex(".* for the end of thread [0-9]+ .Refresh at "
                                          "threads_handle.cpp:[0-9]+.*"))));
  EXPECT_THAT(hang->details, Contains(MatchesRegex("a deadlock: worker ([0-9]+) waits for worker "
                                                   "[0-9]+, which waits for worker [0-9]+")));
}

// One schedule is enough, in which the two never meet.
TEST(Threads, OppositeOrdersAreFoundWhereNothingHappened) {
  const std::string module = Compiled("threads_order", R"(
    std::thread thread([] {
      std::lock_guard<std::mutex> b(g_b);
      std::lock_guard<std::mutex> a(g_a);
    });
    thread.detach();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    std::lock_guard<std::mutex> a(g_a);
    std::lock_guard<std::mutex> b(g_b);)",
                                      kTwoLocks);
  VerifyOptions options = OptionsFor(module, 1);
  options.strategy = "default";
  const Report report = VerifyOrDie(options);
  EXPECT_THAT(ClausesOf(report), ElementsAre("MODULE-LOCK-ORDER"));
  EXPECT_THAT(report.findings[0].details,
              ElementsAre(AllOf(HasSubstr("took lock"), HasSubstr("at threads_order.cpp:")),
                          AllOf(HasSubstr("and then lock"), HasSubstr("RQ_BEGIN_REQUEST"))));
}

TEST(Threads, OppositeOrdersThatCanNotMeetAreNone) {
  const std::string module = Compiled("threads_ordered", R"(
    std::thread first([] {
      std::lock_guard<std::mutex> b(g_b);
      std::lock_guard<std::mutex> a(g_a);
    });
    first.join();
    std::thread gated([] {
      std::lock_guard<std::mutex> gate(g_gate);
      std::lock_guard<std::mutex> d(g_d);
      std::lock_guard<std::mutex> c(g_c);
    });
    {
      std::lock_guard<std::mutex> a(g_a);
      std::lock_guard<std::mutex> b(g_b);
    }
    {
      std::lock_guard<std::mutex> gate(g_gate);
      std::lock_guard<std::mutex> c(g_c);
      std::lock_guard<std::mutex> d(g_d);
    }
    gated.join();
    std::thread reader([] {
      std::shared_lock<std::shared_mutex> s(g_s);
      std::shared_lock<std::shared_mutex> r(g_r);
    });
    {
      std::shared_lock<std::shared_mutex> r(g_r);
      std::shared_lock<std::shared_mutex> s(g_s);
    }
    reader.join();)",
                                      "static std::mutex g_a, g_b, g_c, g_d, g_gate;\n"
                                      "static std::shared_mutex g_r, g_s;\n");
  EXPECT_THAT(ClausesOf(VerifyOrDie(OptionsFor(module, 300))), IsEmpty());
}

TEST(Threads, ALockThatIsLeftIsFoundWithItsPlace) {
  const std::string module = Compiled("threads_left", R"(
    std::thread thread([] { g_a.lock(); });
    thread.join();
    g_b.lock();)",
                                      kTwoLocks);
  const Report report = VerifyOrDie(OptionsFor(module, 5));
  EXPECT_THAT(ClausesOf(report), testing::UnorderedElementsAre("MODULE-LOCK-ABANDONED",
                                                               "MODULE-LOCK-ABANDONED/request"));
  for (const Finding& finding : report.findings) {
    EXPECT_THAT(finding.details,
                ElementsAre(HasSubstr("was taken with pthread_mutex_lock at threads_left.cpp:")));
  }
}

TEST(Threads, ALostWakeUpIsSaidInsteadOfAHang) {
  const std::string module = Compiled("threads_lost", R"(
    static std::atomic<bool> ready;
    std::mutex mutex;
    std::condition_variable changed;
    ready = false;
    std::thread thread([&] {
      ready = true;
      changed.notify_one();
    });
    if (!ready) {
      std::unique_lock<std::mutex> lock(mutex);
      changed.wait(lock);
    }
    thread.join();)",
                                      "");
  const Report report = VerifyOrDie(OptionsFor(module, 300));
  EXPECT_THAT(ClausesOf(report), ElementsAre("MODULE-LOST-WAKEUP"));
  EXPECT_THAT(report.findings[0].details,
              Contains(AllOf(HasSubstr("waits in pthread_cond_wait at threads_lost.cpp:"),
                             HasSubstr("had signalled"), HasSubstr("before the wait began"))));
}

TEST(Threads, AThreadThatOutlivesTheLockOfItsRequestIsFound) {
  const std::string module = Compiled("threads_outlive", R"(
    auto* state = new State;
    std::thread([state] {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::lock_guard<std::mutex> lock(state->mutex);
    }).detach();
    delete state;)",
                                      "struct State { std::mutex mutex; char more[64]; };\n");
  const Report report = VerifyOrDie(OptionsFor(module, 20));
  EXPECT_THAT(ClausesOf(report), Contains("MODULE-THREAD-OUTLIVES/lock"));
  // What it can't give back any more is not another fault.
  EXPECT_EQ(FindingOf(report, "MODULE-LOCK-ABANDONED"), nullptr);
}

TEST(Threads, AnExceptionThatLeavesAThreadIsTheModulesOwn) {
  const std::string module =
      Compiled("threads_throws", "\n    std::thread([] { throw 1; }).join();", "");
  const Report report = VerifyOrDie(OptionsFor(module, 5));
  EXPECT_THAT(ClausesOf(report), ElementsAre("MODULE-CRASH"));
  EXPECT_THAT(report.findings[0].message, HasSubstr("std::terminate"));
}

// Between the stores with which std::call_once hands its callback over, other workers go on.
TEST(Threads, CallOnceWorksBetweenLoadsAndStores) {
  const std::string module = CompiledAs(Variant::kAccesses, "threads_once", R"(
    std::thread thread([] { std::call_once(g_once, [] { ++g_count; }); });
    std::call_once(g_once, [] { ++g_count; });
    auto task = std::async(std::launch::async, [] { return 8; });
    thread.join();
    if (task.get() != 8 || g_count != 1) throw 1;)",
                                        "static std::once_flag g_once;\nstatic int g_count;\n");
  VerifyOptions options = OptionsFor("", 3000);
  options.modules = {};
  options.modules.Set(Variant::kAccesses, {module});
  options.arms = {{"random", Variant::kAccesses}};
  EXPECT_THAT(ClausesOf(VerifyOrDie(options)), IsEmpty());
}

// The search must see both orders of two threads that a mutex alone keeps apart, and be sure that
// there is no third.
TEST(Threads, AnExhaustiveSearchKnowsWhatAMutexOrders) {
  for (const char* seen : {"1", "2", "3"}) {
    const std::string module = Compiled(std::string("threads_search_") + seen, R"(
    g_seen = 0;
    std::thread thread([] {
      std::lock_guard<std::mutex> lock(g_a);
      g_seen = g_seen * 2 + 1;
    });
    {
      std::lock_guard<std::mutex> lock(g_a);
      g_seen = g_seen * 2;
    }
    thread.join();
    if (g_seen == )" + std::string(seen) + ") throw 1;",
                                        std::string(kTwoLocks) + "static int g_seen;\n");
    VerifyOptions options = OptionsFor(module, 1000000);
    options.strategy = "exhaustive";
    const Report report = VerifyOrDie(options);
    ASSERT_EQ(report.scenarios.size(), 1u);
    ASSERT_TRUE(report.scenarios[0].search.has_value());
    EXPECT_TRUE(report.scenarios[0].search->complete) << report.scenarios[0].search->why_open;
    EXPECT_EQ(FindingOf(report, "MODULE-EXCEPTION") != nullptr, *seen != '3') << seen;
  }
}

}  // namespace
}  // namespace pendulum::explore

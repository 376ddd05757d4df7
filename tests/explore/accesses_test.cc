// Modules whose loads and stores are scheduling points.
#include <unistd.h>

#include <cstdio>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using Verdict = ReplayOutcome::Verdict;

host::Scenario TwoRequests() {
  host::Scenario scenario = Get();
  scenario.name = "two-requests";
  scenario.requests.resize(2);
  return scenario;
}

VerifyOptions OptionsFor(const std::string& name, const std::string& body, const std::string& more,
                         Variant variant = Variant::kAccesses) {
  VerifyOptions options;
  options.modules = {};
  options.modules.Set(variant, {CompileHandler(name, body, more, variant)});
  options.arms = {{"random", variant}};
  options.scenarios = {TwoRequests()};
  options.runs = 300;
  return options;
}

Report Verified(const VerifyOptions& options) {
  auto report = Verify(options, oracle::Specification::BuiltIn());
  EXPECT_TRUE(report.ok()) << report.error().Text();
  return report.ok() ? std::move(report).value() : Report();
}

// What another worker did in between makes the module stop.
constexpr const char* kCount = R"(
    const int before = counter;
    counter = counter + 1;
    if (counter != before + 1) abort();)";
constexpr const char* kCounter = "static volatile int counter = 0;";

TEST(Accesses, WithoutThemNobodyComesBetweenLoadAndStore) {
  EXPECT_THAT(Verified(OptionsFor("count_plain", kCount, kCounter, Variant::kNone)).findings,
              IsEmpty());
}

TEST(Accesses, AnotherWorkerComesBetweenLoadAndStore) {
  const VerifyOptions options = OptionsFor("count", kCount, kCounter);
  const Report report = Verified(options);
  ASSERT_THAT(report.findings, SizeIs(1));
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.trace,
              Contains(Field(&TracedEvent::event,
                             Field(&trace::Event::kind, trace::EventKind::kMemoryAccessed))));

  ReplayRequest request;
  request.modules = options.modules;
  request.scenario = options.scenarios[0];
  request.schedule = finding.schedule;
  request.expected_clause = finding.clause;
  request.expected_trace_hash = finding.trace_hash;
  const auto replayed = Replay(request, oracle::Specification::BuiltIn());
  ASSERT_TRUE(replayed.ok()) << replayed.error().Text();
  EXPECT_EQ(replayed->verdict, Verdict::kSameFinding) << replayed->explanation;
}

// The runs that learn the places crash too, so that none is learnt; nor is in the process of a
// debugger, where they can't be given up for new ones.
TEST(Accesses, AReplayInThisProcessLearnsNoMoreThanTheModuleSurvives) {
  const VerifyOptions options =
      OptionsFor("count_across_calls",
                 "\n    const int before = counter;\n    counter = before + 1;"
                 "\n    SwitchToThread();\n    if (counter != before + 1) abort();",
                 kCounter);
  const Report report = Verified(options);
  ASSERT_THAT(report.findings, SizeIs(1));
  const Finding& finding = report.findings[0];
  ReplayRequest request;
  request.modules = options.modules;
  request.scenario = options.scenarios[0];
  request.schedule = finding.schedule;
  request.expected_clause = finding.clause;
  request.expected_trace_hash = finding.trace_hash;
  request.in_process = true;
  // In a process of its own: the crash leaves it fit for nothing else.
  EXPECT_EXIT(
      {
        const auto replayed = Replay(request, oracle::Specification::BuiltIn());
        const bool same = replayed.ok() && replayed->verdict == Verdict::kSameFinding;
        if (replayed.ok()) std::fprintf(stderr, "%s", replayed->explanation.c_str());
        _exit(same ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Accesses, TheSameOptionsGiveTheSameReport) {
  VerifyOptions options = OptionsFor("count", kCount, kCounter);
  options.check_determinism = true;
  const Report first = Verified(options);
  const Report second = Verified(options);
  EXPECT_EQ(first.divergence, "");
  ASSERT_THAT(first.findings, SizeIs(1));
  ASSERT_THAT(second.findings, SizeIs(1));
  EXPECT_EQ(first.findings[0].run, second.findings[0].run);
  EXPECT_EQ(first.findings[0].schedule, second.findings[0].schedule);
  EXPECT_EQ(first.findings[0].trace_hash, second.findings[0].trace_hash);
}

TEST(Accesses, AtomicOperationsAreWhole) {
  constexpr const char* kAtomic = R"(
    const int before = counter.fetch_add(1);
    static std::atomic<unsigned> seen{0};
    if ((seen.fetch_or(1u << before) & 1u << before) != 0) abort();
    int expected = before;
    while (!counter.compare_exchange_strong(expected, expected + 1)) {}
    counter.fetch_sub(1);
    long shown = 0;
    InterlockedIncrement(&shown);)";
  EXPECT_THAT(Verified(OptionsFor("atomic", kAtomic,
                                  "#include <atomic>\nstatic std::atomic<int> counter{0};"))
                  .findings,
              IsEmpty());
}

TEST(Accesses, CopiesOfSharedMemoryAreSeen) {
  constexpr const char* kCopies = R"(
    char mine[16];
    memset(shared, 'a' + uses, sizeof shared);
    memcpy(mine, shared, sizeof mine);
    ++uses;
    for (char one : mine) if (one != shared[0]) abort();
    memcpy(shared, "0123456789abcdef", sizeof shared);)";
  EXPECT_THAT(
      Verified(OptionsFor("copies", kCopies, "static char shared[16]; static int uses;")).findings,
      SizeIs(1));
}

TEST(Accesses, StringsOfTheLibraryAreSeen) {
  constexpr const char* kAppends = R"(
    const size_t before = strlen(lines->c_str());
    lines->append("one line of it ");
    if (strlen(lines->c_str()) != before + 15) abort();)";
  EXPECT_THAT(Verified(OptionsFor("appends", kAppends,
                                  "static std::string* lines = new std::string(\"begin \");"))
                  .findings,
              SizeIs(1));
}

}  // namespace
}  // namespace pendulum::explore

// Requests that go on for ever, and those that only take long.
#include "harness/explore/endless.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/oracle/oracle.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kRule = "MODULE-NO-PROGRESS/endless";

// Posts a completion in the handler, and runs `again` in each.
std::string PostsThen(const std::string& again, const std::string& members = "") {
  return R"(
    context->PostCompletion(0);
    return RQ_NOTIFICATION_PENDING;
  }
)" + members +
         R"(
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
      IHttpEventProvider*, IHttpCompletionInfo*) override {)" +
         again;
}

constexpr const char* kPostAgain = R"(
    context->PostCompletion(0);
    return RQ_NOTIFICATION_PENDING;)";

TEST(EndlessTest, AChainOfCompletionsWithoutEndIsFound) {
  const Report report =
      VerifyOrDie(OptionsFor(CompileHandler("posts_for_ever", PostsThen(kPostAgain)), 3));
  ASSERT_THAT(ClausesOf(report), Contains(kRule));
  for (const Finding& finding : report.findings) {
    if (finding.clause != kRule) continue;
    EXPECT_THAT(finding.message, HasSubstr("request 0"));
    EXPECT_THAT(finding.message, HasSubstr("RQ_BEGIN_REQUEST"));
    ASSERT_EQ(finding.details.size(), 3U);
    EXPECT_THAT(finding.details[0], HasSubstr("outstanding: "));
    EXPECT_THAT(finding.details[1], HasSubstr("could have resumed it: OnAsyncCompletion"));
    EXPECT_THAT(finding.details[2], HasSubstr("PostCompletion"));
    EXPECT_THAT(finding.notes, IsEmpty());
  }
}

TEST(EndlessTest, EveryRequestThatGoesOnIsNamed) {
  VerifyOptions options = OptionsFor(CompileHandler("posts_for_ever", PostsThen(kPostAgain)), 3);
  options.scenarios[0].requests.resize(2);
  options.minimize_runs = 0;
  const Report report = VerifyOrDie(options);
  ASSERT_FALSE(report.findings.empty());
  const Finding& finding = report.findings[0];
  ASSERT_EQ(finding.clause, kRule);
  oracle::Oracle oracle(oracle::Specification::BuiltIn());
  for (uint32_t i = 0; i < finding.trace.size(); ++i) oracle.OnEvent(finding.trace[i].event, i);
  std::vector<int> requests;
  for (const oracle::Violation& violation : oracle.violations()) {
    requests.push_back(violation.request);
  }
  EXPECT_THAT(requests, testing::UnorderedElementsAre(0, 1));
}

TEST(EndlessTest, SearchSaysThatItIsNotComplete) {
  VerifyOptions options = OptionsFor(CompileHandler("posts_for_ever", PostsThen(kPostAgain)), 3);
  options.strategy = "exhaustive";
  const Report report = VerifyOrDie(options);
  EXPECT_THAT(ClausesOf(report), Contains(kRule));
  EXPECT_FALSE(report.scenarios[0].search->complete);
  EXPECT_FALSE(report.diverged);
}

TEST(EndlessTest, WaitingForAnotherThreadByRepeatingACallEnds) {
  // The thread that is waited for gets its turn when decisions are the plainest.
  const std::string module = CompileHandler("spins_for_thread", R"(
    done = 0;
    HANDLE thread = CreateThread(nullptr, 0, Work, nullptr, 0, nullptr);
    while (InterlockedCompareExchange(&done, 1, 1) == 0) SwitchToThread();
    CloseHandle(thread);)",
                                            "static LONG done; static DWORD WINAPI Work(void*) { "
                                            "InterlockedExchange(&done, 1); return 0; }");
  VerifyOptions options = OptionsFor(module, 200);
  const Report report = VerifyOrDie(options);
  EXPECT_THAT(ClausesOf(report), Not(Contains(kRule)));
  options.strategy = "default";
  const Report plain = VerifyOrDie(options);
  EXPECT_THAT(plain.findings, IsEmpty());
  EXPECT_EQ(plain.scenarios[0].limited, 0U);
}

TEST(EndlessTest, APollThatWaitsForTimeToPassIsNone) {
  const std::string module = CompileHandler("polls_for_long", R"(
    for (int i = 0; i < 3000; ++i) Sleep(10);)");
  const Report report = VerifyOrDie(OptionsFor(module, 3));
  EXPECT_THAT(ClausesOf(report), Not(Contains(kRule)));
}

TEST(EndlessTest, APollThatNoServerWouldWaitForIsOne) {
  const Report report =
      VerifyOrDie(OptionsFor(CompileHandler("polls_slowly", "\n    for (;;) Sleep(1000);"), 3));
  EXPECT_THAT(ClausesOf(report), Contains(kRule));
}

TEST(EndlessTest, AResponseThatGoesOnIsNone) {
  const std::string module = CompileHandler("streams_for_long", PostsThen(R"(
    static char text[] = "tick";
    HTTP_DATA_CHUNK chunk = {};
    chunk.DataChunkType = HttpDataChunkFromMemory;
    chunk.FromMemory.pBuffer = text;
    chunk.FromMemory.BufferLength = 4;
    DWORD sent = 0;
    context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent);
    context->GetResponse()->Flush(FALSE, TRUE, &sent);
    context->PostCompletion(0);
    return RQ_NOTIFICATION_PENDING;)"));
  const Report report = VerifyOrDie(OptionsFor(module, 3));
  EXPECT_THAT(ClausesOf(report), Not(Contains(kRule)));
}

}  // namespace
}  // namespace pendulum::explore

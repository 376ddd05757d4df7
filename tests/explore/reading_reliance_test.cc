// A module that passes only under one reading of the documentation is told so; and the verdicts of
// clauses that could not be judged.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using oracle::Verdict;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The built-in clauses, and one with two readings.
const oracle::Specification& WithReadings() {
  static const oracle::Specification specification = [] {
    const std::string folder = std::string(PENDULUM_BINARY_DIR) + "/tests/explore/work/clauses";
    EXPECT_TRUE(platform::MakeFolder(folder).ok());
    EXPECT_TRUE(platform::WriteFile(folder + "/end.json", R"({
  "schema": "pendulum-specification/1",
  "clauses": [{
    "id": "TEST-END", "title": "A read tells the end of the body", "subject": "host",
    "level": "must", "basis": "documented", "source": {"page": "p.md"},
    "on": ["operation.returned", "completion.delivered"],
    "when": "operation.kind == 'ReadEntityBody' && request.end_of_body_in_a_row == 1",
    "require": "operation.known", "message": "no end of the body",
    "readings": [
      {"text": "the end of the body arrives inline", "when": "operation.completions == 0"},
      {"text": "the end of the body arrives by completion", "when": "operation.completions > 0"}
    ]
  }]})")
                    .ok());
    const std::vector<std::string> more = {folder};
    auto loaded = oracle::Specification::Load(PENDULUM_SOURCE_DIR "/spec", more);
    EXPECT_TRUE(loaded.ok()) << loaded.error().Text();
    return std::move(loaded).value();
  }();
  return specification;
}

// Reads the body to its end; does `at_once` where the end comes inline, and `later` where it comes
// through OnAsyncCompletion.
std::string ReadToTheEnd(const std::string& at_once, const std::string& later) {
  return R"(
    return Read(context);
  }
  char buffer_[1024];
  REQUEST_NOTIFICATION_STATUS Read(IHttpContext* context) {
    for (;;) {
      DWORD bytes = 0;
      BOOL pending = FALSE;
      HRESULT result =
          context->GetRequest()->ReadEntityBody(buffer_, sizeof buffer_, TRUE, &bytes, &pending);
      if (SUCCEEDED(result) && pending) return RQ_NOTIFICATION_PENDING;
      if (SUCCEEDED(result) && bytes != 0) continue;
      )" +
         at_once +
         R"(
      return RQ_NOTIFICATION_CONTINUE;
    }
  }
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
      IHttpEventProvider*, IHttpCompletionInfo* info) override {
    if (SUCCEEDED(info->GetCompletionStatus()) && info->GetCompletionBytes() != 0)
      return Read(context);
    )" + later;
}

Report VerifyReadings(const VerifyOptions& options) {
  auto report = Verify(options, WithReadings());
  EXPECT_TRUE(report.ok()) << report.error().Text();
  return report.ok() ? std::move(report).value() : Report{};
}

VerifyOptions PostOptions(const std::string& module, size_t scenarios = 1) {
  VerifyOptions options = OptionsFor(module, 300);
  options.scenarios.assign(scenarios, Post());
  return options;
}

const oracle::ClauseVerdict& VerdictOf(const Report& report, const std::string& id) {
  return report.clauses[static_cast<size_t>(report.specification->Find(id))];
}

// The table of the reading "… by completion".
const ReadingRuns& ByCompletion(const Report& report) {
  EXPECT_EQ(report.reading_runs.size(), report.specification->readings().size());
  const auto readings = report.specification->readings();
  for (size_t i = 0; i < readings.size(); ++i) {
    const oracle::Clause& clause = report.specification->clauses()[readings[i].clause];
    if (clause.id == "TEST-END" && readings[i].index == 1) return report.reading_runs[i];
  }
  ADD_FAILURE() << "no such reading";
  return report.reading_runs.front();
}

TEST(ReadingRelianceTest, ACleanModuleSeesBothReadings) {
  const Report report =
      VerifyReadings(PostOptions(CompileHandler("end_either_way", ReadToTheEnd("", ""))));
  EXPECT_THAT(report.findings, IsEmpty());
  const oracle::ClauseVerdict& seen = VerdictOf(report, "TEST-END");
  EXPECT_EQ(seen.verdict, Verdict::kUnspecified);
  ASSERT_EQ(seen.readings.size(), 2U);
  EXPECT_GT(seen.readings[0], 20U);
  EXPECT_GT(seen.readings[1], 20U);
  EXPECT_EQ(oracle::TimesReached(seen), seen.readings[0] + seen.readings[1]);
  EXPECT_THAT(seen.passes_only_if, IsEmpty());
  EXPECT_EQ(report.verdict, Verdict::kPass);
  EXPECT_EQ(ByCompletion(report).seen[1], 0U);
  EXPECT_EQ(ByCompletion(report).seen[0] + ByCompletion(report).other[0], 300U);
}

TEST(ReadingRelianceTest, AModuleThatFailsWithOneReadingIsTold) {
  const Report report =
      VerifyReadings(PostOptions(CompileHandler("end_inline_only", ReadToTheEnd("", "throw 3;"))));
  ASSERT_THAT(ClausesOf(report), ElementsAre("MODULE-EXCEPTION"));
  ASSERT_EQ(report.findings[0].reliance.size(), 1U);
  const RelianceText& told = report.findings[0].reliance[0];
  EXPECT_EQ(told.clause, "TEST-END");
  EXPECT_EQ(told.passing, "the end of the body arrives inline");
  EXPECT_EQ(told.failing, "the end of the body arrives by completion");
  EXPECT_EQ(told.failing_runs, report.findings[0].count);
  EXPECT_EQ(told.failing_runs + told.passing_runs, 300U);
  const oracle::ClauseVerdict& seen = VerdictOf(report, "TEST-END");
  EXPECT_EQ(seen.verdict, Verdict::kUnspecified);
  EXPECT_THAT(seen.passes_only_if, ElementsAre("the end of the body arrives inline"));
  EXPECT_EQ(VerdictOf(report, "MODULE-EXCEPTION").verdict, Verdict::kViolation);
  EXPECT_EQ(VerdictOf(report, "MODULE-EXCEPTION").violations, report.findings[0].count);
  EXPECT_EQ(report.verdict, Verdict::kViolation);
}

TEST(ReadingRelianceTest, TheOtherWayRound) {
  const Report report = VerifyReadings(
      PostOptions(CompileHandler("end_by_completion_only", ReadToTheEnd("throw 3;", ""))));
  EXPECT_THAT(VerdictOf(report, "TEST-END").passes_only_if,
              ElementsAre("the end of the body arrives by completion"));
}

TEST(ReadingRelianceTest, AModuleThatFailsWithBothIsNot) {
  const Report report = VerifyReadings(
      PostOptions(CompileHandler("end_never_right", ReadToTheEnd("throw 3;", "throw 3;"))));
  ASSERT_FALSE(report.findings.empty());
  for (const Finding& finding : report.findings) EXPECT_THAT(finding.reliance, IsEmpty());
  EXPECT_THAT(VerdictOf(report, "TEST-END").passes_only_if, IsEmpty());
}

TEST(ReadingRelianceTest, RunsThatTheModuleDoesNotSurviveCount) {
  VerifyOptions options =
      PostOptions(CompileHandler("end_crashes", ReadToTheEnd("", "abort();")), 12);
  const Report alone = VerifyReadings(options);
  ASSERT_THAT(ClausesOf(alone), ElementsAre("MODULE-CRASH"));
  const uint64_t crashes = alone.findings[0].count;
  EXPECT_GE(crashes, 36U) << "three crashes at a place in each scenario";
  EXPECT_EQ(ByCompletion(alone).seen[1], crashes);
  EXPECT_EQ(ByCompletion(alone).seen[0], 0U);
  EXPECT_THAT(VerdictOf(alone, "TEST-END").passes_only_if,
              ElementsAre("the end of the body arrives inline"));
  EXPECT_EQ(VerdictOf(alone, "MODULE-CRASH").violations, crashes);
  EXPECT_EQ(oracle::TimesReached(VerdictOf(alone, "MODULE-CRASH")), crashes);
  EXPECT_THAT(alone.missing, ElementsAre(HasSubstr("left out after MODULE-CRASH")));

  options.jobs = 3;
  const Report together = VerifyReadings(options);
  EXPECT_EQ(together.reading_runs, alone.reading_runs);
  EXPECT_EQ(together.clauses, alone.clauses);
  ASSERT_EQ(together.findings.size(), 1U);
  EXPECT_EQ(together.findings[0].reliance.size(), alone.findings[0].reliance.size());
}

TEST(VerdictsOfVerifyTest, ScenariosWhoseRunsAllMeetTheLimitLeaveClausesOpen) {
  VerifyOptions options = OptionsFor(
      CompileHandler("polls_posts",
                     "\n    while (context->GetRequest()->GetRemainingEntityBytes()) Sleep(1);"),
      3);
  const Report clean = VerifyOrDie(options);
  EXPECT_EQ(clean.verdict, Verdict::kPass);
  EXPECT_THAT(clean.missing, IsEmpty());
  EXPECT_EQ(VerdictOf(clean, "FLUSH-01").verdict, Verdict::kNotExercised);

  options.scenarios.push_back(Post());
  const Report open = VerifyOrDie(options);
  EXPECT_THAT(open.findings, IsEmpty());
  EXPECT_FALSE(open.nothing_checked);
  EXPECT_EQ(open.verdict, Verdict::kInconclusive);
  EXPECT_EQ(VerdictOf(open, "FLUSH-01").verdict, Verdict::kInconclusive);
  EXPECT_EQ(VerdictOf(open, "FLUSH-01").missing, "every run of scenario post met its limit");
  EXPECT_EQ(VerdictOf(open, "MODULE-USE-AFTER-END").verdict, Verdict::kPass);
}

TEST(VerdictsOfVerifyTest, AHungRunIsReachedByWhatItDid) {
  VerifyOptions options = OptionsFor(CompileHandler(
      "loops_once", "\n    while (turning) turning = 1;", "static volatile int turning = 1;"));
  options.strategy = "default";
  const Report report = VerifyOrDie(options);
  EXPECT_EQ(report.verdict, Verdict::kViolation);
  EXPECT_EQ(VerdictOf(report, "MODULE-HANG/spin").verdict, Verdict::kViolation);
  EXPECT_EQ(VerdictOf(report, "MODULE-HANG/spin").violations, 1U);
  EXPECT_EQ(oracle::TimesReached(VerdictOf(report, "MODULE-HANG/spin")), 1U);
}

}  // namespace
}  // namespace pendulum::explore

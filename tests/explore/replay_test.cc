#include <unistd.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using Verdict = ReplayOutcome::Verdict;
using testing::HasSubstr;

ReplayRequest RequestFor(const Finding& finding) {
  ReplayRequest request;
  request.modules = {finding.module};
  request.scenario = Get();
  request.schedule = finding.schedule;
  request.expected_clause = finding.clause;
  request.expected_trace_hash = finding.trace_hash;
  return request;
}

ReplayOutcome ReplayOrDie(const ReplayRequest& request) {
  auto outcome = Replay(request, oracle::Specification::BuiltIn());
  EXPECT_TRUE(outcome.ok()) << outcome.error().Text();
  return outcome.ok() ? std::move(outcome).value() : ReplayOutcome{};
}

Finding FindOne(const std::string& name, const std::string& body) {
  const Report report = VerifyOrDie(OptionsFor(CompileHandler(name, body)));
  EXPECT_FALSE(report.findings.empty());
  return report.findings.empty() ? Finding{} : report.findings[0];
}

TEST(ReplayTest, GivesTheSameFinding) {
  const Finding finding = FindOne("throws", "\n    throw std::string(\"up\");");
  const ReplayOutcome outcome = ReplayOrDie(RequestFor(finding));
  EXPECT_EQ(outcome.verdict, Verdict::kSameFinding) << outcome.explanation;
  EXPECT_EQ(outcome.trace_hash, finding.trace_hash);
  ASSERT_EQ(outcome.trace.size(), finding.trace.size());
  ASSERT_FALSE(outcome.findings.empty());
  EXPECT_EQ(outcome.findings[0].message, finding.message);
}

TEST(ReplayTest, ACrashIsTheSameInThisProcess) {
  const Finding finding = FindOne("null_pointer", "\n    *(volatile int*)8 = 1;");
  ReplayRequest request = RequestFor(finding);
  EXPECT_EQ(ReplayOrDie(request).verdict, Verdict::kSameFinding);
  request.in_process = true;
  // In a process of its own: the crash leaves it fit for nothing else.
  EXPECT_EXIT(
      {
        const ReplayOutcome outcome = ReplayOrDie(request);
        const bool same = outcome.verdict == Verdict::kSameFinding &&
                          outcome.trace_hash == finding.trace_hash && !outcome.findings.empty() &&
                          outcome.findings[0].location.line == kBodyLine + 1;
        _exit(same ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(ReplayTest, TellsAnotherFindingFromNone) {
  const Finding finding = FindOne("throws", "\n    throw std::string(\"up\");");
  ReplayRequest request = RequestFor(finding);
  request.expected_clause = "READ-01";
  EXPECT_EQ(ReplayOrDie(request).verdict, Verdict::kOtherFinding);
  request.modules = {CompileHandler("plain", "")};
  request.expected_trace_hash = 0;
  request.schedule.clear();
  EXPECT_EQ(ReplayOrDie(request).verdict, Verdict::kNoFinding);
}

TEST(ReplayTest, SaysWhereARunLeavesItsRecording) {
  const Finding finding = FindOne("throws", "\n    throw std::string(\"up\");");
  ReplayRequest request = RequestFor(finding);
  request.modules = {CompileHandler("plain", "")};
  const ReplayOutcome other = ReplayOrDie(request);
  EXPECT_EQ(other.verdict, Verdict::kDiverged);
  EXPECT_FALSE(other.explanation.empty());

  request = RequestFor(finding);
  request.schedule.push_back({sched::Question::kStatus, 0, 7, 3, 2});
  const ReplayOutcome longer = ReplayOrDie(request);
  EXPECT_EQ(longer.verdict, Verdict::kDiverged);
  EXPECT_THAT(longer.explanation, HasSubstr("decisions"));
}

}  // namespace
}  // namespace pendulum::explore

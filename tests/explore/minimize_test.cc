// What verify and minimize leave of a failing run, and that nothing of it can go.
#include "harness/explore/minimize.h"

#include <algorithm>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/explore/minimize_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Verdict = ReplayOutcome::Verdict;

constexpr const char* kThrow = "\n      throw 3;";

VerifyOptions PostOptions(const std::string& module, uint64_t runs = 300) {
  VerifyOptions options = OptionsFor(module, runs);
  options.scenarios = {Post()};
  return options;
}

Finding FindingOf(const Report& report, const std::string& clause) {
  for (const Finding& finding : report.findings) {
    if (finding.clause == clause) return finding;
  }
  ADD_FAILURE() << "no " << clause;
  return Finding{};
}

Finding MinimizedOf(const Finding& finding, const host::Scenario& scenario,
                    host::Scenario* smallest) {
  const auto minimized = MinimizeReplay(RequestOf(finding, scenario),
                                        oracle::Specification::BuiltIn(), {.runs = 20000});
  EXPECT_TRUE(minimized.ok()) << minimized.error().Text();
  if (!minimized.ok() || !minimized->finding.has_value()) {
    ADD_FAILURE() << "nothing was minimized: " << (minimized.ok() ? minimized->explanation : "");
    return Finding{};
  }
  *smallest = minimized->scenario;
  return *minimized->finding;
}

TEST(MinimizeTest, VerifyLeavesTheDecisionsThatMatter) {
  const std::string module = CompileHandler("throws_early", ReadAndReturn(kThrow));
  const Finding finding = FindingOf(VerifyOrDie(PostOptions(module)), "MODULE-EXCEPTION");
  ASSERT_TRUE(finding.reduction.has_value());
  const Reduction& reduction = *finding.reduction;
  EXPECT_TRUE(reduction.is_minimal);
  EXPECT_LT(reduction.decisions, reduction.decisions_before);
  EXPECT_EQ(reduction.decisions, finding.notes.size());
  EXPECT_LE(reduction.decisions, 3U);
  ASSERT_FALSE(reduction.rest.empty());
  EXPECT_EQ(reduction.rest[0], "the first ReadEntityBody of request 0 completes asynchronously");
  EXPECT_THAT(reduction.rest[1], HasSubstr("ReadEntityBody of request 0 completes before"));
  EXPECT_EQ(reduction.rest.back(), "everything else is ordinary");
  ExpectLocalMinimum(RequestOf(finding, Post()));
}

TEST(MinimizeTest, TheSmallScheduleRepeatsExactly) {
  const std::string module = CompileHandler("throws_early", ReadAndReturn(kThrow));
  const Finding finding = FindingOf(VerifyOrDie(PostOptions(module)), "MODULE-EXCEPTION");
  const auto outcome = Replay(RequestOf(finding, Post()), oracle::Specification::BuiltIn());
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->verdict, Verdict::kSameFinding) << outcome->explanation;
  EXPECT_EQ(outcome->trace_hash, finding.trace_hash);
  EXPECT_FALSE(outcome->by_name);
}

TEST(MinimizeTest, AsFoundWhenItIsNotAskedFor) {
  VerifyOptions options = PostOptions(CompileHandler("throws_early", ReadAndReturn(kThrow)));
  options.minimize_runs = 0;
  const Finding as_found = FindingOf(VerifyOrDie(options), "MODULE-EXCEPTION");
  EXPECT_FALSE(as_found.reduction.has_value());
  options.minimize_runs = 1;
  const Finding cut_short = FindingOf(VerifyOrDie(options), "MODULE-EXCEPTION");
  ASSERT_TRUE(cut_short.reduction.has_value());
  EXPECT_FALSE(cut_short.reduction->is_minimal);
  EXPECT_EQ(cut_short.reduction->runs, 1U);
  EXPECT_EQ(cut_short.trace_hash, as_found.trace_hash);
  EXPECT_EQ(cut_short.notes.size(), as_found.notes.size());
}

TEST(MinimizeTest, CrashesAreMinimized) {
  const std::string module =
      CompileHandler("crashes_early", ReadAndReturn("\n      *(volatile int*)8 = 1;"));
  const Finding finding = FindingOf(VerifyOrDie(PostOptions(module)), "MODULE-CRASH");
  ASSERT_TRUE(finding.reduction.has_value());
  EXPECT_TRUE(finding.reduction->is_minimal);
  EXPECT_LE(finding.notes.size(), 3U);
  EXPECT_FALSE(finding.notes.empty());
  ExpectLocalMinimum(RequestOf(finding, Post()));
}

TEST(MinimizeTest, HangsAreMinimized) {
  const std::string module = CompileHandler(
      "hangs_early", ReadAndReturn("\n      for (volatile int i = 0;; i = 1) buffer_[0] = i;"));
  const Finding finding = FindingOf(VerifyOrDie(PostOptions(module)), "MODULE-HANG/spin");
  ASSERT_TRUE(finding.reduction.has_value());
  EXPECT_LE(finding.reduction->decisions, 3U);
  EXPECT_GT(finding.reduction->runs, 1U);
  EXPECT_EQ(ReplayedByName(RequestOf(finding, Post())).verdict, Verdict::kSameFinding);
}

TEST(MinimizeTest, AFailureOfThePlainestScheduleNeedsNoDecision) {
  const std::string module = CompileHandler("throws", "\n    throw 1;");
  const Finding finding = FindingOf(VerifyOrDie(PostOptions(module)), "MODULE-EXCEPTION");
  ASSERT_TRUE(finding.reduction.has_value());
  EXPECT_THAT(finding.notes, IsEmpty());
  EXPECT_THAT(finding.reduction->rest, ElementsAre(HasSubstr("the plainest schedule fails")));
}

TEST(MinimizeTest, ScenarioBodyAndSettingsShrinkTogether) {
  // Needs a pending read, and ten bytes of body.
  const std::string module = CompileHandler(
      "needs_ten_bytes",
      ReadAndReturn("\n      if (context->GetRequest()->GetRemainingEntityBytes() >= 10 || true) "
                    "throw 3;",
                    "\n    if (context->GetRequest()->GetRemainingEntityBytes() < 10) "
                    "return RQ_NOTIFICATION_CONTINUE;"));
  host::Scenario scenario = Post();
  scenario.requests.push_back(scenario.requests[0]);
  scenario.requests[0].client.arrival_bytes = {100, 200};
  scenario.requests[1].headers = {{"X-One", "1"}, {"X-Two", "2"}};
  scenario.requests[1].url = "/far?away";
  scenario.requests[1].client.reads_slowly = true;
  scenario.host.response_buffering = false;
  scenario.host.site_id = 7;
  VerifyOptions options = PostOptions(module);
  options.scenarios = {scenario};
  const Finding found = FindingOf(VerifyOrDie(options), "MODULE-EXCEPTION");
  host::Scenario smallest;
  const Finding finding = MinimizedOf(found, scenario, &smallest);
  ASSERT_THAT(smallest.requests, SizeIs(1));
  EXPECT_EQ(smallest.requests[0].body_bytes, 10U);
  EXPECT_EQ(smallest.requests[0].url, "/");
  EXPECT_THAT(smallest.requests[0].headers, IsEmpty());
  EXPECT_THAT(smallest.requests[0].client.arrival_bytes, IsEmpty());
  EXPECT_FALSE(smallest.requests[0].client.reads_slowly);
  EXPECT_TRUE(smallest.host.response_buffering);
  EXPECT_EQ(smallest.host.site_id, 1U);
  ASSERT_TRUE(finding.reduction.has_value());
  EXPECT_TRUE(finding.reduction->is_minimal);
  EXPECT_THAT(finding.reduction->scenario, Contains("1 request, not 2"));
  const ReplayRequest request = RequestOf(finding, smallest);
  ExpectLocalMinimum(request);
  for (const SmallerScenario& smaller : SmallerScenarios(smallest)) {
    ReplayRequest other = request;
    other.scenario = smaller.scenario;
    EXPECT_NE(ReplayedByName(other).verdict, Verdict::kSameFinding);
  }
}

TEST(MinimizeTest, TheDecisionsOfARequestGoWithIt) {
  NotedDecision first, second, third;
  first.key.subject = {SubjectKind::kOperation, 0, 3, 0};
  second.key.subject = {SubjectKind::kThread, 2};
  second.key.last.subject = {SubjectKind::kRequest, 2};
  second.chosen.subject = {SubjectKind::kOperation, 0, 3, 1};
  third.key.subject = {SubjectKind::kThread, 2};
  third.chosen.subject = {SubjectKind::kRequest, 1};
  const auto left = WithoutRequest({first, second, third}, 1);
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left[0].key, first.key);
  EXPECT_EQ(left[1].key.subject.request, 1);
  EXPECT_EQ(left[1].key.last.subject.request, 1);
  EXPECT_EQ(left[1].chosen, second.chosen);
}

}  // namespace
}  // namespace pendulum::explore

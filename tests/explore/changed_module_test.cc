// Replay on a module that was changed since its run was recorded.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/explore/minimize_modules.h"

namespace pendulum::explore {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Verdict = ReplayOutcome::Verdict;

constexpr const char* kThrow = "\n      throw 3;";

class ChangedModuleTest : public testing::Test {
 protected:
  void SetUp() override {
    VerifyOptions options =
        OptionsFor(CompileHandler("changed_original", ReadAndReturn(kThrow)), 300);
    options.scenarios = {Post()};
    const Report report = VerifyOrDie(options);
    ASSERT_FALSE(report.findings.empty());
    ASSERT_EQ(report.findings[0].clause, "MODULE-EXCEPTION");
    request_ = RequestOf(report.findings[0], Post());
  }

  ReplayOutcome ReplayOn(const std::string& name, const std::string& body) {
    ReplayRequest request = request_;
    request.modules = {CompileHandler(name, body)};
    return ReplayedByName(request);
  }

  ReplayRequest request_;
};

TEST_F(ChangedModuleTest, TheSameFindingAfterCallsWereAdded) {
  const std::string more = R"(
    context->GetRequest();
    context->GetResponse()->SetStatus(201, "Made");
    context->GetConnection();)";
  const ReplayOutcome outcome = ReplayOn("changed_more_calls", ReadAndReturn(kThrow, more));
  EXPECT_EQ(outcome.verdict, Verdict::kSameFinding) << outcome.explanation;
  EXPECT_TRUE(outcome.by_name);
  EXPECT_THAT(outcome.difference, IsEmpty());
}

TEST_F(ChangedModuleTest, ByPositionTheSameChangeDiverges) {
  ReplayRequest request = request_;
  request.expected_trace_hash = 0;
  request.modules = {CompileHandler(
      "changed_other_read",
      ReadAndReturn(kThrow, "\n    context->GetResponse()->Flush(FALSE, FALSE, nullptr);"))};
  request.allow_changed = true;
  const auto outcome = Replay(request, oracle::Specification::BuiltIn());
  ASSERT_TRUE(outcome.ok());
  EXPECT_NE(outcome->verdict, Verdict::kDiverged);
}

TEST_F(ChangedModuleTest, FixedWhenEveryDecisionWasMade) {
  const ReplayOutcome outcome = ReplayOn("changed_mended", ReadAndReturn("\n      (void)0;"));
  EXPECT_EQ(outcome.verdict, Verdict::kFixed) << outcome.difference;
  EXPECT_THAT(outcome.difference, IsEmpty());
}

TEST_F(ChangedModuleTest, AnotherFinding) {
  const ReplayOutcome outcome =
      ReplayOn("changed_crashes", ReadAndReturn("\n      *(volatile int*)8 = 1;"));
  EXPECT_EQ(outcome.verdict, Verdict::kOtherFinding);
  ASSERT_FALSE(outcome.findings.empty());
  EXPECT_EQ(outcome.findings.back().clause, "MODULE-CRASH");
}

TEST_F(ChangedModuleTest, NoLongerAppliesWhenTheReadIsGone) {
  const ReplayOutcome outcome = ReplayOn("changed_reads_nothing", "");
  EXPECT_EQ(outcome.verdict, Verdict::kNoLongerApplies);
  EXPECT_THAT(outcome.difference, HasSubstr("decision 1 of"));
  EXPECT_THAT(outcome.difference, HasSubstr("ReadEntityBody"));
  EXPECT_THAT(outcome.difference, HasSubstr("did not come up"));
}

TEST_F(ChangedModuleTest, AFileWithoutNamesIsFollowedByPosition) {
  ReplayRequest request = request_;
  request.decisions.clear();
  request.modules = {CompileHandler("changed_reads_nothing", "")};
  const ReplayOutcome outcome = ReplayedByName(request);
  EXPECT_FALSE(outcome.by_name);
  EXPECT_EQ(outcome.verdict, Verdict::kDiverged);
}

}  // namespace
}  // namespace pendulum::explore

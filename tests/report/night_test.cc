// A night's reports for programs. That they are valid is checked where they are kept, in
// tests/baselines/, by formats_test.py.
#include "harness/report/night.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "harness/report/night_of.h"
#include "harness/report/night_reports.h"
#include "harness/report/reporter.h"
#include "harness/report/swim_lane.h"
#include "tests/report/baseline.h"
#include "tests/report/sample_night.h"
#include "tests/report/sample_report.h"

namespace pendulum::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Night, FailsForEachReasonAlone) {
  EXPECT_FALSE(HasFailed(CleanNight()));
  Night night = CleanNight();
  night.failures = {"the disk was full"};
  EXPECT_TRUE(HasFailed(night));
  night = CleanNight();
  night.canaries[0].found = false;
  EXPECT_TRUE(HasFailed(night));
  night = CleanNight();
  night.targets[0].failure = "it does not compile";
  EXPECT_TRUE(HasFailed(night));
  for (const LifeCycle open : {LifeCycle::kNew, LifeCycle::kConfirmed, LifeCycle::kRegression}) {
    night = CleanNight();
    night.findings[0].life_cycle = open;
    EXPECT_TRUE(HasFailed(night)) << LifeCycleName(open);
    night.findings[0].level = "should";
    EXPECT_FALSE(HasFailed(night)) << "a warning: " << LifeCycleName(open);
  }
}

TEST(NightReports, Junit) {
  EXPECT_TRUE(MatchesBaseline("night_junit.xml", WriteNightJunit(SampleNight())));
  EXPECT_TRUE(MatchesBaseline("night_clean_junit.xml", WriteNightJunit(CleanNight())));
}

TEST(NightReports, Sarif) {
  EXPECT_TRUE(MatchesBaseline("night.sarif", WriteNightSarif(SampleNight())));
}

TEST(NightReports, Page) {
  EXPECT_TRUE(MatchesBaseline("night.html", WriteNightPage(SampleNight())));
}

TEST(NightReports, NothingOfANightIsMarkupInItsPage) {
  const std::string page = WriteNightPage(SampleNight());
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("\x01")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  // The page's own.
  EXPECT_EQ(page.find("<script"), page.rfind("<script"));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror=&quot;window.broken=1&quot;&gt;"));
}

TEST(NightReports, PageOfANightWithNothing) {
  const std::string page = WriteNightPage({});
  EXPECT_THAT(page, HasSubstr("Nothing to do: no finding is open"));
  EXPECT_THAT(page, testing::EndsWith("</html>\n"));
}

TEST(NightReports, PageSaysThatAFailedNightIsNotToBeTrusted) {
  EXPECT_THAT(WriteNightPage(SampleNight()), HasSubstr("not to be trusted"));
  EXPECT_THAT(WriteNightPage(CleanNight()), Not(HasSubstr("not to be trusted")));
}

TEST(NightReports, OfAVerification) {
  const explore::Report report = SampleReport("FOLDER");
  EXPECT_TRUE(MatchesBaseline("verify.sarif", MakeSarifReporter()->Write(report)));
  EXPECT_TRUE(MatchesBaseline("verify_junit.xml", MakeJunitReporter()->Write(report)));
}

TEST(NightReports, JunitFailsWhereTheNightDoes) {
  constexpr const char* kNothingFailed = "failures=\"0\" errors=\"0\"";
  EXPECT_THAT(WriteNightJunit(CleanNight()), HasSubstr(kNothingFailed));
  Night night = CleanNight();
  night.failures = {"the disk was full"};
  EXPECT_THAT(WriteNightJunit(night), HasSubstr("<testsuites name=\"pendulum\" tests="));
  EXPECT_THAT(WriteNightJunit(night), HasSubstr("failures=\"0\" errors=\"1\""));
}

TEST(NightReports, AVerificationThatCheckedNothingFails) {
  explore::Report report = CleanReport();
  EXPECT_FALSE(HasFailed(NightOf(report)));
  report.nothing_checked = true;
  EXPECT_TRUE(HasFailed(NightOf(report)));
  const auto sarif = nlohmann::json::parse(MakeSarifReporter()->Write(report));
  EXPECT_EQ(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
  EXPECT_THAT(MakeJunitReporter()->Write(report), HasSubstr("errors=\"1\""));
}

TEST(NightReports, FindingsKeepTheirFingerprintWhenLinesMove) {
  NightFinding finding = SampleNight().findings[0];
  const std::string before = FingerprintOf(finding);
  EXPECT_EQ(before.size(), 16u);
  finding.location.line += 5;
  finding.location.file = "another/folder/sample_module.cpp";
  finding.count = 1;
  finding.message = "with other numbers";
  EXPECT_EQ(FingerprintOf(finding), before);
  for (std::string* part : {&finding.rule, &finding.target, &finding.operation, &finding.timing,
                            &finding.location.file, &finding.location.function}) {
    const std::string kept = *part;
    *part += "x";
    EXPECT_NE(FingerprintOf(finding), before) << kept;
    *part = kept;
  }
}

TEST(NightReports, FindingsOfOneFunctionHaveTheirOwnFingerprints) {
  explore::Report report = SampleReport("src");
  report.findings.push_back(report.findings[0]);
  ++report.findings.back().location.line;
  const Night night = NightOf(report);
  EXPECT_NE(night.findings.front().fingerprint, night.findings.back().fingerprint);
  EXPECT_EQ(night.findings.front().fingerprint, NightOf(report).findings.front().fingerprint);
}

TEST(NightReports, AFindingKeepsWhatIsKnownOfIt) {
  explore::Finding finding = SampleReport("src").findings[0];
  finding.started_event = 6;
  explore::Reduction reduction;
  reduction.rest = {"the first read completes asynchronously"};
  finding.reduction = reduction;
  const NightFinding night = NightFindingOf(finding, "sample");
  EXPECT_EQ(night.target, "sample");
  EXPECT_EQ(night.operation, "ReadEntityBody");
  EXPECT_EQ(night.timing, "before return");
  EXPECT_EQ(night.location.line, 7);
  EXPECT_EQ(night.decisions, reduction.rest);
  EXPECT_EQ(night.fingerprint, FingerprintOf(night));
  EXPECT_THAT(night.replay, testing::StartsWith("pendulum replay pendulum-findings/"));
  EXPECT_THAT(night.picture, HasSubstr("OnExecuteRequestHandler"));
  ASSERT_EQ(night.steps.size(), 8u);
  EXPECT_EQ(night.steps[1].worker, kClientLane);
  EXPECT_TRUE(night.steps[3].is_decision);
}

TEST(NightReports, SarifTellsTheSchedule) {
  const auto sarif = nlohmann::json::parse(WriteNightSarif(SampleNight()));
  const auto& flow = sarif["runs"][0]["results"][1]["codeFlows"][0];
  EXPECT_THAT(flow["message"]["text"].get<std::string>(), HasSubstr("request 1 goes on"));
  ASSERT_EQ(flow["threadFlows"].size(), 4u);
  EXPECT_EQ(flow["threadFlows"][0]["id"], "worker 0");
  EXPECT_EQ(flow["threadFlows"][1]["locations"][0]["executionOrder"], 4);
  EXPECT_EQ(flow["threadFlows"][1]["locations"][0]["importance"], "essential");
}

}  // namespace
}  // namespace pendulum::report

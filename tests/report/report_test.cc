#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/report/reporter.h"
#include "harness/report/text.h"
#include "tests/report/baseline.h"
#include "tests/report/sample_report.h"

namespace pendulum::report {
namespace {

// The place of the quoted source differs between checkouts, and so does nothing in a baseline.
constexpr const char* kFolder = PENDULUM_SOURCE_DIR "/tests/report";

std::string WithoutFolder(std::string text) {
  for (size_t at; (at = text.find(kFolder)) != std::string::npos;) {
    text.replace(at, std::string(kFolder).size(), "FOLDER");
  }
  return text;
}

std::string Console(const explore::Report& report, const Style& style, bool quiet = false) {
  return MakeConsoleReporter({style, quiet})->Write(report);
}

int WidestLine(const std::string& text) {
  std::istringstream lines(text);
  int widest = 0;
  for (std::string line; std::getline(lines, line);) {
    const bool may_be_wider = line.find("https://") != std::string::npos ||
                              line.find("pendulum replay") != std::string::npos;
    if (!may_be_wider) widest = std::max(widest, DisplayWidth(line));
  }
  return widest;
}

TEST(ConsoleReport, Findings) {
  // The sample's folder is replaced before it is wrapped, so that lines don't depend on it.
  explore::Report report = SampleReport("FOLDER");
  EXPECT_TRUE(MatchesBaseline("report_findings.txt", Console(report, {})));
}

TEST(ConsoleReport, FindingsInUtf8AndColour) {
  EXPECT_TRUE(MatchesBaseline("report_findings_utf8_colour.txt",
                              Console(SampleReport("FOLDER"), {true, true, 100})));
}

TEST(ConsoleReport, Quiet) {
  EXPECT_TRUE(
      MatchesBaseline("report_quiet.txt", Console(SampleReport("FOLDER"), {}, /*quiet=*/true)));
}

TEST(ConsoleReport, CleanSaysWhatWasChecked) {
  EXPECT_TRUE(MatchesBaseline("report_clean.txt", Console(CleanReport(), {})));
}

TEST(ConsoleReport, ASearchSaysWhatItProvesOrWhyNot) {
  explore::Report report = CleanReport();
  report.strategy = "exhaustive";
  explore::SearchSummary complete;
  complete.complete = true;
  complete.runs = 46080;
  complete.pruned = 1;
  complete.estimated_schedules = 2.4e12;
  complete.estimated_orders = 44871.6;
  complete.proof =
      "no violation in any schedule of this scenario with at most 4 workers and 20000 steps; "
      "partial counts in {1, half, all}";
  report.scenarios[0].search = complete;
  explore::SearchSummary open;
  open.why_open = "the budget ended first";
  open.runs = 1;
  open.estimated_schedules = 1300;
  report.scenarios[1].search = open;
  // What is proved of several scenarios is said once.
  explore::ScenarioSummary another = report.scenarios[0];
  another.name = "another";
  another.search->proof =
      "no violation in any schedule of this scenario with at most 2 workers and 20000 steps; "
      "partial counts in {1, half, all}";
  another.search->runs = 924;
  report.scenarios.push_back(another);
  another.name = "a-third";
  another.search->runs = 1;
  report.scenarios.push_back(another);
  EXPECT_TRUE(MatchesBaseline("report_search.txt", Console(report, {})));
}

TEST(ConsoleReport, NothingCheckedIsNotClean) {
  explore::Report report = CleanReport();
  report.nothing_checked = true;
  const std::string text = Console(report, {});
  EXPECT_NE(text.find("nothing was checked"), std::string::npos) << text;
  EXPECT_EQ(text.find("no finding"), std::string::npos) << text;
}

TEST(ConsoleReport, WhatAStrategyPromisesIsSaid) {
  explore::Report report = CleanReport();
  report.arms = {{{.strategy = "pct:depth=3"}, 20000, 0, 30, {3, 9, 40, 1.0 / (9 * 40 * 40)}}};
  const std::string text = Console(report, {});
  EXPECT_NE(
      text.find("finds a bug that takes 3 orders of\n           events with a probability of "
                "at least 1 in 14,400 (in runs of at most\n           9 agents and 40 steps)"),
      std::string::npos)
      << text;
}

TEST(ConsoleReport, WhatIsMissingIsSaid) {
  explore::Report report = CleanReport();
  report.clauses[1].verdict = report.verdict = oracle::Verdict::kInconclusive;
  report.missing = {"no run of scenario get took place"};
  const std::string text = Console(report, {});
  EXPECT_NE(text.find(": inconclusive, no finding\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  missing  no run of scenario get took place\n"), std::string::npos) << text;
}

TEST(ConsoleReport, RunThatDidNotRepeatItselfIsNotClean) {
  explore::Report report = CleanReport();
  report.diverged = true;
  report.divergence = "scenario get, run 3: event 17 differs";
  const std::string text = Console(report, {});
  EXPECT_NE(text.find("did not repeat itself"), std::string::npos) << text;
  EXPECT_NE(text.find("event 17 differs"), std::string::npos) << text;
  EXPECT_EQ(text.find("no finding"), std::string::npos) << text;
  EXPECT_EQ(nlohmann::json::parse(MakeJsonReporter()->Write(report))["diverged"], true);
}

TEST(ConsoleReport, QuotesTheSourceWhereItIsReadable) {
  const std::string text = Console(SampleReport(kFolder), {});
  EXPECT_NE(text.find("> 7 |   return RQ_NOTIFICATION_CONTINUE;"), std::string::npos)
      << WithoutFolder(text);
}

TEST(ConsoleReport, KeepsToTheWidthOfTheTerminal) {
  for (const int width : {10, 60, 72, 80, 120, 160, 500}) {
    const Style style{false, true, width};
    for (const std::string& text :
         {Console(SampleReport("FOLDER"), style), Console(CleanReport(), style)}) {
      EXPECT_LE(WidestLine(text), Columns(style)) << text;
    }
  }
}

TEST(ConsoleReport, NoControlCharacterOfTheModuleReachesTheTerminal) {
  EXPECT_EQ(Console(SampleReport("FOLDER"), {}).find('\x1b'), std::string::npos);
}

TEST(ConsoleReport, AsciiMeansAscii) {
  for (const char character : Console(SampleReport("FOLDER"), {})) {
    ASSERT_GE(character, 0) << "a byte beyond ASCII";
  }
}

TEST(ConsoleReport, ExplainsHowToActOnAFinding) {
  const std::string text = Console(SampleReport("FOLDER"), {});
  for (const char* part :
       {"MODULE-LEFT-PENDING", "FOLDER/sample_module.cpp:7",
        "https://learn.microsoft.com/en-us/iis/web-development-reference/native-code-api-reference/"
        "ihttprequest-readentitybody-method\n",
        "312 of 20,000 schedules", "seed 1",
        "pendulum replay pendulum-findings/sample_module-MODULE-LEFT-PENDING.json"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
  }
}

TEST(ConsoleReport, ShowsTheDetailsOfAFinding) {
  explore::Report report = SampleReport("FOLDER");
  report.findings[0].details = {"plainest schedule: 3 bytes", "this schedule: \x1b 4 bytes"};
  const std::string text = Console(report, {});
  const size_t details = text.find("  details  plainest schedule: 3 bytes\n");
  ASSERT_NE(details, std::string::npos) << text;
  EXPECT_GT(details, text.find(report.findings[0].clause));
  EXPECT_NE(text.find("\n           this schedule: "), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  const auto json = nlohmann::json::parse(MakeJsonReporter()->Write(report));
  EXPECT_EQ(json["findings"][0]["details"], nlohmann::json(report.findings[0].details));
}

TEST(ConsoleReport, SaysWhatTheFindingNeedsAndWhatWasLeftOut) {
  explore::Report report = SampleReport("FOLDER");
  explore::Reduction reduction;
  reduction.decisions_before = 37;
  reduction.decisions = 1;
  reduction.runs = 12;
  reduction.is_minimal = true;
  reduction.rest = {"the first read completes asynchronously", "everything else is ordinary"};
  reduction.separating = reduction.rest[0];
  report.findings[0].reduction = reduction;
  const std::string text = Console(report, {});
  EXPECT_NE(text.find("  needs    the first read completes asynchronously\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("  left out 36 of 37 decisions that were not the plainest\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  decides  "), std::string::npos) << text;
  const auto json = nlohmann::json::parse(MakeJsonReporter()->Write(report));
  EXPECT_EQ(json["findings"][0]["reduction"]["decisions_before"], 37);
  EXPECT_EQ(json["findings"][0]["reduction"]["rest"], nlohmann::json(reduction.rest));
  EXPECT_FALSE(json["findings"][1].contains("reduction"));
}

TEST(ConsoleReport, SaysWhatALineStandsFor) {
  explore::Report report = SampleReport("FOLDER");
  explore::Finding& finding = report.findings[0];
  EXPECT_NE(Console(report, {false, false, 160})
                .find("OnExecuteRequestHandler, which begins here "
                      "and returned\n"),
            std::string::npos);
  // The run ends later: its place is that of the last return.
  finding.trace.push_back(finding.trace.back());
  finding.trace.back().event.kind = trace::EventKind::kRunEnded;
  ++finding.event;
  EXPECT_NE(Console(report, {false, false, 160})
                .find("which begins here and was the last to "
                      "return\n"),
            std::string::npos);
  finding.trace.back().event.kind = trace::EventKind::kCall;
  EXPECT_EQ(Console(report, {}).find("which begins"), std::string::npos);
}

TEST(JsonReport, Findings) {
  EXPECT_TRUE(
      MatchesBaseline("report_findings.json", MakeJsonReporter()->Write(SampleReport("FOLDER"))));
}

TEST(JsonReport, OnlyTimingDiffersBetweenRuns) {
  explore::Report slow = SampleReport("FOLDER");
  slow.elapsed_seconds = 99;
  const std::string first = MakeJsonReporter()->Write(SampleReport("FOLDER"));
  const std::string second = MakeJsonReporter()->Write(slow);
  EXPECT_NE(first, second);
  auto one = nlohmann::ordered_json::parse(first);
  auto other = nlohmann::ordered_json::parse(second);
  one.erase("timing");
  other.erase("timing");
  EXPECT_EQ(one.dump(), other.dump());
}

TEST(JsonReport, HasTheMembersThatScriptsUse) {
  const auto json = nlohmann::json::parse(MakeJsonReporter()->Write(SampleReport("FOLDER")));
  EXPECT_EQ(json["schema"], "pendulum-report/1");
  EXPECT_EQ(json["verdict"], "violation");
  ASSERT_EQ(json["findings"].size(), 3u);
  for (const char* name :
       {"clause", "level", "message", "scenario", "schedule", "location", "replay", "count"}) {
    for (const auto& finding : json["findings"]) EXPECT_TRUE(finding.contains(name)) << name;
  }
  EXPECT_EQ(json["findings"][0]["location"]["line"], 7);
  EXPECT_TRUE(json["findings"][1]["location"].is_null());
  EXPECT_TRUE(json["findings"][1]["replay"].is_null());
  EXPECT_EQ(json["findings"][0]["schedule"][0]["question"], "timing");
}

TEST(Verdict, OnlyABrokenMustIsAViolation) {
  explore::Report report = SampleReport("FOLDER");
  EXPECT_TRUE(HasViolation(report));
  report.findings.erase(report.findings.begin(), report.findings.begin() + 2);
  EXPECT_FALSE(HasViolation(report));
  EXPECT_FALSE(HasViolation(CleanReport()));
}

}  // namespace
}  // namespace pendulum::report

#include "harness/explore/verify.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/module/heap.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A static and a heap that a run before would have changed.
constexpr const char* kRemembers =
    "static int calls; static std::string text = \"longer than what fits in a string itself\"; "
    "thread_local int mine = 3;";
constexpr const char* kCrashesIfNotClean =
    "\n    if (calls++ != 0 || text.size() != 40 || mine++ != 3) abort();\n    text += text;";

// All that must not depend on the number of jobs.
std::string TextOf(const Report& report) {
  std::string text = std::to_string(report.runs) + " " + std::to_string(report.decisions) + " " +
                     std::to_string(report.operations) + " " + std::to_string(report.completions);
  for (const Finding& finding : report.findings) {
    text += "\n" + finding.clause + " " + finding.message + " " + finding.scenario + " " +
            std::to_string(finding.run) + " " + std::to_string(finding.count) + " " +
            std::to_string(finding.trace_hash) + " " + std::to_string(finding.location.line) + " " +
            std::to_string(finding.schedule.size());
  }
  text += "\n" + std::string(oracle::VerdictName(report.verdict));
  for (size_t i = 0; i < report.clauses.size(); ++i) {
    const oracle::ClauseVerdict& seen = report.clauses[i];
    text += "\n" + report.specification->clauses()[i].id + " ";
    text += oracle::VerdictName(seen.verdict);
    for (const uint64_t reached : seen.reached) text += " " + std::to_string(reached);
    for (const uint64_t count : seen.readings) text += " reading " + std::to_string(count);
    text += " broken " + std::to_string(seen.violations) + " " + seen.missing;
  }
  for (const ReadingRuns& runs : report.reading_runs) {
    for (const uint64_t count : {runs.seen[0], runs.seen[1], runs.other[0], runs.other[1]}) {
      text += " " + std::to_string(count);
    }
  }
  for (const std::string& note : report.notes) text += "\n" + note;
  return text;
}

TEST(VerifyTest, EachRunStartsClean) {
  const std::string module = CompileHandler("clean", kCrashesIfNotClean, kRemembers);
  const Report report = VerifyOrDie(OptionsFor(module, 500));
  EXPECT_THAT(ClausesOf(report), IsEmpty());
  EXPECT_EQ(report.runs, 500U);
  EXPECT_FALSE(report.nothing_checked);
}

TEST(VerifyTest, SaysWhatWasChecked) {
  VerifyOptions options = OptionsFor(CompileHandler("plain", ""), 100);
  options.scenarios = {Get(), Post()};
  options.check_determinism = true;
  uint64_t most_done = 0;
  const auto report = Verify(options, oracle::Specification::BuiltIn(),
                             [&](const std::string&, uint64_t done, uint64_t all, size_t) {
                               EXPECT_EQ(all, 200U);
                               most_done = std::max(most_done, done);
                             });
  ASSERT_TRUE(report.ok()) << report.error().Text();
  EXPECT_FALSE(report->diverged) << report->divergence;
  EXPECT_EQ(most_done, 200U);
  EXPECT_EQ(report->runs, 200U);
  ASSERT_EQ(report->scenarios.size(), 2U);
  EXPECT_EQ(report->scenarios[1].name, "post");
  EXPECT_EQ(report->scenarios[1].runs, 100U);
  EXPECT_GT(report->clauses.size(), 40U);
  bool some_pass = false;
  for (const auto& seen : report->clauses) some_pass |= seen.verdict == oracle::Verdict::kPass;
  EXPECT_TRUE(some_pass);
  EXPECT_EQ(report->verdict, oracle::Verdict::kPass);
}

TEST(VerifyTest, TheNumberOfJobsChangesNothing) {
  VerifyOptions options = OptionsFor(
      CompileHandler("mixed", "\n    if (++calls > 1) abort();\n    throw 3;", "static int calls;"),
      5000);
  options.scenarios = {Get(), Post(), Get()};
  options.scenarios[2].requests.resize(2);
  const std::string alone = TextOf(VerifyOrDie(options));
  options.jobs = 3;
  EXPECT_EQ(TextOf(VerifyOrDie(options)), alone);
  EXPECT_THAT(alone, HasSubstr("MODULE-CRASH"));
  EXPECT_THAT(alone, HasSubstr("MODULE-EXCEPTION"));
  EXPECT_THAT(alone, HasSubstr("runs were left out"));
}

TEST(VerifyTest, FindingsNameTheArmThatFoundThem) {
  VerifyOptions options =
      OptionsFor(CompileHandler("pending_only",
                                "\n    BOOL pending = FALSE; DWORD sent;\n"
                                "    context->GetResponse()->Flush(TRUE, FALSE, &sent, &pending);\n"
                                "    if (pending) throw 3;"),
                 101);
  options.arms = {{.strategy = "default"}, {.strategy = "random"}};
  const Report report = VerifyOrDie(options);
  EXPECT_EQ(report.runs, 101U);
  ASSERT_FALSE(report.findings.empty());
  // Only runs of the second arm can have found it, and only with its strategy is it seen again.
  for (const Finding& finding : report.findings) EXPECT_EQ(finding.strategy, "random");
  EXPECT_EQ(report.divergence, "");
  EXPECT_THAT(ClausesOf(report), Contains("MODULE-EXCEPTION"));
}

TEST(VerifyTest, ThereCanBeFewerRunsThanArms) {
  VerifyOptions options = OptionsFor(CompileHandler("plain", ""), 2);
  options.arms = {{.strategy = "random"}, {.strategy = "default"}, {.strategy = "random"}};
  EXPECT_EQ(VerifyOrDie(options).runs, 2U);
}

TEST(VerifyTest, DefaultIsOneRun) {
  VerifyOptions options = OptionsFor(CompileHandler("plain", ""), 100);
  options.strategy = "default";
  EXPECT_EQ(VerifyOrDie(options).runs, 1U);
}

TEST(VerifyTest, GoesOnUntilTheTimeIsUp) {
  VerifyOptions options = OptionsFor(CompileHandler("plain", ""));
  options.time_ms = 200;
  const Report report = VerifyOrDie(options);
  EXPECT_GT(report.runs, 100U);
  EXPECT_GE(report.elapsed_seconds, 0.2);
}

TEST(VerifyTest, NoticesARunThatDoesNotRepeatItself) {
  VerifyOptions options = OptionsFor(
      CompileHandler("clock",
                     // Past the clocks that are simulated.
                     "\n    timespec t; syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);\n"
                     "    context->GetResponse()->SetStatus(200 + t.tv_nsec / 10 % 300, \"x\");",
                     "#include <sys/syscall.h>\n#include <unistd.h>\n#include <ctime>"));
  options.check_determinism = true;
  const Report report = VerifyOrDie(options);
  EXPECT_TRUE(report.diverged);
  EXPECT_THAT(report.divergence, HasSubstr("scenario get, run "));
  EXPECT_THAT(report.divergence, HasSubstr("the first time"));
}

TEST(VerifyTest, NothingCheckedIsSaid) {
  const std::string folder = std::string(PENDULUM_BINARY_DIR) + "/tests/explore/work";
  ASSERT_TRUE(platform::MakeFolder(folder).ok());
  const std::string source = folder + "/idle.cpp";
  ASSERT_TRUE(platform::WriteFile(source,
                                  "#include <httpserv.h>\n"
                                  "struct Module : CHttpModule {};\n"
                                  "struct Factory : IHttpModuleFactory {\n"
                                  "  HRESULT GetHttpModule(CHttpModule** module, "
                                  "IModuleAllocator*) { *module = new Module; return S_OK; }\n"
                                  "  void Terminate() { delete this; }\n"
                                  "};\n"
                                  "HRESULT __stdcall RegisterModule(DWORD, "
                                  "IHttpModuleRegistrationInfo* info, IHttpServer*) {\n"
                                  "  return info->SetRequestNotifications(new Factory, "
                                  "RQ_CUSTOM_NOTIFICATION, 0);\n}\n")
                  .ok());
  const auto compiled = module::Compile({{source}, {}, folder});
  ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
  EXPECT_TRUE(VerifyOrDie(OptionsFor(*compiled)).nothing_checked);
}

TEST(VerifyTest, BadOptionsAreErrors) {
  EXPECT_EQ(Verify(VerifyOptions{}, oracle::Specification::BuiltIn()).error().message,
            "there is no module to verify");
  const auto missing = Verify(OptionsFor("/no/such.so"), oracle::Specification::BuiltIn());
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().Text(), "/no/such.so: no such file");
  VerifyOptions options = OptionsFor("/no/such.so");
  options.strategy = "lucky";
  EXPECT_FALSE(Verify(options, oracle::Specification::BuiltIn()).ok());
  options = OptionsFor("/no/such.so");
  options.scenarios.clear();
  EXPECT_FALSE(Verify(options, oracle::Specification::BuiltIn()).ok());
}

TEST(VerifyTest, InThisProcessToo) {
  VerifyOptions options = OptionsFor(CompileHandler("throws", "\n    throw std::string(\"up\");"));
  const std::string outside = TextOf(VerifyOrDie(options));
  options.in_process = true;
  EXPECT_EQ(TextOf(VerifyOrDie(options)), outside);
}

}  // namespace
}  // namespace pendulum::explore

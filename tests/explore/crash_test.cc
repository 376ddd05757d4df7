// Whatever a module does to its process ends as a finding.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "harness/module/heap.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;

// The finding of a module whose OnBeginRequest has this body, checked for what all have in common.
Finding FindingOf(const std::string& name, const std::string& body, const std::string& more = "",
                  const VerifyOptions& like = OptionsFor("")) {
  VerifyOptions options = like;
  options.modules = {CompileHandler(name, body, more)};
  const Report report = VerifyOrDie(options);
  EXPECT_FALSE(report.diverged) << report.divergence;
  EXPECT_FALSE(report.nothing_checked);
  EXPECT_EQ(report.findings.size(), 1U) << testing::PrintToString(ClausesOf(report));
  if (report.findings.empty()) return {};
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.scenario, "get");
  EXPECT_EQ(finding.run, 0U);
  EXPECT_EQ(finding.level, "must");
  EXPECT_FALSE(finding.title.empty());
  EXPECT_FALSE(finding.trace.empty());
  EXPECT_NE(finding.trace_hash, 0U);
  EXPECT_THAT(finding.location.file, EndsWith(name + ".cpp"))
      << testing::PrintToString(finding.stack);
  return finding;
}

TEST(CrashTest, NullPointer) {
  const Finding finding = FindingOf("null_pointer", "\n    *(volatile int*)8 = 1;");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("SIGSEGV"));
  EXPECT_THAT(finding.message, HasSubstr("null pointer (address 0x8)"));
  EXPECT_EQ(finding.location.line, kBodyLine + 1);
  EXPECT_THAT(finding.stack, Contains(HasSubstr("OnBeginRequest")));
  EXPECT_EQ(finding.count, 3U) << "a part is given up after three crashes at the same place";
  EXPECT_EQ(finding.trace.back().event.kind, trace::EventKind::kModuleCrashed);
}

TEST(CrashTest, Abort) {
  const Finding finding = FindingOf("aborts", "\n    if (context) abort();");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("abort()"));
  EXPECT_EQ(finding.location.line, kBodyLine + 1);
}

TEST(CrashTest, StackOverflow) {
  const Finding finding =
      FindingOf("overflow", "\n    return (REQUEST_NOTIFICATION_STATUS)Deepen(1);",
                "int Deepen(int n) { volatile char room[512]; room[n % 512] = 1; "
                "return n < 0 ? 0 : room[0] * 0 + Deepen(n + 1) * 2 + room[1] * 0; }");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("stack of 256 KiB"));
  EXPECT_THAT(finding.stack, Contains(HasSubstr("Deepen")));
}

TEST(CrashTest, EndlessLoop) {
  const Finding finding =
      FindingOf("loops", "\n    while (turning) turning = 1;", "static volatile int turning = 1;");
  EXPECT_THAT(finding.clause, testing::StartsWith("MODULE-HANG"));
  EXPECT_FALSE(finding.message.empty());
  EXPECT_THAT(finding.location.function, HasSubstr("OnBeginRequest"));
  EXPECT_EQ(finding.trace.back().event.kind, trace::EventKind::kModuleHung);
}

TEST(CrashTest, MemoryExhaustion) {
  VerifyOptions options = OptionsFor("");
  options.memory_bytes = 8 << 20;
  const Finding finding =
      FindingOf("exhausts", "\n    for (;;) last = new std::string(100000, 'x');",
                "static std::string* volatile last;", options);
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("more than 8 MiB"));
  EXPECT_EQ(finding.location.line, kBodyLine + 1);
}

TEST(CrashTest, ExitByTheModule) {
  const Finding finding = FindingOf("exits", "\n    exit(5);");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  // LeakSanitizer has its own exit status.
  EXPECT_THAT(finding.message, HasSubstr("exit status 5"));
}

TEST(CrashTest, KilledFromOutside) {
  const Finding finding = FindingOf("killed", "\n    raise(SIGKILL);", "#include <csignal>");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("SIGKILL"));
}

TEST(CrashTest, Terminate) {
  const Finding finding = FindingOf(
      "terminates", "\n    Fail();",
      "#include <stdexcept>\nvoid Fail() noexcept { throw std::runtime_error(\"no way out\"); }");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("std::runtime_error was not caught: no way out"));
}

TEST(CrashTest, FreedTwice) {
  const Finding finding = FindingOf(
      "frees_twice", "\n    char* volatile p = new char[40];\n    delete[] p;\n    delete[] p;");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("freed a block of 40 bytes twice"));
  EXPECT_EQ(finding.location.line, kBodyLine + 3);
}

TEST(CrashTest, UsedAfterFree) {
  const Finding finding = FindingOf(
      "uses_freed", "\n    int** volatile p = new int*(new int(3));\n    delete p;\n    **p = 4;");
  EXPECT_EQ(finding.clause, "MODULE-CRASH");
  EXPECT_THAT(finding.message, HasSubstr("read from freed memory"));
}

TEST(CrashTest, ExceptionOutOfAHandler) {
  const Report report =
      VerifyOrDie(OptionsFor(CompileHandler("throws", "\n    throw std::string(\"up\");")));
  EXPECT_THAT(ClausesOf(report), Contains("MODULE-EXCEPTION"));
  EXPECT_FALSE(report.diverged) << report.divergence;
  EXPECT_EQ(report.runs, 50U);
}

TEST(CrashTest, WhileBeingLoadedIsAnError) {
  const auto report =
      Verify(OptionsFor(CompileHandler("early", "", "static int early = *(volatile int*)4;")),
             oracle::Specification::BuiltIn());
  ASSERT_FALSE(report.ok());
  EXPECT_THAT(report.error().message, HasSubstr("while it was being loaded"));
}

}  // namespace
}  // namespace pendulum::explore

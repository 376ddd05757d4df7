// What a report says beside findings: the module's own lines, runs that did not end, and silence
// about what happens after a run's end.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/module/heap.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(VerifyNotesTest, WhatTheModuleWritesIsANoteOnce) {
  const std::string module = CompileHandler(
      "logs",
      "\n    OutputDebugStringA(\"hello\");\n    CreateFileMappingA(NULL, NULL, 0, 0, 0, NULL);");
  const Report report = VerifyOrDie(OptionsFor(module, 20));
  EXPECT_THAT(report.notes, Contains(HasSubstr("hello")).Times(1));
  EXPECT_THAT(report.notes, Contains(HasSubstr("not simulated: CreateFileMappingA")).Times(1));
}

TEST(VerifyNotesTest, AModuleWhoseRunsNeverEndIsNotClean) {
  const std::string module = CompileHandler("polls", "\n    for (;;) Sleep(1);");
  const Report report = VerifyOrDie(OptionsFor(module, 3));
  EXPECT_TRUE(report.nothing_checked);
  EXPECT_THAT(report.notes, Contains(HasSubstr("met the limit")));
}

TEST(VerifyNotesTest, WhatAWaitingThreadWouldDoAfterTheEndIsNoFinding) {
  const std::string module = CompileHandler(
      "waits", "\n    CreateThread(NULL, 0, Wait, NULL, 0, NULL);",
      "static DWORD WINAPI Wait(void*) { WaitForSingleObject(CreateEvent(NULL, TRUE, "
      "FALSE, NULL), INFINITE); abort(); }");
  EXPECT_THAT(ClausesOf(VerifyOrDie(OptionsFor(module, 50))), IsEmpty());
}

TEST(VerifyNotesTest, MemoryFreedWhileAReadUsesItIsFound) {
  const std::string module = CompileHandler(
      "frees",
      "\n    char* buffer = new char[64]; BOOL pending = FALSE; DWORD bytes = 0;"
      "\n    context->GetRequest()->ReadEntityBody(buffer, 64, TRUE, &bytes, &pending);"
      "\n    delete[] buffer;"
      "\n    if (pending) return RQ_NOTIFICATION_PENDING;");
  VerifyOptions options = OptionsFor(module, 50);
  options.scenarios = {Post()};
  EXPECT_THAT(ClausesOf(VerifyOrDie(options)), Contains("MODULE-BUFFER-LIFETIME"));
}

}  // namespace
}  // namespace pendulum::explore

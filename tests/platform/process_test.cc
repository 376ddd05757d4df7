#include "harness/platform/process.h"

#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "harness/platform/clock.h"
#include "harness/platform/file.h"
#include "harness/platform/file_lock.h"
#include "harness/platform/shared_memory.h"

namespace pendulum::platform {
namespace {

TEST(RunCommandTest, GivesInputAndTakesBothOutputs) {
  const auto result = RunCommand({"sh", "-c", "cat; echo bad >&2; exit 7"}, "good");
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->output, "good");
  EXPECT_EQ(result->errors, "bad\n");
  EXPECT_EQ(result->exit_status, 7);
}

TEST(RunCommandTest, TakesMoreThanAPipeHolds) {
  const std::string input(1 << 20, 'x');
  const auto result = RunCommand({"cat"}, input);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->output, input);
}

TEST(RunCommandTest, NamesAProgramThatIsMissing) {
  const auto result = RunCommand({"no-such-program-here"});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().place, "no-such-program-here");
  EXPECT_NE(result.error().message.find("No such file"), std::string::npos);
}

TEST(FindProgramTest, TakesTheFirstThatExists) {
  const std::string names[] = {"no-such-program-here", "sh", "cat"};
  const std::string found = FindProgram(names);
  EXPECT_TRUE(found.ends_with("/sh")) << found;
  const std::string missing[] = {"no-such-program-here", ""};
  EXPECT_EQ(FindProgram(missing), "");
}

TEST(ProgramPathTest, NamesThisProgram) {
  EXPECT_TRUE(ProgramPath().ends_with("/test_platform")) << ProgramPath();
}

TEST(ChildTest, SharesMemoryAndEndsWithItsBody) {
  auto memory = SharedMemory::Create(4096);
  ASSERT_TRUE(memory.ok());
  auto* number = static_cast<int*>(memory->data());
  auto child = Child::Fork({}, [&] { *number = 42; });
  ASSERT_TRUE(child.ok());
  Child* children[] = {&child.value()};
  EXPECT_EQ(Child::WaitAny(children, 10000), 0);
  const ChildEnd end = child.value().Reap();
  EXPECT_FALSE(end.signalled);
  EXPECT_EQ(end.status, 0);
  EXPECT_EQ(*number, 42);
}

TEST(ChildTest, NamesTheOneThatEnded) {
  auto idle = Child::Fork({}, [] { pause(); });
  auto brief = Child::Fork({}, [] { _exit(9); });
  ASSERT_TRUE(idle.ok() && brief.ok());
  Child* children[] = {&idle.value(), &brief.value()};
  EXPECT_EQ(Child::WaitAny(children, 10000), 1);
  EXPECT_EQ(brief.value().Reap().status, 9);
  Child* left[] = {&idle.value()};
  EXPECT_EQ(Child::WaitAny(left, 1), -1);
  idle.value().Kill();
  const ChildEnd end = idle.value().Reap();
  EXPECT_TRUE(end.signalled);
  EXPECT_EQ(end.status, SIGKILL);
}

TEST(ChildTest, TellsHowMuchProcessorTimeItTook) {
  auto busy = Child::Fork({}, [] {
    for (volatile unsigned i = 0;; i = i + 1) {
    }
  });
  ASSERT_TRUE(busy.ok());
  const uint64_t started_ms = MonotonicMs();
  while (busy->ProcessorMs() < 20 && MonotonicMs() < started_ms + 20000) usleep(1000);
  EXPECT_GE(busy->ProcessorMs(), 20U);
}

TEST(ChildTest, StartsAProgramInAFolderWithItsOutputInAFile) {
  const std::string output = testing::TempDir() + "started-" + std::to_string(getpid());
  auto child = Child::Start({{"/bin/sh", "-c", "pwd; echo error >&2; exit 5"}, "/usr", output});
  ASSERT_TRUE(child.ok());
  Child* children[] = {&child.value()};
  EXPECT_EQ(Child::WaitAny(children, 10000), 0);
  EXPECT_EQ(child->Reap().status, 5);
  EXPECT_EQ(ReadFile(output).value(), "/usr\nerror\n");
  std::remove(output.c_str());
}

TEST(ChildTest, AStartedProgramIsAskedToEnd) {
  const std::string output = testing::TempDir() + "asked-" + std::to_string(getpid());
  auto child = Child::Start({{"/bin/sleep", "60"}, "", output});
  ASSERT_TRUE(child.ok());
  Child* children[] = {&child.value()};
  EXPECT_EQ(Child::WaitAny(children, 50), -1) << "it runs, and is not taken for ended";
  child->Terminate();
  EXPECT_EQ(Child::WaitAny(children, 10000), 0);
  EXPECT_EQ(child->Reap().status, SIGTERM);
  std::remove(output.c_str());
}

TEST(ChildTest, AProgramThatIsNotThereSaysSo) {
  const std::string output = testing::TempDir() + "missing-" + std::to_string(getpid());
  auto child = Child::Start({{"/no/such/program"}, "", output});
  ASSERT_TRUE(child.ok());
  EXPECT_EQ(child->Reap().status, 127);
  EXPECT_EQ(ReadFile(output).value(), "/no/such/program: No such file or directory\n");
  std::remove(output.c_str());
  EXPECT_FALSE(Child::Start({{"/bin/true"}, "", "/no/such/folder/output"}).ok());
}

TEST(FileLockTest, OneAtATime) {
  const std::string path = testing::TempDir() + "lock-" + std::to_string(getpid());
  {
    const auto lock = FileLock::Take(path);
    ASSERT_TRUE(lock.ok());
    const auto second = FileLock::Take(path);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().Text(), path + ": another process holds it (wait for its end)");
  }
  EXPECT_TRUE(FileLock::Take(path).ok());
  std::remove(path.c_str());
}

TEST(DateTest, IsTheDayInUniversalTime) {
  EXPECT_EQ(DateText(0), "1970-01-01");
  EXPECT_EQ(DateText(1795478399), "2026-11-23");
  EXPECT_EQ(DateText(1795478400), "2026-11-24");
  EXPECT_GT(UnixSeconds(), 1700000000U);
}

}  // namespace
}  // namespace pendulum::platform

#include "harness/platform/signals.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "gtest/gtest.h"
#include "harness/platform/process.h"
#include "harness/platform/sanitizer.h"
#include "harness/platform/shared_memory.h"

extern "C" char __executable_start;
extern "C" char etext;

namespace pendulum::platform {
namespace {

struct Record {
  CrashContext context;
  int frames;
};
Record* record = nullptr;

bool IsOurCode(uintptr_t address) {
  return address >= reinterpret_cast<uintptr_t>(&__executable_start) &&
         address < reinterpret_cast<uintptr_t>(&etext);
}

void Note(const CrashContext& context) {
  uintptr_t frames[64];
  record->context = context;
  record->frames = WalkFrames(context, IsOurCode, frames, 64);
  _exit(77);
}

// Runs `body` in a child with crash handlers and returns what they saw.
Record CrashOf(void (*body)()) {
  auto memory = SharedMemory::Create(sizeof(Record));
  EXPECT_TRUE(memory.ok());
  record = static_cast<Record*>(memory->data());
  auto child = Child::Fork({}, [&] {
    InstallCrashHandlers(Note);
    body();
  });
  EXPECT_TRUE(child.ok());
  EXPECT_EQ(child.value().Reap().status, 77);
  return *record;
}

volatile int sink = 0;

__attribute__((noinline)) int Deepen(int depth) {
  volatile char frame[512];
  frame[depth % 512] = static_cast<char>(depth);
  if (sink == 1) return depth;
  return frame[0] + Deepen(depth + 1) + sink;
}

TEST(SignalsTest, TellsWhatWasTouched) {
  const Record seen = CrashOf([] { *reinterpret_cast<volatile int*>(uintptr_t{0x30}) = 1; });
  EXPECT_EQ(seen.context.signal, SIGSEGV);
  EXPECT_EQ(seen.context.fault_address, 0x30U);
  EXPECT_TRUE(IsOurCode(seen.context.program_counter));
  EXPECT_GE(seen.frames, 2);
}

TEST(SignalsTest, FindsTheCallerOfALibraryFunction) {
  const Record seen = CrashOf([] { abort(); });
  EXPECT_EQ(seen.context.signal, SIGABRT);
  EXPECT_FALSE(IsOurCode(seen.context.program_counter));
  EXPECT_GE(seen.frames, 1);
}

TEST(SignalsTest, SurvivesAnExhaustedStack) {
  if (HasAddressSanitizer()) GTEST_SKIP() << "the sanitizer has a stack of its own";
  const Record seen = CrashOf([] { sink = Deepen(0); });
  EXPECT_EQ(seen.context.signal, SIGSEGV);
  EXPECT_GE(seen.frames, 60);
}

TEST(SignalsTest, SurvivesADamagedStack) {
  CrashContext context;
  context.frame_pointer = 0x1000;
  context.stack_pointer = 0x1000;
  uintptr_t frames[4];
  EXPECT_EQ(WalkFrames(context, IsOurCode, frames, 4), 0);
}

TEST(SignalsTest, NamesSignals) {
  EXPECT_STREQ(SignalName(SIGSEGV), "SIGSEGV");
  EXPECT_STREQ(SignalName(SIGFPE), "SIGFPE");
  EXPECT_STREQ(SignalName(63), "a signal");
}

}  // namespace
}  // namespace pendulum::platform

#include "harness/platform/symbols.h"

#include "gtest/gtest.h"
#include "harness/platform/process.h"

extern "C" char __executable_start;

// At global scope with C linkage: its name is the same in every tool's words.
extern "C" __attribute__((noinline)) int PendulumTestLandmark(int number) { return number * 3 + 1; }

namespace pendulum::platform {
namespace {

uint64_t AddressInImage(const void* address) {
  return reinterpret_cast<uintptr_t>(address) - reinterpret_cast<uintptr_t>(&__executable_start);
}

TEST(FindLinesTest, FindsFunctionFileAndLine) {
  const uint64_t address = AddressInImage(reinterpret_cast<const void*>(&PendulumTestLandmark));
  const auto lines = FindLines(ProgramPath(), {address, uint64_t{1} << 40});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].function, "PendulumTestLandmark");
  EXPECT_TRUE(lines[0].file.ends_with("symbols_test.cc")) << lines[0].file;
  EXPECT_EQ(lines[0].line, 9);
  EXPECT_EQ(lines[1].line, 0);
}

TEST(FindLinesTest, KnowsNothingOfAFileThatIsMissing) {
  const auto lines = FindLines("/no/such/image.so", {1, 2, 3});
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[2].line, 0);
}

TEST(DemangleTest, LeavesOtherNamesAlone) {
  EXPECT_EQ(Demangle("_ZN3abc3defEi"), "abc::def(int)");
  EXPECT_EQ(Demangle("CreateEventW"), "CreateEventW");
}

}  // namespace
}  // namespace pendulum::platform

#include "harness/platform/stack.h"

#include <gtest/gtest.h>

#include <cstring>

namespace pendulum::platform {
namespace {

constexpr size_t kPageBytes = 4096;

TEST(StackArenaTest, StacksAreWholePagesAndUsableFromEndToEnd) {
  const StackArena stacks(3, kPageBytes + 1);
  EXPECT_EQ(stacks.count(), 3);
  EXPECT_EQ(stacks.stack_bytes(), 2 * kPageBytes);
  for (int stack = 0; stack < 3; ++stack) {
    EXPECT_EQ(stacks.Top(stack) - stacks.Bottom(stack), static_cast<ptrdiff_t>(2 * kPageBytes));
    memset(stacks.Bottom(stack), stack, stacks.stack_bytes());
  }
  for (int stack = 0; stack < 3; ++stack) EXPECT_EQ(stacks.Bottom(stack)[100], stack);
}

TEST(StackArenaTest, KnowsWhereAnAddressLies) {
  const StackArena stacks(3, 2 * kPageBytes);
  for (int stack = 0; stack < 3; ++stack) {
    const char* bottom = stacks.Bottom(stack);
    EXPECT_EQ(stacks.Owner(bottom), stack);
    EXPECT_EQ(stacks.Owner(stacks.Top(stack) - 1), stack);
    EXPECT_FALSE(stacks.InGuard(bottom));
    EXPECT_EQ(stacks.Owner(bottom - 1), -1);
    EXPECT_TRUE(stacks.InGuard(bottom - 1));
    EXPECT_TRUE(stacks.InGuard(bottom - StackArena::kGuardBytes));
  }
  for (const void* outside :
       {static_cast<const void*>(nullptr), static_cast<const void*>(&stacks),
        static_cast<const void*>(stacks.Bottom(0) - StackArena::kGuardBytes - 1),
        static_cast<const void*>(stacks.Top(2))}) {
    EXPECT_EQ(stacks.Owner(outside), -1);
    EXPECT_FALSE(stacks.InGuard(outside));
  }
}

TEST(StackArenaTest, GuardsCannotBeTouched) {
  const StackArena stacks(2, kPageBytes);
  EXPECT_DEATH(*static_cast<volatile char*>(stacks.Bottom(1) - 1) = 1, "");
  EXPECT_DEATH(*static_cast<volatile char*>(stacks.Bottom(0) - StackArena::kGuardBytes) = 1, "");
}

}  // namespace
}  // namespace pendulum::platform

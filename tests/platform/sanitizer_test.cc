#include "harness/platform/sanitizer.h"

#include <gtest/gtest.h>

namespace pendulum::platform {
namespace {

#if __has_feature(address_sanitizer)
constexpr bool kBuiltWithAddressSanitizer = true;
#else
constexpr bool kBuiltWithAddressSanitizer = false;
#endif

TEST(SanitizerTest, KnowsHowThisProgramWasBuilt) {
  EXPECT_EQ(HasAddressSanitizer(), kBuiltWithAddressSanitizer);
  EXPECT_FALSE(HasThreadSanitizer()) << "the harness is never built with it";
}

// The functions whose effect needs a sanitizer are tested in tests/sched; without one they must be
// harmless.
TEST(SanitizerTest, WithoutASanitizerNothingHappens) {
  char buffer[64] = {};
  PoisonMemory(buffer, sizeof(buffer));
  UnpoisonMemory(buffer, sizeof(buffer));
  buffer[63] = 1;
  ReleaseEdge(buffer);
  AcquireEdge(buffer);
  AddLeakRoot(buffer, sizeof(buffer));
  RemoveLeakRoot(buffer, sizeof(buffer));
  EXPECT_EQ(CreateThreadIdentity(0), nullptr);
  EXPECT_EQ(CurrentThreadIdentity(), nullptr);
  DestroyThreadIdentity(nullptr);
  SwitchThreadIdentity(nullptr);
  EXPECT_FALSE(IsOnFakeStack(nullptr, buffer));
  EXPECT_EQ(buffer[63], 1);
}

}  // namespace
}  // namespace pendulum::platform

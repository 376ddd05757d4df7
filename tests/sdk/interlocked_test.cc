#include <gtest/gtest.h>
#include <windows.h>

#include <type_traits>

namespace {

int points = 0;

}  // namespace

extern "C" VOID PendulumInterlockedPoint(VOID) { ++points; }

namespace pendulum::sdk {
namespace {

template <class T>
class InterlockedTest : public testing::Test {
 protected:
  void SetUp() override { points = 0; }
};

using Types =
    testing::Types<LONG, ULONG, long, unsigned long, LONGLONG, ULONGLONG>;  // NOLINT(runtime/int)
TYPED_TEST_SUITE(InterlockedTest, Types);

TYPED_TEST(InterlockedTest, ReturnsWhatWindowsReturns) {
  TypeParam value = 5;
  EXPECT_EQ(InterlockedIncrement(&value), TypeParam{6});
  EXPECT_EQ(InterlockedDecrement(&value), TypeParam{5});
  EXPECT_EQ(InterlockedExchange(&value, 8), TypeParam{5});
  EXPECT_EQ(InterlockedExchangeAdd(&value, 2), TypeParam{8});
  EXPECT_EQ(InterlockedCompareExchange(&value, 3, 10), TypeParam{10});
  EXPECT_EQ(InterlockedCompareExchange(&value, 7, 10), TypeParam{3});
  EXPECT_EQ(InterlockedOr(&value, 4), TypeParam{3});
  EXPECT_EQ(InterlockedAnd(&value, 6), TypeParam{7});
  EXPECT_EQ(InterlockedXor(&value, 1), TypeParam{6});
  EXPECT_EQ(value, TypeParam{7});
  EXPECT_EQ(points, 9) << "each operation is one scheduling point";
}

TYPED_TEST(InterlockedTest, WorksOnTheWholeWidth) {
  TypeParam value = 0;
  EXPECT_EQ(InterlockedDecrement(&value), static_cast<TypeParam>(-1));
  EXPECT_EQ(InterlockedIncrement(&value), TypeParam{0});
}

TEST(InterlockedPointerTest, Exchanges) {
  int first = 0;
  int second = 0;
  PVOID pointer = &first;
  EXPECT_EQ(InterlockedCompareExchangePointer(&pointer, &second, nullptr), &first);
  EXPECT_EQ(pointer, &first);
  EXPECT_EQ(InterlockedCompareExchangePointer(&pointer, &second, &first), &first);
  EXPECT_EQ(InterlockedExchangePointer(&pointer, nullptr), &second);
  EXPECT_EQ(pointer, nullptr);
}

TEST(InterlockedSpinTest, SpinningLetsOthersRun) {
  points = 0;
  YieldProcessor();
  EXPECT_EQ(points, 1);
}

}  // namespace
}  // namespace pendulum::sdk

#include "harness/platform/result.h"

#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace pendulum::platform {
namespace {

Result<int> Halve(int number) {
  if (number % 2 != 0) return Error{"3 is odd", "numbers.json:1:7", "give an even number"};
  return number / 2;
}

Status RequireEven(int number) {
  if (auto half = Halve(number); !half.ok()) return half.error();
  return OkStatus();
}

TEST(ResultTest, CarriesAValue) {
  Result<int> half = Halve(8);
  ASSERT_TRUE(half.ok());
  EXPECT_TRUE(static_cast<bool>(half));
  EXPECT_EQ(half.value(), 4);
  EXPECT_EQ(*half, 4);
}

TEST(ResultTest, CarriesAnError) {
  Result<int> half = Halve(3);
  ASSERT_FALSE(half.ok());
  EXPECT_EQ(half.error().message, "3 is odd");
  EXPECT_EQ(half.error().place, "numbers.json:1:7");
  EXPECT_EQ(half.error().remedy, "give an even number");
}

TEST(ResultTest, GivesAwayAValueThatOnlyMoves) {
  Result<std::unique_ptr<int>> made(std::make_unique<int>(7));
  std::unique_ptr<int> taken = std::move(made).value();
  ASSERT_NE(taken, nullptr);
  EXPECT_EQ(*taken, 7);
}

TEST(ResultTest, ReachesMembersOfTheValue) {
  Result<std::string> text(std::string("abc"));
  EXPECT_EQ(text->size(), 3U);
  text.value() += "d";
  EXPECT_EQ(*text, "abcd");
}

TEST(StatusTest, PassesOnTheErrorOfAnotherResult) {
  EXPECT_TRUE(RequireEven(2).ok());
  Status odd = RequireEven(3);
  ASSERT_FALSE(odd.ok());
  EXPECT_EQ(odd.error(), Halve(3).error());
}

TEST(ErrorTest, TextLeavesOutWhatIsEmpty) {
  EXPECT_EQ((Error{"no such file", "", ""}).Text(), "no such file");
  EXPECT_EQ((Error{"no such file", "a.so", ""}).Text(), "a.so: no such file");
  EXPECT_EQ((Error{"no such file", "a.so", "check the path"}).Text(),
            "a.so: no such file (check the path)");
}

#ifndef NDEBUG
TEST(ResultDeathTest, AskingForThePartThatIsNotThereAsserts) {
  EXPECT_DEATH((void)Halve(3).value(), "ok\\(\\)");
  EXPECT_DEATH((void)Halve(2).error(), "!ok\\(\\)");
}
#endif

}  // namespace
}  // namespace pendulum::platform

#include "harness/platform/file.h"

#include <string>

#include "gtest/gtest.h"

namespace pendulum::platform {
namespace {

TEST(FileTest, WritesAndReadsBack) {
  const std::string folder = testing::TempDir() + "pendulum-file-test/a/b";
  ASSERT_TRUE(MakeFolder(folder).ok());
  const std::string content(100000, 'z');
  ASSERT_TRUE(WriteFile(folder + "/file", content).ok());
  const auto read = ReadFile(folder + "/file");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, content);
}

TEST(FileTest, NamesThePathAndTheReason) {
  const auto read = ReadFile("/no/such/file");
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().place, "/no/such/file");
  EXPECT_NE(read.error().message.find("No such file"), std::string::npos);
  EXPECT_FALSE(WriteFile("/no/such/file", "x").ok());
  EXPECT_FALSE(ReadFile("/").ok());
}

TEST(HashTest, IsTheSameOnEveryMachine) {
  EXPECT_EQ(Hash(""), 0xCBF29CE484222325U);
  EXPECT_EQ(Hash("foobar"), 0x85944171F73967E8U);
  EXPECT_EQ(Hash("bar", Hash("foo")), Hash("foobar"));
}

}  // namespace
}  // namespace pendulum::platform

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/fuzz/script.h"

namespace pendulum::fuzz {
namespace {

using testing::Contains;
using testing::IsEmpty;

TEST(SmallerScriptTest, LeavesOutWhatThereIs) {
  const auto urls = SmallerScriptUrls("/?w64a;r16am;f=f");
  for (const char* url :
       {"/?w64a;r16am", "/?w64a;r16am;f", "/?w64a;;f=f", "/?;r16am;f=f", "/?w64;r16am;f=f",
        "/?w64a;r16a;f=f", "/?wa;r16am;f=f", "/?w32a;r16am;f=f", "/?w64a;f=f"}) {
    EXPECT_THAT(urls, Contains(url)) << url;
  }
  for (const std::string& url : urls) {
    EXPECT_TRUE(ParseScript(url).has_value()) << url;
    EXPECT_NE(url, "/?w64a;r16am;f=f");
  }
}

// Otherwise minimising would not end.
TEST(SmallerScriptTest, ComesToAnEnd) {
  std::string url = "/?w1000amt=c;r7;p9=p";
  int steps = 0;
  for (auto urls = SmallerScriptUrls(url); !urls.empty(); urls = SmallerScriptUrls(url)) {
    url = urls.back();
    ASSERT_LT(++steps, 100) << url;
  }
  EXPECT_EQ(url, "/?");
}

TEST(SmallerScriptTest, AnotherUrlHasNone) {
  EXPECT_THAT(SmallerScriptUrls("/"), IsEmpty());
  EXPECT_THAT(SmallerScriptUrls("/index.html?a=b"), IsEmpty());
}

}  // namespace
}  // namespace pendulum::fuzz

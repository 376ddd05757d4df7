#include "harness/report/text.h"

#include <gtest/gtest.h>

namespace pendulum::report {
namespace {

TEST(Fit, CutsByColumnsNotBytes) {
  const Style utf8{false, true, 80};
  EXPECT_EQ(Fit("→→→", 3, utf8), "→→→");
  EXPECT_EQ(Fit("→→→→", 3, utf8), "→→…");
  EXPECT_EQ(Fit("abcd", 3, {}), "ab~");
  EXPECT_EQ(Fit("abcd", 0, {}), "");
}

TEST(Wrap, BreaksAtSpacesAndWithinWordsThatAreTooLong) {
  EXPECT_EQ(Wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
  EXPECT_EQ(Wrap("", 5), std::vector<std::string>{""});
  EXPECT_EQ(Wrap("→→→→", 2), (std::vector<std::string>{"→→", "→→"}));
}

TEST(Printable, ReplacesControlCharacters) {
  EXPECT_EQ(Printable("a\x1b[31m\tb\n\x7f"), "a?[31m  b??");
}

TEST(Columns, StayWithinWhatCanBeRead) {
  EXPECT_EQ(Columns({false, false, 1}), kMinWidth);
  EXPECT_EQ(Columns({false, false, 100}), 100);
  EXPECT_EQ(Columns({false, false, 1000}), kMaxWidth);
}

TEST(PageAddress, DropsTheExtension) {
  EXPECT_EQ(PageAddress("ihttpresponse-flush-method.md"),
            "https://learn.microsoft.com/en-us/iis/web-development-reference/"
            "native-code-api-reference/ihttpresponse-flush-method");
  EXPECT_EQ(PageAddress("designing-native-code-http-modules.md"),
            "https://learn.microsoft.com/en-us/iis/web-development-reference/"
            "native-code-development-overview/designing-native-code-http-modules");
  EXPECT_EQ(PageAddress("https://handbook.example/x.md"), "https://handbook.example/x.md");
}

}  // namespace
}  // namespace pendulum::report

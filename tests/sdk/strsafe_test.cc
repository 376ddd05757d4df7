#include <gtest/gtest.h>
#include <intsafe.h>
#include <strsafe.h>

namespace pendulum::sdk {
namespace {

TEST(StrsafeTest, CopyCutsAndSaysSo) {
  char text[4];
  EXPECT_EQ(StringCchCopyA(text, 4, "abc"), S_OK);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(StringCchCopyA(text, 4, "abcd"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(StringCchCopyA(text, 0, "a"), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(StringCchCopyNA(text, 4, "abcd", 2), S_OK);
  EXPECT_STREQ(text, "ab");
}

TEST(StrsafeTest, BytesOfWideTexts) {
  wchar_t text[4];
  EXPECT_EQ(StringCbCopyW(text, sizeof text, L"abc"), S_OK);
  EXPECT_EQ(StringCbCatW(text, sizeof text, L"d"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, L"abc");
  size_t bytes = 0;
  EXPECT_EQ(StringCbLengthW(text, sizeof text, &bytes), S_OK);
  EXPECT_EQ(bytes, 3 * sizeof(wchar_t));
}

TEST(StrsafeTest, PrintfCutsAndSaysSo) {
  char text[4];
  EXPECT_EQ(StringCchPrintfA(text, 4, "%d", 123), S_OK);
  EXPECT_EQ(StringCchPrintfA(text, 4, "%d", 1234), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, "123");
}

TEST(StrsafeTest, LengthNeedsATerminator) {
  const char text[3] = {'a', 'b', 'c'};
  size_t length = 9;
  EXPECT_EQ(StringCchLengthA(text, 3, &length), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(length, 0u);
}

TEST(IntsafeTest, OverflowIsAnError) {
  DWORD sum = 0;
  EXPECT_EQ(DWordAdd(1, 2, &sum), S_OK);
  EXPECT_EQ(sum, 3u);
  EXPECT_EQ(DWordAdd(MAXDWORD, 1, &sum), INTSAFE_E_ARITHMETIC_OVERFLOW);
  EXPECT_EQ(sum, MAXDWORD);
  EXPECT_EQ(DWordMult(0x10000, 0x10000, &sum), INTSAFE_E_ARITHMETIC_OVERFLOW);
  USHORT narrow = 0;
  EXPECT_EQ(SizeTToUShort(65535, &narrow), S_OK);
  EXPECT_EQ(SizeTToUShort(65536, &narrow), INTSAFE_E_ARITHMETIC_OVERFLOW);
  EXPECT_EQ(narrow, 65535);
  DWORD unsigned_value = 0;
  EXPECT_EQ(IntToDWord(-1, &unsigned_value), INTSAFE_E_ARITHMETIC_OVERFLOW);
}

}  // namespace
}  // namespace pendulum::sdk

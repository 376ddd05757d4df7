#include <gtest/gtest.h>
#include <secure_crt.h>

#include <cstdio>
#include <string>

namespace {

std::string last_invalid_call;

}  // namespace

extern "C" void PendulumInvalidParameter(const char* function) { last_invalid_call = function; }

// Enough of the formatter for texts without Microsoft's own prefixes.
extern "C" int pendulum_vsnprintf(char* buffer, size_t size, const char* format,
                                  va_list arguments) {
  return std::vsnprintf(buffer, size, format, arguments);
}

extern "C" int pendulum_vswprintf(wchar_t* buffer, size_t size, const wchar_t* format,
                                  va_list arguments) {
  wchar_t whole[256];
  int length = std::vswprintf(whole, 256, format, arguments);
  for (size_t i = 0; size > 0 && i < size && i <= static_cast<size_t>(length); ++i) {
    buffer[i] = i + 1 < size ? whole[i] : L'\0';
  }
  return length;
}

namespace pendulum::sdk {
namespace {

class SecureCrtTest : public testing::Test {
 protected:
  void SetUp() override { last_invalid_call.clear(); }
};

TEST_F(SecureCrtTest, SprintfDeducesTheSize) {
  char text[8];
  EXPECT_EQ(sprintf_s(text, "%d", 1234567), 7);
  EXPECT_STREQ(text, "1234567");
  EXPECT_EQ(last_invalid_call, "");
}

TEST_F(SecureCrtTest, SprintfReportsATextThatDoesNotFit) {
  char text[8] = "old";
  EXPECT_EQ(sprintf_s(text, "%d", 12345678), -1);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(last_invalid_call, "sprintf_s");
}

TEST_F(SecureCrtTest, WideSprintfTakesASize) {
  wchar_t text[8];
  EXPECT_EQ(swprintf_s(text, 8, L"%d", 42), 2);
  EXPECT_STREQ(text, L"42");
  EXPECT_EQ(swprintf_s(text, 2, L"%d", 42), -1);
  EXPECT_EQ(last_invalid_call, "swprintf_s");
}

TEST_F(SecureCrtTest, SnprintfCutsWithTruncateOnly) {
  char text[5];
  EXPECT_EQ(_snprintf_s(text, _TRUNCATE, "%s", "longer"), -1);
  EXPECT_STREQ(text, "long");
  EXPECT_EQ(_snprintf_s(text, 3, "%s", "longer"), -1);
  EXPECT_STREQ(text, "lon");
  EXPECT_EQ(_snprintf_s(text, 4, "%s", "four"), 4);
  EXPECT_STREQ(text, "four");
  EXPECT_EQ(last_invalid_call, "");
  EXPECT_EQ(_snprintf_s(text, 5, "%s", "longer"), -1);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(last_invalid_call, "_snprintf_s");
}

TEST_F(SecureCrtTest, OldSnprintfLeavesOutTheTerminator) {
  char text[6] = "-----";
  EXPECT_EQ(_snprintf(text, 3, "%s", "abc"), 3);
  EXPECT_STREQ(text, "abc--");
  EXPECT_EQ(_snprintf(text, 4, "%s", "longer"), -1);
  EXPECT_STREQ(text, "long-");
  EXPECT_EQ(_scprintf("%s", "longer"), 6);
}

TEST_F(SecureCrtTest, CopiesReportWhatDoesNotFit) {
  char text[4];
  EXPECT_EQ(strcpy_s(text, "abc"), 0);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(strcpy_s(text, "abcd"), ERANGE);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(last_invalid_call, "strcpy_s");
  EXPECT_EQ(strncpy_s(text, "abcd", _TRUNCATE), STRUNCATE);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(strncpy_s(text, "abcd", 2), 0);
  EXPECT_STREQ(text, "ab");
  EXPECT_EQ(strcat_s(text, "c"), 0);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(strncat_s(text, "d", 1), ERANGE);
  EXPECT_EQ(strcpy_s(nullptr, 3, "a"), EINVAL);
}

TEST_F(SecureCrtTest, MemcpyReportsASmallTarget) {
  char target[4] = {1, 2, 3, 4};
  EXPECT_EQ(memcpy_s(target, 4, "abcd", 4), 0);
  EXPECT_EQ(std::string(target, 4), "abcd");
  EXPECT_EQ(memcpy_s(target, 4, "abcdef", 6), ERANGE);
  EXPECT_EQ(std::string(target, 4), std::string(4, '\0'));
  EXPECT_EQ(last_invalid_call, "memcpy_s");
}

TEST_F(SecureCrtTest, ComparesWithoutCase) {
  EXPECT_EQ(_stricmp("Content-Type", "content-type"), 0);
  EXPECT_LT(_stricmp("abc", "ABD"), 0);
  EXPECT_GT(_wcsicmp(L"b", L"A"), 0);
  EXPECT_EQ(_strnicmp("GET /", "get x", 4), 0);
  EXPECT_NE(_strnicmp("GET /", "get x", 5), 0);
  EXPECT_NE(_stricmp("abc", "abcd"), 0);
}

TEST_F(SecureCrtTest, IntegersBecomeText) {
  char text[40];
  wchar_t wide[40];
  EXPECT_EQ(_itoa_s(-255, text, 10), 0);
  EXPECT_STREQ(text, "-255");
  EXPECT_EQ(_itoa_s(-1, text, 16), 0);
  EXPECT_STREQ(text, "ffffffff");
  EXPECT_EQ(_ltow_s(4294967295L, wide, 10), 0) << "a long has 32 bits on Windows";
  EXPECT_STREQ(wide, L"-1");
  EXPECT_EQ(_ui64toa_s(18446744073709551615ull, text, 10), 0);
  EXPECT_STREQ(text, "18446744073709551615");
  EXPECT_EQ(_i64toa_s(-9223372036854775807ll - 1, text, 10), 0);
  EXPECT_STREQ(text, "-9223372036854775808");
  EXPECT_EQ(_itoa_s(1234, text, 4, 10), ERANGE);
  EXPECT_EQ(last_invalid_call, "_itoa_s");
}

TEST_F(SecureCrtTest, WideAndNarrowAreUtf8) {
  const wchar_t wide[] = L"a\u00e9\u20ac\U0001f600";
  const char narrow[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
  char text[16];
  wchar_t back[16];
  size_t converted = 0;
  EXPECT_EQ(wcstombs_s(&converted, text, wide, _TRUNCATE), 0);
  EXPECT_STREQ(text, narrow);
  EXPECT_EQ(converted, sizeof narrow);
  EXPECT_EQ(mbstowcs_s(&converted, back, narrow, _TRUNCATE), 0);
  EXPECT_STREQ(back, wide);
  EXPECT_EQ(converted, 5u);
  EXPECT_EQ(mbstowcs_s(&converted, back,
                       "\xff"
                       "b\xe2\x82",
                       _TRUNCATE),
            0);
  EXPECT_STREQ(back,
               L"\ufffd"
               L"b\ufffd");
}

TEST_F(SecureCrtTest, ConversionsCutWholeCharacters) {
  char text[4];
  size_t converted = 0;
  EXPECT_EQ(wcstombs_s(&converted, text, L"ab\u20ac", _TRUNCATE), STRUNCATE);
  EXPECT_STREQ(text, "ab");
  EXPECT_EQ(wcstombs_s(&converted, text, 4, L"abcdef", 3), 0);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(wcstombs_s(&converted, text, 4, L"abcdef", 6), ERANGE);
  EXPECT_EQ(last_invalid_call, "wcstombs_s");
  EXPECT_EQ(wcstombs_s(&converted, nullptr, 0, L"abc", 0), 0);
  EXPECT_EQ(converted, 4u);
}

}  // namespace
}  // namespace pendulum::sdk

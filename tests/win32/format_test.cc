#include "harness/win32/format.h"

#include <cwchar>
#include <string>

#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

std::string Format(const char* format, ...) {
  char buffer[256];
  va_list arguments;
  va_start(arguments, format);
  const int length = pendulum_vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  if (length < 0) return "<invalid>";
  EXPECT_EQ(static_cast<size_t>(length), std::strlen(buffer));
  return buffer;
}

std::wstring Format(const wchar_t* format, ...) {
  wchar_t buffer[256];
  va_list arguments;
  va_start(arguments, format);
  const int length = pendulum_vswprintf(buffer, 256, format, arguments);
  va_end(arguments);
  if (length < 0) return L"<invalid>";
  EXPECT_EQ(static_cast<size_t>(length), std::wcslen(buffer));
  return buffer;
}

TEST(FormatTest, LongMeans32Bits) {
  EXPECT_EQ(Format("%ld", -1), "-1");
  EXPECT_EQ(Format("%lu", 0xFFFFFFFFFFFFFFFFul), "4294967295");
  EXPECT_EQ(Format("%lx", 0x1234567890ul), "34567890");
  EXPECT_EQ(Format("%lld", -5000000000ll), "-5000000000");
  EXPECT_EQ(Format("%I64u", 18446744073709551615ull), "18446744073709551615");
  EXPECT_EQ(Format("%I64d", INT64_MIN), "-9223372036854775808");
  EXPECT_EQ(Format("%I32x", 0xABCDu), "abcd");
  EXPECT_EQ(Format("%Iu %zu", size_t{7}, size_t{8}), "7 8");
  EXPECT_EQ(Format("%hd %hhu", 70000, 300), "4464 44");
}

TEST(FormatTest, FlagsWidthAndPrecision) {
  EXPECT_EQ(Format("[%5d|%-5d|%05d|%+d|% d]", 42, 42, 42, 42, 42), "[   42|42   |00042|+42| 42]");
  EXPECT_EQ(Format("[%*d|%-*d|%.3d|%8.3d]", 4, 7, 4, 7, 7, -7), "[   7|7   |007|    -007]");
  EXPECT_EQ(Format("%#x %#X %#o %#x", 255, 255, 8, 0), "0xff 0XFF 010 0");
  EXPECT_EQ(Format("[%.0d]", 0), "[]");
  EXPECT_EQ(Format("%08X", 0x80070005u), "80070005");
  EXPECT_EQ(Format("%p", reinterpret_cast<void*>(0xABCD)), "000000000000ABCD");
  EXPECT_EQ(Format("%.2f %e %g", 3.14159, 1.5, 0.25), "3.14 1.500000e+00 0.25");
  EXPECT_EQ(Format("[%8.2f|%-8.1f|%08.2f]", 3.14159, 2.5, -1.5), "[    3.14|2.5     |-0001.50]");
  EXPECT_EQ(Format("100%%"), "100%");
}

TEST(FormatTest, TextsOfBothWidths) {
  EXPECT_EQ(Format("%s %S %ws %ls %hs", "a", L"b", L"c", L"d", "e"), "a b c d e");
  EXPECT_EQ(Format(L"%s %S %ws %ls %hs", L"a", "b", L"c", L"d", "e"), L"a b c d e");
  EXPECT_EQ(Format("%c%C%lc", 'x', L'\u00e4', L'z'), "x\xC3\xA4z");
  EXPECT_EQ(Format(L"%c%C", L'\u00e4', 'b'),
            L"\u00e4"
            L"b");
  EXPECT_EQ(Format("%S", L"\u20ac"), "\xE2\x82\xAC");
  EXPECT_EQ(Format(L"%S", "\xE2\x82\xAC"), L"\u20ac");
  EXPECT_EQ(Format("[%5s|%-5s|%.2s|%.*s]", "ab", "ab", "abc", 1, "xyz"), "[   ab|ab   |ab|x]");
  EXPECT_EQ(Format("%s", static_cast<const char*>(nullptr)), "(null)");
}

TEST(FormatTest, WhatDoesNotFitIsCutAndCounted) {
  char buffer[4] = "###";
  const auto format = [&](size_t size, ...) {
    va_list arguments;
    va_start(arguments, size);
    const int length = pendulum_vsnprintf(buffer, size, "%d", arguments);
    va_end(arguments);
    return length;
  };
  EXPECT_EQ(format(0, 12345), 5);
  EXPECT_STREQ(buffer, "###");
  EXPECT_EQ(format(4, 12345), 5);
  EXPECT_STREQ(buffer, "123");
}

TEST(FormatTest, InvalidFormatsAreRefused) {
  int written = 0;
  EXPECT_EQ(Format("%n", &written), "<invalid>");
  EXPECT_EQ(Format("%y", 1), "<invalid>");
}

class SecureFormatTest : public Simulation {};

TEST_F(SecureFormatTest, ABufferThatIsTooSmallIsAnInvalidParameter) {
  char buffer[4];
  EXPECT_EQ(sprintf_s(buffer, sizeof(buffer), "%d", 123), 3);
  EXPECT_EQ(CountEvents(trace::EventKind::kCall), 0);
  EXPECT_EQ(sprintf_s(buffer, sizeof(buffer), "%d", 1234), -1);
  EXPECT_STREQ(buffer, "");
  EXPECT_TRUE(WasCaptured("invalid parameter: sprintf_s"));
  EXPECT_EQ(CountEvents(trace::EventKind::kCall), 1);
}

}  // namespace
}  // namespace pendulum::win32

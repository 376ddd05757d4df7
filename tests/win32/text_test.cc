#include <string>

#include "harness/win32/conversion.h"
#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

class TextTest : public Simulation {};

TEST_F(TextTest, Utf8BecomesWideAndBack) {
  const char narrow[] = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
  wchar_t wide[16];
  ASSERT_EQ(MultiByteToWideChar(CP_UTF8, 0, narrow, -1, nullptr, 0), 5);
  ASSERT_EQ(MultiByteToWideChar(CP_UTF8, 0, narrow, -1, wide, 16), 5);
  EXPECT_STREQ(wide, L"a\u00e4\u20ac\U0001F600");
  char again[16];
  ASSERT_EQ(WideCharToMultiByte(CP_ACP, 0, wide, -1, again, 16, nullptr, nullptr), 11);
  EXPECT_STREQ(again, narrow);
}

TEST_F(TextTest, BuffersTooSmallAndBadBytesAreErrors) {
  wchar_t wide[2];
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, 0, "abc", -1, wide, 2), 0);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xC3(", 2, nullptr, 0), 0);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_UNICODE_TRANSLATION));
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, 0, "\xC3(", 2, wide, 2), 2);
  EXPECT_EQ(wide[0], L'\uFFFD');
  EXPECT_EQ(wide[1], L'(');
  EXPECT_EQ(MultiByteToWideChar(932, 0, "a", 1, nullptr, 0), 0);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
}

TEST_F(TextTest, NamesThatAreTooLongAreCutBetweenCharacters) {
  EXPECT_STREQ(NarrowText<6>(L"abc\u20ac").c_str(), "abc");
  EXPECT_STREQ(NarrowText<7>(L"abc\u20ac").c_str(), "abc\xE2\x82\xAC");
  EXPECT_EQ(NarrowText<7>(nullptr).c_str(), nullptr);
}

TEST_F(TextTest, ComparisonsKnowAsciiCase) {
  EXPECT_EQ(CompareStringOrdinal(L"Content", -1, L"CONTENT", -1, TRUE), CSTR_EQUAL);
  EXPECT_EQ(CompareStringOrdinal(L"Content", -1, L"CONTENT", -1, FALSE), CSTR_GREATER_THAN);
  EXPECT_EQ(CompareStringOrdinal(L"ab", 2, L"abc", 3, FALSE), CSTR_LESS_THAN);
  EXPECT_LT(lstrcmpiA("alpha", "BETA"), 0);
  EXPECT_EQ(lstrlenA(nullptr), 0);
  char text[8];
  EXPECT_STREQ(lstrcpynA(text, "abcdef", 4), "abc");
  EXPECT_STREQ(lstrcatA(text, "X"), "abcX");
  EXPECT_STREQ(CharUpperA(text), "ABCX");
}

TEST_F(TextTest, BstrsKnowTheirLength) {
  BSTR text = SysAllocString(L"section");
  EXPECT_EQ(SysStringLen(text), 7u);
  EXPECT_EQ(SysStringByteLen(text), 7 * sizeof(OLECHAR));
  EXPECT_TRUE(SysReAllocString(&text, L"x"));
  EXPECT_STREQ(text, L"x");
  SysFreeString(text);
  SysFreeString(nullptr);
  EXPECT_EQ(SysStringLen(nullptr), 0u);
}

TEST_F(TextTest, VariantsChangeTheirType) {
  VARIANT source;
  VARIANT target;
  VariantInit(&source);
  VariantInit(&target);
  source.vt = VT_BSTR;
  source.bstrVal = SysAllocString(L"4711");
  ASSERT_EQ(VariantChangeType(&target, &source, 0, VT_UI4), S_OK);
  EXPECT_EQ(target.ulVal, 4711u);
  EXPECT_EQ(VariantChangeType(&target, &source, 0, VT_UI1), DISP_E_OVERFLOW);
  VariantClear(&source);
  source.vt = VT_BOOL;
  source.boolVal = VARIANT_TRUE;
  ASSERT_EQ(VariantChangeType(&target, &source, 0, VT_BSTR), S_OK);
  EXPECT_STREQ(target.bstrVal, L"True");
  ASSERT_EQ(VariantChangeType(&target, &target, 0, VT_BOOL), S_OK);
  EXPECT_EQ(target.boolVal, VARIANT_TRUE);
  source.vt = VT_BSTR;
  source.bstrVal = SysAllocString(L"many");
  EXPECT_EQ(VariantChangeType(&target, &source, 0, VT_I4), DISP_E_TYPEMISMATCH);
  VariantClear(&source);
  EXPECT_EQ(source.vt, VT_EMPTY);
}

TEST_F(TextTest, GuidsAreTheSameInEachRunAndReadBack) {
  GUID first;
  GUID second;
  CoCreateGuid(&first);
  CoCreateGuid(&second);
  EXPECT_FALSE(first == second);
  wchar_t text[40];
  EXPECT_EQ(StringFromGUID2(first, text, 38), 0);
  EXPECT_EQ(StringFromGUID2(first, text, 40), 39);
  GUID read;
  EXPECT_EQ(CLSIDFromString(text, &read), S_OK);
  EXPECT_TRUE(read == first);
  text[1] = L'x';
  EXPECT_NE(CLSIDFromString(text, &read), S_OK);
  sched::DefaultStrategy strategy;
  Begin(&strategy, 1);
  CoCreateGuid(&second);
  EXPECT_TRUE(first == second);
  End();
}

TEST_F(TextTest, MessagesTakeInserts) {
  char buffer[128];
  const DWORD_PTR inserts[] = {reinterpret_cast<DWORD_PTR>("one"),
                               reinterpret_cast<DWORD_PTR>("two")};
  const DWORD flags = FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY;
  EXPECT_GT(FormatMessageA(flags, "%2 then %1!s!%%", 0, 0, buffer, sizeof(buffer),
                           const_cast<va_list*>(reinterpret_cast<const va_list*>(inserts))),
            0u);
  EXPECT_STREQ(buffer, "two then one%");
  char* allocated = nullptr;
  const DWORD length =
      FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM, nullptr,
                     ERROR_ACCESS_DENIED, 0, reinterpret_cast<char*>(&allocated), 0, nullptr);
  ASSERT_GT(length, 0u);
  EXPECT_STREQ(allocated, "Access is denied.\r\n");
  LocalFree(allocated);
  EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, nullptr, 99999, 0, buffer, 128, nullptr),
            0u);
}

TEST_F(TextTest, TheEnvironmentIsTheSimulatedOne) {
  char value[64];
  EXPECT_EQ(GetEnvironmentVariableA("app_pool_id", value, sizeof(value)), 14u);
  EXPECT_STREQ(value, "DefaultAppPool");
  EXPECT_EQ(GetEnvironmentVariableA("HOME", value, sizeof(value)), 0u);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ENVVAR_NOT_FOUND));
  EXPECT_TRUE(SetEnvironmentVariableA("MODE", "test"));
  EXPECT_EQ(GetEnvironmentVariableA("MODE", value, 3), 5u);
  EXPECT_EQ(ExpandEnvironmentStringsA("%windir%\\x%Mode%%none%", value, sizeof(value)), 23u);
  EXPECT_STREQ(value, "C:\\Windows\\xtest%none%");
  sched::DefaultStrategy strategy;
  Begin(&strategy, 1);
  EXPECT_EQ(GetEnvironmentVariableA("MODE", value, sizeof(value)), 0u);
  End();
}

TEST_F(TextTest, TheEventLogIsCaptured) {
  HANDLE log = RegisterEventSourceA(nullptr, "MyModule");
  ASSERT_NE(log, nullptr);
  LPCSTR strings[] = {"something happened"};
  EXPECT_TRUE(ReportEventA(log, EVENTLOG_ERROR_TYPE, 0, 7, nullptr, 1, 0, strings, nullptr));
  EXPECT_TRUE(DeregisterEventSource(log));
  EXPECT_FALSE(ReportEventA(log, EVENTLOG_ERROR_TYPE, 0, 7, nullptr, 1, 0, strings, nullptr));
  OutputDebugStringW(L"traced\r\n");
  ASSERT_EQ(captured_line_count(), 2);
  EXPECT_STREQ(captured_line(0), "event log: MyModule error 7: something happened");
  EXPECT_STREQ(captured_line(1), "debug output: traced");
}

TEST_F(TextTest, TimesAreCalendarTimesOfVirtualTime) {
  RunAlone([] {
    Sleep(86400000u * 30);
    Sleep(86400000u * 30 + 3723004);
    SYSTEMTIME time;
    GetSystemTime(&time);
    EXPECT_EQ(time.wYear, 2024);
    EXPECT_EQ(time.wMonth, 3);  // 2024-01-01 and 60 days, in a leap year
    EXPECT_EQ(time.wDay, 1);
    EXPECT_EQ(time.wDayOfWeek, 5);
    EXPECT_EQ(time.wHour, 1);
    EXPECT_EQ(time.wMinute, 2);
    EXPECT_EQ(time.wSecond, 3);
    EXPECT_EQ(time.wMilliseconds, 4);
    FILETIME from_fields;
    FILETIME now;
    EXPECT_TRUE(SystemTimeToFileTime(&time, &from_fields));
    GetSystemTimeAsFileTime(&now);
    EXPECT_EQ(CompareFileTime(&from_fields, &now), 0);
    EXPECT_EQ(GetTickCount64(), 60000 + 86400000ull * 60 + 3723004);
  });
}

}  // namespace
}  // namespace pendulum::win32

#include "harness/win32/clock.h"

#include <algorithm>

#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

constexpr uint64_t kTicksPerDay = 864000000000;
constexpr int kFirstYear = 1601;

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysOfMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

// Days from 1601-01-01 to the first day of `year`.
int64_t DaysToYear(int year) {
  const int64_t years = year - kFirstYear;
  return years * 365 + years / 4 - years / 100 + years / 400;
}

uint64_t NowMs() { return boundary.scheduler == nullptr ? 0 : boundary.scheduler->now_ms(); }

BOOL Fail() {
  Self().last_error = ERROR_INVALID_PARAMETER;
  return FALSE;
}

}  // namespace

uint64_t TicksOf(const FILETIME& time) {
  return (uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime;
}

FILETIME FileTimeOf(uint64_t ticks) {
  return {.dwLowDateTime = static_cast<DWORD>(ticks),
          .dwHighDateTime = static_cast<DWORD>(ticks >> 32)};
}

uint64_t NowTicks() { return kEpochTicks + NowMs() * kTicksPerMs; }

uint64_t VirtualTimeMs(int64_t due_ticks) {
  const uint64_t now_ms = NowMs();
  if (due_ticks <= 0) return now_ms + static_cast<uint64_t>(-due_ticks) / kTicksPerMs;
  if (due_ticks <= kEpochTicks) return now_ms;
  return std::max(now_ms, static_cast<uint64_t>(due_ticks - kEpochTicks) / kTicksPerMs);
}

bool SystemTimeOf(uint64_t ticks, SYSTEMTIME* time) {
  if (ticks > 0x7FFFFFFFFFFFFFFF) return false;
  auto days = static_cast<int64_t>(ticks / kTicksPerDay);
  const uint64_t ms = ticks % kTicksPerDay / kTicksPerMs;
  time->wDayOfWeek = static_cast<WORD>((days + 1) % 7);  // 1601-01-01 was a Monday
  int year = kFirstYear + static_cast<int>(days / 366);
  while (DaysToYear(year + 1) <= days) ++year;
  days -= DaysToYear(year);
  int month = 1;
  while (days >= DaysOfMonth(year, month)) days -= DaysOfMonth(year, month++);
  time->wYear = static_cast<WORD>(year);
  time->wMonth = static_cast<WORD>(month);
  time->wDay = static_cast<WORD>(days + 1);
  time->wHour = static_cast<WORD>(ms / 3600000);
  time->wMinute = static_cast<WORD>(ms / 60000 % 60);
  time->wSecond = static_cast<WORD>(ms / 1000 % 60);
  time->wMilliseconds = static_cast<WORD>(ms % 1000);
  return true;
}

bool TicksOfSystemTime(const SYSTEMTIME& time, uint64_t* ticks) {
  const bool is_valid = time.wYear >= kFirstYear && time.wYear <= 30827 && time.wMonth >= 1 &&
                        time.wMonth <= 12 && time.wDay >= 1 &&
                        time.wDay <= DaysOfMonth(time.wYear, time.wMonth) && time.wHour < 24 &&
                        time.wMinute < 60 && time.wSecond < 60 && time.wMilliseconds < 1000;
  if (!is_valid) return false;
  int64_t days = DaysToYear(time.wYear) + time.wDay - 1;
  for (int month = 1; month < time.wMonth; ++month) days += DaysOfMonth(time.wYear, month);
  const uint64_t ms = uint64_t{time.wHour} * 3600000 + uint64_t{time.wMinute} * 60000 +
                      uint64_t{time.wSecond} * 1000 + time.wMilliseconds;
  *ticks = static_cast<uint64_t>(days) * kTicksPerDay + ms * kTicksPerMs;
  return true;
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.
using pendulum::trace::Method;

// Reading a clock is a scheduling point: a loop that waits for time to pass must let it pass.

extern "C" ULONGLONG WINAPI GetTickCount64() {
  CallScope call(__builtin_return_address(0));
  return kUptimeMs + NowMs();
}

extern "C" DWORD WINAPI GetTickCount() {
  CallScope call(__builtin_return_address(0));
  return static_cast<DWORD>(kUptimeMs + NowMs());
}

extern "C" BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* count) {
  CallScope call(__builtin_return_address(0));
  if (count == nullptr) return FALSE;
  count->QuadPart = static_cast<LONGLONG>((kUptimeMs + NowMs()) * kTicksPerMs);
  return TRUE;
}

extern "C" BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* frequency_hz) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (frequency_hz == nullptr) return FALSE;
  frequency_hz->QuadPart = kTicksPerMs * 1000;
  return TRUE;
}

extern "C" VOID WINAPI GetSystemTime(LPSYSTEMTIME time) {
  CallScope call(__builtin_return_address(0));
  SystemTimeOf(NowTicks(), time);
}

extern "C" VOID WINAPI GetLocalTime(LPSYSTEMTIME time) {
  CallScope call(__builtin_return_address(0));
  SystemTimeOf(NowTicks(), time);
}

extern "C" VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME time) {
  CallScope call(__builtin_return_address(0));
  *time = FileTimeOf(NowTicks());
}

extern "C" VOID WINAPI GetSystemTimePreciseAsFileTime(LPFILETIME time) {
  CallScope call(__builtin_return_address(0));
  *time = FileTimeOf(NowTicks());
}

extern "C" BOOL WINAPI FileTimeToSystemTime(const FILETIME* file_time, LPSYSTEMTIME system_time) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return SystemTimeOf(TicksOf(*file_time), system_time) ? TRUE : Fail();
}

extern "C" BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* system_time, LPFILETIME file_time) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  uint64_t ticks = 0;
  if (!TicksOfSystemTime(*system_time, &ticks)) return Fail();
  *file_time = FileTimeOf(ticks);
  return TRUE;
}

extern "C" BOOL WINAPI FileTimeToLocalFileTime(const FILETIME* file_time, LPFILETIME local) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *local = *file_time;
  return TRUE;
}

extern "C" BOOL WINAPI LocalFileTimeToFileTime(const FILETIME* local, LPFILETIME file_time) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *file_time = *local;
  return TRUE;
}

extern "C" BOOL WINAPI SystemTimeToTzSpecificLocalTime(const TIME_ZONE_INFORMATION*,
                                                       const SYSTEMTIME* universal,
                                                       LPSYSTEMTIME local) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *local = *universal;
  return TRUE;
}

extern "C" BOOL WINAPI TzSpecificLocalTimeToSystemTime(const TIME_ZONE_INFORMATION*,
                                                       const SYSTEMTIME* local,
                                                       LPSYSTEMTIME universal) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *universal = *local;
  return TRUE;
}

extern "C" DWORD WINAPI GetTimeZoneInformation(LPTIME_ZONE_INFORMATION zone) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *zone = TIME_ZONE_INFORMATION{};
  std::copy_n(L"UTC", 4, zone->StandardName);
  std::copy_n(L"UTC", 4, zone->DaylightName);
  return TIME_ZONE_ID_UNKNOWN;
}

extern "C" LONG WINAPI CompareFileTime(const FILETIME* left, const FILETIME* right) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  const uint64_t left_ticks = TicksOf(*left);
  const uint64_t right_ticks = TicksOf(*right);
  return left_ticks < right_ticks ? -1 : left_ticks > right_ticks ? 1 : 0;
}

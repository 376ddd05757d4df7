// The lstr… family and comparisons. Without case means ASCII letters, whatever the locale.
#include <algorithm>
#include <cstring>
#include <string_view>

#include "harness/win32/boundary.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

template <typename Character>
Character Lower(Character character) {
  return character >= 'A' && character <= 'Z' ? static_cast<Character>(character + 32) : character;
}

template <typename Character>
Character Upper(Character character) {
  return character >= 'a' && character <= 'z' ? static_cast<Character>(character - 32) : character;
}

template <typename Character>
std::basic_string_view<Character> View(const Character* text, int length = -1) {
  if (text == nullptr) return {};
  if (length < 0) return std::basic_string_view<Character>(text);
  return {text, static_cast<size_t>(length)};
}

// Negative, 0 or positive; by code point, lower case first when case is ignored.
template <typename Character>
int Compare(std::basic_string_view<Character> left, std::basic_string_view<Character> right,
            bool ignore_case) {
  const size_t common = std::min(left.size(), right.size());
  for (size_t i = 0; i < common; ++i) {
    const auto a = static_cast<uint32_t>(ignore_case ? Lower(left[i]) : left[i]);
    const auto b = static_cast<uint32_t>(ignore_case ? Lower(right[i]) : right[i]);
    if (a != b) return a < b ? -1 : 1;
  }
  return left.size() == right.size() ? 0 : left.size() < right.size() ? -1 : 1;
}

template <typename Character>
int CompareTexts(const Character* left, int left_length, const Character* right, int right_length,
                 bool ignore_case) {
  if (left == nullptr || right == nullptr || left_length < -1 || right_length < -1) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return 0;
  }
  return CSTR_EQUAL + Compare(View(left, left_length), View(right, right_length), ignore_case);
}

template <typename Character>
Character* Copy(Character* target, const Character* source, size_t room) {
  if (target == nullptr || source == nullptr) return nullptr;
  const auto text = View(source).substr(0, room - 1);
  std::copy(text.begin(), text.end(), target);
  target[text.size()] = 0;
  return target;
}

template <typename Character, typename Change>
Character* ChangeCase(Character* text, Change change) {
  // A value below 64 K is a character, not an address.
  const auto value = reinterpret_cast<uintptr_t>(text);
  if (value <= 0xFFFF) {
    return reinterpret_cast<Character*>(
        static_cast<uintptr_t>(change(static_cast<wchar_t>(value))));
  }
  for (Character* at = text; *at != 0; ++at) *at = static_cast<Character>(change(*at));
  return text;
}

constexpr size_t kAnyLength = ~size_t{0};

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" int WINAPI CompareStringOrdinal(LPCWSTR left, int left_length, LPCWSTR right,
                                           int right_length, BOOL ignore_case) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return CompareTexts(left, left_length, right, right_length, ignore_case);
}

extern "C" int WINAPI CompareStringA(LCID, DWORD flags, LPCSTR left, int left_length, LPCSTR right,
                                     int right_length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return CompareTexts(left, left_length, right, right_length, (flags & NORM_IGNORECASE) != 0);
}

extern "C" int WINAPI CompareStringW(LCID, DWORD flags, LPCWSTR left, int left_length,
                                     LPCWSTR right, int right_length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return CompareTexts(left, left_length, right, right_length, (flags & NORM_IGNORECASE) != 0);
}

extern "C" int WINAPI lstrlenA(LPCSTR text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return static_cast<int>(View(text).size());
}

extern "C" int WINAPI lstrlenW(LPCWSTR text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return static_cast<int>(View(text).size());
}

extern "C" int WINAPI lstrcmpA(LPCSTR left, LPCSTR right) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Compare(View(left), View(right), false);
}

extern "C" int WINAPI lstrcmpW(LPCWSTR left, LPCWSTR right) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Compare(View(left), View(right), false);
}

extern "C" int WINAPI lstrcmpiA(LPCSTR left, LPCSTR right) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Compare(View(left), View(right), true);
}

extern "C" int WINAPI lstrcmpiW(LPCWSTR left, LPCWSTR right) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Compare(View(left), View(right), true);
}

extern "C" LPSTR WINAPI lstrcpyA(LPSTR target, LPCSTR source) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Copy(target, source, kAnyLength);
}

extern "C" LPWSTR WINAPI lstrcpyW(LPWSTR target, LPCWSTR source) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Copy(target, source, kAnyLength);
}

extern "C" LPSTR WINAPI lstrcpynA(LPSTR target, LPCSTR source, int length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return length <= 0 ? nullptr : Copy(target, source, static_cast<size_t>(length));
}

extern "C" LPWSTR WINAPI lstrcpynW(LPWSTR target, LPCWSTR source, int length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return length <= 0 ? nullptr : Copy(target, source, static_cast<size_t>(length));
}

extern "C" LPSTR WINAPI lstrcatA(LPSTR target, LPCSTR source) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Copy(target + std::strlen(target), source, kAnyLength) == nullptr ? nullptr : target;
}

extern "C" LPWSTR WINAPI lstrcatW(LPWSTR target, LPCWSTR source) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Copy(target + std::wcslen(target), source, kAnyLength) == nullptr ? nullptr : target;
}

extern "C" LPSTR WINAPI CharLowerA(LPSTR text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ChangeCase(text, [](auto character) { return Lower(character); });
}

extern "C" LPWSTR WINAPI CharLowerW(LPWSTR text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ChangeCase(text, [](auto character) { return Lower(character); });
}

extern "C" LPSTR WINAPI CharUpperA(LPSTR text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ChangeCase(text, [](auto character) { return Upper(character); });
}

extern "C" LPWSTR WINAPI CharUpperW(LPWSTR text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ChangeCase(text, [](auto character) { return Upper(character); });
}

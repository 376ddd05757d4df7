// The little of winsock2.h and shlwapi.h that is simple.
#include "harness/win32/boundary.h"
#include "harness/win32/thread_state.h"
#include "shlwapi.h"
#include "windows.h"
#include "winsock2.h"

namespace {

// The part behind the last separator that has something behind it.
template <typename Character>
Character *FileName(const Character *path) {
  const Character *name = path;
  for (const Character *at = path; at != nullptr && *at != 0; ++at) {
    const bool is_separator = *at == '\\' || *at == '/' || *at == ':';
    if (is_separator && at[1] != 0 && at[1] != '\\' && at[1] != '/') name = at + 1;
  }
  return const_cast<Character *>(name);
}

}  // namespace

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" int WINAPI WSAGetLastError() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return static_cast<int>(Self().last_error);
}

extern "C" void WINAPI WSASetLastError(int code) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  Self().last_error = static_cast<DWORD>(code);
}

extern "C" LPSTR WINAPI PathFindFileNameA(LPCSTR path) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FileName(path);
}

extern "C" LPWSTR WINAPI PathFindFileNameW(LPCWSTR path) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FileName(path);
}

// Loaded libraries, and facts about the machine: fixed values, the same everywhere.
#include <dlfcn.h>

#include <cstring>
#include <string_view>

#include "harness/win32/boundary.h"
#include "harness/win32/conversion.h"
#include "harness/win32/text_result.h"
#include "harness/win32/thread.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

struct Library {
  const char* name;
  const char* path;
};

// What a worker process has loaded. The first one is the program, the last one any module.
constexpr Library kLibraries[] = {
    {"w3wp.exe", "C:\\Windows\\System32\\inetsrv\\w3wp.exe"},
    {"kernel32.dll", "C:\\Windows\\System32\\kernel32.dll"},
    {"kernelbase.dll", "C:\\Windows\\System32\\kernelbase.dll"},
    {"ntdll.dll", "C:\\Windows\\System32\\ntdll.dll"},
    {"advapi32.dll", "C:\\Windows\\System32\\advapi32.dll"},
    {"ole32.dll", "C:\\Windows\\System32\\ole32.dll"},
    {"oleaut32.dll", "C:\\Windows\\System32\\oleaut32.dll"},
    {"user32.dll", "C:\\Windows\\System32\\user32.dll"},
    {"iiscore.dll", "C:\\Windows\\System32\\inetsrv\\iiscore.dll"},
};
constexpr int kLibraryCount = sizeof(kLibraries) / sizeof(kLibraries[0]);
constexpr const char* kModulePath = "C:\\Windows\\System32\\inetsrv\\module.dll";
constexpr uintptr_t kFirstLibrary = 0x140000000;
constexpr uintptr_t kLibraryDistance = 0x1000000;

HMODULE LibraryAt(int index) {
  return reinterpret_cast<HMODULE>(kFirstLibrary +
                                   kLibraryDistance * static_cast<uintptr_t>(index));
}

int IndexOf(HMODULE module) {
  for (int i = 0; i < kLibraryCount; ++i) {
    if (LibraryAt(i) == module) return i;
  }
  return -1;
}

std::string_view FileName(std::string_view path) {
  const size_t slash = path.find_last_of("\\/");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

HMODULE FindLibrary(const char* name) {
  const std::string_view wanted = name == nullptr ? "w3wp.exe" : FileName(name);
  for (int i = 0; i < kLibraryCount; ++i) {
    const std::string_view known(kLibraries[i].name);
    const bool names_it = known.substr(0, wanted.size()).size() == wanted.size() &&
                          strncasecmp(known.data(), wanted.data(), wanted.size()) == 0;
    const std::string_view rest = known.substr(names_it ? wanted.size() : 0);
    if (names_it && (rest.empty() || rest == ".dll")) return LibraryAt(i);
  }
  Self().last_error = ERROR_MOD_NOT_FOUND;
  return nullptr;
}

BOOL FindLibraryEx(DWORD flags, const char* name, HMODULE* module) {
  if (module == nullptr) return FALSE;
  // An address is taken for one in the module that asks.
  const bool is_address = (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS) != 0;
  *module = is_address ? LibraryAt(kLibraryCount) : FindLibrary(name);
  return *module != nullptr;
}

template <typename Character>
DWORD GetFileName(HMODULE module, Character* buffer, DWORD size) {
  const int index = module == nullptr ? 0 : IndexOf(module);
  const std::string_view path = index < 0 ? kModulePath : kLibraries[index].path;
  const DWORD length = GiveText(path, buffer, size);
  if (length < size) return length;
  Self().last_error = ERROR_INSUFFICIENT_BUFFER;
  for (DWORD i = 0; i + 1 < size; ++i) buffer[i] = static_cast<Character>(path[i]);
  if (size > 0) buffer[size - 1] = 0;
  return size;
}

template <typename Character>
BOOL GetComputer(Character* buffer, DWORD* length) {
  const DWORD room = *length;
  *length = GiveText("PENDULUM", buffer, room);
  if (*length < room) return TRUE;
  Self().last_error = ERROR_BUFFER_OVERFLOW;
  return FALSE;
}

using Path = NarrowText<MAX_PATH>;

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" UINT WINAPI SetErrorMode(UINT) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return 0;
}

extern "C" HMODULE WINAPI LoadLibraryA(LPCSTR name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibrary(name);
}

extern "C" HMODULE WINAPI LoadLibraryW(LPCWSTR name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibrary(Path(name).c_str());
}

extern "C" HMODULE WINAPI LoadLibraryExA(LPCSTR name, HANDLE, DWORD) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibrary(name);
}

extern "C" HMODULE WINAPI LoadLibraryExW(LPCWSTR name, HANDLE, DWORD) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibrary(Path(name).c_str());
}

extern "C" BOOL WINAPI FreeLibrary(HMODULE module) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return module != nullptr;
}

// A function of Windows is one that this layer exports.
extern "C" FARPROC WINAPI GetProcAddress(HMODULE module, LPCSTR name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  const bool is_ordinal = reinterpret_cast<uintptr_t>(name) <= 0xFFFF;
  void* address = is_ordinal || IndexOf(module) < 0 ? nullptr : dlsym(RTLD_DEFAULT, name);
  if (address == nullptr) Self().last_error = ERROR_PROC_NOT_FOUND;
  return reinterpret_cast<FARPROC>(address);
}

extern "C" HMODULE WINAPI GetModuleHandleA(LPCSTR name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibrary(name);
}

extern "C" HMODULE WINAPI GetModuleHandleW(LPCWSTR name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibrary(Path(name).c_str());
}

extern "C" BOOL WINAPI GetModuleHandleExA(DWORD flags, LPCSTR name, HMODULE* module) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FindLibraryEx(flags, name, module);
}

extern "C" BOOL WINAPI GetModuleHandleExW(DWORD flags, LPCWSTR name, HMODULE* module) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  const bool is_address = (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS) != 0;
  return FindLibraryEx(flags, is_address ? nullptr : Path(name).c_str(), module);
}

extern "C" DWORD WINAPI GetModuleFileNameA(HMODULE module, LPSTR buffer, DWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetFileName(module, buffer, length);
}

extern "C" DWORD WINAPI GetModuleFileNameW(HMODULE module, LPWSTR buffer, DWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetFileName(module, buffer, length);
}

extern "C" BOOL WINAPI DisableThreadLibraryCalls(HMODULE) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return TRUE;
}

extern "C" VOID WINAPI GetSystemInfo(LPSYSTEM_INFO information) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *information = SYSTEM_INFO{};
  information->wProcessorArchitecture = PROCESSOR_ARCHITECTURE_AMD64;
  information->dwPageSize = 4096;
  information->lpMinimumApplicationAddress = reinterpret_cast<LPVOID>(0x10000);
  information->lpMaximumApplicationAddress = reinterpret_cast<LPVOID>(0x7FFFFFFEFFFF);
  information->dwActiveProcessorMask = 3;
  information->dwNumberOfProcessors = kProcessors;
  information->dwAllocationGranularity = 65536;
}

extern "C" VOID WINAPI GetNativeSystemInfo(LPSYSTEM_INFO information) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  GetSystemInfo(information);
}

extern "C" BOOL WINAPI GlobalMemoryStatusEx(LPMEMORYSTATUSEX status) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  constexpr DWORDLONG kTotal = DWORDLONG{8} << 30;
  status->dwMemoryLoad = 50;
  status->ullTotalPhys = status->ullTotalPageFile = kTotal;
  status->ullAvailPhys = status->ullAvailPageFile = kTotal / 2;
  status->ullTotalVirtual = status->ullAvailVirtual = DWORDLONG{128} << 40;
  status->ullAvailExtendedVirtual = 0;
  return TRUE;
}

extern "C" DWORD WINAPI GetVersion() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return 0x4F7C000A;  // 10.0.20348, Windows Server 2022
}

extern "C" BOOL WINAPI GetComputerNameA(LPSTR buffer, LPDWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetComputer(buffer, length);
}

extern "C" BOOL WINAPI GetComputerNameW(LPWSTR buffer, LPDWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetComputer(buffer, length);
}

extern "C" BOOL WINAPI GetComputerNameExA(COMPUTER_NAME_FORMAT, LPSTR buffer, LPDWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetComputer(buffer, length);
}

extern "C" BOOL WINAPI GetComputerNameExW(COMPUTER_NAME_FORMAT, LPWSTR buffer, LPDWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetComputer(buffer, length);
}

extern "C" UINT WINAPI GetSystemDirectoryA(LPSTR buffer, UINT length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows\\System32", buffer, length);
}

extern "C" UINT WINAPI GetSystemDirectoryW(LPWSTR buffer, UINT length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows\\System32", buffer, length);
}

extern "C" UINT WINAPI GetWindowsDirectoryA(LPSTR buffer, UINT length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows", buffer, length);
}

extern "C" UINT WINAPI GetWindowsDirectoryW(LPWSTR buffer, UINT length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveText("C:\\Windows", buffer, length);
}

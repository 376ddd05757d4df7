#include "harness/win32/environment.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "harness/win32/boundary.h"
#include "harness/win32/conversion.h"
#include "harness/win32/module_heap.h"
#include "harness/win32/text_result.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

constexpr int kMaxVariables = 64;
constexpr size_t kMaxNameBytes = 64;
constexpr size_t kMaxValueBytes = 512;

struct Variable {
  char name[kMaxNameBytes] = {};
  char value[kMaxValueBytes] = {};
};

// What every worker process has, and modules ask for.
constexpr const char* kInitial[][2] = {
    {"APP_POOL_ID", "DefaultAppPool"},     {"COMPUTERNAME", "PENDULUM"},
    {"NUMBER_OF_PROCESSORS", "2"},         {"PROCESSOR_ARCHITECTURE", "AMD64"},
    {"ProgramFiles", "C:\\Program Files"}, {"SystemDrive", "C:"},
    {"SystemRoot", "C:\\Windows"},         {"TEMP", "C:\\Windows\\Temp"},
    {"TMP", "C:\\Windows\\Temp"},          {"windir", "C:\\Windows"},
};

Variable variables[kMaxVariables];
int count = -1;  // not yet filled
bool has_changed = false;

void Fill() {
  count = 0;
  for (const auto& [name, value] : kInitial) {
    std::strncpy(variables[count].name, name, kMaxNameBytes - 1);
    std::strncpy(variables[count].value, value, kMaxValueBytes - 1);
    ++count;
  }
  has_changed = false;
}

Variable* Find(const char* name) {
  if (count < 0) Fill();
  for (int i = 0; i < count; ++i) {
    if (lstrcmpiA(variables[i].name, name) == 0) return &variables[i];
  }
  return nullptr;
}

void Remove(Variable* variable) {
  --count;
  for (; variable != variables + count; ++variable) *variable = *(variable + 1);
  has_changed = true;
}

template <typename Character>
DWORD GetValue(const char* name, Character* buffer, DWORD size) {
  const char* value = name == nullptr ? nullptr : EnvironmentValue(name);
  if (value == nullptr) {
    Self().last_error = ERROR_ENVVAR_NOT_FOUND;
    return 0;
  }
  Self().last_error = NO_ERROR;
  return GiveText(value, buffer, size);
}

// Replaces %NAME% by the value of NAME; unknown names stay as they are.
std::string Expand(std::string_view source) {
  std::string expanded;
  for (size_t at = 0; at < source.size();) {
    const size_t end = source[at] == '%' ? source.find('%', at + 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      expanded += source[at++];
      continue;
    }
    const std::string name(source.substr(at + 1, end - at - 1));
    const char* value = EnvironmentValue(name.c_str());
    if (value == nullptr) {
      expanded += source[at++];
      continue;
    }
    expanded += value;
    at = end + 1;
  }
  return expanded;
}

template <typename Character>
DWORD GiveExpanded(std::string_view source, Character* buffer, DWORD size) {
  const std::string expanded = Expand(source);
  const DWORD needed = static_cast<DWORD>(LengthFor(expanded, buffer) + 1);
  GiveText(expanded, buffer, size);
  return needed;
}

// "NAME=value\0NAME=value\0\0" in memory that FreeEnvironmentStrings takes back.
template <typename Character>
Character* NewBlock() {
  if (count < 0) Fill();
  std::string block;
  for (int i = 0; i < count; ++i) {
    block.append(variables[i].name).append("=").append(variables[i].value).push_back('\0');
  }
  block.push_back('\0');
  auto* memory = static_cast<Character*>(AllocateForModule((block.size() + 1) * sizeof(Character)));
  if (memory != nullptr) CopyText(block, memory);
  return memory;
}

BOOL FreeBlock(void* block) {
  FreeForModule(block);
  return TRUE;
}

using Name = NarrowText<kMaxNameBytes>;
using Value = NarrowText<kMaxValueBytes>;

}  // namespace

const char* EnvironmentValue(const char* name) {
  const Variable* variable = Find(name);
  return variable == nullptr ? nullptr : variable->value;
}

bool SetEnvironmentValue(const char* name, const char* value) {
  const bool is_valid = name != nullptr && name[0] != '\0' && std::strlen(name) < kMaxNameBytes &&
                        std::strchr(name, '=') == nullptr &&
                        (value == nullptr || std::strlen(value) < kMaxValueBytes);
  Variable* variable = is_valid ? Find(name) : nullptr;
  if (!is_valid || (variable == nullptr && value != nullptr && count == kMaxVariables)) {
    Self().last_error = ERROR_INVALID_PARAMETER;
    return false;
  }
  if (value == nullptr) {
    if (variable != nullptr) Remove(variable);
    return true;
  }
  if (variable == nullptr) {
    variable = &variables[count++];
    std::strcpy(variable->name, name);
  }
  std::strcpy(variable->value, value);
  has_changed = true;
  return true;
}

void ResetEnvironment() {
  if (has_changed) Fill();
}

}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" DWORD WINAPI GetEnvironmentVariableA(LPCSTR name, LPSTR buffer, DWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetValue(name, buffer, length);
}

extern "C" DWORD WINAPI GetEnvironmentVariableW(LPCWSTR name, LPWSTR buffer, DWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GetValue(Name(name).c_str(), buffer, length);
}

extern "C" BOOL WINAPI SetEnvironmentVariableA(LPCSTR name, LPCSTR value) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return SetEnvironmentValue(name, value);
}

extern "C" BOOL WINAPI SetEnvironmentVariableW(LPCWSTR name, LPCWSTR value) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return SetEnvironmentValue(Name(name).c_str(), Value(value).c_str());
}

extern "C" DWORD WINAPI ExpandEnvironmentStringsA(LPCSTR source, LPSTR buffer, DWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveExpanded(source, buffer, length);
}

extern "C" DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR source, LPWSTR buffer, DWORD length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return GiveExpanded(NarrowText<1024>(source).c_str(), buffer, length);
}

extern "C" LPSTR WINAPI GetEnvironmentStringsA() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return NewBlock<char>();
}

extern "C" LPWSTR WINAPI GetEnvironmentStringsW() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return NewBlock<wchar_t>();
}

extern "C" BOOL WINAPI FreeEnvironmentStringsA(LPSTR environment) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FreeBlock(environment);
}

extern "C" BOOL WINAPI FreeEnvironmentStringsW(LPWSTR environment) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FreeBlock(environment);
}

extern "C" errno_t getenv_s(size_t* required, char* buffer, size_t size, const char* name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (required == nullptr || name == nullptr) return EINVAL;
  const char* value = EnvironmentValue(name);
  *required = value == nullptr ? 0 : std::strlen(value) + 1;
  if (buffer != nullptr && size > 0) buffer[0] = '\0';
  if (value == nullptr || buffer == nullptr) return 0;
  return GiveText(value, buffer, static_cast<DWORD>(size)) < size ? 0 : ERANGE;
}

extern "C" errno_t _wgetenv_s(size_t* required, wchar_t* buffer, size_t size, const wchar_t* name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (required == nullptr || name == nullptr) return EINVAL;
  const char* value = EnvironmentValue(Name(name).c_str());
  *required = value == nullptr ? 0 : LengthFor(value, buffer) + 1;
  if (buffer != nullptr && size > 0) buffer[0] = L'\0';
  if (value == nullptr || buffer == nullptr) return 0;
  return GiveText(value, buffer, static_cast<DWORD>(size)) < size ? 0 : ERANGE;
}

extern "C" errno_t _dupenv_s(char** buffer, size_t* size, const char* name) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (buffer == nullptr || name == nullptr) return EINVAL;
  const char* value = EnvironmentValue(name);
  *buffer = nullptr;
  if (size != nullptr) *size = value == nullptr ? 0 : std::strlen(value) + 1;
  if (value == nullptr) return 0;
  ModuleScope module;
  *buffer = strdup(value);
  return *buffer == nullptr ? ENOMEM : 0;
}

extern "C" errno_t _putenv_s(const char* name, const char* value) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (name == nullptr || value == nullptr) return EINVAL;
  return SetEnvironmentValue(name, value[0] == '\0' ? nullptr : value) ? 0 : EINVAL;
}

extern "C" int _putenv(const char* assignment) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  const std::string_view text(assignment);
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) return -1;
  const std::string name(text.substr(0, equals));
  const char* value = assignment + equals + 1;
  return SetEnvironmentValue(name.c_str(), value[0] == '\0' ? nullptr : value) ? 0 : -1;
}

// BSTR: a wide text with its length in bytes in the four bytes before it.
#include <cstring>

#include "harness/win32/boundary.h"
#include "harness/win32/module_heap.h"
#include "oleauto.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

// The length takes a block of its own alignment in front of the text.
constexpr size_t kHeaderBytes = 16;

void* BlockOf(BSTR string) { return reinterpret_cast<char*>(string) - kHeaderBytes; }

UINT ByteLength(BSTR string) {
  UINT bytes = 0;
  if (string != nullptr) std::memcpy(&bytes, reinterpret_cast<char*>(string) - 4, sizeof(bytes));
  return bytes;
}

BSTR Allocate(const void* text, size_t bytes) {
  if (bytes > 0x7FFFFFFF) return nullptr;
  auto* block = static_cast<char*>(AllocateForModule(kHeaderBytes + bytes + sizeof(OLECHAR)));
  if (block == nullptr) return nullptr;
  const auto length = static_cast<UINT>(bytes);
  char* start = block + kHeaderBytes;
  std::memcpy(start - 4, &length, sizeof(length));
  if (text != nullptr) std::memcpy(start, text, bytes);
  std::memset(start + bytes, 0, sizeof(OLECHAR));
  return reinterpret_cast<BSTR>(start);
}

void Free(BSTR string) {
  if (string != nullptr) FreeForModule(BlockOf(string));
}

INT Replace(BSTR* string, const OLECHAR* text, size_t length) {
  BSTR replacement = Allocate(text, length * sizeof(OLECHAR));
  if (replacement == nullptr) return FALSE;
  Free(*string);
  *string = replacement;
  return TRUE;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" BSTR WINAPI SysAllocString(const OLECHAR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return text == nullptr ? nullptr : Allocate(text, std::wcslen(text) * sizeof(OLECHAR));
}

extern "C" BSTR WINAPI SysAllocStringLen(const OLECHAR* text, UINT length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Allocate(text, size_t{length} * sizeof(OLECHAR));
}

extern "C" BSTR WINAPI SysAllocStringByteLen(LPCSTR bytes, UINT length_bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Allocate(bytes, length_bytes);
}

extern "C" INT WINAPI SysReAllocString(BSTR* string, const OLECHAR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Replace(string, text, text == nullptr ? 0 : std::wcslen(text));
}

extern "C" INT WINAPI SysReAllocStringLen(BSTR* string, const OLECHAR* text, UINT length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Replace(string, text, length);
}

extern "C" VOID WINAPI SysFreeString(BSTR string) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  Free(string);
}

extern "C" UINT WINAPI SysStringLen(BSTR string) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ByteLength(string) / sizeof(OLECHAR);
}

extern "C" UINT WINAPI SysStringByteLen(BSTR string) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ByteLength(string);
}

// Heaps and the older allocators: all of them the module's own heap.
#include "harness/win32/boundary.h"
#include "harness/win32/module_heap.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

// Heaps are told apart by value only. The process heap is the first.
constexpr uintptr_t kProcessHeap = 0x10000;
uintptr_t last_heap = kProcessHeap;

void* Allocate(size_t bytes, bool zeroed) {
  void* memory = AllocateForModule(bytes, zeroed);
  if (memory == nullptr) Self().last_error = ERROR_NOT_ENOUGH_MEMORY;
  return memory;
}

void* Reallocate(void* memory, size_t bytes, bool zeroed) {
  void* moved = ReallocateForModule(memory, bytes, zeroed);
  if (moved == nullptr) Self().last_error = ERROR_NOT_ENOUGH_MEMORY;
  return moved;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" HANDLE WINAPI GetProcessHeap() {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return reinterpret_cast<HANDLE>(kProcessHeap);
}

// A heap that is destroyed does not free what is in it: that is reported as a leak.
extern "C" HANDLE WINAPI HeapCreate(DWORD, SIZE_T, SIZE_T) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return reinterpret_cast<HANDLE>(last_heap += 0x10000);
}

extern "C" BOOL WINAPI HeapDestroy(HANDLE heap) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (heap != nullptr && heap != reinterpret_cast<HANDLE>(kProcessHeap)) return TRUE;
  Self().last_error = ERROR_INVALID_HANDLE;
  return FALSE;
}

extern "C" LPVOID WINAPI HeapAlloc(HANDLE, DWORD flags, SIZE_T bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Allocate(bytes, (flags & HEAP_ZERO_MEMORY) != 0);
}

extern "C" LPVOID WINAPI HeapReAlloc(HANDLE, DWORD flags, LPVOID memory, SIZE_T bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (memory == nullptr) return nullptr;
  if ((flags & HEAP_REALLOC_IN_PLACE_ONLY) != 0) {
    return bytes <= BlockBytes(memory) ? memory : nullptr;
  }
  return Reallocate(memory, bytes, (flags & HEAP_ZERO_MEMORY) != 0);
}

extern "C" BOOL WINAPI HeapFree(HANDLE, DWORD, LPVOID memory) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  FreeForModule(memory);
  return TRUE;
}

extern "C" SIZE_T WINAPI HeapSize(HANDLE, DWORD, LPCVOID memory) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return memory == nullptr ? ~SIZE_T{0} : BlockBytes(memory);
}

extern "C" BOOL WINAPI HeapValidate(HANDLE, DWORD, LPCVOID) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return TRUE;
}

extern "C" BOOL WINAPI HeapSetInformation(HANDLE, HEAP_INFORMATION_CLASS, PVOID, SIZE_T) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return TRUE;
}

extern "C" HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Allocate(bytes, (flags & LMEM_ZEROINIT) != 0);
}

extern "C" HLOCAL WINAPI LocalReAlloc(HLOCAL memory, SIZE_T bytes, UINT flags) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Reallocate(memory, bytes, (flags & LMEM_ZEROINIT) != 0);
}

extern "C" HLOCAL WINAPI LocalFree(HLOCAL memory) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  FreeForModule(memory);
  return nullptr;
}

// Movable memory does not move here: its handle is its address.
extern "C" HGLOBAL WINAPI GlobalAlloc(UINT flags, SIZE_T bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Allocate(bytes, (flags & GMEM_ZEROINIT) != 0);
}

extern "C" HGLOBAL WINAPI GlobalFree(HGLOBAL memory) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  FreeForModule(memory);
  return nullptr;
}

extern "C" LPVOID WINAPI GlobalLock(HGLOBAL memory) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return memory;
}

extern "C" BOOL WINAPI GlobalUnlock(HGLOBAL) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  Self().last_error = NO_ERROR;
  return FALSE;
}

extern "C" LPVOID WINAPI CoTaskMemAlloc(SIZE_T bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Allocate(bytes, false);
}

extern "C" LPVOID WINAPI CoTaskMemRealloc(LPVOID memory, SIZE_T bytes) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return Reallocate(memory, bytes, false);
}

extern "C" VOID WINAPI CoTaskMemFree(LPVOID memory) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  FreeForModule(memory);
}

// Heaps and the older allocators.
#ifndef PENDULUM_SDK_WINDOWS_MEMORY_H_
#define PENDULUM_SDK_WINDOWS_MEMORY_H_

#include "windows/types.h"

#define HEAP_NO_SERIALIZE 0x00000001u
#define HEAP_GROWABLE 0x00000002u
#define HEAP_GENERATE_EXCEPTIONS 0x00000004u
#define HEAP_ZERO_MEMORY 0x00000008u
#define HEAP_REALLOC_IN_PLACE_ONLY 0x00000010u
#define HEAP_CREATE_ENABLE_EXECUTE 0x00040000u
#define LMEM_FIXED 0x0000u
#define LMEM_MOVEABLE 0x0002u
#define LMEM_ZEROINIT 0x0040u
#define LPTR 0x0040u
#define LHND 0x0042u
#define GMEM_FIXED 0x0000u
#define GMEM_MOVEABLE 0x0002u
#define GMEM_ZEROINIT 0x0040u
#define GPTR 0x0040u
#define GHND 0x0042u
#define MEM_COMMIT 0x00001000u
#define MEM_RESERVE 0x00002000u
#define MEM_DECOMMIT 0x00004000u
#define MEM_RELEASE 0x00008000u

typedef enum _HEAP_INFORMATION_CLASS {
  HeapCompatibilityInformation,
  HeapEnableTerminationOnCorruption
} HEAP_INFORMATION_CLASS;

typedef struct _PROCESS_HEAP_ENTRY {
  PVOID lpData;
  DWORD cbData;
  BYTE cbOverhead;
  BYTE iRegionIndex;
  WORD wFlags;
} PROCESS_HEAP_ENTRY, *PPROCESS_HEAP_ENTRY, *LPPROCESS_HEAP_ENTRY;

extern "C" {
HANDLE WINAPI GetProcessHeap(VOID);
HANDLE WINAPI HeapCreate(DWORD options, SIZE_T initial_bytes, SIZE_T maximum_bytes);
BOOL WINAPI HeapDestroy(HANDLE heap);
LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T bytes);
LPVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, LPVOID memory, SIZE_T bytes);
BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID memory);
SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, LPCVOID memory);
BOOL WINAPI HeapValidate(HANDLE heap, DWORD flags, LPCVOID memory);
BOOL WINAPI HeapLock(HANDLE heap);
BOOL WINAPI HeapUnlock(HANDLE heap);
BOOL WINAPI HeapWalk(HANDLE heap, LPPROCESS_HEAP_ENTRY entry);
BOOL WINAPI HeapSetInformation(HANDLE heap, HEAP_INFORMATION_CLASS information_class,
                               PVOID information, SIZE_T bytes);
HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T bytes);
HLOCAL WINAPI LocalReAlloc(HLOCAL memory, SIZE_T bytes, UINT flags);
HLOCAL WINAPI LocalFree(HLOCAL memory);
HGLOBAL WINAPI GlobalAlloc(UINT flags, SIZE_T bytes);
HGLOBAL WINAPI GlobalFree(HGLOBAL memory);
LPVOID WINAPI GlobalLock(HGLOBAL memory);
BOOL WINAPI GlobalUnlock(HGLOBAL memory);
LPVOID WINAPI VirtualAlloc(LPVOID address, SIZE_T bytes, DWORD type, DWORD protect);
BOOL WINAPI VirtualFree(LPVOID address, SIZE_T bytes, DWORD type);
BOOL WINAPI VirtualProtect(LPVOID address, SIZE_T bytes, DWORD protect, PDWORD old_protect);
}

static inline PVOID SecureZeroMemory(PVOID memory, SIZE_T bytes) {
  __builtin_memset(memory, 0, bytes);
  __asm__ __volatile__("" : : "r"(memory) : "memory");
  return memory;
}
#define RtlSecureZeroMemory SecureZeroMemory

#endif  // PENDULUM_SDK_WINDOWS_MEMORY_H_

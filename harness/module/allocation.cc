// operator new and delete, malloc and its kin for the whole process: module code is served from the
// heap of the modules, everybody else from the C library.
#include <dlfcn.h>
#include <link.h>
#include <malloc.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

#include "harness/module/heap.h"
#include "harness/win32/boundary.h"

namespace pendulum::module {
namespace {

struct Range {
  uintptr_t begin;
  uintptr_t end;
};
constexpr int kMostRanges = 64;
constinit Range images[win32::kMaxImages] = {};
constinit int image_count = 0;

// Everything that was in memory before the module that is being loaded.
constinit bool loading = false;
constinit Range known[kMostRanges] = {};
constinit int known_count = 0;

constinit uint64_t harness_allocations = 0;

bool Covers(const Range* ranges, int count, uintptr_t address) {
  for (int i = 0; i < count; ++i) {
    if (address >= ranges[i].begin && address < ranges[i].end) return true;
  }
  return false;
}

int NoteObject(dl_phdr_info* info, size_t, void*) {
  Range range{~uintptr_t{0}, 0};
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    range.begin = std::min(range.begin, uintptr_t{info->dlpi_addr + header.p_vaddr});
    range.end = std::max(range.end, uintptr_t{info->dlpi_addr + header.p_vaddr + header.p_memsz});
  }
  if (range.end != 0 && known_count < kMostRanges) known[known_count++] = range;
  return 0;
}

}  // namespace

void AddImage(uintptr_t begin, uintptr_t end) {
  if (image_count < win32::kMaxImages) images[image_count++] = {begin, end};
}

void RemoveImage(uintptr_t begin) {
  for (int i = 0; i < image_count; ++i) {
    if (images[i].begin != begin) continue;
    images[i] = images[--image_count];
    return;
  }
}

bool InImage(const void* address) {
  const auto number = reinterpret_cast<uintptr_t>(address);
  if (Covers(images, image_count, number)) return true;
  return loading && !Covers(known, known_count, number);
}

LoadingScope::LoadingScope() {
  known_count = 0;
  dl_iterate_phdr(NoteObject, nullptr);
  loading = true;
}
LoadingScope::~LoadingScope() { loading = false; }

uint64_t HarnessAllocationCount() { return harness_allocations; }

}  // namespace pendulum::module

extern "C" {
// A sanitizer's run-time library has definitions of its own, which ours take the place of.
__attribute__((weak)) void* __interceptor_malloc(size_t bytes);
__attribute__((weak)) void* __interceptor_calloc(size_t count, size_t bytes);
__attribute__((weak)) void* __interceptor_realloc(void* block, size_t bytes);
__attribute__((weak)) void* __interceptor_memalign(size_t alignment, size_t bytes);
__attribute__((weak)) void __interceptor_free(void* block);
__attribute__((weak)) size_t __interceptor_malloc_usable_size(void* block);
void* __libc_malloc(size_t bytes);
void* __libc_calloc(size_t count, size_t bytes);
void* __libc_realloc(void* block, size_t bytes);
void* __libc_memalign(size_t alignment, size_t bytes);
void __libc_free(void* block);
}

namespace pendulum::module {
namespace {

bool Sanitized() { return __interceptor_malloc != nullptr; }

void* FromHarness(size_t bytes, size_t alignment) {
  ++harness_allocations;
  if (alignment <= alignof(std::max_align_t)) {
    return Sanitized() ? __interceptor_malloc(bytes) : __libc_malloc(bytes);
  }
  return Sanitized() ? __interceptor_memalign(alignment, bytes) : __libc_memalign(alignment, bytes);
}

void* ReallocateOfHarness(void* block, size_t bytes) {
  ++harness_allocations;
  return Sanitized() ? __interceptor_realloc(block, bytes) : __libc_realloc(block, bytes);
}

void* AllocateAligned(size_t alignment, size_t bytes, const void* caller) {
  return InImage(caller) ? Heap::Get().Allocate(bytes, alignment) : FromHarness(bytes, alignment);
}

void Release(void* block) {
  if (block == nullptr) return;
  if (Heap::Get().Contains(block)) {
    Heap::Get().Free(block);
  } else if (Sanitized()) {
    __interceptor_free(block);
  } else {
    __libc_free(block);
  }
}

void* New(size_t bytes, size_t alignment, const void* caller) {
  const bool for_module = win32::InModule() || InImage(caller);
  if (bytes == 0) bytes = 1;
  return for_module ? Heap::Get().Allocate(bytes, alignment) : FromHarness(bytes, alignment);
}

void* NewOrThrow(size_t bytes, size_t alignment, const void* caller) {
  void* block = New(bytes, alignment, caller);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

constexpr size_t kPlain = alignof(std::max_align_t);

}  // namespace
}  // namespace pendulum::module

#define CALLER __builtin_return_address(0)

extern "C" {

void* malloc(size_t bytes) {
  return pendulum::module::AllocateAligned(pendulum::module::kPlain, bytes, CALLER);
}

void free(void* block) { pendulum::module::Release(block); }

void* calloc(size_t count, size_t bytes) {
  if (!pendulum::module::InImage(CALLER)) {
    ++pendulum::module::harness_allocations;
    return pendulum::module::Sanitized() ? __interceptor_calloc(count, bytes)
                                         : __libc_calloc(count, bytes);
  }
  size_t all = 0;
  if (__builtin_mul_overflow(count, bytes, &all)) return nullptr;
  void* block = pendulum::module::Heap::Get().Allocate(all);
  if (block != nullptr) std::memset(block, 0, all);
  return block;
}

void* realloc(void* block, size_t bytes) {
  pendulum::module::Heap& heap = pendulum::module::Heap::Get();
  if (block == nullptr && pendulum::module::InImage(CALLER)) return heap.Allocate(bytes);
  if (block != nullptr && heap.Contains(block)) return heap.Reallocate(block, bytes);
  return pendulum::module::ReallocateOfHarness(block, bytes);
}

void* reallocarray(void* block, size_t count, size_t bytes) {
  size_t all = 0;
  if (__builtin_mul_overflow(count, bytes, &all)) {
    errno = ENOMEM;
    return nullptr;
  }
  pendulum::module::Heap& heap = pendulum::module::Heap::Get();
  if (block == nullptr && pendulum::module::InImage(CALLER)) return heap.Allocate(all);
  if (block != nullptr && heap.Contains(block)) return heap.Reallocate(block, all);
  return pendulum::module::ReallocateOfHarness(block, all);
}

void* memalign(size_t alignment, size_t bytes) {
  return pendulum::module::AllocateAligned(alignment, bytes, CALLER);
}

void* aligned_alloc(size_t alignment, size_t bytes) {
  return pendulum::module::AllocateAligned(alignment, bytes, CALLER);
}

int posix_memalign(void** block, size_t alignment, size_t bytes) {
  if (alignment % sizeof(void*) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  *block = pendulum::module::AllocateAligned(alignment, bytes, CALLER);
  return *block == nullptr ? ENOMEM : 0;
}

size_t malloc_usable_size(void* block) {
  using Function = size_t (*)(void*);
  static const auto of_library = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "malloc_usable_size"));
  if (block == nullptr) return 0;
  if (pendulum::module::Heap::Get().Contains(block)) {
    return pendulum::module::Heap::Get().BytesOf(block);
  }
  return pendulum::module::Sanitized() ? __interceptor_malloc_usable_size(block)
                                       : of_library(block);
}

}  // extern "C"

using pendulum::module::kPlain;
using pendulum::module::New;
using pendulum::module::NewOrThrow;
using pendulum::module::Release;
using std::align_val_t;
using std::nothrow_t;

void* operator new(size_t bytes) { return NewOrThrow(bytes, kPlain, CALLER); }
void* operator new[](size_t bytes) { return NewOrThrow(bytes, kPlain, CALLER); }
void* operator new(size_t bytes, const nothrow_t&) noexcept { return New(bytes, kPlain, CALLER); }
void* operator new[](size_t bytes, const nothrow_t&) noexcept { return New(bytes, kPlain, CALLER); }
void* operator new(size_t bytes, align_val_t alignment) {
  return NewOrThrow(bytes, static_cast<size_t>(alignment), CALLER);
}
void* operator new[](size_t bytes, align_val_t alignment) {
  return NewOrThrow(bytes, static_cast<size_t>(alignment), CALLER);
}
void* operator new(size_t bytes, align_val_t alignment, const nothrow_t&) noexcept {
  return New(bytes, static_cast<size_t>(alignment), CALLER);
}
void* operator new[](size_t bytes, align_val_t alignment, const nothrow_t&) noexcept {
  return New(bytes, static_cast<size_t>(alignment), CALLER);
}

void operator delete(void* block) noexcept { Release(block); }
void operator delete[](void* block) noexcept { Release(block); }
void operator delete(void* block, size_t) noexcept { Release(block); }
void operator delete[](void* block, size_t) noexcept { Release(block); }
void operator delete(void* block, const nothrow_t&) noexcept { Release(block); }
void operator delete[](void* block, const nothrow_t&) noexcept { Release(block); }
void operator delete(void* block, align_val_t) noexcept { Release(block); }
void operator delete[](void* block, align_val_t) noexcept { Release(block); }
void operator delete(void* block, size_t, align_val_t) noexcept { Release(block); }
void operator delete[](void* block, size_t, align_val_t) noexcept { Release(block); }
void operator delete(void* block, align_val_t, const nothrow_t&) noexcept { Release(block); }
void operator delete[](void* block, align_val_t, const nothrow_t&) noexcept { Release(block); }

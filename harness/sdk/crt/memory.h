// Memory: secure copies and aligned allocation.
#ifndef PENDULUM_SDK_CRT_MEMORY_H_
#define PENDULUM_SDK_CRT_MEMORY_H_

#include <malloc.h>

#include "crt/base.h"

PENDULUM_INLINE errno_t memcpy_s(void* target, size_t size, const void* source, size_t count) {
  if (count == 0) return 0;
  if (target == nullptr) return pendulum_crt::Fail("memcpy_s", (char*)nullptr, 0, EINVAL);
  if (source == nullptr || size < count) {
    memset(target, 0, size);
    return pendulum_crt::Fail("memcpy_s", (char*)nullptr, 0, source == nullptr ? EINVAL : ERANGE);
  }
  memcpy(target, source, count);
  return 0;
}

PENDULUM_INLINE errno_t memmove_s(void* target, size_t size, const void* source, size_t count) {
  if (count == 0) return 0;
  if (target == nullptr || source == nullptr || size < count) {
    errno_t error = target == nullptr || source == nullptr ? EINVAL : ERANGE;
    return pendulum_crt::Fail("memmove_s", (char*)nullptr, 0, error);
  }
  memmove(target, source, count);
  return 0;
}

PENDULUM_INLINE errno_t wmemcpy_s(wchar_t* target, size_t size, const wchar_t* source,
                                  size_t count) {
  return memcpy_s(target, size * sizeof(wchar_t), source, count * sizeof(wchar_t));
}

PENDULUM_INLINE int _memicmp(const void* left, const void* right, size_t count) {
  const unsigned char* a = (const unsigned char*)left;
  const unsigned char* b = (const unsigned char*)right;
  for (size_t i = 0; i < count; ++i) {
    int x = a[i] >= 'A' && a[i] <= 'Z' ? a[i] + 32 : a[i];
    int y = b[i] >= 'A' && b[i] <= 'Z' ? b[i] + 32 : b[i];
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

// Released with _aligned_free. `alignment` is a power of two.
PENDULUM_INLINE void* _aligned_malloc(size_t size, size_t alignment) {
  void* memory = nullptr;
  size_t least = alignment < sizeof(void*) ? sizeof(void*) : alignment;
  return posix_memalign(&memory, least, size) == 0 ? memory : nullptr;
}
PENDULUM_INLINE void _aligned_free(void* memory) { free(memory); }

PENDULUM_INLINE void* _recalloc(void* memory, size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) return nullptr;
  size_t old_bytes = memory == nullptr ? 0 : malloc_usable_size(memory);
  void* result = realloc(memory, bytes);
  if (result != nullptr && bytes > old_bytes) {
    memset((char*)result + old_bytes, 0, bytes - old_bytes);
  }
  return result;
}

#ifndef _alloca
#define _alloca(size) __builtin_alloca(size)
#endif
#define _malloca(size) malloc(size)
#define _freea(memory) free(memory)
#define _msize(memory) malloc_usable_size(memory)

#endif  // PENDULUM_SDK_CRT_MEMORY_H_

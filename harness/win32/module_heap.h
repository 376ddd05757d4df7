// Memory that a function of this layer gives to the module to keep: from the module's own heap, so
// that what is never given back is found as the module's leak and is gone in the next run.
#ifndef PENDULUM_WIN32_MODULE_HEAP_H_
#define PENDULUM_WIN32_MODULE_HEAP_H_

#include <cstddef>

namespace pendulum::win32 {

// Aligned to 16 bytes; nullptr when there is no memory. Given back through FreeForModule only.
void* AllocateForModule(size_t bytes, bool zeroed = false);
// As realloc; what is new is zero if asked for. nullptr leaves the old block as it is.
void* ReallocateForModule(void* block, size_t bytes, bool zeroed);
// Accepts nullptr.
void FreeForModule(void* block);
// The bytes asked for.
size_t BlockBytes(const void* block);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_MODULE_HEAP_H_

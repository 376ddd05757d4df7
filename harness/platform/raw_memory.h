// Memory touched behind the sanitizers' backs: what they know of it is neither asked nor changed.
// For memory that is put back as a whole, red zones included, and for the harness's own state.
#ifndef PENDULUM_PLATFORM_RAW_MEMORY_H_
#define PENDULUM_PLATFORM_RAW_MEMORY_H_

#include <cstddef>

namespace pendulum::platform {

// The C library's own functions; those that a program calls by their names can be the sanitizers'.
struct RawMemory {
  void* (*copy)(void* to, const void* from, size_t bytes);
  void* (*move)(void* to, const void* from, size_t bytes);
  void* (*fill)(void* to, int byte, size_t bytes);
  int (*compare)(const void* left, const void* right, size_t bytes);
  size_t (*length)(const char* text);
};
extern RawMemory raw_memory;

inline void RawCopy(void* to, const void* from, size_t bytes) { raw_memory.copy(to, from, bytes); }
inline void RawFill(void* to, int byte, size_t bytes) { raw_memory.fill(to, byte, bytes); }

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_RAW_MEMORY_H_

// A program with ThreadSanitizer's library is linked with --wrap for these functions: what the
// harness does with its own memory is neither checked nor taken for what the module does.
#include "harness/platform/raw_memory.h"

// The linker makes the names.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void* __wrap_memcpy(void* to, const void* from, size_t bytes) {
  return pendulum::platform::raw_memory.copy(to, from, bytes);
}
void* __wrap_memmove(void* to, const void* from, size_t bytes) {
  return pendulum::platform::raw_memory.move(to, from, bytes);
}
void* __wrap_memset(void* to, int byte, size_t bytes) {
  return pendulum::platform::raw_memory.fill(to, byte, bytes);
}
int __wrap_memcmp(const void* left, const void* right, size_t bytes) {
  return pendulum::platform::raw_memory.compare(left, right, bytes);
}
size_t __wrap_strlen(const char* text) { return pendulum::platform::raw_memory.length(text); }
}
// NOLINTEND(bugprone-reserved-identifier)

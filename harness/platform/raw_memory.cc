// Compiled without any sanitizer (CMakeLists.txt).
#include "harness/platform/raw_memory.h"

#include <dlfcn.h>

#include <cstdint>

namespace pendulum::platform {
namespace {

// What serves until the first call has looked the library's functions up, and while it does.
void* SlowMove(void* to, const void* from, size_t bytes) {
  auto* target = static_cast<volatile char*>(to);
  const auto* source = static_cast<const volatile char*>(from);
  if (reinterpret_cast<uintptr_t>(to) <= reinterpret_cast<uintptr_t>(from)) {
    for (size_t i = 0; i < bytes; ++i) target[i] = source[i];
  } else {
    for (size_t i = bytes; i > 0; --i) target[i - 1] = source[i - 1];
  }
  return to;
}

void* SlowFill(void* to, int byte, size_t bytes) {
  auto* target = static_cast<volatile char*>(to);
  for (size_t i = 0; i < bytes; ++i) target[i] = static_cast<char>(byte);
  return to;
}

int SlowCompare(const void* left, const void* right, size_t bytes) {
  const auto* one = static_cast<const volatile unsigned char*>(left);
  const auto* other = static_cast<const volatile unsigned char*>(right);
  for (size_t i = 0; i < bytes; ++i) {
    const int difference = one[i] - other[i];
    if (difference != 0) return difference;
  }
  return 0;
}

size_t SlowLength(const char* text) {
  size_t length = 0;
  while (static_cast<const volatile char*>(text)[length] != '\0') ++length;
  return length;
}

template <typename Function>
void LookUp(const char* name, Function** function) {
  if (void* found = dlsym(RTLD_NEXT, name); found != nullptr) {
    *function = reinterpret_cast<Function*>(found);
  }
}

// Late enough for the loader, early enough for every run.
__attribute__((constructor)) void LookUpAll() {
  RawMemory found = raw_memory;
  LookUp("memcpy", &found.copy);
  LookUp("memmove", &found.move);
  LookUp("memset", &found.fill);
  LookUp("memcmp", &found.compare);
  LookUp("strlen", &found.length);
  raw_memory = found;
}

}  // namespace

constinit RawMemory raw_memory = {SlowMove, SlowMove, SlowFill, SlowCompare, SlowLength};

}  // namespace pendulum::platform

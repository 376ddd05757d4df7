// What Clang calls from code that it has instrumented for ThreadSanitizer. Programs with that
// sanitizer's run-time library leave this file out; in all others the calls come here, and tell
// where the module's memory is read and written. Atomic operations are carried out here, in the one
// order in which workers run.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "harness/module/accesses.h"

// The names and types are the compiler's.
// NOLINTBEGIN(bugprone-reserved-identifier)

namespace {

using pendulum::module::Accesses;

void Read(const void* address, size_t bytes, const void* code) {
  Accesses::Get().OnAccess(address, bytes, false, code);
}

void Write(const void* address, size_t bytes, const void* code) {
  Accesses::Get().OnAccess(address, bytes, true, code);
}

}  // namespace

#define PENDULUM_EXPORTED extern "C" __attribute__((visibility("default")))
#define PENDULUM_CODE __builtin_return_address(0)

PENDULUM_EXPORTED void __tsan_init() { Accesses::Get().NoteCode(__builtin_return_address(0)); }
PENDULUM_EXPORTED void __tsan_func_entry(void*) {}
PENDULUM_EXPORTED void __tsan_func_exit() {}
PENDULUM_EXPORTED void __tsan_ignore_thread_begin() {}
PENDULUM_EXPORTED void __tsan_ignore_thread_end() {}

#define PENDULUM_ACCESS(suffix, bytes)                                        \
  PENDULUM_EXPORTED void __tsan_read##suffix(void* address) {                 \
    Read(address, bytes, PENDULUM_CODE);                                      \
  }                                                                           \
  PENDULUM_EXPORTED void __tsan_write##suffix(void* address) {                \
    Write(address, bytes, PENDULUM_CODE);                                     \
  }                                                                           \
  PENDULUM_EXPORTED void __tsan_read_write##suffix(void* address) {           \
    Write(address, bytes, PENDULUM_CODE);                                     \
  }                                                                           \
  PENDULUM_EXPORTED void __tsan_unaligned_read##suffix(void* address) {       \
    Read(address, bytes, PENDULUM_CODE);                                      \
  }                                                                           \
  PENDULUM_EXPORTED void __tsan_unaligned_write##suffix(void* address) {      \
    Write(address, bytes, PENDULUM_CODE);                                     \
  }                                                                           \
  PENDULUM_EXPORTED void __tsan_unaligned_read_write##suffix(void* address) { \
    Write(address, bytes, PENDULUM_CODE);                                     \
  }

PENDULUM_ACCESS(1, 1)
PENDULUM_ACCESS(2, 2)
PENDULUM_ACCESS(4, 4)
PENDULUM_ACCESS(8, 8)
PENDULUM_ACCESS(16, 16)

PENDULUM_EXPORTED void __tsan_read_range(void* address, size_t bytes) {
  Read(address, bytes, PENDULUM_CODE);
}
PENDULUM_EXPORTED void __tsan_write_range(void* address, size_t bytes) {
  Write(address, bytes, PENDULUM_CODE);
}
PENDULUM_EXPORTED void __tsan_vptr_read(void** pointer) {
  Read(pointer, sizeof *pointer, PENDULUM_CODE);
}
// Constructors and destructors set the same value again and again: that is no conflict.
PENDULUM_EXPORTED void __tsan_vptr_update(void** pointer, void* value) {
  if (*pointer != value) Write(pointer, sizeof *pointer, PENDULUM_CODE);
}

// The copying functions of the C library are not instrumented; the module is linked so that its
// calls of them come here (`--wrap`).
#define PENDULUM_COPY(name, function)                                            \
  PENDULUM_EXPORTED void* name(void* target, const void* source, size_t bytes) { \
    Read(source, bytes, PENDULUM_CODE);                                          \
    Write(target, bytes, PENDULUM_CODE);                                         \
    return function(target, source, bytes);                                      \
  }
#define PENDULUM_FILL(name)                                             \
  PENDULUM_EXPORTED void* name(void* target, int value, size_t bytes) { \
    Write(target, bytes, PENDULUM_CODE);                                \
    return std::memset(target, value, bytes);                           \
  }
PENDULUM_COPY(__wrap_memcpy, std::memcpy)
PENDULUM_COPY(__wrap_memmove, std::memmove)
PENDULUM_FILL(__wrap_memset)
PENDULUM_COPY(__tsan_memcpy, std::memcpy)
PENDULUM_COPY(__tsan_memmove, std::memmove)
PENDULUM_FILL(__tsan_memset)

// The orders of memory don't matter: workers run one after the other, so each sees all that was
// done before.
#define PENDULUM_FETCH(bits, type, name, expression)                                             \
  PENDULUM_EXPORTED type __tsan_atomic##bits##_##name(volatile type* address, type value, int) { \
    Write(const_cast<type*>(address), sizeof(type), PENDULUM_CODE);                              \
    const type old = *address;                                                                   \
    *address = static_cast<type>(expression);                                                    \
    return old;                                                                                  \
  }
#define PENDULUM_ATOMIC(bits, type)                                                             \
  PENDULUM_EXPORTED type __tsan_atomic##bits##_load(const volatile type* address, int) {        \
    Read(const_cast<const type*>(address), sizeof(type), PENDULUM_CODE);                        \
    return *address;                                                                            \
  }                                                                                             \
  PENDULUM_EXPORTED void __tsan_atomic##bits##_store(volatile type* address, type value, int) { \
    Write(const_cast<type*>(address), sizeof(type), PENDULUM_CODE);                             \
    *address = value;                                                                           \
  }                                                                                             \
  PENDULUM_FETCH(bits, type, exchange, value)                                                   \
  PENDULUM_FETCH(bits, type, fetch_add, old + value)                                            \
  PENDULUM_FETCH(bits, type, fetch_sub, old - value)                                            \
  PENDULUM_FETCH(bits, type, fetch_and, old& value)                                             \
  PENDULUM_FETCH(bits, type, fetch_or, old | value)                                             \
  PENDULUM_FETCH(bits, type, fetch_xor, old ^ value)                                            \
  PENDULUM_FETCH(bits, type, fetch_nand, ~(old & value))                                        \
  PENDULUM_EXPORTED type __tsan_atomic##bits##_compare_exchange_val(                            \
      volatile type* address, type expected, type value, int, int) {                            \
    Write(const_cast<type*>(address), sizeof(type), PENDULUM_CODE);                             \
    const type old = *address;                                                                  \
    if (old == expected) *address = value;                                                      \
    return old;                                                                                 \
  }

PENDULUM_ATOMIC(8, uint8_t)
PENDULUM_ATOMIC(16, uint16_t)
PENDULUM_ATOMIC(32, uint32_t)
PENDULUM_ATOMIC(64, uint64_t)
PENDULUM_ATOMIC(128, unsigned __int128)

PENDULUM_EXPORTED void __tsan_atomic_thread_fence(int) {}
PENDULUM_EXPORTED void __tsan_atomic_signal_fence(int) {}

// NOLINTEND(bugprone-reserved-identifier)

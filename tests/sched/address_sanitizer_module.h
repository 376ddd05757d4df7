// Code under test for AddressSanitizer: the only instrumented part of its program.
#ifndef PENDULUM_TESTS_SCHED_ADDRESS_SANITIZER_MODULE_H_
#define PENDULUM_TESTS_SCHED_ADDRESS_SANITIZER_MODULE_H_

namespace pendulum::sched {

// Fills a local array of `kLocalBytes` bytes, calls `then`, and returns the element at `index`.
inline constexpr int kLocalBytes = 100;
int UseLocalArray(int index, void (*then)());

// Throws and catches an exception `depth` frames deep, past local arrays.
void ThrowPastLocals(int depth);

// Writes 5 to `*byte`.
void WriteByte(char* byte);

}  // namespace pendulum::sched

#endif  // PENDULUM_TESTS_SCHED_ADDRESS_SANITIZER_MODULE_H_

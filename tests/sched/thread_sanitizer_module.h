// Code under test for ThreadSanitizer: the only instrumented part of its program.
#ifndef PENDULUM_TESTS_SCHED_THREAD_SANITIZER_MODULE_H_
#define PENDULUM_TESTS_SCHED_THREAD_SANITIZER_MODULE_H_

namespace pendulum::sched {

// Adds one to a plain global counter.
void CountUp();
int Counted();

// Calls `then` from `depth` frames deep.
void Deeply(int depth, void (*then)());

}  // namespace pendulum::sched

#endif  // PENDULUM_TESTS_SCHED_THREAD_SANITIZER_MODULE_H_

// Workload W: a handler issues operations, four if nothing else is said; each completion writes its
// own slot and takes one from a counter that the handler raised at issue; whoever takes the last
// one checks all slots. With four: five threads, 17 visible steps, 363 825 interleavings, 384
// orders.
//
// This is the part that would be a module's. It is compiled with each sanitizer in turn, and knows
// nothing of the scheduler, which is not.
#ifndef PENDULUM_BENCH_WORKLOAD_MODULE_H_
#define PENDULUM_BENCH_WORKLOAD_MODULE_H_

namespace pendulum::bench {

inline constexpr int kWorkloadOperations = 4;
inline constexpr int kMostWorkloadOperations = 8;

// What the module's part does.
void ResetWorkload(int operations);
void HandleWorkload();
void CompleteWorkload(int operation);
// How often somebody took the last one.
int WorkloadFinished();

// What the scheduler's part gives it. What is touched is the slot of an operation, or the counter.
inline constexpr int kWorkloadCounter = kMostWorkloadOperations;
void WorkloadTouch(int object, bool writes);
void WorkloadPoint();
void StartCompletion(int operation);

}  // namespace pendulum::bench

#endif  // PENDULUM_BENCH_WORKLOAD_MODULE_H_

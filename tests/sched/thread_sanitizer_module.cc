#include "tests/sched/thread_sanitizer_module.h"

namespace pendulum::sched {
namespace {

int counter = 0;

}  // namespace

void CountUp() { counter = counter + 1; }
int Counted() { return counter; }

void Deeply(int depth, void (*then)()) {
  if (depth > 0) {
    Deeply(depth - 1, then);
  } else {
    then();
  }
  CountUp();
}

}  // namespace pendulum::sched

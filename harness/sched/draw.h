// How strategies draw the answers to questions that are not about order.
#ifndef PENDULUM_SCHED_DRAW_H_
#define PENDULUM_SCHED_DRAW_H_

#include "harness/sched/prng.h"
#include "harness/sched/strategy.h"

namespace pendulum::sched {

// Each answer with the same probability. What pending calls leave as their counts concerns only
// modules that believe it: it is drawn aside, so that all else in the run is as without it, and it
// is the plainest half of the time.
inline uint32_t Draw(Prng* prng, const Ask& ask) {
  if (ask.question != Question::kCount) return prng->Below(ask.answers);
  Prng aside = prng->Aside();
  return aside.Below(2) == 0 ? 0 : aside.Below(ask.answers);
}

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_DRAW_H_

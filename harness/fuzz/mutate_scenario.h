// The mutations that change the scenario; see mutate.h.
#ifndef PENDULUM_FUZZ_MUTATE_SCENARIO_H_
#define PENDULUM_FUZZ_MUTATE_SCENARIO_H_

#include "harness/fuzz/mutate.h"

namespace pendulum::fuzz {

// Each makes one change; false, and nothing is changed, when there is nothing to change so.
bool ChangeScript(Mutation mutation, sched::Prng* prng, Input* input);
bool ChangeRequest(sched::Prng* prng, Input* input);
bool ChangeHost(sched::Prng* prng, Input* input);
bool ChangeRequests(sched::Prng* prng, Input* input);

// The first activations of the first request's script, and the last ones of the other's.
void SpliceScripts(const Input& other, sched::Prng* prng, Input* input);

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_MUTATE_SCENARIO_H_

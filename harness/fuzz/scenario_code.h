// The bytes of a scenario.
#ifndef PENDULUM_FUZZ_SCENARIO_CODE_H_
#define PENDULUM_FUZZ_SCENARIO_CODE_H_

#include "harness/fuzz/codec.h"
#include "harness/host/scenario.h"

namespace pendulum::fuzz {

// All but the name and the title.
void CodeScenario(Reader* reader, host::Scenario* scenario);
void CodeScenario(Writer* writer, host::Scenario* scenario);

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_SCENARIO_CODE_H_

// Any module: --module=FILE.so, for a shared object that was compiled with the SDK. With --target
// it is one of the host's targets.
#include "fuzzers/simulated_target.h"

PENDULUM_SIMULATED_TARGET(kModule)

// Flush, of what WriteEntityChunks has left behind.
#include "fuzzers/simulated_target.h"

PENDULUM_SIMULATED_TARGET(kFlush)

// WriteEntityChunks, with headers and a status, buffered or not: what the host counts and what the
// client gets.
#include "fuzzers/simulated_target.h"

PENDULUM_SIMULATED_TARGET(kWrite)

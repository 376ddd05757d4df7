// ReadEntityBody, of bodies that arrive in pieces, end, or were inserted.
#include "fuzzers/simulated_target.h"

PENDULUM_SIMULATED_TARGET(kReadEntityBody)

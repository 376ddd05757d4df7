// PostCompletion and IndicateCompletion, before and after the handler has returned.
#include "fuzzers/simulated_target.h"

PENDULUM_SIMULATED_TARGET(kPostCompletion)

// Several requests with all operations, disconnections, cancellations and full duplex.
#include "fuzzers/simulated_target.h"

PENDULUM_SIMULATED_TARGET(kPipeline)

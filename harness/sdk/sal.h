// The source annotation language, both versions.
#ifndef PENDULUM_SDK_SAL_H_
#define PENDULUM_SDK_SAL_H_

#ifndef PENDULUM_SDK_LAYOUT_ONLY
// Whatever these words would break has to come first.
#include "standard_headers.h"
#endif

#include "sal/sal1.h"
#include "sal/sal2.h"

#endif  // PENDULUM_SDK_SAL_H_

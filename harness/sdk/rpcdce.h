// Part of windows.h.
#ifndef PENDULUM_SDK_RPCDCE_H_
#define PENDULUM_SDK_RPCDCE_H_

#include "windows.h"

#endif  // PENDULUM_SDK_RPCDCE_H_

// Versions of Windows: nothing depends on them here.
#ifndef PENDULUM_SDK_SDKDDKVER_H_
#define PENDULUM_SDK_SDKDDKVER_H_

#include "windows.h"

#endif  // PENDULUM_SDK_SDKDDKVER_H_

// Process status: nothing of it is declared.
#ifndef PENDULUM_SDK_PSAPI_H_
#define PENDULUM_SDK_PSAPI_H_

#include "windows.h"

#endif  // PENDULUM_SDK_PSAPI_H_

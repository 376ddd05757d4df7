// Security support providers: nothing of it is declared.
#ifndef PENDULUM_SDK_NTSECAPI_H_
#define PENDULUM_SDK_NTSECAPI_H_

#include "windows.h"

#endif  // PENDULUM_SDK_NTSECAPI_H_

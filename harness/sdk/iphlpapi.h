// IP helpers: nothing of it is declared.
#ifndef PENDULUM_SDK_IPHLPAPI_H_
#define PENDULUM_SDK_IPHLPAPI_H_

#include "windows.h"

#endif  // PENDULUM_SDK_IPHLPAPI_H_

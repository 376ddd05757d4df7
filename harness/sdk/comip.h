// Part of comdef.h.
#ifndef PENDULUM_SDK_COMIP_H_
#define PENDULUM_SDK_COMIP_H_

#include "comdef.h"

#endif  // PENDULUM_SDK_COMIP_H_

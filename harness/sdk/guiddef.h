// Part of windows.h.
#ifndef PENDULUM_SDK_GUIDDEF_H_
#define PENDULUM_SDK_GUIDDEF_H_

#include "windows.h"

#endif  // PENDULUM_SDK_GUIDDEF_H_

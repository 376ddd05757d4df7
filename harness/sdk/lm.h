// Network management: nothing of it is declared.
#ifndef PENDULUM_SDK_LM_H_
#define PENDULUM_SDK_LM_H_

#include "windows.h"

#endif  // PENDULUM_SDK_LM_H_

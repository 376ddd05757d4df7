// The shell: nothing of it is declared.
#ifndef PENDULUM_SDK_SHLOBJ_H_
#define PENDULUM_SDK_SHLOBJ_H_

#include "windows.h"

#endif  // PENDULUM_SDK_SHLOBJ_H_

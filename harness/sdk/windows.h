// What an IIS native module finds under this name on Windows, as far as modules use it.
// Like Microsoft's, it brings stdio.h, stdlib.h, string.h and wchar.h.
#ifndef PENDULUM_SDK_WINDOWS_H_
#define PENDULUM_SDK_WINDOWS_H_

#ifndef _WINDOWS_
#define _WINDOWS_
#endif

#include "windows/errors.h"
#include "windows/guid.h"
#include "windows/macros.h"
#include "windows/types.h"

#endif  // PENDULUM_SDK_WINDOWS_H_

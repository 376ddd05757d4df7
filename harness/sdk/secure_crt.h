// Microsoft's additions to the C runtime. windows.h includes it, since modules use them without
// including anything else.
#ifndef PENDULUM_SDK_SECURE_CRT_H_
#define PENDULUM_SDK_SECURE_CRT_H_

#include "crt/conversions.h"
#include "crt/files.h"
#include "crt/format.h"
#include "crt/memory.h"
#include "crt/strings.h"

#endif  // PENDULUM_SDK_SECURE_CRT_H_

// Automation: BSTR and VARIANT.
#ifndef PENDULUM_SDK_OLEAUTO_H_
#define PENDULUM_SDK_OLEAUTO_H_

#include "ole/variant.h"

#endif  // PENDULUM_SDK_OLEAUTO_H_

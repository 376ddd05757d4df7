// Annotations; see sal.h.
#ifndef PENDULUM_SDK_SPECSTRINGS_H_
#define PENDULUM_SDK_SPECSTRINGS_H_

#include "sal.h"

#endif  // PENDULUM_SDK_SPECSTRINGS_H_
